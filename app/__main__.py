"""``python -m app``: serve the dashboard, or do its work on the command line."""

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())

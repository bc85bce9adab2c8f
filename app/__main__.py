"""``python -m app``: serve the dashboard, or do its work on the command line."""

import os
import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["worker"]:  # light: it loads no numerical library
        from app.jobs.worker import main as work

        sys.exit(work(sys.argv[2:]))
    from app.cli import main

    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

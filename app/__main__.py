"""``python -m app``: serve the dashboard, or do its work on the command line."""

import os
import sys

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["worker"]:  # light: it loads no numerical library
        from app.jobs.worker import main as work

        sys.exit(work(arguments[1:]))
    try:
        if not arguments:  # light as well: it listens before it loads them
            from app.serve import main as serve

            sys.exit(serve())
        from app.cli import main

        sys.exit(main())
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

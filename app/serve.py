"""``python -m app``: serve the page on this machine, listening before the libraries are loaded."""

import os
import socket
import sys

from flask import Flask
from gunicorn.app.wsgiapp import WSGIApplication

from app import loading
from app.errors import refused
from app.settings import BadSetting, Settings
from app.storage import folder


def main() -> int:
    """Serve until told to stop; 2 with one line on stderr if a setting is refused."""
    try:
        _serve(Settings.from_environ())
    except Exception as error:
        return refused("serve", error)
    return 0


def server() -> Flask:
    """Make what gunicorn serves here; ``gunicorn.conf.py`` has the rest of it loaded."""
    with loading.uncollected():
        from app.factory import create_app

        made: Flask = create_app().server
    return made


def _serve(settings: Settings) -> None:
    host, port = settings.host, settings.port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise BadSetting(
                f"Cannot listen on {host}:{port}: {error}.", "Set HOST or PORT."
            ) from error
    folder.make(settings.cache_dir)
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host
    print(f"Customer segments: http://{shown}:{port}", flush=True)
    os.environ.setdefault("WEB_CONCURRENCY", "1")  # another loads for itself: 200 MB, and as long
    sys.argv = ["gunicorn", "--bind", f"{host}:{port}", "--log-level", "warning"]
    sys.argv.append("app.serve:server()")
    WSGIApplication(prog="gunicorn").run()

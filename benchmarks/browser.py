"""The dashboard, served to a headless Chromium."""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from dash import Dash
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from werkzeug.serving import make_server

from app.factory import create_app
from app.settings import Settings

SIZE = (1440, 1000)
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    f"--window-size={SIZE[0]},{SIZE[1]}",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium(*more: str) -> webdriver.Chrome:
    """Start a browser, with more arguments than the usual."""
    options = Options()
    for argument in (*ARGUMENTS, *more):
        options.add_argument(argument)
    return webdriver.Chrome(options=options)


def wait(driver: webdriver.Chrome, condition: str, seconds: float) -> None:
    """Wait until something is so in the page; raises RuntimeError if it does not come to be."""
    late = time.monotonic() + seconds
    while not driver.execute_script(f"return Boolean({condition})"):
        if time.monotonic() > late:
            raise RuntimeError(f"Waited in vain for {condition}")
        time.sleep(0.1)


def scripts(driver: webdriver.Chrome) -> int:
    """Give how many bytes of scripts came over the network for the page."""
    return int(
        driver.execute_script(
            "return performance.getEntriesByType('resource').filter(e => e.name.includes('.js'))"
            ".reduce((sum, e) => sum + e.transferSize, 0)"
        )
    )


@contextlib.contextmanager
def serving(folder: str) -> Iterator[str]:
    """Serve the dashboard."""
    with served(create_app(Settings(cache_dir=Path(folder), max_upload_mb=100))) as url:
        yield url


@contextlib.contextmanager
def served(app: Dash) -> Iterator[str]:
    """Serve a page; give its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()

"""Twenty visitors at once, on the server as it is deployed."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import requests

from tests.conftest import Visitor, gathered, mall_table, saved, views, written

ROOT = Path(__file__).parents[2]
VISITORS = 20
GRID = "/_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js"  # asked for by a script


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Serve with two workers, each with the threads of the configuration file."""
    folder = tmp_path_factory.mktemp("gunicorn")
    port, log = free_port(), folder / "log"
    (folder / "cache").mkdir()
    environ = os.environ | {
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        "SEGMENTS_CACHE_DIR": str(folder / "cache"),
    }
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app.wsgi:server"],
            cwd=ROOT,
            env=environ,
            stdout=sink,
            stderr=sink,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.kill(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
    said = log.read_text(encoding="utf-8")
    assert "unexpected error" not in said, said
    assert "Traceback" not in said, said


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            if requests.get(f"{address}/health", timeout=1).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def journey(address: str, number: int) -> list[int]:
    """Upload customers of one's own, go through every tab, give the customers downloaded."""
    with requests.Session() as browser:

        def get(path: str) -> tuple[int, str]:
            answer = browser.get(address + path, timeout=30)
            return answer.status_code, answer.text

        def post(path: str, content: object) -> tuple[int, str]:
            answer = browser.post(address + path, json=content, timeout=30)
            return answer.status_code, answer.text

        table = mall_table(number, customers=30, first=1000 * number)
        visitor = Visitor(get, post)
        given = visitor.journey(written(table), f"{number}.csv", low=5, high=5)
        numbers = table["CustomerID"].tolist()
        rows = visitor.filled("overview-preview.rowData", by="store-dataset.data", given=given)
        assert [row["CustomerID"] for row in rows] == numbers
        listed = given["store-view.data"]["shared"]["table"]
        fields = [column["field"] for column in listed["columns"][listed["ours"] :]]
        assert listed["values"][fields.index("CustomerID")] == numbers
        (view,) = views(given).values()
        drawn = gathered(given, view["figures"]["segments-map"], view["labels"])
        assert sum(len(trace["x"]) for trace in drawn if "x" in trace["meta"].get("of", {})) == 30
        download = visitor.filled(
            "segments-file.data", by="segments-save-all.n_clicks", given=given
        )
    assert download["filename"] == f"{number}_segments.csv"
    return pd.read_csv(io.BytesIO(saved(download)))["CustomerID"].tolist()


def test_visitors_at_once_each_get_their_own_customers(address):
    downloaded, failures = {}, []

    def visit(number: int) -> None:
        try:
            downloaded[number] = journey(address, number)
        except BaseException as error:
            failures.append(error)

    visitors = [threading.Thread(target=visit, args=(n,)) for n in range(1, VISITORS + 1)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert failures == []
    assert downloaded == {n: list(range(1000 * n, 1000 * n + 30)) for n in range(1, VISITORS + 1)}


def test_every_worker_serves_the_files_of_the_page(address):
    for _ in range(6):
        page = requests.get(address, timeout=10)
        assert page.status_code == 200
        sources = [part.split('"')[0] for part in page.text.split('src="')]
        for file in ("dash_bootstrap_components", "dash_core_components.", GRID):
            (path,) = (source for source in (*sources, GRID) if file in source)
            found = requests.get(address + path, timeout=10)
            assert (found.status_code, found.headers["Content-Type"].split("/")[1][:10]) == (
                200,
                "javascript",
            )

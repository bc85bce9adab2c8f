"""The frame is served without the numerical libraries; what needs them waits, and is told."""

import gc
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from app import factory, loading
from app.factory import create_app
from app.loading import Loading
from tests.app.test_gunicorn import free_port
from tests.conftest import components

ROOT = Path(__file__).parents[2]
HEAVY = ("numba", "numpy", "pandas", "pyarrow", "scipy", "sklearn")
NEEDY = ("/_dash-layout", "/_dash-dependencies", "/api/v1")
FRAME = """
import json, sys
from dash import Dash, html
empty = Dash("empty")
empty.layout = html.Div()
empty.server.test_client().get("/")
theirs = set(sys.modules)
from app import serve
client = serve.server().test_client()
pages = [client.get(path, buffered=True) for path in ("/", "/segments", "/health")]
page = pages[0].get_data(as_text=True)
files = [part.split('"')[0] for part in page.split('src="')[1:]]
print(json.dumps({
    "statuses": [page.status_code for page in pages],
    "files": [client.get(file, buffered=True).status_code for file in files],
    "modules": sorted(set(sys.modules) - theirs),
}))
"""


def test_the_frame_needs_no_numerical_library(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FRAME],
        cwd=ROOT,
        env=os.environ | {"SEGMENTS_CACHE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["statuses"] == [200] * 3
    assert len(told["files"]) > 10
    assert set(told["files"]) == {200}
    loaded = {name.split(".")[0] for name in told["modules"]}
    assert loaded & {*HEAVY, "plotly", "callbacks", "layouts"} == set()
    assert {"gunicorn", "dash_ag_grid"} <= loaded


def without_token(page: str) -> str:
    """Take away from a page what Dash makes anew for each."""
    return "".join(line for line in page.splitlines() if "_dash-config" not in line)


def test_the_frame_is_the_same_before_and_after_the_loading(app):
    client = app.server.test_client()
    before = client.get("/").get_data(as_text=True)
    assert not loading.of(app.server).finished
    assert client.get("/_dash-layout").status_code == 200
    assert loading.of(app.server).finished
    after = client.get("/").get_data(as_text=True)
    assert without_token(before) == without_token(after) != ""


def test_the_layout_that_comes_late_repeats_no_id(client):
    """Dash checks the layout that is there at its first page only."""
    layout = client.get("/_dash-layout").get_json()
    drawn = [
        json.dumps(part["props"]["id"]) for part in components(layout) if "id" in part["props"]
    ]
    assert drawn
    assert len(drawn) == len(set(drawn))


def at_once(*actions) -> None:
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_requests_at_once_load_once_and_are_all_answered(settings, monkeypatch):
    filled, answers = [], []
    fill = factory._fill

    def slowly(*given: object) -> None:
        filled.append(threading.get_ident())
        time.sleep(0.2)
        fill(*given)

    monkeypatch.setattr(factory, "_fill", slowly)
    server = create_app(settings).server
    assert filled == []

    def ask(path: str) -> None:
        answers.append((path, server.test_client().get(path)))

    at_once(*(lambda path=path: ask(path) for path in NEEDY * 4))
    assert len(filled) == 1
    assert len(answers) == 4 * len(NEEDY)
    for path, answer in answers:
        assert answer.status_code == (404 if path.startswith("/api") else 200)
        assert path.startswith("/api") or len(answer.get_data()) > 1000
    given = {answer.get_data() for path, answer in answers if path == "/_dash-dependencies"}
    assert len(given) == 1


def test_the_frame_does_not_wait_for_the_loading():
    server, goes_on = Flask("a"), threading.Event()
    loading.install(server, goes_on.wait)
    server.add_url_rule("/", "page", lambda: "page")
    server.add_url_rule("/_dash-layout", "layout", lambda: "layout")
    answers = []
    waiting = threading.Thread(
        target=lambda: answers.append(server.test_client().get("/_dash-layout").text)
    )
    waiting.start()
    try:
        assert server.test_client().get("/").text == "page"
        assert answers == []
    finally:
        goes_on.set()
        waiting.join()
    assert answers == ["layout"]


def test_a_loading_that_fails_is_told_to_everyone_and_not_tried_again():
    tried = []

    def fail() -> None:
        tried.append(gc.isenabled())
        raise ImportError("no library")

    it = Loading(fail)
    for _ in range(3):
        with pytest.raises(ImportError, match="no library"):
            it.finish()
    assert tried == [False]  # nothing looked for garbage meanwhile ...
    assert gc.isenabled()  # ... and now it does again
    assert it.finished


def test_a_visitor_and_the_log_are_told_of_a_loading_that_failed(settings, monkeypatch, caplog):
    def fail(*_: object) -> None:
        raise ImportError("no library")

    monkeypatch.setattr(factory, "_fill", fail)
    client = create_app(settings).server.test_client()
    assert client.get("/").status_code == 200
    answer = client.get("/_dash-layout")
    assert answer.status_code == 500
    assert "no library" in caplog.text
    assert "no library" not in answer.get_data(as_text=True)


def served(environ: dict[str, object]) -> subprocess.CompletedProcess:
    """Serve until it ends by itself."""
    spelled = {name: str(value) for name, value in environ.items()}
    return subprocess.run(
        [sys.executable, "-m", "app"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(free_port())} | spelled,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_server_whose_loading_fails_ends_and_says_why(tmp_path):
    (tmp_path / "sklearn.py").write_text("raise ImportError('no such library here')")
    done = served({"PYTHONPATH": tmp_path, "SEGMENTS_CACHE_DIR": tmp_path / "cache"})
    assert done.returncode == 3
    assert "ImportError: no such library here" in done.stderr


def test_a_folder_that_cannot_be_made_is_refused_before_anything_is_served(tmp_path):
    (tmp_path / "file").touch()
    done = served({"SEGMENTS_CACHE_DIR": tmp_path / "file" / "cache"})
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("serve: The cache folder ")
    assert line.endswith("Let SEGMENTS_CACHE_DIR name a folder that can be written.")

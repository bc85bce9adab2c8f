"""Settings come from the environment, and what cannot be meant is refused by name."""

import os
import runpy
import tempfile
from dataclasses import fields
from pathlib import Path

import pytest

from app.factory import create_app
from app.settings import BadSetting, Settings

GUNICORN = Path(__file__).parents[2] / "gunicorn.conf.py"


def test_an_empty_environment_gives_the_defaults():
    assert Settings.from_environ({}) == Settings()
    assert Settings() == Settings(
        host="127.0.0.1",
        port=8050,
        cache_dir=Path(tempfile.gettempdir()) / f"customer-segments-{os.getuid()}",
        cache_mb=2048,
        cache_hours=24,
        max_upload_mb=50,
        max_unpacked_mb=500,
        workers=1,
    )


def test_every_setting_is_read_from_its_variable():
    given = {
        "HOST": "0.0.0.0",
        "PORT": "9000",
        "SEGMENTS_CACHE_DIR": "/srv/frames",
        "SEGMENTS_CACHE_MB": "10",
        "SEGMENTS_CACHE_HOURS": "2",
        "SEGMENTS_MAX_UPLOAD_MB": "7",
        "SEGMENTS_MAX_UNPACKED_MB": "70",
        "SEGMENTS_WORKERS": "0",
    }
    assert {setting.metadata["variable"] for setting in fields(Settings)} == set(given)
    assert Settings.from_environ(given) == Settings(
        "0.0.0.0", 9000, Path("/srv/frames"), 10, 2, 7, 70, 0
    )


def test_an_empty_variable_counts_as_none():
    assert Settings.from_environ({"PORT": "", "SEGMENTS_CACHE_DIR": ""}) == Settings()


def test_the_folder_may_be_given_from_the_home_directory():
    found = Settings.from_environ({"SEGMENTS_CACHE_DIR": "~/frames"})
    assert found.cache_dir == Path.home() / "frames"


@pytest.mark.parametrize(
    "variable", ["PORT", "SEGMENTS_CACHE_MB", "SEGMENTS_CACHE_HOURS", "SEGMENTS_MAX_UPLOAD_MB"]
)
@pytest.mark.parametrize("written", ["many", "0", "-1", "1.5", "1e3", " 5", "²", "٣"])
def test_a_value_that_is_no_number_above_zero_is_refused_by_name(variable, written):
    with pytest.raises(BadSetting, match=f"The variable {variable} is “{written}”") as refusal:
        Settings.from_environ({variable: written})
    assert "whole number above zero" in refusal.value.remedy


def test_the_application_reads_the_environment_where_no_settings_are_given(monkeypatch, tmp_path):
    monkeypatch.setenv("SEGMENTS_CACHE_DIR", str(tmp_path / "here"))
    monkeypatch.setenv("SEGMENTS_MAX_UPLOAD_MB", "3")
    application = create_app()
    assert (tmp_path / "here").is_dir()
    assert application.server.config["MAX_CONTENT_LENGTH"] == 5 * 2**20  # 4/3 of 3, and 1


def test_an_application_with_a_bad_environment_is_not_built(monkeypatch):
    monkeypatch.setenv("SEGMENTS_CACHE_MB", "much")
    with pytest.raises(BadSetting, match="SEGMENTS_CACHE_MB"):
        create_app()


@pytest.fixture
def gunicorn(monkeypatch):
    def load(**environ: str) -> tuple[dict, dict]:
        monkeypatch.setattr(os, "environ", environ)
        return runpy.run_path(str(GUNICORN)), environ

    return load


def test_gunicorn_serves_with_two_processes_of_eight_threads(gunicorn):
    served, _ = gunicorn()
    assert served["worker_class"] == "gthread"
    assert (served["workers"], served["threads"]) == (2, 8)
    assert served["bind"] == "0.0.0.0:8050"


def test_gunicorn_honours_the_variables_of_hosting_platforms(gunicorn):
    served, _ = gunicorn(PORT="9123", WEB_CONCURRENCY="3", WEB_THREADS="4")
    assert served["bind"] == "0.0.0.0:9123"
    assert (served["workers"], served["threads"]) == (3, 4)


def test_gunicorn_s_workers_leave_threads_of_linear_algebra_alone_unless_told(gunicorn):
    _, environ = gunicorn(OPENBLAS_NUM_THREADS="2")
    assert environ["OMP_NUM_THREADS"] == "1"
    assert environ["OPENBLAS_NUM_THREADS"] == "2"


def test_gunicorn_stops_before_platforms_kill_it(gunicorn):
    served, _ = gunicorn()
    assert served["graceful_timeout"] < 30


def test_the_procfile_serves_the_application_with_gunicorn():
    procfile = (GUNICORN.parent / "Procfile").read_text(encoding="utf-8")
    assert procfile.splitlines() == [
        "web: gunicorn app.wsgi:server",
        "worker: python -m app worker",
    ]


def test_what_the_environment_lacks_may_have_another_default():
    local = {"max_upload_mb": 9}
    assert Settings.from_environ({}, local).max_upload_mb == 9
    assert Settings.from_environ({"SEGMENTS_MAX_UPLOAD_MB": "7"}, local).max_upload_mb == 7

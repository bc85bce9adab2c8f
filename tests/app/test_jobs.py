"""Long work: a worker does it, Cancel ends it, nothing that dies leaves a job spinning."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.errors import Expired
from app import work
from app.jobs import records, start
from app.jobs.records import Records, alive
from app.services import Services
from app.session import new_token
from app.settings import Settings
from app.work import spelled
from tests.conftest import mall_table, written

ROOT = Path(__file__).parents[2]


PATIENCE = 60  # seconds; a worker starts slowly beside other tests


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Take no worker for dead or missing because the machine is busy."""
    monkeypatch.setattr(work, "_WAIT_SECONDS", PATIENCE)
    monkeypatch.setattr(records, "STALE_SECONDS", PATIENCE)


def wait(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def hire(settings: Settings, *options: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "app", "worker", *options]
    environ = os.environ | {"SEGMENTS_CACHE_DIR": str(settings.cache_dir)}
    return subprocess.Popen(command, cwd=ROOT, env=environ)


def dismiss(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return Settings(cache_dir=tmp_path_factory.mktemp("jobs"), workers=0)


@pytest.fixture(scope="module")
def worker(shared):
    process = hire(shared, "--kinds", "tests.app.job_kinds")
    yield process
    dismiss(process)


@pytest.fixture
def jobs(shared):
    return Services(shared).of(new_token()).jobs


def ended(jobs, job):
    wait(lambda: jobs.find(job.id).state not in {"queued", "running"})
    return jobs.find(job.id)


def child(jobs, job) -> int:
    wait(lambda: jobs.find(job.id).doing.isdigit())
    return int(jobs.find(job.id).doing)


@pytest.mark.usefixtures("worker")
def test_a_job_is_done(jobs):
    found = ended(jobs, jobs.begin("quick", ""))
    assert (found.state, found.share, found.problem) == ("done", 1.0, None)


@pytest.mark.usefixtures("worker")
def test_cancel_ends_the_process_in_the_middle_of_a_loop_in_c(jobs):
    job = jobs.begin("busy", "")
    pid = child(jobs, job)
    assert jobs.find(job.id).share == 0.25
    assert jobs.cancel(job.id).state == "cancelled"
    wait(lambda: not alive(pid), 3)
    assert ended(jobs, job).state == "cancelled"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("kind", "title", "detail"),
    [
        ("refuse", "Too few customers", "Nine segments need ten customers. Choose fewer."),
        ("break", "Something went wrong on the server", "report the reference"),
        ("vanish", "The work was ended by the system", "more memory"),
    ],
)
def test_what_goes_wrong_is_told_in_words(jobs, kind, title, detail):
    found = ended(jobs, jobs.begin(kind, ""))
    assert found.state == "failed"
    assert found.problem[0] == title
    assert detail in found.problem[1]


def test_the_same_question_joins_its_job(jobs):
    assert jobs.begin("quick", "a").id == jobs.begin("quick", "a").id
    assert jobs.begin("quick", "a").id != jobs.begin("quick", "b").id


def test_nobody_else_can_see_or_cancel_a_job(settings):
    services = Services(settings := Settings(cache_dir=settings.cache_dir, workers=0))
    mine, other = (services.of(new_token()).jobs for _ in range(2))
    job = mine.begin("busy", "")
    for verb in (other.find, other.cancel):
        with pytest.raises(Expired):
            verb(job.id)
    assert mine.find(job.id).state == "queued"
    assert other.begin("busy", "").id != job.id


def test_the_secret_is_kept_apart_from_the_table_and_only_until_the_end(settings):
    secret = new_token()
    jobs = Services(Settings(cache_dir=settings.cache_dir, workers=0)).of(secret).jobs
    job = jobs.begin("quick", "")
    holding = [
        p for p in settings.cache_dir.iterdir() if p.is_file() and secret.encode() in p.read_bytes()
    ]
    assert [path.name for path in holding] == [f"{job.id}.asked"]
    for path in settings.cache_dir.glob("*.*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    jobs.cancel(job.id)
    assert not holding[0].exists()


def test_a_killed_worker_leaves_a_failed_job_that_can_be_asked_for_again(tmp_path):
    settings = Settings(cache_dir=tmp_path, workers=0)
    jobs = Services(settings).of(new_token()).jobs
    job = jobs.begin("once", str(tmp_path / "mark"))
    process = hire(settings, "--kinds", "tests.app.job_kinds")
    try:
        pid = child(jobs, job)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = ended(jobs, job)
        assert found.state == "failed"
        assert found.problem[0] == "The worker stopped before it was done"
        wait(lambda: not alive(pid), 5)
    finally:
        dismiss(process)
    process = hire(settings, "--kinds", "tests.app.job_kinds")
    try:
        assert jobs.begin("once", str(tmp_path / "mark")).state in {"queued", "running", "done"}
        found = ended(jobs, job)
        assert (found.state, found.problem) == ("done", None)
    finally:
        dismiss(process)


def test_a_job_that_no_worker_takes_says_so(settings, monkeypatch):
    monkeypatch.setattr(work, "_WAIT_SECONDS", -1)
    jobs = Services(Settings(cache_dir=settings.cache_dir, workers=0)).of(new_token()).jobs
    assert jobs.begin("quick", "").problem[0] == "No worker is running"


def test_a_share_never_falls_and_one_run_does_not_write_into_another(tmp_path):
    records = Records(tmp_path)
    assert records.queue("a", "secret", "quick", "")
    assert not records.queue("a", "secret", "quick", "")
    first = records.claim("a")
    assert records.claim("a") is None
    assert records.beat("a", first.attempt, (0.5, "x"))
    records.beat("a", first.attempt, (0.2, "y"))
    assert records.find("a").share == 0.5
    records.give_up("a", "cancelled")
    assert records.queue("a", "secret", "quick", "")
    assert records.claim("a").attempt == first.attempt + 1
    assert not records.beat("a", first.attempt)
    records.end("a", first.attempt, "done")
    assert records.find("a").state == "running"


def test_the_server_s_worker_answers_a_long_question_and_goes_with_it(settings, monkeypatch):
    monkeypatch.setattr("app.segmentations.is_long", lambda *_: True)
    workspace = Services(settings).of(new_token())
    ref = workspace.open_file("mall.csv", written(mall_table()))
    request = workspace.ask(ref.key, ["Age", "Annual Income (k$)"], low=2, high=5)
    try:
        job = workspace.begin_sweep(request)
        assert ended(workspace.jobs, job).state == "done"
        assert workspace.begin_sweep(request) is None
        assert workspace.jobs.find(job.id).id == job.id
        assert start.running(settings.cache_dir)
        assert spelled(request)
    finally:
        start.stop()
    assert not start.running(settings.cache_dir)


def test_two_folders_served_by_one_process_have_a_worker_each(tmp_path, monkeypatch):
    begun = []

    class Worker:
        def __init__(self, _: object, *, env: dict[str, str], **__: object) -> None:
            begun.append(Path(env["SEGMENTS_CACHE_DIR"]))

        def poll(self) -> None: ...

    monkeypatch.setattr(start, "_started", {})
    monkeypatch.setattr(subprocess, "Popen", Worker)
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two, one):
        folder.mkdir(exist_ok=True)
        start.ensure(Settings(cache_dir=folder))
    assert begun == [one, two]

"""See to it that a worker runs; this much of it the web processes need."""

import fcntl
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from app.jobs.records import private
from app.settings import Settings

_ROOT = Path(__file__).parents[2]
_started: dict[Path, subprocess.Popen[bytes]] = {}  # by folder, kept so that they are reaped
_server: list[int] = []


def lock(folder: Path, *, shared: bool = False) -> int | None:
    """Take the lock that the one worker of a folder holds; nothing if it is held."""
    path = folder / "worker.lock"
    private(path)
    held = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(held, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    return held


def running(folder: Path) -> bool:
    """Say whether a worker is there."""
    held = lock(folder, shared=True)
    if held is not None:
        os.close(held)
    return held is None


def serve_for(pid: int) -> None:
    """Name the process with which the workers started here are to end; else it is this one."""
    _server[:] = [pid]


def ensure(settings: Settings) -> None:
    """Start a worker unless one is there or the settings want none."""
    folder = settings.cache_dir
    begun = _started.get(folder)
    if not settings.workers or (begun and begun.poll() is None) or running(folder):
        return
    server = _server[0] if _server else os.getpid()
    environ = os.environ | {
        "SEGMENTS_CACHE_DIR": str(folder),
        "SEGMENTS_WORKERS": str(settings.workers),
    }
    _started[folder] = subprocess.Popen(
        [sys.executable, "-m", "app", "worker", "--server", str(server)],
        cwd=_ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def stop() -> None:
    """End the workers that this process started."""
    for process in _started.values():
        process.terminate()
    for process in _started.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(3)
    _started.clear()

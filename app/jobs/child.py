"""The process that does one job; it can be ended at any moment, which a thread cannot."""

import fcntl
import importlib
import multiprocessing
import os
import select
import time
from multiprocessing.connection import Connection

from app.settings import Settings

_TELL_SECONDS = 0.05


def run(
    settings: Settings, kinds: str, kind: str, arguments: str, session: str, out: Connection
) -> None:
    """Do a job; tell ``(share, doing)`` on the way and ``(state, problem)`` at its end."""
    _end_with_the_worker()
    from app.errors import describe  # heavy, and loaded before the fork
    from app.services import Services

    told = 0.0

    def progress(share: float, doing: str) -> None:
        nonlocal told
        if time.monotonic() - told >= _TELL_SECONDS:
            told = time.monotonic()
            out.send((share, doing))

    try:
        work = importlib.import_module(kinds).KINDS[kind]
        work(Services(settings).of(session), arguments, progress)
    except Exception as error:  # told in words, as everywhere
        problem = describe(error)
        out.send(("failed", (problem.title, problem.detail)))
    else:
        out.send(("done", ("", "")))


def _end_with_the_worker() -> None:
    """Have the kernel end this process by SIGIO when its worker is gone, even in a loop in C."""
    worker = multiprocessing.parent_process()
    if worker is None:
        return
    pipe = int(worker.sentinel)
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([pipe], [], [], 0)[0]:  # gone before the kernel was told
        os._exit(1)

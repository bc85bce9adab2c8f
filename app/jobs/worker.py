"""The worker: takes jobs from the queue, has a child do each, watches over it.

It loads no numerical library itself: what it does not have, a fork cannot deadlock on.
"""

import argparse
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from app.jobs import child, start
from app.jobs.queue import open_queue
from app.jobs.records import Record, Records, alive
from app.settings import Settings

_POLL_SECONDS = 0.1
_BEAT_SECONDS = 1.0
_MERCY_SECONDS = 0.3  # between asking a child to end and ending it
_KILLED = (
    "The work was ended by the system",
    "It may have needed more memory than there is. Try again, or with fewer columns or rows.",
)


class Worker:
    """Does the jobs of a folder.

    Parameters
    ----------
    settings : Settings
    kinds : str
        Module whose ``KINDS`` names what can be done.
    """

    def __init__(self, settings: Settings, kinds: str) -> None:
        self._settings = settings
        self._kinds = kinds
        self._records = Records(settings.cache_dir)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["app.errors", "app.jobs.kinds"])
        self._children: set[BaseProcess] = set()

    def run(self, server: int | None) -> None:
        """Work until told to stop, or until the server is gone."""
        forkserver.ensure_running()
        queue, put = open_queue(self._settings.cache_dir, self.work)
        for id_ in self._records.recover():
            put(id_)
        consumer = queue.create_consumer(
            workers=max(1, self._settings.workers),
            periodic=False,
            initial_delay=0.05,
            max_delay=0.2,
            backoff=1.2,
        )
        if server is not None:
            threading.Thread(target=_leave_with, args=(server,), daemon=True).start()
        try:
            consumer.run()
        finally:
            for process in list(self._children):
                _end(process)

    def work(self, id_: str) -> None:
        """Do a job, if it still waits."""
        record = self._records.claim(id_)
        if record is None:
            return
        try:
            session = self._records.session(id_)
        except FileNotFoundError:  # cancelled just now
            return
        listening, telling = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=child.run,
            args=(
                self._settings,
                self._kinds,
                record.kind,
                record.arguments,
                session,
                telling,
            ),
        )
        process.start()
        telling.close()
        self._children.add(process)
        try:
            state, problem = self._watch(record, listening)
            self._records.end(id_, record.attempt, state, problem)
        finally:
            _end(process)
            self._children.discard(process)
            listening.close()

    def _watch(
        self,
        record: Record,
        listening: Connection,
    ) -> tuple[str, tuple[str, str]]:
        beaten = 0.0
        while True:
            told = None
            try:
                if listening.poll(_POLL_SECONDS):
                    told = listening.recv()
            except (EOFError, OSError):
                return "failed", _KILLED
            if told and isinstance(told[0], str):
                state, problem = told
                return state, problem
            if told or time.monotonic() - beaten > _BEAT_SECONDS:
                beaten = time.monotonic()
                wanted = self._records.beat(record.id, record.attempt, told)
            else:
                wanted = self._records.wanted(record.id, record.attempt)
            if not wanted:
                return "cancelled", ("", "")


def _end(process: BaseProcess) -> None:
    if process.is_alive():
        process.terminate()
        process.join(_MERCY_SECONDS)
    if process.is_alive():
        process.kill()
    process.join()


def _leave_with(server: int) -> None:
    while alive(server):
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def main(arguments: Sequence[str]) -> int:
    """Work in this process; a second worker of a folder waits until the first is gone."""
    parser = argparse.ArgumentParser(prog="python -m app worker")
    parser.add_argument("--server", type=int, metavar="PID", help="end when this process is gone")
    parser.add_argument("--kinds", default="app.jobs.kinds", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    settings = Settings.from_environ()
    settings.cache_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    asked = time.monotonic()
    while start.lock(settings.cache_dir) is None:
        # Whoever only asks whether a worker is there holds the lock for a moment.
        if options.server is not None and time.monotonic() - asked > 1:
            return 0
        time.sleep(0.1)
    Worker(settings, options.kinds).run(options.server)
    return 0

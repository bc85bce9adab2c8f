"""What is known of every job: one small table that the page's and the worker's processes share."""

import os
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

STALE_SECONDS = 5.0  # a worker that has said nothing for so long is taken for dead
_KEPT_SECONDS = 7 * 24 * 3600
_TABLE = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, owner TEXT, kind TEXT, arguments TEXT, state TEXT, share REAL,
    doing TEXT, title TEXT, detail TEXT, worker TEXT, attempt INTEGER,
    created REAL, updated REAL, heartbeat REAL
)
"""
_STOPPED = ("The worker stopped before it was done", "Nothing was changed. Try again.")
Problem = tuple[str, str]  # a title and a detail


@dataclass(frozen=True)
class Record:
    """A row of the table; ``state`` is queued, running, done, failed or cancelled."""

    id: str
    owner: str
    kind: str
    arguments: str
    state: str
    share: float
    doing: str
    title: str
    detail: str
    worker: str
    attempt: int
    created: float
    updated: float
    heartbeat: float


def owner(session: str) -> str:
    """Name a session without giving its secret away."""
    return sha256(session.encode()).hexdigest()[:32]


def me() -> str:
    """Name this process among those that may share the folder."""
    return f"{socket.gethostname()}:{os.getpid()}"


class Records:
    """The jobs of a folder; every operation opens the table anew, so that forks share nothing.

    The secret of a session, without which its frames have no names, lies beside the table in a
    file that only this user can read, from the asking until the job ends: a child process needs
    it, and neither the table nor the queue is to hold it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "jobs.sqlite"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        private(self._path)
        with closing(sqlite3.connect(self._path, timeout=10)) as table:
            table.row_factory = sqlite3.Row
            table.execute("PRAGMA journal_mode=WAL")
            table.execute("PRAGMA synchronous=NORMAL")
            table.execute(_TABLE)
            with table:
                yield table

    def queue(self, id_: str, session: str, kind: str, arguments: str) -> bool:
        """Queue a job, or one that has ended anew; False if it waits or runs already."""
        now = time.time()
        with self._open() as table:
            table.execute("DELETE FROM jobs WHERE updated < ?", (now - _KEPT_SECONDS,))
            made = table.execute(
                "INSERT INTO jobs VALUES (?,?,?,?,'queued',0,'Waiting its turn','','','',0,?,?,0)"
                " ON CONFLICT (id) DO UPDATE SET state='queued', share=0, title='', detail='',"
                " doing='Waiting its turn', updated=excluded.updated"
                " WHERE state NOT IN ('queued', 'running')",
                (id_, owner(session), kind, arguments, now, now),
            )
            if made.rowcount:
                self._hide(id_, session)
            return made.rowcount == 1

    def find(self, id_: str) -> Record | None:
        """Read a job; one whose worker is gone is marked failed first."""
        with self._open() as table:
            row = table.execute("SELECT * FROM jobs WHERE id = ?", (id_,)).fetchone()
        if row is None:
            return None
        found = Record(**dict(row))
        if found.state == "running" and _dead(found):
            self.end(id_, found.attempt, "failed", _STOPPED)
            return self.find(id_)
        return found

    def claim(self, id_: str) -> Record | None:
        """Take a job that waits; nothing if it was cancelled or taken."""
        now = time.time()
        with self._open() as table:
            taken = table.execute(
                "UPDATE jobs SET state='running', doing='Starting', worker=?, attempt=attempt+1,"
                " updated=?, heartbeat=? WHERE id=? AND state='queued'",
                (me(), now, now, id_),
            )
        return self.find(id_) if taken.rowcount else None

    def beat(self, id_: str, attempt: int, told: tuple[float, str] | None = None) -> bool:
        """Tell that the job goes on and how far it is; False if it is no longer wanted."""
        change, given = "heartbeat=?", [time.time()]
        with self._open() as table:
            if told:
                change += ", share=max(share, ?), doing=?"
            done = table.execute(
                f"UPDATE jobs SET {change} WHERE id=? AND attempt=? AND state='running'",
                (*given, *(told or ()), id_, attempt),
            )
        return done.rowcount == 1

    def wanted(self, id_: str, attempt: int) -> bool:
        """Say whether the job is still to be done."""
        found = self.find(id_)
        return found is not None and found.state == "running" and found.attempt == attempt

    def end(self, id_: str, attempt: int, state: str, problem: Problem = ("", "")) -> None:
        """Write down how a run of the job ended, unless it was cancelled before."""
        with self._open() as table:
            ended = table.execute(
                "UPDATE jobs SET state=?, title=?, detail=?, updated=?,"
                " share=CASE ? WHEN 'done' THEN 1 ELSE share END"
                " WHERE id=? AND attempt=? AND state='running'",
                (state, *problem, time.time(), state, id_, attempt),
            )
            if ended.rowcount:
                self._secret(id_).unlink(missing_ok=True)

    def give_up(self, id_: str, state: str, problem: Problem = ("", "")) -> None:
        """End a job that waits or runs; a worker that is at it will stop."""
        with self._open() as table:
            ended = table.execute(
                "UPDATE jobs SET state=?, title=?, detail=?, updated=?"
                " WHERE id=? AND state IN ('queued', 'running')",
                (state, *problem, time.time(), id_),
            )
            if ended.rowcount:
                self._secret(id_).unlink(missing_ok=True)

    def recover(self) -> list[str]:
        """Mark what dead workers left as failed and give what waits; for the only worker."""
        with self._open() as table:
            rows = table.execute(
                "SELECT id, state FROM jobs WHERE state IN ('queued', 'running')"
            ).fetchall()
        for row in rows:
            if row["state"] == "running":
                self.give_up(row["id"], "failed", _STOPPED)
        return [row["id"] for row in rows if row["state"] == "queued"]

    def session(self, id_: str) -> str:
        """Read the secret of the session that asked for a job."""
        return self._secret(id_).read_text(encoding="ascii")

    def _hide(self, id_: str, session: str) -> None:
        path = self._secret(id_)
        private(path)
        path.write_text(session, encoding="ascii")

    def _secret(self, id_: str) -> Path:
        return self._folder / f"{id_}.asked"


def private(path: Path) -> None:
    """Make a file that only this user can read; what sqlite puts beside it is like it."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _dead(record: Record) -> bool:
    if time.time() - record.heartbeat > STALE_SECONDS:
        return True
    host, _, pid = record.worker.rpartition(":")
    return host == socket.gethostname() and not alive(int(pid))


def alive(pid: int) -> bool:
    """Say whether a process of this machine runs; one that only waits to be reaped does not."""
    try:
        os.kill(pid, 0)
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (ProcessLookupError, FileNotFoundError):
        return False
    except PermissionError:
        return True
    return stat.rpartition(")")[2].split()[0] != "Z"

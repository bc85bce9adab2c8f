"""The queue between those who ask for jobs and the worker that does them."""

from collections.abc import Callable
from pathlib import Path

from huey import SqliteHuey

from app.jobs.records import private


def open_queue(
    folder: Path, work: Callable[[str], None]
) -> tuple[SqliteHuey, Callable[[str], object]]:
    """Open the queue of a folder; give it and the function that puts a job's id into it."""
    path = folder / "queue.sqlite"
    private(path)
    queue = SqliteHuey("jobs", filename=str(path), results=False)

    @queue.task()  # type: ignore[untyped-decorator]
    def do(id_: str) -> None:  # the queue knows a task by the module and name of its function
        work(id_)

    return queue, do


def put(folder: Path, id_: str) -> None:
    """Queue a job; nothing is opened before the first."""
    queue, work = open_queue(folder, _elsewhere)
    try:
        work(id_)
    finally:
        queue.storage.close()


def _elsewhere(_: str) -> None:
    """Stand for the work, which only the worker does."""

"""How long work tells how far it is."""

from collections.abc import Callable

Progress = Callable[[float, str], None]  # the share done, 0 to 1, and what is being done


def silent(_: float, __: str) -> None:
    """Tell nobody."""


def part(progress: Progress, begin: float, end: float) -> Progress:
    """Give a step of the work a progress of its own, from 0 to 1."""
    return lambda share, doing: progress(begin + (end - begin) * share, doing)

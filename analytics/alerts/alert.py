"""One thing that may be wrong with the data, and what its parts are made with."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics import choices as choices_
from analytics import headers, text
from analytics.choices import Offer, Option

_MOST_ROWS = 200
_MOST_NAMED = 5


@dataclass(frozen=True)
class Alert:
    """One thing that may be wrong.

    Attributes
    ----------
    key : str
        The decision it is about, as in :mod:`analytics.choices`.
    title, detail : str
        What was found where; how many rows, and what it does to segments.
    count : int
        Rows concerned.
    effect : float
        How much of what makes customers alike is touched if nothing is done, 0 to 1: a share of
        rows, or of a column's variance; near 0 for what is already kept out.
    offer : Offer or None
        What can be done; ``None`` where there is nothing to decide.
    rows : tuple of int
        Positions of the first rows concerned.
    """

    key: str
    title: str
    detail: str
    count: int
    effect: float
    offer: Offer | None = None
    rows: tuple[int, ...] = ()


def positions(mask: np.ndarray) -> tuple[int, ...]:
    """Give the first rows of a mask."""
    return tuple(int(place) for place in np.flatnonzero(mask)[:_MOST_ROWS])


def offer(word: str, column: str, question: str, options: Iterable[tuple[str, str]]) -> Offer:
    """Offer options, each a value and a label, the one that changes nothing first."""
    return Offer(
        choices_.key(word, column),
        question,
        tuple(Option(value, label) for value, label in options),
    )


def dropping(many: int, rows: int) -> list[tuple[str, str]]:
    """Offer to set rows aside, if two are left."""
    if rows - many < 2:
        return []
    return [("drop", f"set {text.count(many, 'row')} aside: {rows - many:,} of {rows:,} stay")]


def rows(many: int, one: str, several: str) -> str:
    """Write a count of rows with its verb."""
    return f"{text.count(many, 'row')} {one if many == 1 else several}"


def named(columns: list[str]) -> str:
    """List columns by their labels, the first few where they are many."""
    labels = [headers.label(name) for name in columns]
    if len(labels) > _MOST_NAMED:
        labels = [*labels[: _MOST_NAMED - 1], f"{len(labels) - _MOST_NAMED + 1:,} others"]
    return text.listing(labels)

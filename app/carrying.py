"""Names that the user gave, carried over to segments that were found anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.matching import match
from app.answers import SweepRequest

Named = tuple[SweepRequest, int, Mapping[int, str]]  # a question, a number, and names by segment
Rows = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class Given:
    """Names that were given to segments of one number.

    Attributes
    ----------
    labels : DataFrame
        The segments of every number that was tried then, by number.
    count : int
    names : mapping of int to str
    rows : tuple of two arrays of int
        Where the customers whom both datasets have stand, then and now.
    again : bool
        Whether the segments were found anew since, so that a lost name is to be told.
    """

    labels: pd.DataFrame
    count: int
    names: Mapping[int, str]
    rows: Rows
    again: bool


@dataclass(frozen=True)
class Carried:
    """Names that the user gave, carried over to other segments of the same customers.

    Attributes
    ----------
    names : dict of int to (dict of int to str)
        By number of segments, then by segment.
    dropped : dict of int to (list of str)
        Sentences on the names that no segment continues, by number of segments.
    """

    names: dict[int, dict[int, str]]
    dropped: dict[int, list[str]]


def carried(given: Iterable[Given], labels: pd.DataFrame) -> Carried:
    """Match what was named to the segments of every number, later names before earlier ones."""
    names: dict[int, dict[int, str]] = {int(k): {} for k in labels}
    dropped: dict[int, list[str]] = {int(k): [] for k in labels}
    for one in given:
        if str(one.count) not in one.labels:
            continue
        then, now = one.rows
        old = one.labels[str(one.count)].iloc[then]
        for k in labels:
            found = match(old, labels[k].iloc[now], one.names)
            names[int(k)] |= found.names
            if one.again:
                dropped[int(k)] += found.dropped
    return Carried(names, dropped)

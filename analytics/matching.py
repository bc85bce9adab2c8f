"""Let names survive when segments are found anew."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analytics import text
from analytics.members import members

KEPT = 0.5  # Jaccard overlap; two new segments cannot both have more of one old segment


@dataclass(frozen=True)
class Matched:
    """Which new segment continues which old one.

    Attributes
    ----------
    pairs : dict of int to int
        Old segment by new one, where the overlap is at least a half.
    names : dict of int to str
        Kept names by new segment.
    dropped : tuple of str
        A sentence for every name that was not kept.
    overlaps : DataFrame, shape (n_old, n_new), indexed by old segment, columns are new ones
        Jaccard: customers in both over customers in either, 0 to 1.
    """

    pairs: dict[int, int]
    names: dict[int, str]
    dropped: tuple[str, ...]
    overlaps: pd.DataFrame


def match(old: pd.Series, new: pd.Series, given: Mapping[int, str]) -> Matched:
    """Match new segments to old ones, one to one, by their overlaps of a half or more.

    Parameters
    ----------
    old, new : Series of int, shape (n_customers,)
        Segments of the same customers in the same order. Noise, 0, is matched to nothing.
    given : mapping of int to str
        Names that the user gave to old segments.

    Raises
    ------
    ValueError
        If the labels are not of the same customers.

    References
    ----------
    Kuhn 1955, doi:10.1002/nav.3800020109, on the assignment; Hennig 2007,
    doi:10.1016/j.csda.2006.11.025, on the Jaccard overlap of segments, of which one below a half
    counts as dissolved.
    """
    if len(old) != len(new):
        raise ValueError(f"{len(old)} and {len(new)} labels cannot be of the same customers.")
    before, after = members(old), members(new)
    shape = len(before.segments), len(after.segments)
    both = (before.places >= 0) & (after.places >= 0)
    cells = before.places[both] * shape[1] + after.places[both]
    shared = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    either = before.sizes[:, None] + after.sizes[None] - shared
    overlap = shared / np.maximum(either, 1)
    # Lesser overlaps would be added up as well, and can outweigh together one that is enough.
    rows, columns = linear_sum_assignment(np.where(overlap >= KEPT, overlap, 0), maximize=True)
    pairs = {
        after.segments[column]: before.segments[row]
        for row, column in zip(rows, columns, strict=True)
        if overlap[row, column] >= KEPT
    }
    table = pd.DataFrame(overlap, list(before.segments), list(after.segments))
    continued = {segment: now for now, segment in pairs.items()}
    return Matched(
        pairs,
        {continued[segment]: name for segment, name in given.items() if segment in continued},
        tuple(_dropped(name, segment, table) for segment, name in given.items()
              if segment not in continued),
        table,
    )  # fmt: skip


def _dropped(name: str, segment: int, overlaps: pd.DataFrame) -> str:
    if segment not in overlaps.index or overlaps.shape[1] == 0:
        return f"The name “{name}” was dropped: no segment is left to bear it."
    closest = overlaps.loc[segment].max()
    return (
        f"The name “{name}” was dropped: the segment most like it shares only"
        f" {text.percent(closest)} of their customers, and {text.percent(KEPT)} are needed."
    )

"""Segments divided anew, as an edited segmentation does to those that were found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.recipe import Finite

EQUAL = 1e-9  # relative; squared distances that differ by less are equal, whatever the rounding

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Division:
    """The customers of some segments, put into others.

    Attributes
    ----------
    within : tuple of int
        The segments that are divided anew.
    places : tuple of tuple of float, shape (n_places, n_features)
        Everyone goes to the place of which the squared distance and what is added to it are
        least together, in scaled units; without places to the one segment that there is.
    added : tuple of float, shape (n_places,)
        From 0; what holds a segment back so that another gets its minimum.
    segments : tuple of int
        The segment of each place, or the only one.
    kept : tuple of (int, int)
        The other segments, and their numbers afterwards.
    kind : str
    """

    within: tuple[int, ...]
    places: tuple[tuple[Finite, ...], ...]
    added: tuple[Finite, ...]
    segments: tuple[int, ...]
    kept: tuple[tuple[int, int], ...]
    kind: Literal["division"] = "division"

    def fits(self, width: int, known: set[int]) -> bool:
        """Say whether the parts fit together, and the segments so far."""
        places = len(self.places)
        before = {*self.within, *(old for old, _ in self.kept)}
        return (
            bool(self.within)
            and before == known
            and len(before) == len(self.within) + len(self.kept)
            and places == len(self.added)
            and len(self.segments) == max(places, 1)
            and all(len(place) == width for place in self.places)
            and all(one >= 0 for one in self.added)
            and len({*self.segments, *(new for _, new in self.kept)})
            == len(self.segments) + len(self.kept)
        )

    @property
    def after(self) -> set[int]:
        """The segments there are afterwards."""
        return {*self.segments, *(new for _, new in self.kept)}


def follow(division: Division, rows: Floats, labels: Integers) -> Integers:
    """Put customers from the segments so far into those afterwards.

    Parameters
    ----------
    division : Division
    rows : array of shape (n_rows, n_features)
        In scaled units.
    labels : array of int, shape (n_rows,)
        From 0, which is noise.
    """
    renamed = np.zeros(max(int(labels.max(initial=0)), *division.within) + 1, dtype=np.int64)
    for old, new in division.kept:
        if old < len(renamed):
            renamed[old] = new
    result = renamed[labels]
    moved = np.isin(labels, division.within)
    result[moved] = division.segments[0]
    if division.places and moved.any():
        costs = powers(np.array(division.places), np.array(division.added), rows[moved])
        result[moved] = np.array(division.segments)[least(costs)]
    return result


def powers(places: Floats, added: Floats, rows: Floats) -> Floats:
    """Give the squared distance of each row to each place, and what is added to it.

    The cells of the least are those of a power diagram.

    References
    ----------
    Aurenhammer, Hoffmann and Aronov 1998, doi:10.1007/PL00009187, on least squares with bounds.
    """
    result = np.empty((len(rows), len(places)))
    for column, place in enumerate(places):
        total = np.zeros(len(rows))
        for feature, at in enumerate(place):
            gap = rows[:, feature] - at
            total += gap * gap
        result[:, column] = total + added[column]
    return result


def least(costs: Floats) -> Integers:
    """Give the column of the least cost, of those that are equal but for rounding the first."""
    near = costs <= costs.min(axis=1, keepdims=True) * (1 + EQUAL)
    return np.asarray(near.argmax(axis=1))


def places_after(
    places: Floats, segments: Integers, divisions: Sequence[Division]
) -> tuple[Floats, Integers]:
    """Give the places that stand for the segments after some divisions.

    A merged segment keeps the places of those that it was merged from; one that was divided has
    only those of the division.
    """
    for division in divisions:
        inside = np.isin(segments, division.within)
        renamed = {0: 0} | dict(division.kept)
        renamed |= dict.fromkeys(division.within, division.segments[0])
        after = np.array([renamed[int(one)] for one in segments], dtype=np.int64)
        if division.places:
            places = np.concatenate([places[~inside], np.array(division.places)])
            after = np.concatenate([after[~inside], np.array(division.segments)])
        segments = after
    return places, segments

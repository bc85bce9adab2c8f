"""How far customers are from the segments of a model, in scaled units."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from analytics.algorithms.mixture import expectation
from analytics.divisions import follow, least, places_after
from analytics.model import Fixed, Model
from analytics.placement import Edits, Gaussians, Points, Rule

SAME = 1e-9  # scaled units within which a customer is one whose segment is fixed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def numbers(rule: Rule) -> Integers:
    """List the segments of a rule in ascending order, noise (0) among them."""
    if isinstance(rule, Edits):
        rule = spots(rule)
    found = np.unique(np.array(rule.segments, dtype=np.int64))
    return found[found > 0] if isinstance(rule, Gaussians) else found


def spots(rule: Points | Edits) -> Points:
    """Give the points that stand for the segments.

    Of edited Gaussians these are the means.
    """
    if isinstance(rule, Points):
        return rule
    base = rule.base
    of = np.array(base.segments, dtype=np.int64)
    if isinstance(base, Points):
        metric, before = base.metric, np.array(base.places)
    else:
        metric, before, of = "euclidean", np.array(base.means)[of > 0], of[of > 0]
    places, segments = places_after(before, of, rule.divisions)
    return Points(
        metric,
        tuple(tuple(map(float, place)) for place in places),
        tuple(map(int, segments)),
    )


def distances(rule: Points | Edits, rows: Floats) -> Floats:
    """Give the distance of each row to the nearest point of each segment.

    Parameters
    ----------
    rule : Points or Edits
    rows : array of shape (n_rows, n_features)

    Returns
    -------
    array of shape (n_rows, n_segments)
        In ascending order of the segments.
    """
    rule = spots(rule)
    places, of = np.array(rule.places), np.array(rule.segments)
    result = np.empty((len(rows), len(numbers(rule))))
    for column, segment in enumerate(numbers(rule)):
        mine = places[of == segment]
        if len(mine) > 1:
            power = 2 if rule.metric == "euclidean" else 1
            result[:, column] = cKDTree(mine).query(rows, p=power)[0]
            continue
        total = np.zeros(len(rows))
        for feature, place in enumerate(mine[0]):
            gap = rows[:, feature] - place
            total += gap * gap if rule.metric == "euclidean" else np.abs(gap)
        result[:, column] = np.sqrt(total) if rule.metric == "euclidean" else total
    return result


def chances(rule: Gaussians, rows: Floats) -> Floats:
    """Give each row's probability of each segment, shape (n_rows, n_segments)."""
    found = expectation(
        np.ascontiguousarray(rows), np.array(rule.means), np.array(rule.roots),
        np.array(rule.heights),
    )[1]  # fmt: skip
    return np.asarray(found[:, _columns(rule)], dtype=np.float64)


def deviations(rule: Gaussians, rows: Floats) -> Floats:
    """Give the Mahalanobis distance of each row to each segment, as :func:`chances`."""
    result = np.empty((len(rows), len(numbers(rule))))
    for column, gaussian in enumerate(_columns(rule)):
        gap = (rows - np.array(rule.means[gaussian])) @ np.array(rule.roots[gaussian])
        result[:, column] = np.sqrt((gap * gap).sum(axis=1))
    return result


def _columns(rule: Gaussians) -> Integers:
    of = np.array(rule.segments)
    order = np.argsort(of, kind="stable")
    return order[of[order] > 0]


def chosen(rule: Rule, rows: Floats, far: Floats) -> Integers:
    """Give the column of the segment that the rule puts each row into.

    Of several points that are equally near, as the squares of the distances tell to one part in
    a thousand million, that of the lowest segment: so that rounding decides nothing, in any
    program.

    Parameters
    ----------
    rule : Points, Gaussians or Edits
    rows : array of shape (n_rows, n_features)
    far : array of shape (n_rows, n_segments)
        As from :func:`distances`; used for points alone.
    """
    if isinstance(rule, Edits):
        base = rule.base
        nearest = distances(base, rows) if isinstance(base, Points) else far
        found = numbers(base)[chosen(base, rows, nearest)]
        for division in rule.divisions:
            found = follow(division, rows, found)
        return np.searchsorted(numbers(rule), found)
    if isinstance(rule, Gaussians):
        return np.asarray(chances(rule, rows).argmax(axis=1))
    return least(far**2 if rule.metric == "euclidean" else far)


def fixed(model: Model, rows: Floats) -> tuple[Integers, Integers]:
    """Find the rows that are training customers whose segment is fixed.

    Returns
    -------
    positions, segments : array of int
    """
    return matched(model.fixed, rows)


def matched(known: Sequence[Fixed], rows: Floats) -> tuple[Integers, Integers]:
    """Find the rows that are within ``SAME`` of a known one in every feature."""
    if not known:
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    tree = cKDTree(np.array([one.place for one in known]))
    apart, which = tree.query(rows, p=np.inf, distance_upper_bound=SAME * 2)
    found = np.flatnonzero(np.isfinite(apart))
    places = np.array([one.place for one in known])[which[found]]
    within = (np.abs(rows[found] - places) <= SAME).all(axis=1)
    found = found[within]
    of = np.array([one.segment for one in known], dtype=np.int64)
    return found, of[which[found]]

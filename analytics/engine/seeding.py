"""Greedy k-means++: where to start, and where one more centre helps most."""

import numpy as np
from numpy.typing import NDArray

from analytics.engine.lloyd import lloyd
from analytics.kernels import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Labels = NDArray[np.int32]

_BLOCK = 512  # rows that stay in the nearest cache


def trials(count: int) -> int:
    """Give how many candidates greedy k-means++ compares for each centre."""
    return 2 + int(np.log(count))


@compiled
def seed_centres(rows: Floats, weights: Floats, centres: Floats, given: int, draws: Floats) -> None:
    """Fill in the centres after the first ``given`` ones.

    Each new centre is the best of several rows drawn by their squared distance to the centres
    so far.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
    weights : array of shape (n_rows,)
    centres : array of shape (n_segments, n_features)
        Filled in place.
    given : int
        How many centres are there already.
    draws : array of shape (n_segments, n_trials)
        Uniform random numbers from 0 to 1.

    References
    ----------
    Arthur and Vassilvitskii 2007 (k-means++); the greedy variant is section 7 of the same.
    """
    features, size = rows.shape
    close, best, tried = np.empty(size), np.empty(size), np.empty(size)
    running = np.empty(size)
    if given == 0:
        total = 0.0
        for row in range(size):
            total += weights[row]
            running[row] = total
        first = min(np.searchsorted(running, draws[0, 0] * total, side="right"), size - 1)
        for feature in range(features):
            centres[0, feature] = rows[feature, first]
        given = 1
    close[:] = np.inf
    for centre in range(given):
        _closer(rows, centres[centre], close, close)
    for centre in range(given, centres.shape[0]):
        total = 0.0
        for row in range(size):
            total += weights[row] * close[row]
            running[row] = total
        least, chosen = np.inf, 0
        for trial in range(draws.shape[1]):
            place = np.searchsorted(running, draws[centre, trial] * total, side="right")
            candidate = min(place, size - 1)
            _closer(rows, rows[:, candidate], close, tried)
            left = 0.0
            for row in range(size):
                left += weights[row] * tried[row]
            if left < least:
                least, chosen = left, candidate
                best, tried = tried, best
        for feature in range(features):
            centres[centre, feature] = rows[feature, chosen]
        close, best = best, close


@compiled
def _closer(rows: Floats, point: Floats, before: Floats, after: Floats) -> None:
    """Lower squared distances to the nearest centre by one more centre."""
    features, size = rows.shape
    gaps = np.empty(_BLOCK)
    for begin in range(0, size, _BLOCK):
        end = min(begin + _BLOCK, size)
        first, a = rows[0, begin:end], point[0]
        for row in range(end - begin):
            gap = first[row] - a
            gaps[row] = gap * gap
        for feature in range(1, features):
            along, at = rows[feature, begin:end], point[feature]
            for row in range(end - begin):
                gap = along[row] - at
                gaps[row] += gap * gap
        so_far, now = before[begin:end], after[begin:end]
        for row in range(end - begin):
            now[row] = gaps[row] if gaps[row] < so_far[row] else so_far[row]


@compiled
def least_wcss(
    rows: Floats, weights: Floats, counts: Integers, draws: Floats, most: int, tolerance: float
) -> Floats:
    """Give the least WCSS that a few starts reach for each k, without asking Python between.

    Parameters
    ----------
    rows, weights, most, tolerance
        As :func:`iterate_all` takes them.
    counts : array of int, shape (n_counts,)
    draws : array of shape (n_counts, n_starts, k, n_trials)
        Uniform random numbers from 0 to 1, of which each k takes as many as it needs.
    """
    least = np.full(len(counts), np.inf)
    for place in range(len(counts)):
        count = counts[place]
        for start in range(draws.shape[1]):
            centres = np.empty((count, rows.shape[0]))
            uniform = draws[place, start, :count, : 2 + int(np.log(count))]
            seed_centres(rows, weights, centres, 0, uniform)
            _, wcss = lloyd(rows, weights, centres, most, tolerance)
            least[place] = min(least[place], wcss)
    return least


@compiled
def iterate_all(
    rows: Floats,
    weights: Floats,
    centres: Floats,
    given: Integers,
    draws: Floats,
    most: int,
    tolerance: float,
) -> tuple[Labels, Floats]:
    """Complete several sets of centres by seeding, and iterate each.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
    weights : array of shape (n_rows,)
    centres : array of shape (n_sets, n_segments, n_features)
        Moved in place.
    given : array of int, shape (n_sets,)
        How many centres each set begins with.
    draws : array of shape (n_sets, n_segments, n_trials)
        Uniform random numbers from 0 to 1.
    most, tolerance
        As :func:`analytics.engine.lloyd.lloyd` takes them.

    Returns
    -------
    labels : array of shape (n_rows,)
        Of the best set.
    wcss : array of shape (n_sets,)
    """
    wcss = np.empty(len(centres))
    best = np.empty(0, np.int32)
    least = np.inf
    for place in range(len(centres)):
        if given[place] < centres.shape[1]:
            seed_centres(rows, weights, centres[place], given[place], draws[place])
        labels, wcss[place] = lloyd(rows, weights, centres[place], most, tolerance)
        if wcss[place] < least:
            least, best = wcss[place], labels
    return best, wcss

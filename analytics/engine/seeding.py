"""Greedy k-means++: where to start, and where one more centre helps most."""

import numpy as np
from numpy.typing import NDArray

from analytics.engine.lloyd import lloyd
from analytics.kernels import compiled

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]


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
    size = rows.shape[1]
    for begin in range(0, size, 512):
        end = min(begin + 512, size)
        gaps = np.zeros(512)
        for feature in range(rows.shape[0]):
            along, at = rows[feature, begin:end], point[feature]
            for row in range(end - begin):
                gap = along[row] - at
                gaps[row] += gap * gap
        for row in range(end - begin):
            after[begin + row] = min(before[begin + row], gaps[row])


@compiled
def best_start(
    rows: Floats,
    weights: Floats,
    base: Floats,
    count: int,
    draws: Floats,
    most: int,
    tolerance: float,
) -> tuple[Floats, Labels, Floats]:
    """Start several times and iterate each; keep the best.

    Parameters
    ----------
    base : array of shape (n_given, n_features)
        Centres that every start begins with; may be empty.
    draws : array of shape (n_starts, n_segments, n_trials)

    Returns
    -------
    centres, labels
        Of the best start.
    wcss : array of shape (n_starts,)
    """
    found = np.empty(draws.shape[0])
    centres = np.empty((count, rows.shape[0]))
    kept, kept_labels = centres.copy(), np.empty(0, np.int32)
    least = np.inf
    for start in range(draws.shape[0]):
        centres[: len(base)] = base
        seed_centres(rows, weights, centres, len(base), draws[start])
        labels, found[start] = lloyd(rows, weights, centres, most, tolerance)
        if found[start] < least:
            least = found[start]
            kept[:] = centres
            kept_labels = labels
    return kept, kept_labels, found

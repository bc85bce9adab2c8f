"""k-medoids on a matrix of dissimilarities: greedy building, then eager swaps."""

import numpy as np
from numpy.typing import NDArray

from analytics.algorithms.algorithm import Floats, Integers
from analytics.kernels import compiled

Dissimilarities = NDArray[np.float32]

_PASSES = 100  # over the candidates; a handful is usual
_STARTS = 30  # at random besides the greedy one ...
_STARTED = 500  # ... up to so many points, where a single start may still be caught
_TINY = 1e-9  # of the total: a gain below is rounding


@compiled
def addition(dissimilarities: Dissimilarities, weights: Floats, nearest: Floats) -> int:
    """Find the point whose addition to the medoids lowers the loss most.

    ``nearest`` is each point's dissimilarity to its nearest medoid, infinite without any.
    """
    best, least = 0, np.inf
    for candidate in range(len(weights)):
        total = 0.0
        for point in range(len(weights)):
            total += weights[point] * min(dissimilarities[candidate, point], nearest[point])
        if total < least:
            best, least = candidate, total
    return best


@compiled
def _ranked(dissimilarities: Dissimilarities, medoids: Integers) -> tuple[Integers, Floats, Floats]:
    """Give each point's nearest medoid, and how far the nearest and the second are."""
    points = len(dissimilarities)
    own = np.zeros(points, np.int64)
    first = np.full(points, np.inf)
    second = np.full(points, np.inf)
    for medoid in range(len(medoids)):
        for point in range(points):
            away = dissimilarities[medoids[medoid], point]
            if away < first[point]:
                second[point] = first[point]
                first[point], own[point] = away, medoid
            elif away < second[point]:
                second[point] = away
    return own, first, second


@compiled
def changes(
    dissimilarities: Dissimilarities,
    weights: Floats,
    ranked: tuple[Integers, Floats, Floats],
    count: int,
    candidate: int,
) -> Floats:
    """Compute the change of the loss if the candidate replaced each of the medoids.

    Parameters
    ----------
    dissimilarities : array of float32, shape (n_points, n_points)
    weights : array of shape (n_points,)
    ranked : tuple of array
        Each point's nearest medoid, and how far the nearest and the second nearest are.
    count : int
        How many medoids there are.
    candidate : int

    Returns
    -------
    array of shape (count,)
    """
    own, first, second = ranked
    change = np.zeros(count)
    shared = 0.0
    for point in range(len(weights)):
        away = dissimilarities[candidate, point]
        weight = weights[point]
        if away < first[point]:
            shared += weight * (away - first[point])
        else:
            change[own[point]] += weight * (min(away, second[point]) - first[point])
    return change + shared


@compiled
def swapped(dissimilarities: Dissimilarities, weights: Floats, medoids: Integers) -> Integers:
    """Swap medoids for other points, as soon as it lowers the loss, until no swap does.

    References
    ----------
    Schubert and Rousseeuw 2021 (FasterPAM), doi:10.1016/j.is.2021.101804.
    """
    medoids = medoids.copy()
    ranked = _ranked(dissimilarities, medoids)
    least = -_TINY * (weights * ranked[1]).sum()
    points, unchanged, candidate = len(weights), 0, 0
    for _ in range(_PASSES * points):
        if unchanged >= points:
            break
        change = changes(dissimilarities, weights, ranked, len(medoids), candidate)
        leaver = int(np.argmin(change))
        if change[leaver] < least:
            medoids[leaver] = candidate
            ranked = _ranked(dissimilarities, medoids)
            unchanged = 0
        else:
            unchanged += 1
        candidate = (candidate + 1) % points
    return medoids


def medoids(
    dissimilarities: Dissimilarities, weights: Floats, counts: range, seed: int = 42
) -> dict[int, Integers]:
    """Find the medoids for each k, each begun from those of k less one and the best addition.

    Few points are begun from random medoids as well, and the best end is kept.

    Parameters
    ----------
    dissimilarities : array of float32, shape (n_points, n_points)
        Symmetric.
    weights : array of shape (n_points,)
        How many customers each point stands for.
    counts : range
    seed : int
        Of the random medoids.

    Returns
    -------
    dict of int to array of int
        Positions of the medoids.

    References
    ----------
    Kaufman and Rousseeuw 1990, Finding Groups in Data, chapter 2, for the greedy building;
    Schubert and Rousseeuw 2021, doi:10.1016/j.is.2021.101804, for the swaps.
    """
    found: dict[int, Integers] = {}
    rng = np.random.default_rng(seed)
    chosen = np.empty(0, dtype=np.int64)
    nearest = np.full(len(weights), np.inf)
    for count in range(1, counts[-1] + 1):
        chosen = np.append(chosen, addition(dissimilarities, weights, nearest))
        if count > 1:
            starts = [chosen]
            if len(weights) <= _STARTED:
                starts += [rng.choice(len(weights), count, replace=False) for _ in range(_STARTS)]
            ends = [swapped(dissimilarities, weights, start) for start in starts]
            chosen = min(ends, key=lambda end: float(weights @ dissimilarities[end].min(axis=0)))
        nearest = dissimilarities[chosen].min(axis=0).astype(np.float64)
        if count in counts:
            found[count] = chosen
    return found

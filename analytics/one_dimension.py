"""K-means in one dimension, solved exactly."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def optimal_cuts(values: Floats, counts: range) -> dict[int, Integers]:
    """Cut sorted values into intervals of least within-interval sum of squares.

    In one dimension an optimal k-means partition consists of intervals, so dynamic programming
    over the sorted distinct values finds the global optimum. The best last cut moves to the
    right as values are added, which lets each layer be solved by divide and conquer in
    O(n log n).

    Parameters
    ----------
    values : array of shape (n_values,)
        Any order, repeats allowed.
    counts : range
        Numbers of intervals, each from 1 to the number of distinct values.

    Returns
    -------
    dict of int to array of shape (n_values,)
        For each count the label of each value, 0 for the lowest interval.

    References
    ----------
    Wang and Song 2011, Ckmeans.1d.dp, doi:10.32614/RJ-2011-015;
    Grønlund et al. 2017, arXiv:1701.07204.
    """
    distinct, inverse, weights = np.unique(values, return_inverse=True, return_counts=True)
    centred = distinct - np.average(distinct, weights=weights)
    mass = np.concatenate([[0.0], np.cumsum(weights)])
    first = np.concatenate([[0.0], np.cumsum(weights * centred)])
    second = np.concatenate([[0.0], np.cumsum(weights * centred**2)])

    def spread(start: Integers, stop: Integers) -> Floats:
        """Sum of squares about the mean of the values from ``start`` up to before ``stop``."""
        total = first[stop] - first[start]
        spread_ = second[stop] - second[start] - total**2 / (mass[stop] - mass[start])
        return np.asarray(np.maximum(spread_, 0.0), dtype=np.float64)

    ends = np.arange(1, len(distinct) + 1)
    best = np.concatenate([[0.0], spread(np.zeros_like(ends), ends)])
    lasts = []
    for layer in range(2, max(counts) + 1):
        best, last = _add_interval(best, layer, len(distinct), spread)
        lasts.append(last)
    return {count: _labels(lasts[: count - 1], len(distinct))[inverse] for count in counts}


def _add_interval(
    best: Floats, layer: int, size: int, spread: Callable[[Integers, Integers], Floats]
) -> tuple[Floats, Integers]:
    """Extend the best cost of ``layer - 1`` intervals over each prefix by one interval."""
    cost = np.full(size + 1, np.inf)
    last = np.zeros(size + 1, dtype=np.int64)
    # Each row is a block of prefixes [low, high] whose last cut lies in [left, right].
    low, high = np.array([layer]), np.array([size])
    left, right = np.array([layer - 1]), np.array([size - 1])
    while len(low):
        middle = (low + high) // 2
        begin = left
        end = np.minimum(right, middle - 1)
        lengths = end - begin + 1
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        cuts = np.arange(lengths.sum()) - np.repeat(offsets - begin, lengths)
        costs = best[cuts] + spread(cuts, np.repeat(middle, lengths))
        least = np.minimum.reduceat(costs, offsets)
        hits = np.flatnonzero(costs == np.repeat(least, lengths))
        chosen = cuts[hits[np.searchsorted(hits, offsets)]]
        cost[middle], last[middle] = least, chosen
        low, high = np.concatenate([low, middle + 1]), np.concatenate([middle - 1, high])
        left, right = np.concatenate([left, chosen]), np.concatenate([chosen, right])
        kept = low <= high
        low, high, left, right = low[kept], high[kept], left[kept], right[kept]
    return cost, last


def _labels(lasts: list[Integers], size: int) -> Integers:
    labels = np.zeros(size, dtype=np.int64)
    stop = size
    for label in range(len(lasts), 0, -1):
        start = lasts[label - 1][stop]
        labels[start:stop] = label
        stop = start
    return labels

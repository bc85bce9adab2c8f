"""K-means in one dimension, solved exactly."""

import numpy as np
from numpy.typing import NDArray

from analytics.engine.intervals import add_interval

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def optimal_cuts(
    values: Floats, counts: range, weights: Floats | None = None
) -> dict[int, Integers]:
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
    weights : array of shape (n_values,), optional
        How many customers each value stands for; 1 by default.

    Returns
    -------
    dict of int to array of shape (n_values,)
        For each count the label of each value, 0 for the lowest interval.

    References
    ----------
    Wang and Song 2011, Ckmeans.1d.dp, doi:10.32614/RJ-2011-015;
    Grønlund et al. 2017, arXiv:1701.07204.
    """
    distinct, inverse = np.unique(values, return_inverse=True)
    weight = np.bincount(inverse, weights=weights).astype(np.float64)
    centred = distinct - np.average(distinct, weights=weight)
    mass = np.concatenate([[0.0], np.cumsum(weight)])
    first = np.concatenate([[0.0], np.cumsum(weight * centred)])
    second = np.concatenate([[0.0], np.cumsum(weight * centred**2)])
    best = second - np.divide(first**2, mass, out=np.zeros_like(mass), where=mass > 0)
    best = np.maximum(best, 0.0)
    lasts: list[Integers] = []
    for layer in range(2, max(counts) + 1):
        last = np.zeros(len(best), dtype=np.int64)
        best = add_interval(best, layer, mass, first, second, last)
        lasts.append(last)
    return {count: _labels(lasts[: count - 1], len(distinct))[inverse] for count in counts}


def _labels(lasts: list[Integers], size: int) -> Integers:
    labels = np.zeros(size, dtype=np.int64)
    stop = size
    for label in range(len(lasts), 0, -1):
        start = lasts[label - 1][stop]
        labels[start:stop] = label
        stop = start
    return labels

"""Cutting sorted values into intervals of least squares: the inner loop."""

import numpy as np
from numpy.typing import NDArray

from analytics.kernels import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@compiled
def add_interval(
    best: Floats, layer: int, mass: Floats, first: Floats, second: Floats, last: Integers
) -> Floats:
    """Extend the best cost of ``layer - 1`` intervals over every prefix by one interval.

    The best last cut never moves to the left as values are added, so the middle prefix of a
    block halves the cuts that remain for either side.

    Parameters
    ----------
    best : array of shape (n_values + 1,)
        Least cost of the first values in ``layer - 1`` intervals, by number of values.
    layer : int
        Number of intervals, from 2.
    mass, first, second : arrays of shape (n_values + 1,)
        Running sums of weight, weighted value and weighted square.
    last : array of shape (n_values + 1,)
        Filled with where the last interval begins.
    """
    size = len(best) - 1
    cost = np.full(size + 1, np.inf)
    blocks = np.empty((128, 4), np.int64)  # one is halved at a time: their depth is log n
    blocks[0, 0], blocks[0, 1], blocks[0, 2], blocks[0, 3] = layer, size, layer - 1, size - 1
    waiting = 1
    while waiting:
        waiting -= 1
        low, high, left, right = blocks[waiting]
        if low > high:
            continue
        middle = (low + high) // 2
        least, chosen = np.inf, left
        for cut in range(left, min(right, middle - 1) + 1):
            total = first[middle] - first[cut]
            within = second[middle] - second[cut] - total * total / (mass[middle] - mass[cut])
            if best[cut] + max(within, 0.0) < least:
                least, chosen = best[cut] + max(within, 0.0), cut
        cost[middle], last[middle] = least, chosen
        blocks[waiting, 0], blocks[waiting, 1] = low, middle - 1
        blocks[waiting, 2], blocks[waiting, 3] = left, chosen
        waiting += 1
        blocks[waiting, 0], blocks[waiting, 1] = middle + 1, high
        blocks[waiting, 2], blocks[waiting, 3] = chosen, right
        waiting += 1
    return cost

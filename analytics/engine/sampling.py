"""Samples that every part of the data is in, in its proportion."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def systematic(weights: Floats, size: int, seed: int) -> tuple[Integers, Floats]:
    """Draw rows by weight, one from each of equal stretches of the running weight.

    Parameters
    ----------
    weights : array of shape (n_rows,)
        In an order in which neighbours are alike: the sample is stratified along it.
    size : int
    seed : int

    Returns
    -------
    rows : array of int
        Ascending, each once.
    counts : array of float
        How often each was drawn; they sum to ``size``.

    References
    ----------
    Cochran 1977, Sampling Techniques, chapter 8.
    """
    running = np.cumsum(weights)
    within = np.random.default_rng(seed).random(size)
    drawn = np.searchsorted(running, (np.arange(size) + within) / size * running[-1], side="right")
    rows, counts = np.unique(np.minimum(drawn, len(weights) - 1), return_counts=True)
    return rows, counts.astype(np.float64)

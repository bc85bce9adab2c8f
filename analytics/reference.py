"""Customers without any groups, spread evenly over a box that has the shape of the data."""

import numpy as np
from numpy.typing import NDArray

from analytics.engine.distinct import Distinct
from analytics.engine.sampling import systematic

Floats = NDArray[np.float64]

ROWS = 300  # customers that data and references are compared by: shapes matter, not sizes


def some(data: Distinct, seed: int) -> Floats:
    """Take up to ``ROWS`` customers, stratified along their order, with their repetitions.

    Returns
    -------
    array of shape (n_features, n_rows)
    """
    drawn, times = systematic(data.weights, min(ROWS, len(data.place)), seed)
    return np.repeat(data.rows[:, drawn], times.astype(np.int64), axis=1)


def principal(rows: Floats) -> Floats:
    """Turn rows so that their principal components become the axes.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
        Centred.
    """
    _, axes = np.linalg.eigh(rows @ rows.T)
    return np.asarray(axes.T @ rows)


def even_box(turned: Floats, many: int, random: np.random.Generator) -> list[Floats]:
    """Draw sets of as many rows, uniform over the box along the axes.

    References
    ----------
    Tibshirani, Walther and Hastie 2001, doi:10.1111/1467-9868.00293, section 4 (b), if the axes
    are the principal components.
    """
    low, high = turned.min(axis=1, keepdims=True), turned.max(axis=1, keepdims=True)
    return [low + (high - low) * random.random(turned.shape) for _ in range(many)]

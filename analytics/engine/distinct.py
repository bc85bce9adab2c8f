"""Every distinct row once, with the number of customers it stands for, in an order of its own."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Distinct:
    """The distinct rows of a matrix, centred and sorted.

    The order of the customers and how often each occurs leave no trace but the weights, so
    whatever is computed from them cannot depend on either.

    Attributes
    ----------
    rows : array of shape (n_features, n_distinct)
        Centred, feature by feature.
    weights : array of shape (n_distinct,)
        Customers with this row.
    place : array of shape (n_customers,)
        Each customer's row.
    centre : array of shape (n_features,)
        What was taken off.
    """

    rows: Floats
    weights: Floats
    place: Integers
    centre: Floats

    @property
    def size(self) -> int:
        """The number of distinct rows."""
        return int(self.rows.shape[1])

    @property
    def total(self) -> float:
        """The weighted sum of squares about the mean."""
        return float(np.einsum("fr,fr,r->", self.rows, self.rows, self.weights))


def distinct(matrix: Floats) -> Distinct:
    """Find the distinct rows.

    Parameters
    ----------
    matrix : array of shape (n_customers, n_features)
    """
    group, first = _group(matrix)
    # The order must not come from the customers': sort by every feature, the first one first.
    order = _sorted(matrix if first is None else matrix[first])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    place = rank if group is None else rank[group]
    chosen = order if first is None else first[order]
    rows = np.empty((matrix.shape[1], len(chosen)))
    for feature, along in enumerate(rows):
        along[:] = matrix[chosen, feature]
    weights = np.ones(len(order)) if group is None else np.bincount(place).astype(np.float64)
    centre = np.einsum("fr,r->f", rows, weights) / weights.sum()  # on one core, unlike BLAS
    rows -= centre[:, None]
    return Distinct(rows, weights, place, centre)


def count_distinct(matrix: Floats) -> int:
    """Count the distinct rows."""
    _, first = _group(matrix)
    return len(matrix) if first is None else len(first)


def _group(matrix: Floats) -> tuple[Integers | None, Integers | None]:
    """Give each row the number of its group of equals, and each group its first row."""
    group = np.zeros(len(matrix), dtype=np.int64)
    for column in range(matrix.shape[1]):
        codes, levels = pd.factorize(matrix[:, column])
        if len(levels) == len(matrix):
            return None, None
        group = pd.factorize(group * len(levels) + codes)[0]
    size = int(group.max()) + 1
    if size == len(matrix):
        return None, None
    first = np.empty(size, dtype=np.int64)
    first[group[::-1]] = np.arange(len(matrix))[::-1]
    return group, first


def _sorted(matrix: Floats) -> Integers:
    order = np.argsort(matrix[:, 0], kind="stable")
    along = matrix[order, 0]
    if matrix.shape[1] > 1 and (along[1:] == along[:-1]).any():
        return np.asarray(np.lexsort(matrix.T[::-1]))
    return order

"""Silhouettes of many partitions of the same customers, from one pass over the distances."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_BLOCK_CELLS = 4_000_000  # distances held at a time: 32 MB


def silhouettes(matrix: Floats, partitions: Integers, points: Integers | None = None) -> Floats:
    """Compute each customer's silhouette under several partitions.

    The distances from a block of customers to all are computed once; one product with the 0/1
    membership of every segment of every partition turns them into all the sums needed.

    Parameters
    ----------
    matrix : array of shape (n_customers, n_features)
    partitions : array of int, shape (n_customers, n_partitions)
        Labels from 0, each partition with at least two segments.
    points : array of int, optional
        Positions of the customers to evaluate, against all customers; all by default.

    Returns
    -------
    array of shape (n_points, n_partitions)
        From -1 to 1, higher is better; 0 for a customer alone in its segment. Euclidean.

    References
    ----------
    Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7.
    """
    rows = np.arange(len(matrix)) if points is None else points
    widths = partitions.max(axis=0) + 1
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    membership = np.zeros((len(matrix), widths.sum()))
    np.put_along_axis(membership, partitions + starts, 1.0, axis=1)
    sizes = membership.sum(axis=0)
    result = np.empty((len(rows), partitions.shape[1]))
    step = max(1, _BLOCK_CELLS // len(matrix))
    for begin in range(0, len(rows), step):
        block = rows[begin : begin + step]
        sums = cdist(matrix[block], matrix) @ membership
        for column, (start, width) in enumerate(zip(starts, widths, strict=True)):
            segment = slice(start, start + width)
            result[begin : begin + step, column] = _from_sums(
                sums[:, segment], sizes[segment], partitions[block, column]
            )
    return result


def _from_sums(sums: Floats, sizes: Floats, labels: Integers) -> Floats:
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    widest = np.maximum(own, other)
    value = np.divide(other - own, widest, out=np.zeros_like(own), where=widest > 0)
    return np.where(sizes[labels] > 1, value, 0.0)

"""Rows told apart, drawn, matched to their nearest, and segments numbered."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree
from sklearn.metrics import pairwise_distances_argmin_min

from analytics.algorithms.algorithm import Floats, Integers
from analytics.engine import distinct as engine

NOISE = -1  # in labels from 0; in those that leave the package noise is 0
_TREE_FEATURES = 12  # with more, a search tree visits most of its points anyway
_MOST_COMPARED = 20_000  # points that are searched one by one


def values(matrix: pd.DataFrame) -> Floats:
    """Give a matrix as contiguous float64."""
    return np.ascontiguousarray(matrix.to_numpy(dtype=np.float64))


def distinct(rows: Floats) -> tuple[Integers, Integers, Floats]:
    """Find the distinct rows.

    Parameters
    ----------
    rows : array of shape (n_rows, n_features)

    Returns
    -------
    firsts : array of int, shape (n_distinct,)
        Where each distinct row stands first; in ascending order of the rows themselves, so that
        the order of the customers cannot matter.
    inverse : array of int, shape (n_rows,)
        Which distinct row each row is.
    weights : array of float, shape (n_distinct,)
        How often each occurs.
    """
    found = engine.distinct(rows)
    firsts = np.empty(found.size, dtype=np.int64)
    firsts[found.place[::-1]] = np.arange(len(rows))[::-1]
    return firsts, found.place, found.weights


def drawn(rows: int, most: int, seed: int) -> Integers:
    """Draw positions at random without replacement, all of them where there are no more."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def nearest(points: Floats, rows: Floats) -> tuple[Integers, Floats]:
    """Find the nearest of some points for every row.

    A search tree answers up to twelve features; beyond, the points are compared one by one, and
    of very many points a fixed random 20,000 stand for all.

    Parameters
    ----------
    points : array of shape (n_points, n_features)
    rows : array of shape (n_rows, n_features)

    Returns
    -------
    positions : array of int, shape (n_rows,)
    distances : array of float, shape (n_rows,)
        Euclidean.
    """
    if points.shape[1] <= _TREE_FEATURES:
        distances, positions = cKDTree(points).query(rows)
        return positions.astype(np.int64), distances
    kept = drawn(len(points), _MOST_COMPARED, 0)
    positions, distances = pairwise_distances_argmin_min(rows, points[kept])
    return kept[positions], distances


def numbered(rows: Floats, labels: Integers) -> tuple[Integers, Integers]:
    """Give segments numbers by size, the largest 1; equal sizes by their centres, the lower first.

    Parameters
    ----------
    rows : array of shape (n_customers, n_features)
    labels : array of int, shape (n_customers,)
        From 0, gaps allowed; ``NOISE`` is noise.

    Returns
    -------
    segments : array of int, shape (n_customers,)
        From 1 without gaps; 0 is noise.
    order : array of int
        The old label of each segment, those that nobody has left out.
    """
    kept = labels >= 0
    sizes = np.bincount(labels[kept])
    sums = [np.bincount(labels[kept], column[kept]) for column in rows.T]
    centres = np.round(np.array(sums) / np.maximum(sizes, 1), 9)
    order = np.lexsort((*centres[::-1], -sizes))
    order = order[sizes[order] > 0]
    rank = np.zeros(len(sizes) + 1, dtype=np.int64)  # the last place is that of noise
    rank[order] = np.arange(1, len(order) + 1)
    return rank[labels], order


def partitions(by_count: Mapping[int, Integers]) -> pd.DataFrame:
    """Put numbered segments side by side, one column for each k."""
    return pd.DataFrame({str(k): labels.astype(np.int16) for k, labels in by_count.items()})

"""Fit k-means for a range of k and score every fit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score
from threadpoolctl import threadpool_limits

from analytics.errors import NotEnoughData, UnknownChoice
from analytics.one_dimension import optimal_cuts
from analytics.silhouette import silhouettes

COUNTS = range(2, 11)
SEED = 42
SEED_ROWS = 20_000  # above this the starts are made on a sample and finished on everyone
EXACT_ROWS = 20_000  # silhouettes are quadratic in rows; above this they are estimated ...
POINTS = 2_000  # ... from this many customers, each against all others
_THREADED_WORK = 10_000_000  # rows x k x features below which thread pools cost more than they give

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Sweep:
    """Every fit of a range of k, with its scores.

    Attributes
    ----------
    scores : DataFrame indexed by ``k``, ascending
        ``wcss`` (inertia; squared scaled units, falls as k grows), ``silhouette`` (mean, -1 to 1,
        higher is better) with ``silhouette_se`` (its standard error over the customers it was
        computed from), ``calinski_harabasz`` (higher is better), ``davies_bouldin`` (from 0,
        lower is better) and ``smallest`` (customers in the smallest segment).
    labels : DataFrame of int, shape (n_customers, n_counts), columns are ``k`` as text
        Segment of each customer, from 1, the largest segment first.
    silhouettes : DataFrame, shape (n_points, n_counts), columns as in ``labels``
        Each customer's silhouette, indexed by the customer's position.
    total : float
        WCSS of a single segment.
    """

    scores: pd.DataFrame
    labels: pd.DataFrame
    silhouettes: pd.DataFrame
    total: float


def sweep(matrix: pd.DataFrame, counts: range = COUNTS, *, seed: int = SEED) -> Sweep:
    """Fit k-means for each k and score the fits.

    One feature is solved to its global optimum. More features take k-means++ from many starts
    (20 up to 2,000 customers, else 10); above ``SEED_ROWS`` customers the starts run on a random
    sample, and the best one is then iterated over everyone. Silhouettes are exact up to
    ``EXACT_ROWS`` customers, above that means over ``POINTS`` customers, with a standard error.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
    counts : range
        Each from 2 to the number of distinct rows less one.
    seed : int

    Raises
    ------
    UnknownChoice
        If the range is empty or begins below 2.
    NotEnoughData
        If there are not more distinct rows than the largest k.

    References
    ----------
    Lloyd 1982, doi:10.1109/TIT.1982.1056489; Arthur and Vassilvitskii 2007 (k-means++);
    Caliński and Harabasz 1974, doi:10.1080/03610927408827101;
    Davies and Bouldin 1979, doi:10.1109/TPAMI.1979.4766909.
    """
    if not len(counts) or counts[0] < 2:
        raise UnknownChoice("Segments are counted from 2.", "Choose a range from 2 upwards.")
    distinct = len(matrix.drop_duplicates())
    if distinct <= counts[-1]:
        raise NotEnoughData(
            f"{counts[-1]} segments need more than {distinct} customers that differ in the"
            " chosen features.",
            "Choose fewer segments or more features.",
        )
    values = np.ascontiguousarray(matrix.to_numpy(dtype=np.float64))
    work = len(values) * counts[-1] * values.shape[1]
    with threadpool_limits(limits=None if work > _THREADED_WORK else 1):
        partitions = _partitions(values, counts, seed)
        points = _points(len(values), seed)
        widths = silhouettes(values, partitions, points)
        scores = [
            _score(values, partitions[:, column], widths[:, column])
            for column in range(len(counts))
        ]
    names = [str(count) for count in counts]
    return Sweep(
        scores=pd.DataFrame(scores, index=pd.Index(counts, name="k")),
        labels=pd.DataFrame(partitions + 1, columns=names).astype("int16"),
        silhouettes=pd.DataFrame(widths, columns=names, index=points),
        total=float(((values - values.mean(axis=0)) ** 2).sum()),
    )


def feasible(matrix: pd.DataFrame, counts: range = COUNTS) -> range:
    """Cut a range of k down to what the distinct rows allow."""
    return range(counts.start, min(counts.stop, len(matrix.drop_duplicates())))


def _partitions(values: Floats, counts: range, seed: int) -> Integers:
    if values.shape[1] == 1:
        cuts = optimal_cuts(values[:, 0], counts)
        found = [cuts[count] for count in counts]
    else:
        found = [_fit(values, count, seed) for count in counts]
    return np.column_stack([_by_size(values, labels) for labels in found])


def _fit(values: Floats, count: int, seed: int) -> Integers:
    starts = 20 if len(values) <= 2_000 else 10
    sample = values
    if len(values) > SEED_ROWS:
        chosen = np.random.default_rng(seed).choice(len(values), SEED_ROWS, replace=False)
        sample = values[chosen]
    if len(sample) == len(values) or len(np.unique(sample, axis=0)) <= count:
        fit = KMeans(count, n_init=starts, random_state=seed).fit(values)
    else:
        rough = KMeans(count, n_init=starts, random_state=seed).fit(sample)
        fit = KMeans(count, init=rough.cluster_centers_, n_init=1).fit(values)
    return np.asarray(fit.labels_, dtype=np.int64)


def _by_size(values: Floats, labels: Integers) -> Integers:
    """Renumber the segments by size, the largest 0; equal sizes by their centres."""
    sizes = np.bincount(labels)
    centres = np.array([values[labels == label].mean(axis=0) for label in range(len(sizes))])
    order = np.lexsort((*centres.T[::-1], -sizes))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return np.asarray(rank[labels], dtype=np.int64)


def _points(rows: int, seed: int) -> Integers:
    if rows <= EXACT_ROWS:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, POINTS, replace=False))


def _score(values: Floats, labels: Integers, widths: Floats) -> dict[str, float]:
    sizes = np.bincount(labels)
    wcss = sum(
        float(((values[labels == label] - values[labels == label].mean(axis=0)) ** 2).sum())
        for label in range(len(sizes))
    )
    return {
        "wcss": wcss,
        "silhouette": float(widths.mean()),
        "silhouette_se": float(widths.std(ddof=1) / np.sqrt(len(widths))),
        "calinski_harabasz": float(calinski_harabasz_score(values, labels)),
        "davies_bouldin": float(davies_bouldin_score(values, labels)),
        "smallest": int(sizes.min()),
    }

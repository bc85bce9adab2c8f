"""Indices of a partition that need only its centroids."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.engine.lloyd import add_up, distances_within, spread_within

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]


@dataclass(frozen=True)
class Indices:
    """What the centroids of a partition tell.

    Attributes
    ----------
    centres : array of shape (n_segments, n_features)
    sizes : array of shape (n_segments,)
    wcss : float
        Within-cluster sum of squares (inertia), in squared units.
    calinski_harabasz : float
        From 0, higher is better; NaN for a single segment.
    davies_bouldin : float
        From 0, lower is better; NaN for a single segment.
    """

    centres: Floats
    sizes: Floats
    wcss: float
    calinski_harabasz: float
    davies_bouldin: float


def indices(rows: Floats, weights: Floats, labels: Labels) -> Indices:
    """Compute the indices of a partition of weighted rows.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
    weights : array of shape (n_rows,)
        Customers each row stands for.
    labels : array of int32, shape (n_rows,)
        From 0, each used.

    References
    ----------
    Caliński and Harabasz 1974, doi:10.1080/03610927408827101;
    Davies and Bouldin 1979, doi:10.1109/TPAMI.1979.4766909.
    """
    centres, sizes, wcss = centroids(rows, weights, labels)
    count = len(sizes)
    total = weights.sum()
    mean = sizes @ centres / total
    between = float(sizes @ ((centres - mean) ** 2).sum(axis=1))
    if count < 2:
        return Indices(centres, sizes, wcss, np.nan, np.nan)
    variance = between / (count - 1) / (wcss / (total - count)) if wcss > 0 else 1.0
    return Indices(
        centres, sizes, wcss, variance, _davies_bouldin(rows, weights, labels, centres, sizes)
    )


def centroids(rows: Floats, weights: Floats, labels: Labels) -> tuple[Floats, Floats, float]:
    """Compute the centroids of a partition, the sizes of its segments and its WCSS.

    Parameters are those of :func:`indices`.
    """
    count = int(labels.max()) + 1
    sums, sizes = np.zeros((count, len(rows))), np.zeros(count)
    add_up(rows, weights, labels, 0, len(labels), sums, sizes)
    centres = sums / sizes[:, None]
    return centres, sizes, float(spread_within(rows, weights, centres, labels, 0, len(labels)))


def _davies_bouldin(
    rows: Floats, weights: Floats, labels: Labels, centres: Floats, sizes: Floats
) -> float:
    widths = distances_within(rows, weights, centres, labels) / sizes
    gaps = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=2))
    np.fill_diagonal(gaps, np.inf)
    together = widths[:, None] + widths[None]
    ratios = np.divide(together, gaps, out=np.full_like(gaps, np.inf), where=gaps > 0)
    ratios[together == 0] = 0.0
    return float(ratios.max(axis=1).mean())

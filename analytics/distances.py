"""How far segments are apart, and two coordinates for each that keep this as well as they can."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.members import members


@dataclass(frozen=True)
class Apart:
    """The distances of the segments.

    Attributes
    ----------
    distances : DataFrame, shape (n_segments, n_segments), index and columns by segment
        Euclidean, between centroids, in scaled units; the largest segment first, without noise.
    places : DataFrame, indexed by segment, columns ``x`` and ``y``
    kept : float
        Share of the squared distances that the two coordinates keep, 0 to 1; NaN where all
        centroids are the same.
    """

    distances: pd.DataFrame
    places: pd.DataFrame
    kept: float


def apart(matrix: pd.DataFrame, labels: pd.Series) -> Apart:
    """Measure how far the segments' centroids are apart, and lay them out by classical scaling.

    Parameters
    ----------
    matrix : DataFrame of shape (n_customers, n_features)
        As from :func:`analytics.prepare.prepare`.
    labels : Series of int
        Segment of each customer; noise, 0, has no centroid.

    References
    ----------
    Torgerson 1952, doi:10.1007/BF02288916, and Gower 1966, doi:10.1093/biomet/53.3-4.325, on
    classical scaling.
    """
    found = members(labels)
    values = matrix.to_numpy(dtype=np.float64)
    centres = found.sums(values)[: len(found.segments)] / found.sizes[:, None]
    centred = centres - centres.mean(axis=0) if len(centres) else centres
    away = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=2))
    # Of distances between points the coordinates are the singular vectors of the centred points.
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    coordinates = np.zeros((len(centres), 2))
    kept = left[:, :2] * sizes[:2]
    coordinates[:, : kept.shape[1]] = kept
    # The sign of a singular vector is arbitrary: the largest segment lies to the left and below.
    if len(coordinates):
        coordinates *= np.where(coordinates[0] > 0, -1.0, 1.0)
    total = float((sizes**2).sum())
    segments = list(found.segments)
    return Apart(
        pd.DataFrame(away, segments, segments),
        pd.DataFrame(coordinates, segments, ["x", "y"]),
        float((sizes[:2] ** 2).sum()) / total if total > 0 else float("nan"),
    )

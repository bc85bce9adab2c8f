"""How far segments can be relied on, for every number of them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.engine.distinct import distinct
from analytics.null_band import null_band
from analytics.progress import Progress, part, silent
from analytics.reference import some
from analytics.scoring import Sweep
from analytics.stability import stability


@dataclass(frozen=True)
class Trust:
    """What speaks for and against every partition of a sweep.

    Attributes
    ----------
    counts : DataFrame indexed by ``k``
        Stability as from :func:`analytics.stability.stability`, and ``even`` and ``limit`` of the
        silhouette as from :func:`analytics.null_band.null_band`.
    segments : DataFrame indexed by (``k``, ``segment``)
        As from :func:`analytics.stability.stability`.
    certainty : DataFrame of float32, shape (n_customers, n_counts), columns are ``k`` as text
        The chance that other customers of the same kind would put each into the same segment.
    notes : tuple of str
        What was sampled.
    """

    counts: pd.DataFrame
    segments: pd.DataFrame
    certainty: pd.DataFrame
    notes: tuple[str, ...]


def trust(
    matrix: pd.DataFrame,
    sweep: Sweep,
    *,
    seed: int = 42,
    threads: int | None = None,
    progress: Progress = silent,
) -> Trust:
    """Resample the customers of a sweep by k-means, and set it against data without groups.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
        What was swept.
    sweep : Sweep
    seed : int
    threads : int, optional
        Cores to use, which changes nothing but the time.
    progress : callable, optional
    """
    data = distinct(matrix.to_numpy(dtype=np.float64))
    counts = sweep.scores.index
    progress(0.0, "Comparing with customers spread evenly")
    band = null_band(
        some(data, seed), range(counts.min(), counts.max() + 1), seed=seed, threads=threads
    )
    found = stability(
        data, sweep.labels, seed=seed, threads=threads, progress=part(progress, 0.1, 1.0)
    )
    return Trust(found.counts.join(band), found.segments, found.certainty, found.notes)

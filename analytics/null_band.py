"""How high the mean silhouette of customers without any groups comes by chance."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.engine.fresh import draw, fit
from analytics.engine.threads import spread
from analytics.even import Even
from analytics.reference import even_box, principal
from analytics.silhouette import silhouettes

Floats = NDArray[np.float64]

REFERENCES = 100
LEVEL = 0.95
_STARTS = 5
_COARSE = 1_000  # cells of a grid, where fewer make groups of their own
_LEAST = 1e-12  # of a silhouette; less is rounding


def null_band(
    rows: Floats, counts: range, *, seed: int, threads: int | None = None
) -> pd.DataFrame:
    """Find the mean silhouettes that data spread evenly over the same box reach.

    The box lies along the principal components. Where some column takes few values on a regular
    grid, so do the references of a second box, along the columns: equal customers are close
    whether or not there are groups. The higher limit of both counts.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
        Centred; rows may repeat. Some hundreds suffice: fewer make the limit higher, never lower.
    counts : range
        Numbers of segments, from 2, below the number of rows.
    seed : int
    threads : int, optional
        Cores to use, which changes nothing but the time.

    Returns
    -------
    DataFrame indexed by ``k``
        ``even``, the mean of the references, and ``limit``, which 95 % of them stay below at
        every k: as many standard deviations above the mean for each, so that looking at many k
        does not find structure by looking often.

    References
    ----------
    The box is that of the gap statistic: Tibshirani, Walther and Hastie 2001,
    doi:10.1111/1467-9868.00293.
    """
    random = np.random.default_rng(seed)
    draws = draw(counts, _STARTS, random)
    kinds = [even_box(principal(rows), REFERENCES, random)]
    gridded = Even.like(rows.T)
    if gridded is not None and gridded.levels ** len(rows) < _COARSE:
        on_grid = [gridded.customers(random).T for _ in range(REFERENCES)]
        kinds = [on_grid] if len(rows) == 1 else [*kinds, on_grid]
    limits = [_limits(kind, draws, threads) for kind in kinds]
    even, limit = np.max(limits, axis=0)
    return pd.DataFrame({"even": even, "limit": limit}, index=pd.Index(counts, name="k"))


def _limits(
    references: list[Floats], draws: dict[int, Floats], threads: int | None
) -> tuple[Floats, Floats]:
    def heights(rows: Floats) -> Floats:
        rows = np.ascontiguousarray(rows)
        fits = fit(rows, np.ones(rows.shape[1]), draws).values()
        partitions = [np.unique(labels, return_inverse=True)[1] for _, labels, _ in fits]
        widths = silhouettes(rows.T, np.column_stack(partitions), threads=1)
        return np.asarray(widths.mean(axis=0))

    reached = np.array(spread(heights, references, threads))
    mean, deviation = reached.mean(axis=0), reached.std(axis=0, ddof=1)
    excess = (reached - mean) / np.maximum(deviation, _LEAST)
    return mean, mean + np.quantile(excess.max(axis=1), LEVEL) * deviation

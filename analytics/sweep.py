"""Fit k-means for a range of k and score every fit."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.engine.distinct import Distinct, count_distinct, distinct
from analytics.engine.ladder import Solution
from analytics.engine.search import SAMPLE_ROWS, WHOLE_ROWS, search
from analytics.errors import NotEnoughData, UnknownChoice
from analytics.gap import gap_statistic
from analytics.progress import Progress, part, silent
from analytics.reference import some
from analytics.scoring import Labels, Sweep, score

COUNTS = range(2, 11)
SEED = 42
_LONG = 60_000  # rows x features x counts above which the work takes over about half a second


def is_long(rows: int, features: int, counts: int) -> bool:
    """Say whether a sweep takes longer than a visitor would wait without being told."""
    return rows * features * counts > _LONG


def sweep(
    matrix: pd.DataFrame,
    counts: range = COUNTS,
    *,
    seed: int = SEED,
    threads: int | None = None,
    progress: Progress = silent,
) -> Sweep:
    """Fit k-means for each k and score the fits.

    Neither the order of the customers nor the number of cores changes the result, and equal
    customers count as one row with a weight. One feature is solved to its global optimum; see
    :func:`analytics.engine.search.search` and :func:`analytics.scoring.score` for more.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
    counts : range
        Each from 2 to the number of distinct rows less one.
    seed : int
    threads : int, optional
        Cores to use; all that the process may by default.
    progress : callable, optional

    Raises
    ------
    UnknownChoice
        If the range is empty or begins below 2.
    NotEnoughData
        If there are not more distinct rows than the largest k.

    References
    ----------
    Lloyd 1982, doi:10.1109/TIT.1982.1056489; Arthur and Vassilvitskii 2007 (k-means++);
    the indices are cited where they are computed.
    """
    if not len(counts) or counts[0] < 2:
        raise UnknownChoice("Segments are counted from 2.", "Choose a range from 2 upwards.")
    data = distinct(matrix.to_numpy(dtype=np.float64))
    if data.size <= counts[-1]:
        raise NotEnoughData(
            f"{counts[-1]} segments need more than {data.size} customers that differ in the"
            " chosen features.",
            "Choose fewer segments or more features.",
        )
    solutions = search(data, counts, seed=seed, threads=threads, progress=part(progress, 0.0, 0.7))
    starts = {k: (solution.starts, solution.found) for k, solution in solutions.items()}
    labels = np.empty((data.size, len(starts)), dtype=np.int16, order="F")
    for place, k in enumerate(starts):
        labels[:, place] = _by_size(data, solutions.pop(k))  # as large as the features, with many k
    progress(0.7, "Measuring silhouettes")
    scored = score(data, matrix.columns, list(starts), labels, seed=seed, threads=threads)
    progress(0.9, "Comparing with data without groups")
    sample = some(data, seed)
    tried = range(1, min(counts[-1] + 2, count_distinct(sample.T)))
    gaps = gap_statistic(sample, tried, seed=seed, threads=threads)
    progress(1.0, "Done")
    return replace(
        scored,
        scores=scored.scores.assign(
            starts=[tried for tried, _ in starts.values()],
            found=[found for _, found in starts.values()],
        ),
        gaps=gaps,
        notes=(*_notes(data), *scored.notes),
    )


def feasible(matrix: pd.DataFrame, counts: range = COUNTS) -> range:
    """Cut a range of k down to what the distinct rows allow."""
    size = count_distinct(matrix.to_numpy(dtype=np.float64))
    return range(counts.start, min(counts.stop, size))


def _by_size(data: Distinct, solution: Solution) -> Labels:
    """Order the segments by size, the largest 0; equal sizes by their centres."""
    sizes = np.bincount(solution.labels, weights=data.weights, minlength=len(solution.centres))
    order = np.lexsort((*solution.centres.T[::-1], -sizes))
    rank = np.empty(len(order), dtype=np.int16)
    rank[order] = np.arange(len(order), dtype=np.int16)
    return rank[solution.labels]


def _notes(data: Distinct) -> list[str]:
    if len(data.rows) == 1 or data.size <= WHOLE_ROWS:
        return []
    return [
        f"The search began on two samples of {SAMPLE_ROWS:,} customers and was finished on all"
        f" {len(data.place):,}."
    ]

"""Score partitions of the same customers, whatever made them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.clustergram import clustergram
from analytics.engine.distinct import Distinct
from analytics.engine.refinement import refine, sort_by_cell
from analytics.engine.sampling import systematic
from analytics.indices import indices
from analytics.silhouette import silhouettes

EXACT_ROWS = 20_000  # distinct rows; silhouettes are quadratic in them, above they are estimated
POINTS = 4_000  # ... from this many customers ...
REFERENCE = 20_000  # ... each measured against at most this many, drawn from every segment alike

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Labels = NDArray[np.int16]


@dataclass(frozen=True)
class Sweep:
    """Every partition of a range of k, with its scores.

    Attributes
    ----------
    scores : DataFrame indexed by ``k``, ascending
        ``wcss`` (inertia; squared scaled units, falls as k grows), ``silhouette`` (mean, -1 to 1,
        higher is better) with ``silhouette_se`` (its standard error over the customers it was
        computed from; a stratified sample keeps below it), ``calinski_harabasz`` (higher is
        better), ``davies_bouldin`` (from 0, lower is better), ``smallest`` (customers in the
        smallest segment), ``starts`` (independent k-means++ starts; 0 where the solution is
        exact) and ``found`` (how many of them alone reached the best WCSS, to 0.01 %).
    labels : DataFrame of int, shape (n_customers, n_counts), columns are ``k`` as text
        Segment of each customer, from 1, the largest segment first.
    silhouettes : DataFrame, shape (n_points, n_counts), columns as in ``labels``
        Each customer's silhouette, indexed by the customer's position.
    total : float
        WCSS of a single segment.
    centres : DataFrame indexed by (``k``, ``segment``), columns as in the matrix
        Centroids, in scaled units.
    gaps : DataFrame indexed by ``k``, from 1
        As from :func:`analytics.gap.gap_statistic`.
    heights, flows : DataFrame
        As from :func:`analytics.clustergram.clustergram`.
    notes : tuple of str
        What was sampled, and what was then done with everyone.
    extra : mapping of str to DataFrame
        What an algorithm tells of itself beside.
    """

    scores: pd.DataFrame
    labels: pd.DataFrame
    silhouettes: pd.DataFrame
    total: float
    centres: pd.DataFrame
    gaps: pd.DataFrame
    heights: pd.DataFrame
    flows: pd.DataFrame
    notes: tuple[str, ...] = ()
    extra: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def score(
    data: Distinct,
    columns: pd.Index,
    counts: Sequence[int],
    labels: Labels,
    *,
    seed: int,
    threads: int | None = None,
) -> Sweep:
    """Score a partition for each k.

    Silhouettes are exact up to ``EXACT_ROWS`` distinct rows and for one feature, above that means
    over ``POINTS`` customers, stratified by segment, with a standard error.

    Parameters
    ----------
    data : Distinct
    columns : Index
        Names of the features.
    counts : sequence of int
        Each k.
    labels : array of int, shape (n_distinct, n_counts)
        From 0.
    seed : int
        Of the sample that silhouettes are estimated from.
    threads : int, optional
        Cores to use, which changes nothing but the time.

    Returns
    -------
    Sweep
        Without gaps.
    """
    points, widths = _widths(data, labels, seed, threads)
    scores, centres = [], []
    for column, partition in enumerate(labels.T):
        found = indices(data.rows, data.weights, partition.astype(np.int32))
        scores.append(
            {
                "wcss": found.wcss,
                "silhouette": float(widths[:, column].mean()),
                "silhouette_se": float(widths[:, column].std(ddof=1) / np.sqrt(len(widths))),
                "calinski_harabasz": found.calinski_harabasz,
                "davies_bouldin": found.davies_bouldin,
                "smallest": int(found.sizes.min()),
            }
        )
        centres.append(found.centres + data.centre)
    partitions = dict(zip(map(str, counts), labels.T, strict=True))
    heights, flows = clustergram(data.rows, data.weights, dict(zip(counts, labels.T, strict=True)))
    places = [(k, segment) for k in counts for segment in range(1, k + 1)]
    return Sweep(
        scores=pd.DataFrame(scores, index=pd.Index(list(counts), name="k")),
        labels=pd.DataFrame({k: (own + 1)[data.place] for k, own in partitions.items()}),
        silhouettes=pd.DataFrame(widths, columns=list(partitions), index=points),
        total=data.total,
        centres=pd.DataFrame(
            np.concatenate(centres),
            pd.MultiIndex.from_tuples(places, names=["k", "segment"]),
            columns,
        ),
        gaps=pd.DataFrame({"gap": [], "gap_se": []}, index=pd.Index([], name="k", dtype="int64")),
        heights=heights,
        flows=flows,
        notes=tuple(_notes(len(data.place), len(points))),
    )


def _widths(
    data: Distinct, partitions: Labels, seed: int, threads: int | None
) -> tuple[Integers, Floats]:
    """Give the positions of the customers evaluated and their silhouettes."""
    if data.size <= EXACT_ROWS or len(data.rows) == 1:
        widths = silhouettes(data.rows.T, partitions, weights=data.weights, threads=threads)
        return np.arange(len(data.place)), widths[data.place]
    # Sorted by segment under every k, a systematic sample is stratified by all of them.
    order = sort_by_cell(refine(partitions)[0])
    rows, times = systematic(data.weights[order], POINTS, seed)
    evaluated = np.repeat(order[rows], times.astype(np.int64))
    rows, times = systematic(data.weights[order], min(REFERENCE, len(data.place)), seed)
    rows = order[rows]
    weights = np.zeros(data.size)
    weights[rows] = times * (data.weights.sum() / times.sum())
    widths = silhouettes(
        data.rows.T, partitions, evaluated, weights, reference=rows, threads=threads
    )
    return _customers(data.place, evaluated, widths)


def _customers(place: Integers, rows: Integers, widths: Floats) -> tuple[Integers, Floats]:
    """Find a customer for each row drawn, the first of those alike, in their order."""
    wanted, times = np.unique(rows, return_counts=True)
    slot = np.full(int(place.max()) + 1, -1)
    slot[wanted] = np.arange(len(wanted))
    mine = np.flatnonzero(slot[place] >= 0)
    mine = mine[np.argsort(place[mine], kind="stable")]
    begins = np.searchsorted(place[mine], wanted)
    chosen = np.concatenate(
        [mine[begin : begin + many] for begin, many in zip(begins, times, strict=True)]
    )
    sorted_widths = widths[np.argsort(rows, kind="stable")]
    order = np.argsort(chosen)
    return chosen[order], sorted_widths[order]


def _notes(customers: int, points: int) -> list[str]:
    if points == customers:
        return []
    return [
        f"Silhouettes are those of {points:,} of {customers:,} customers, drawn from every"
        f" segment in its proportion, each measured against {min(REFERENCE, customers):,}."
    ]

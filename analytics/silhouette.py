"""Silhouettes of many partitions of the same customers, from one pass over the distances."""

import numpy as np
from numpy.typing import NDArray

from analytics.engine.pairs import silhouettes_along, silhouettes_of
from analytics.engine.refinement import refine, sort_by_cell
from analytics.engine.threads import spread

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Labels = NDArray[np.integer]

_PIECE = 5_000_000  # distances of one piece of work: some milliseconds


def silhouettes(
    matrix: Floats,
    partitions: Labels,
    points: Integers | None = None,
    weights: Floats | None = None,
    *,
    reference: Integers | None = None,
    threads: int | None = None,
) -> Floats:
    """Compute each row's silhouette under several partitions.

    Rows that share their segment under every partition form a cell (the common refinement of
    the partitions; there are few). The distances from a row to each cell are summed once, and
    the sums of cells add up to those of segments, for every partition.

    Parameters
    ----------
    matrix : array of shape (n_rows, n_features)
    partitions : array of int, shape (n_rows, n_partitions)
        Labels from 0, each partition with at least two segments.
    points : array of int, optional
        Positions of the rows to evaluate; all by default.
    weights : array of shape (n_rows,), optional
        How many customers each row stands for; 1 by default.
    reference : array of int, optional
        Positions of the rows that distances are taken to; all by default. The points need not
        be among them; with it, the result is an estimate.
    threads : int, optional
        Cores to use, which changes nothing but the time.

    Returns
    -------
    array of shape (n_points, n_partitions)
        From -1 to 1, higher is better; 0 for a customer alone in its segment. Euclidean. One
        feature takes O(n log n), more take O(n_points n_rows n_features).

    References
    ----------
    Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7.
    """
    weights = np.ones(len(matrix)) if weights is None else np.asarray(weights, dtype=np.float64)
    if matrix.shape[1] == 1 and reference is None:
        found = _along_a_line(matrix[:, 0], partitions, weights, threads)
        return found if points is None else found[points]
    evaluated = np.arange(len(matrix)) if points is None else points
    measured = np.arange(len(matrix)) if reference is None else reference
    widths = partitions.max(axis=0).astype(np.int64) + 1
    starts = np.concatenate([[0], np.cumsum(widths)])
    cell, segments = refine(partitions[measured])
    order = measured[sort_by_cell(cell)]
    cells = np.concatenate([[0], np.cumsum(np.bincount(cell))])
    columns = segments + starts[:-1]
    inside = np.add.reduceat(weights[order], cells[:-1])
    sizes = np.bincount(
        columns.ravel(), weights=np.repeat(inside, columns.shape[1]), minlength=starts[-1]
    ).astype(np.float64)
    centre = matrix[order].mean(axis=0)
    rows = np.ascontiguousarray((matrix[order] - centre).T)
    at = np.ascontiguousarray((matrix[evaluated] - centre).T)
    own = np.ascontiguousarray(partitions[evaluated].T + starts[:-1, None])
    result = np.empty((partitions.shape[1], len(evaluated)))
    step = max(1, _PIECE // max(1, len(order)))

    def work(low: int) -> None:
        high = min(low + step, len(evaluated))
        silhouettes_of(
            at, own, rows, weights[order], cells, columns, sizes, starts, low, high, result
        )

    spread(work, range(0, len(evaluated), step), threads)
    return np.ascontiguousarray(result.T)


def _along_a_line(
    values: Floats, partitions: Labels, weights: Floats, threads: int | None
) -> Floats:
    order = np.argsort(values, kind="stable")
    x, mass = values[order] - values.mean(), weights[order]
    result = np.empty(partitions.shape)

    def work(partition: int) -> None:
        labels = partitions[order, partition].astype(np.int64)
        widths = np.empty_like(x)
        sizes = np.bincount(labels, weights=mass).astype(np.float64)
        silhouettes_along(x, mass, labels, sizes, widths)
        result[order, partition] = widths

    spread(work, range(partitions.shape[1]), threads)
    return result

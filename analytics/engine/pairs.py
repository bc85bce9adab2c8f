"""Distances summed over groups of rows: all that a silhouette needs."""

import numpy as np
from numpy.typing import NDArray

from analytics.kernels import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_BLOCK = 256


@compiled
def silhouettes_of(
    points: Floats,
    own: Integers,
    rows: Floats,
    weights: Floats,
    cells: Integers,
    segments: Integers,
    sizes: Floats,
    starts: Integers,
    low: int,
    high: int,
    widths: Floats,
) -> None:
    """Compute the silhouettes of the points from ``low`` to ``high`` under every partition.

    The rows are sorted into cells, whose rows share their segment under every partition: the
    distances to each cell are summed once, and cells add up to segments.

    Parameters
    ----------
    points : array of shape (n_features, n_points)
    own : array of shape (n_partitions, n_points)
        Column of each point's own segment.
    rows : array of shape (n_features, n_rows)
        Sorted by cell.
    weights : array of shape (n_rows,)
    cells : array of shape (n_cells + 1,)
        Where each cell begins.
    segments : array of shape (n_cells, n_partitions)
        Column of each cell's segment.
    sizes : array of shape (n_columns,)
        Weight of each segment.
    starts : array of shape (n_partitions + 1,)
        Where each partition's columns begin.
    widths : array of shape (n_partitions, n_points)
        Filled in place.
    """
    sums = np.empty(len(sizes))
    square = np.empty(_BLOCK)
    for point in range(low, high):
        sums[:] = 0.0
        for cell in range(len(cells) - 1):
            total = 0.0
            for begin in range(cells[cell], cells[cell + 1], _BLOCK):
                total += _block(
                    points,
                    point,
                    rows,
                    weights,
                    begin,
                    min(begin + _BLOCK, cells[cell + 1]),
                    square,
                )
            for partition in range(segments.shape[1]):
                sums[segments[cell, partition]] += total
        for partition in range(segments.shape[1]):
            mine = own[partition, point]
            widths[partition, point] = 0.0
            if sizes[mine] <= 1.0:
                continue
            within = sums[mine] / (sizes[mine] - 1.0)
            other = np.inf
            for column in range(starts[partition], starts[partition + 1]):
                if column != mine and sizes[column] > 0:
                    other = min(other, sums[column] / sizes[column])
            widest = max(within, other)
            if 0.0 < widest < np.inf:
                widths[partition, point] = (other - within) / widest


@compiled
def _block(
    points: Floats,
    point: int,
    rows: Floats,
    weights: Floats,
    begin: int,
    end: int,
    square: Floats,
) -> float:
    """Sum the weighted distances from a point to the rows from ``begin`` to ``end``."""
    features, total = rows.shape[0], 0.0
    a, one = points[0, point], rows[0, begin:end]
    weight = weights[begin:end]
    if features == 2:
        b, two = points[1, point], rows[1, begin:end]
        for row in range(end - begin):
            x, y = one[row] - a, two[row] - b
            total += weight[row] * np.sqrt(x * x + y * y)
        return total
    if features == 3:
        b, two = points[1, point], rows[1, begin:end]
        c, three = points[2, point], rows[2, begin:end]
        for row in range(end - begin):
            x, y, z = one[row] - a, two[row] - b, three[row] - c
            total += weight[row] * np.sqrt(x * x + y * y + z * z)
        return total
    if features == 4:
        b, two = points[1, point], rows[1, begin:end]
        c, three = points[2, point], rows[2, begin:end]
        d, four = points[3, point], rows[3, begin:end]
        for row in range(end - begin):
            x, y, z, v = one[row] - a, two[row] - b, three[row] - c, four[row] - d
            total += weight[row] * np.sqrt(x * x + y * y + z * z + v * v)
        return total
    for row in range(end - begin):
        x = one[row] - a
        square[row] = x * x
    for feature in range(1, features):
        along, at = rows[feature, begin:end], points[feature, point]
        for row in range(end - begin):
            x = along[row] - at
            square[row] += x * x
    for row in range(end - begin):
        total += weight[row] * np.sqrt(square[row])
    return total


@compiled
def silhouettes_along(
    values: Floats, weights: Floats, labels: Integers, sizes: Floats, widths: Floats
) -> None:
    """Compute the silhouettes of one partition of one feature from running sums.

    Parameters
    ----------
    values : array of shape (n_rows,)
        Ascending.
    weights, labels, widths : arrays of shape (n_rows,)
        The widths are filled in place.
    sizes : array of shape (n_segments,)
        Weight of each segment.
    """
    counts = len(sizes)
    moments, below, passed = np.zeros(counts), np.zeros(counts), np.zeros(counts)
    for row in range(len(values)):
        moments[labels[row]] += weights[row] * values[row]
    for row in range(len(values)):
        mine, value = labels[row], values[row]
        below[mine] += weights[row]
        passed[mine] += weights[row] * value
        widths[row] = 0.0
        if sizes[mine] <= 1.0:
            continue
        within, other = 0.0, np.inf
        for segment in range(counts):
            total = value * (2.0 * below[segment] - sizes[segment])
            total += moments[segment] - 2.0 * passed[segment]
            if segment == mine:
                within = total / (sizes[mine] - 1.0)
            elif sizes[segment] > 0:
                other = min(other, total / sizes[segment])
        widest = max(within, other)
        if 0.0 < widest < np.inf:
            widths[row] = (other - within) / widest

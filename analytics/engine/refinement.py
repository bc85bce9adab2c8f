"""The common refinement of several partitions of the same rows."""

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Labels = NDArray[np.integer]

_COUNTED = 2**20  # numbers below which cells are renumbered by counting, not by sorting


def refine(partitions: Labels) -> tuple[Integers, Integers]:
    """Find the cells of the common refinement of several partitions.

    Rows are in the same cell if they share their segment under every partition.

    Returns
    -------
    cell : array of shape (n_rows,)
    segments : array of shape (n_cells, n_partitions)
        Label of each cell's rows under each partition.
    """
    cell = np.zeros(len(partitions), dtype=np.int64)
    for labels in partitions.T:
        cell = cell * (int(labels.max()) + 1) + labels
        known = np.bincount(cell) > 0 if int(cell.max()) < _COUNTED else None
        if known is None:
            cell = np.unique(cell, return_inverse=True)[1]
        else:
            cell = (np.cumsum(known) - 1)[cell]
    first = np.empty(int(cell.max()) + 1, dtype=np.int64)
    first[cell[::-1]] = np.arange(len(cell))[::-1]
    return cell, partitions[first].astype(np.int64)


def sort_by_cell(cell: Integers) -> Integers:
    """Order the rows by their cell, by counting where there are few cells."""
    few = len(cell) > 0 and int(cell.max()) < 2**16
    return np.argsort(cell.astype(np.uint16) if few else cell, kind="stable")

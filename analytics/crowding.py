"""How many customers lie where on the map, when they are too many for a point each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MANY = 50_000  # customers above which a map shows where they crowd, and a sample as points
COLUMNS, ROWS = 120, 90  # cells, about five pixels wide each


@dataclass(frozen=True)
class Crowding:
    """Customers counted by the cells of a grid over the map.

    Attributes
    ----------
    x, y : float
        Middle of the first cell.
    width, height : float
        Of each cell, in the units of the axes.
    counts : array of int, shape (n_rows, n_columns)
        From the bottom up; they sum to the number of customers.
    """

    x: float
    y: float
    width: float
    height: float
    counts: NDArray[np.int64]


def crowding(points: pd.DataFrame) -> Crowding:
    """Count customers by where they lie.

    Parameters
    ----------
    points : DataFrame, shape (n_customers, 2), columns ``x`` and ``y``
        At least one, all finite.
    """
    column, x, width = _cells(points["x"].to_numpy(dtype=np.float64), COLUMNS)
    row, y, height = _cells(points["y"].to_numpy(dtype=np.float64), ROWS)
    counts = np.bincount(row * COLUMNS + column, minlength=ROWS * COLUMNS)
    return Crowding(x, y, width, height, counts.reshape(ROWS, COLUMNS))


def _cells(values: NDArray[np.float64], many: int) -> tuple[NDArray[np.int64], float, float]:
    """Give each value's cell, the middle of the first cell and the width of all."""
    low, high = float(values.min()), float(values.max())
    width = (high - low) / many or 1.0
    cells = np.minimum(((values - low) / width).astype(np.int64), many - 1)
    return cells, low + width / 2, width

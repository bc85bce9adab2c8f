"""Who belongs to which segment, in an order that no numbering can change."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

NOISE = 0


@dataclass(frozen=True)
class Members:
    """The segments of a solution without its noise.

    Attributes
    ----------
    segments : tuple of int
        Their numbers, the largest first; of equal ones that of the first customer.
    places : array of int, shape (n_customers,)
        Where each customer's segment stands in ``segments``; -1 for noise.
    sizes : array of int, shape (n_segments,)
    """

    segments: tuple[int, ...]
    places: NDArray[np.int64]
    sizes: NDArray[np.int64]

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up values by segment, and those of noise behind them.

        Parameters
        ----------
        values : array of shape (n_customers, n_columns)

        Returns
        -------
        array of shape (n_segments + 1, n_columns)
        """
        many = len(self.segments) + 1
        places = np.where(self.places < 0, many - 1, self.places)
        columns = [np.bincount(places, column, many) for column in values.T]
        return np.stack(columns, axis=1) if columns else np.empty((many, 0))


def members(labels: pd.Series) -> Members:
    """Find the segments of a solution.

    Parameters
    ----------
    labels : Series of int
        Segment of each customer; 0 is noise.
    """
    codes, numbers = pd.factorize(labels.to_numpy())
    sizes = np.bincount(codes, minlength=len(numbers))
    order = [place for place in np.argsort(-sizes, kind="stable") if numbers[place] != NOISE]
    places = np.full(len(numbers), -1, dtype=np.int64)
    places[order] = np.arange(len(order))
    return Members(
        tuple(int(numbers[place]) for place in order),
        places[codes],
        sizes[order].astype(np.int64),
    )

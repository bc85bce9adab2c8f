"""Noise: told, and given to the nearest segment."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics import text
from analytics.algorithms.algorithm import Integers
from analytics.algorithms.rows import nearest, values
from analytics.errors import NoSegments


def told(segments: Integers) -> list[str]:
    """Say how many customers are noise, segment 0, if any are."""
    many = int((segments == 0).sum())
    if not many:
        return []
    share = text.percent(many / len(segments), 1)
    return [f"{text.count(many, 'customer')} ({share}) fit no segment: noise."]


def assign(matrix: pd.DataFrame, labels: Integers) -> tuple[Integers, NDArray[np.bool_]]:
    """Give every customer of the noise the segment of the nearest customer who has one.

    Not that of the nearest centre: a dense region may be curved or hollow, so that its centre
    lies outside it, or in another.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
    labels : array of int, shape (n_customers,)
        Segments from 1; 0 is noise.

    Returns
    -------
    labels : array of int, shape (n_customers,)
        Without noise; the segments of the others are as they were.
    weak : array of bool, shape (n_customers,)
        Who was noise.

    Raises
    ------
    NoSegments
        If everyone is noise.
    """
    weak = np.asarray(labels == 0)
    result = np.array(labels)
    if not weak.any():
        return result, weak
    if weak.all():
        raise NoSegments(
            "Everyone is noise, so there is no segment to assign anyone to.",
            "Choose other parameters or another algorithm.",
        )
    rows = values(matrix)
    positions, _ = nearest(rows[~weak], rows[weak])
    result[weak] = result[~weak][positions]
    return result, weak

"""How values spread within segments, as a box tells it."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_WHISKER = 1.5  # interquartile ranges, after Tukey


def ascending(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Sort a column, without its missing values.

    Parameters
    ----------
    values : array of float64, shape (n_customers,)

    Returns
    -------
    ascending : array of float64, shape (n_known,)
    order : array of int, shape (n_known,)
        Where each of them stands among the customers.
    """
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    return values[order], order


def summarise(values: NDArray[np.float64], labels: NDArray[np.integer]) -> pd.DataFrame:
    """Summarise a column within every segment.

    Parameters
    ----------
    values : array of float64, shape (n_customers,)
        Ascending, without missing values.
    labels : array of int, shape (n_customers,)
        Segment of each of them.

    Returns
    -------
    DataFrame indexed by segment, of those with any value
        ``q1``, ``median`` and ``q3`` (Hazen's quantiles, as plotly computes them) and
        ``lowerfence`` and ``upperfence``, the most extreme values within 1.5 interquartile
        ranges of the quartiles.

    References
    ----------
    Tukey 1977, Exploratory Data Analysis; Hyndman and Fan 1996, doi:10.2307/2684934, type 5.
    """
    order = np.argsort(labels, kind="stable")
    values, labels = values[order], labels[order]
    segments, begins = np.unique(labels, return_index=True)
    rows = [_summarise(mine) for mine in np.split(values, begins[1:])] if len(values) else []
    return pd.DataFrame(rows, index=pd.Index(segments, name="segment"))


def _summarise(values: NDArray[np.float64]) -> dict[str, float]:
    q1, median, q3 = (_quantile(values, share) for share in (0.25, 0.5, 0.75))
    reach = _WHISKER * (q3 - q1)
    return {
        "q1": q1,
        "median": median,
        "q3": q3,
        "lowerfence": float(values[np.searchsorted(values, q1 - reach)]),
        "upperfence": float(values[np.searchsorted(values, q3 + reach, side="right") - 1]),
    }


def _quantile(values: NDArray[np.float64], share: float) -> float:
    """Interpolate as :func:`numpy.quantile` does with Hazen's method, in ascending values."""
    place = min(max(share * len(values) - 0.5, 0.0), len(values) - 1.0)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return float(values[below] + (place - below) * (values[above] - values[below]))

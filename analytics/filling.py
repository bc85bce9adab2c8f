"""Fill missing values from those that are known."""

import numpy as np
import pandas as pd
from sklearn.impute import KNNImputer
from threadpoolctl import threadpool_limits

from analytics import text
from analytics.columns import Column, as_float, names
from analytics.errors import UnknownChoice

NEIGHBOURS = 5
_MOST_COMPARED = 50_000_000  # pairs of customers: some seconds


def filled(
    customers: pd.DataFrame, columns: tuple[Column, ...], name: str, option: str
) -> tuple[pd.Series, str]:
    """Fill a column by its median, its mode or from neighbours, and say with what.

    Raises
    ------
    UnknownChoice
        If there is nothing to fill from, or too much to fill.
    """
    values = customers[name]
    if values.isna().all():
        raise UnknownChoice(f"“{name}” has no value to fill from.", f"Undo missing:{name}.")
    if option == "mode":
        mode = values.mode().iloc[0]
        return values.fillna(mode), f"the most frequent value, {written(mode)}"
    numbers = np.array(as_float(customers, [name])[name])
    if option == "median":
        median = float(np.nanmedian(numbers))
        numbers[np.isnan(numbers)] = median
        return stored(numbers, values), f"the median, {text.number(median)}"
    near = from_neighbours(customers, columns, name)
    return stored(near, values), f"the mean of the {NEIGHBOURS} most alike customers"


def is_fillable(rows: int, missing: int) -> bool:
    """Say whether so many missing values can be filled from neighbours in some seconds."""
    return rows * missing <= _MOST_COMPARED


def from_neighbours(customers: pd.DataFrame, columns: tuple[Column, ...], name: str) -> np.ndarray:
    """Fill a column with the mean of the nearest customers by all standardised numbers.

    References
    ----------
    Troyanskaya et al. 2001, doi:10.1093/bioinformatics/17.6.520.
    """
    numeric = names(columns, "numeric")
    values = as_float(customers, numeric)
    own: np.ndarray = values[name].to_numpy(copy=True)
    lacking = np.isnan(own)
    if not is_fillable(len(own), int(lacking.sum())):
        raise UnknownChoice(
            f"“{name}” has too many missing values to be filled from neighbours.",
            "Choose the median.",
        )
    scaled = (values - values.mean()) / values.std(ddof=0).replace(0.0, 1.0)
    with threadpool_limits(1):
        imputer = KNNImputer(n_neighbors=NEIGHBOURS, keep_empty_features=True).fit(scaled)
        found = imputer.transform(scaled[lacking])[:, numeric.index(name)]
    own[lacking] = found * (np.nanstd(own) or 1.0) + np.nanmean(own)
    return own


def stored(values: np.ndarray, like: pd.Series) -> pd.Series:
    """Store numbers in place of others: as whole ones if both are."""
    series = pd.Series(values, index=like.index)
    present = values[np.isfinite(values)]
    whole = pd.api.types.is_integer_dtype(like) and (present == np.round(present)).all()
    return series.astype("Int64") if whole else series


def written(value: object) -> str:
    """Write a value of any column."""
    return text.number(float(value)) if isinstance(value, float | int | np.number) else str(value)

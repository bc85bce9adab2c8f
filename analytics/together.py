"""What can be decided for many columns at once."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics import choices as choices_
from analytics import extremes, skewness
from analytics.columns import Column
from analytics.skewness import Skewness

SINGLY = 3  # columns with the same trouble up to which each is decided by itself only
PLAIN = "as-is"  # leaves one column as it is, whatever is decided for all
FEATURES = ("numeric", "ordinal", "categorical", "boolean")


def lacking(columns: tuple[Column, ...]) -> list[Column]:
    """List the columns that can be features and have missing values."""
    return [column for column in columns if column.missing and column.role in FEATURES]


def fillings(columns: tuple[Column, ...], choices: Mapping[str, str]) -> dict[str, str]:
    """Give what happens to the missing values of each column, decided for all or singly."""
    singly = choices_.about(choices, "missing")
    together = singly.pop("", "")
    if together == "typical":
        every = {c.name: "median" if c.role == "numeric" else "mode" for c in lacking(columns)}
    else:
        every = {c.name: together for c in lacking(columns) if together}
    return {name: option for name, option in (every | singly).items() if option != PLAIN}


def skewed(numbers: pd.DataFrame) -> dict[str, tuple[Skewness, int]]:
    """Measure the skewed columns.

    Extreme values and stand-ins are left out of the measure: they are decided by themselves.

    Returns
    -------
    dict
        By column its measure, and how many values were left out.
    """
    found = {}
    for name in numbers:
        values = numbers[name].to_numpy()
        ordinary = extremes.ordinary(str(name), values)
        beside = int(np.isfinite(values).sum()) - len(ordinary)
        measured = skewness.measure(ordinary) if beside < len(ordinary) else None
        if measured is not None:
            found[str(name)] = (measured, beside)
    return found

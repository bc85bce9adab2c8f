"""Make a synthetic table of mall customers, to try the dashboard without a file."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers: TypeAlias = npt.NDArray[np.int64]

AGE = "Age"
INCOME = "Annual Income (k$)"
SPENDING = "Spending Score (1-100)"

TOTALS = {AGE: 19_425, INCOME: 30_280, SPENDING: 25_100}  # over 500: 38.85, 60.56 and 50.20


@dataclass(frozen=True)
class _Normal:
    """A normal distribution of whole numbers, cut off outside its limits."""

    mean: float
    deviation: float
    low: int
    high: int


@dataclass(frozen=True)
class _Group:
    size: int
    women: int
    age: _Normal
    income: _Normal
    spending: _Normal


# The limits on income and spending keep the groups apart, whatever the seed. As many customers
# spend little as much at either income, so that income says nothing about spending.
_LOW_INCOME = _Normal(27, 7, 15, 40)
_MIDDLE_INCOME = _Normal(57, 7.5, 41, 70)
_HIGH_INCOME = _Normal(89, 15, 71, 137)
_LOW_SPENDING = _Normal(17, 11, 1, 39)
_MIDDLE_SPENDING = _Normal(50, 6, 40, 60)
_HIGH_SPENDING = _Normal(83, 10, 61, 99)

_GROUPS = (
    _Group(90, 50, _Normal(44.5, 13, 18, 70), _LOW_INCOME, _LOW_SPENDING),
    _Group(90, 50, _Normal(25, 6, 18, 40), _LOW_INCOME, _HIGH_SPENDING),
    _Group(120, 68, _Normal(48, 17, 18, 70), _MIDDLE_INCOME, _MIDDLE_SPENDING),
    _Group(100, 56, _Normal(41, 11, 18, 70), _HIGH_INCOME, _LOW_SPENDING),
    _Group(100, 56, _Normal(32.5, 5, 18, 45), _HIGH_INCOME, _HIGH_SPENDING),
)


def mall_customers(seed: int = 42) -> pd.DataFrame:
    """Make 500 synthetic customers of a mall, in five groups of income and spending.

    Nobody in it is real. It imitates the public "mall customers" teaching data set, which has
    200 customers: the same columns, the same mean age, income and spending score, the same
    five groups, spending unrelated to income, and younger customers spending more.

    Parameters
    ----------
    seed : int, default 42
        Not negative. Whatever it is, the number of customers, the number of each gender, the
        three means, the limits and the sizes of the groups are the same.

    Returns
    -------
    DataFrame of shape (500, 5), in random order
        ``CustomerID``, from 1, in the order of the rows;
        ``Gender``, "Female" (280) or "Male" (220);
        ``Age``, in whole years, from 18 to 70, 38.85 on average;
        ``Annual Income (k$)``, in whole thousands of US dollars a year, from 15 to 137,
        60.56 on average;
        ``Spending Score (1-100)``, in whole points without a unit, from 1 to 99, higher for
        who spends more, 50.20 on average.
    """
    # Nothing but ``random`` is drawn: NumPy may change how it makes anything richer of the bits.
    random = np.random.Generator(np.random.PCG64(seed))
    women = [np.arange(group.size) < group.women for group in _GROUPS]
    numbers = {
        AGE: _draw_column([(group.size, group.age) for group in _GROUPS], TOTALS[AGE], random),
    }
    raise NotImplementedError

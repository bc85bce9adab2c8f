"""Make a synthetic table of mall customers, to try the dashboard without a file of one's own."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers: TypeAlias = npt.NDArray[np.int64]

NAME = "Sample"

AGE_TOTAL = 19_425  # 38.85 on average
INCOME_TOTAL = 30_280  # 60.56 on average
SPENDING_TOTAL = 25_100  # 50.20 on average


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


# Limits that do not overlap keep the groups apart whatever the seed; where the middle group's
# spending does overlap, its income tells it apart.
_LOW_INCOME = _Normal(28, 12, 15, 41)
_MIDDLE_INCOME = _Normal(59, 13, 42, 71)
_HIGH_INCOME = _Normal(85, 22, 72, 137)
_LOW_SPENDING = _Normal(18, 15, 1, 40)
_MIDDLE_SPENDING = _Normal(50, 10, 34, 66)
_HIGH_SPENDING = _Normal(83, 15, 60, 99)

# At either income as many customers spend little as much, and 56 % of each group are women: so
# neither income nor gender tells how much a customer spends.
_GROUPS = (
    _Group(96, 54, _Normal(38, 17, 18, 70), _LOW_INCOME, _LOW_SPENDING),
    _Group(96, 54, _Normal(21, 10, 18, 50), _LOW_INCOME, _HIGH_SPENDING),
    _Group(112, 62, _Normal(60, 19, 18, 70), _MIDDLE_INCOME, _MIDDLE_SPENDING),
    _Group(98, 55, _Normal(38, 15, 18, 70), _HIGH_INCOME, _LOW_SPENDING),
    _Group(98, 55, _Normal(31.5, 9, 18, 55), _HIGH_INCOME, _HIGH_SPENDING),
)


def mall_customers(seed: int = 42) -> pd.DataFrame:
    """Make 500 synthetic customers of a mall, in five groups of income and spending.

    None of them is a real person. They imitate the public "mall customers" teaching data set
    of 200 customers: its columns, its averages, its five groups, spending that has nothing to
    do with income, and younger customers who spend more.

    Parameters
    ----------
    seed : int, default 42
        Not negative. Changes the customers, but neither their averages, nor how many there are
        of each gender and in each group, nor the limits below.

    Returns
    -------
    DataFrame of shape (500, 5), in random order
        ``CustomerID``, a number from 1 to 500, ascending;
        ``Gender``, "Female" (280 customers) or "Male" (220);
        ``Age``, in whole years, from 18 to 70, on average 38.85;
        ``Annual Income (k$)``, in thousands of US dollars a year, from 15 to 137, on average
        60.56;
        ``Spending Score (1-100)``, in points, from 1 to 99, on average 50.20, higher for
        customers who spend more.
    """
    # Only ``random`` is called: NumPy does not promise that its other methods keep their streams.
    rng = np.random.Generator(np.random.PCG64(seed))
    sizes = [group.size for group in _GROUPS]
    women = np.concatenate([_order(g.size, rng) < g.women for g in _GROUPS])
    age = _column([g.age for g in _GROUPS], sizes, AGE_TOTAL, rng)
    income = _column([g.income for g in _GROUPS], sizes, INCOME_TOTAL, rng)
    spending = _column([g.spending for g in _GROUPS], sizes, SPENDING_TOTAL, rng)
    rows = _order(sum(sizes), rng)
    return pd.DataFrame(
        {
            "CustomerID": np.arange(1, len(rows) + 1, dtype=np.int64),
            "Gender": np.where(women, "Female", "Male")[rows],
            "Age": age[rows],
            "Annual Income (k$)": income[rows],
            "Spending Score (1-100)": spending[rows],
        }
    )


def _column(
    normals: list[_Normal], sizes: list[int], total: int, rng: np.random.Generator
) -> Integers:
    """Draw one column, group after group, that adds up to the total."""
    values = np.concatenate([_draw(n, size, rng) for n, size in zip(normals, sizes, strict=True)])
    low = np.repeat([n.low for n in normals], sizes)
    high = np.repeat([n.high for n in normals], sizes)
    return _adjust(values, total, low, high, rng)


def _draw(normal: _Normal, size: int, rng: np.random.Generator) -> Integers:
    """Draw whole numbers, one from each of ``size`` equally likely slices, in random order.

    Slices keep every sample close to its distribution, and so the later adjustment small.
    """
    whole = NormalDist(normal.mean, normal.deviation)
    first, last = whole.cdf(normal.low - 0.5), whole.cdf(normal.high + 0.5)
    shares = first + (last - first) * (_order(size, rng) + rng.random(size)) / size
    values = np.rint([whole.inv_cdf(share) for share in shares.tolist()])
    return np.clip(values, normal.low, normal.high).astype(np.int64)


def _adjust(
    values: Integers, total: int, low: Integers, high: Integers, rng: np.random.Generator
) -> Integers:
    """Move as few values as possible by one, chosen at random, until they add up to the total.

    No value leaves its limits. Only when all that can move have moved does one move again.
    """
    if not low.sum() <= total <= high.sum():
        raise ValueError(f"No values within the limits add up to {total}.")
    values = values.copy()
    while gap := total - int(values.sum()):
        order = _order(len(values), rng)
        free = order[(values < high)[order] if gap > 0 else (values > low)[order]]
        values[free[: abs(gap)]] += 1 if gap > 0 else -1
    return values


def _order(size: int, rng: np.random.Generator) -> Integers:
    """Draw a random order of the numbers from 0 to one less than ``size``."""
    return np.argsort(rng.random(size), kind="stable").astype(np.int64)

"""Find values that cannot be, or that lie far outside all others."""

from dataclasses import dataclass, replace

import numpy as np

from analytics import headers, text
from analytics.skewness import skewness

_FAR = 3.0  # interquartile ranges: Tukey's "far out"
_LEAST = 20  # values below which quartiles say too little
_MOST_SHARE = 0.05  # of the values: what is more frequent is a part of the distribution
_OLDEST = 120  # years; nobody is known to have lived longer than 122
_YEARS_OF_BIRTH = (1901, 2100)
_STAND_INS = (-999999, -9999, -999, -99, -9, -1, 99, 999, 9999, 99999, 999999)
_LEAST_SHARE = 0.02  # of the rows, for a number to be a convention
_GAP = 3.0  # times the range of all other values


@dataclass(frozen=True)
class Limits:
    """Between what the values of a column are ordinary, and why.

    Attributes
    ----------
    low, high : float
        In the column's unit; infinite where no value lies beyond.
    reason : str
    impossible : bool
        Whether what lies outside cannot be, rather than being rare.
    years : bool
        Whether the values are years, which are written without a thousands separator.
    spared : float or None
        A number that stands for none; it is decided by itself and never counts as outside.
    """

    low: float = -np.inf
    high: float = np.inf
    reason: str = ""
    impossible: bool = False
    years: bool = False
    spared: float | None = None

    def written(self, value: float) -> str:
        """Write a value of the column."""
        return f"{value:.0f}" if self.years else text.number(value)

    @property
    def outside(self) -> str:
        """Say where a value beyond the limits lies."""
        if np.isinf(self.low):
            return f"above {self.written(self.high)}"
        if np.isinf(self.high):
            return f"below {self.written(self.low)}"
        return f"outside {self.span}"

    @property
    def span(self) -> str:
        """Say what a value within the limits is, to stand behind "to"."""
        if np.isinf(self.low):
            return f"at most {self.written(self.high)}"
        if np.isinf(self.high):
            return f"at least {self.written(self.low)}"
        return f"{self.written(self.low)} to {self.written(self.high)}"


def limits(name: str, values: np.ndarray) -> Limits:
    """Say between what the values of a column are ordinary.

    Ages and years of birth by what can be; other columns by Tukey's outer fences, three
    interquartile ranges beyond the quartiles. A skewed column of positive values is fenced on the
    scale of log(1 + x) and above only, so that a long tail alone is not called extreme. Where more
    than one value in twenty lies beyond, none is.

    Parameters
    ----------
    name : str
        The header.
    values : ndarray of float64
        NaN where missing.

    References
    ----------
    Tukey 1977, Exploratory Data Analysis.
    """
    spared = stand_in(values)
    present = _present(values)
    if spared is not None:
        present = present[present != spared]
    return replace(_possible(name, present) or _usual(present), spared=spared)


def _possible(name: str, present: np.ndarray) -> Limits | None:
    """Give the limits of what can be, if the header and most values speak of a life."""
    words = headers.words(name)
    if {"birth", "born", "yob"} & set(words):
        (low, high), reason, years = _YEARS_OF_BIRTH, "nobody alive is older than 120", True
    elif words in (["age"], ["ages"]) or words[-2:] == ["age", "years"]:
        low, high, reason, years = 0, _OLDEST, "nobody is older than 120", False
    else:
        return None
    if not len(present) or not low <= np.median(present) <= high:
        return None
    return _sided(present, Limits(low, high, reason, impossible=True, years=years))


def _usual(present: np.ndarray) -> Limits:
    if len(present) < _LEAST:
        return Limits()
    low, high = _fences(present)
    reason = "three interquartile ranges beyond the quartiles"
    if present.min() >= 0 and skewness(present[(present >= low) & (present <= high)]) > 1:
        low, high = -np.inf, float(np.expm1(min(_fences(np.log1p(present))[1], 700.0)))
        reason = "three interquartile ranges above the upper quartile, on a log scale"
    if (present == np.round(present)).all():
        low, high = float(np.ceil(low)), float(np.floor(high))
    share = np.count_nonzero((present < low) | (present > high)) / len(present)
    return Limits() if share > _MOST_SHARE else _sided(present, Limits(low, high, reason))


def _sided(present: np.ndarray, within: Limits) -> Limits:
    """Lift a limit beyond which there is nothing."""
    low = within.low if present.min() < within.low else -np.inf
    high = within.high if present.max() > within.high else np.inf
    return replace(within, low=low, high=high)


def beyond(values: np.ndarray, within: Limits) -> np.ndarray:
    """Mark the values outside the limits; missing ones are not."""
    if np.isinf(within.low) and np.isinf(within.high):
        return np.zeros(len(values), dtype=bool)
    with np.errstate(invalid="ignore"):
        outside: np.ndarray = (values < within.low) | (values > within.high)
    return outside if within.spared is None else np.asarray(outside & (values != within.spared))


def ordinary(name: str, values: np.ndarray) -> np.ndarray:
    """Give the values within the limits, without a number that stands for none."""
    within = limits(name, values)
    inside = np.isfinite(values) & ~beyond(values, within)
    if within.spared is not None:
        inside &= values != within.spared
    return np.asarray(values if inside.all() else values[inside])


def leverage(values: np.ndarray, marked: np.ndarray) -> float:
    """Give the share of a column's sum of squares about its median that the marked rows make."""
    present = np.isfinite(values)
    squares = (values[present] - np.median(values[present])) ** 2
    total = squares.sum()
    return float(squares[marked[present]].sum() / total) if total > 0 else 0.0


def parting(values: np.ndarray, marked: np.ndarray) -> float:
    """Give the share of a column's variance that lies between the marked rows and the others."""
    present = np.isfinite(values)
    one, other = values[present & marked], values[present & ~marked]
    total = values[present].var()
    if not len(one) or not len(other) or total == 0:
        return 0.0
    within = (one.var() * len(one) + other.var() * len(other)) / present.sum()
    return float(1 - within / total)


def stand_in(values: np.ndarray) -> float | None:
    """Find a number such as 999 or -1 that stands for something else.

    It is a customary one, is the largest or smallest value, is frequent, and lies farther from
    its neighbour than three times the range of all others; a lone -1 beside counts will do.
    """
    present = _present(values)
    if len(present) < _LEAST:
        return None
    for candidate in (float(present.min()), float(present.max())):
        if candidate not in _STAND_INS:
            continue
        others = present[present != candidate]
        if not len(others) or len(others) > len(present) * (1 - _LEAST_SHARE):
            continue
        apart = min(abs(candidate - others.min()), abs(candidate - others.max()))
        lone = candidate < 0 <= others.min()
        if lone or apart > _GAP * max(float(np.ptp(others)), 1.0):
            return candidate
    return None


def _present(values: np.ndarray) -> np.ndarray:
    finite = np.isfinite(values)
    return values if finite.all() else np.asarray(values[finite])


def _fences(present: np.ndarray) -> tuple[float, float]:
    lower, upper = np.quantile(present, [0.25, 0.75])
    spread = upper - lower
    if spread == 0:
        return -np.inf, np.inf
    return float(lower - _FAR * spread), float(upper + _FAR * spread)

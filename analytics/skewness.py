"""Measure how skewed a column is, and what a transformation would make of it."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

MOST_FITTED = 20_000  # values, evenly by rank, that the power is fitted to
_SKEWED = 1.0  # of an exponential distribution it is 2, of a normal one 0
_LEAST_DISTINCT = 10
_LEAST_GAIN = 0.5  # by which a transformation must lessen it to be worth offering


@dataclass(frozen=True)
class Skewness:
    """Moment skewness of a column: as it is, of log(1 + x) and after Yeo-Johnson.

    Attributes
    ----------
    plain : float
    log : float or None
        ``None`` if there are negative values.
    yeo_johnson : float or None
        ``None`` if no power can be fitted.
    top_share : float
        Share of the variance that the largest tenth of the values make, 0 to 1.
    """

    plain: float
    log: float | None
    yeo_johnson: float | None
    top_share: float


def skewness(values: np.ndarray) -> float:
    """Give the third standardised moment; 0 where all values are the same."""
    if not len(values):
        return 0.0
    centred = values - values.mean()
    largest = np.abs(centred).max()
    if largest <= np.finfo(float).eps * np.abs(values).max():
        return 0.0
    centred /= largest
    squares = centred * centred
    return float((squares * centred).mean() / squares.mean() ** 1.5)


def measure(values: np.ndarray) -> Skewness | None:
    """Measure the skewness of a column of amounts or counts.

    Returns
    -------
    Skewness or None
        ``None`` if the column is not skewed to the right, has few distinct values, or no
        transformation would help.

    References
    ----------
    Yeo and Johnson 2000, doi:10.1093/biomet/87.4.954.
    """
    present = values[np.isfinite(values)]
    plain = skewness(present)
    if plain <= _SKEWED:
        return None
    present = np.sort(present)
    if np.count_nonzero(np.diff(present)) < _LEAST_DISTINCT:
        return None
    log = skewness(np.log1p(present)) if present[0] >= 0 else None
    power = _after_power(present)
    left = [abs(after) for after in (log, power) if after is not None]
    if not left or min(left) > plain - _LEAST_GAIN:
        return None
    squares = (present - present.mean()) ** 2
    top = float(squares[-max(1, len(squares) // 10) :].sum() / squares.sum())
    return Skewness(plain, log, power, top)


def _after_power(ordered: np.ndarray) -> float | None:
    places = np.linspace(0, len(ordered) - 1, min(len(ordered), MOST_FITTED)).round().astype(int)
    with np.errstate(all="ignore"):
        power = stats.yeojohnson_normmax(ordered[places])
        after = stats.yeojohnson(ordered, power)
    return skewness(after) if np.isfinite(after).all() else None

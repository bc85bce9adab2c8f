"""Sizes of differences in standard units, with their 95 % intervals."""

from typing import Any

import numpy as np

Values = Any  # a float or an array of float64
Interval = tuple[Values, Values, Values]

CRITICAL = 1.96  # of the normal distribution for 95 %
NEGLIGIBLE = 0.2  # Cohen 1988: below a small effect, for d as for h
STRENGTHS = ((0.8, "far"), (0.5, "clearly"), (0.0, "slightly"))  # Cohen 1988: large, medium, small


def hedges_g(difference: Values, squares: Values, n: Values, m: Values) -> Interval:
    """Give the difference of two groups' means in pooled standard deviations.

    Cohen's d with Hedges' correction for small groups.

    Parameters
    ----------
    difference : float or array
        The first mean less the second.
    squares : float or array
        Sum of the squared distances from the own group's mean, over both groups.
    n, m : int or array
        Customers of either group.

    Returns
    -------
    g, low, high : float or array
        Infinite where the groups differ and neither varies, NaN where nothing can be told.

    References
    ----------
    Hedges 1981, doi:10.3102/10769986006002107, with the interval of Hedges and Olkin 1985.
    """
    freedom = n + m - 2
    with np.errstate(divide="ignore", invalid="ignore"):
        g = np.divide(difference, np.sqrt(squares / freedom)) * (1 - 3 / (4 * freedom - 1))
        error = CRITICAL * np.sqrt((n + m) / (n * m) + g**2 / (2 * (n + m)))
        error = np.where(np.isfinite(error), error, 0.0)
    return g, g - error, g + error


def cohens_h(share: Values, n: Values, other: Values, m: Values) -> Interval:
    """Give the difference of two shares on the scale on which their error is the same everywhere.

    Parameters
    ----------
    share, other : float or array
        From 0 to 1.
    n, m : int or array
        Customers that they are shares of.

    Returns
    -------
    h, low, high : float or array
        h from -pi to pi; 0.2, 0.5 and 0.8 are small, medium and large as for d.

    References
    ----------
    Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, chapter 6.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        h = 2 * (np.arcsin(np.sqrt(share)) - np.arcsin(np.sqrt(other)))
        error = CRITICAL * np.sqrt(np.divide(1.0, n) + np.divide(1.0, m))
    return h, h - error, h + error


def wilson(count: Values, n: Values) -> tuple[Values, Values]:
    """Give the 95 % score interval of a share.

    References
    ----------
    Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.divide(count, n)
        widened = CRITICAL**2 / n
        middle = (share + widened / 2) / (1 + widened)
        error = CRITICAL * np.sqrt(share * (1 - share) / n + widened / (4 * n)) / (1 + widened)
    return np.maximum(middle - error, 0.0), np.minimum(middle + error, 1.0)


def strength(effect: float) -> str:
    """Name the size of an effect that is not negligible: far, clearly or slightly."""
    return next(word for least, word in STRENGTHS if abs(effect) >= least)

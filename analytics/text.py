"""Numbers, units and lists as people write them."""

from collections.abc import Sequence

import numpy as np


def number(value: float, digits: int | None = None) -> str:
    """Write a number with thousands separators and sensible precision.

    Parameters
    ----------
    value : float
    digits : int, optional
        Decimals. Without it: none from 1,000 up, else four significant figures.
    """
    if not np.isfinite(value):
        return "n/a"
    if digits is not None:
        written = f"{value:,.{digits}f}"
    elif abs(value) >= 1_000 or float(value).is_integer():
        written = f"{value:,.0f}"
    else:
        written = f"{value:,.4g}"
    return written.replace("-", "\N{MINUS SIGN}")


def digits(value: float) -> int:
    """Choose the decimals of an average: none from 1,000 up, one from 1 up, else two figures."""
    size = abs(value)
    if size >= 1_000 or not np.isfinite(size):
        return 0
    return 1 if size >= 1 or size == 0 else 1 - int(np.floor(np.log10(size)))


def quantity(value: float, unit: str = "", digits: int | None = None) -> str:
    """Write a number with its unit."""
    return f"{number(value, digits)} {unit}".rstrip()


def percent(share: float, digits: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage."""
    return f"{number(100 * share, digits)} %"


def portion(share: float) -> str:
    """Write a share as a percentage, with a decimal where it would else be next to nothing."""
    return percent(share, 1 if 0 < share < 0.0095 else 0)


def count(many: int, noun: str, plural: str | None = None) -> str:
    """Write a count with its noun: ``1 customer``, ``2,400 customers``."""
    return f"{many:,} {noun if many == 1 else plural or noun + 's'}"


def uncertain(value: float, error: float, digits: int | None = None) -> str:
    """Write a number with its standard error."""
    return f"{number(value, digits)} ± {number(error, digits)}"


def interval(low: float, high: float, digits: int | None = None) -> str:
    """Write a 95 % interval."""
    return f"95 % interval {number(low, digits)} to {number(high, digits)}"


def listing(items: Sequence[str], joint: str = "and") -> str:
    """Join words: ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"

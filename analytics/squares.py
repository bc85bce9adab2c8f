"""Cut a rectangle into parts of given areas that are as close to squares as they can be."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def squarified(areas: pd.Series, width: float = 1.5, height: float = 1.0) -> pd.DataFrame:
    """Lay out a treemap.

    Parameters
    ----------
    areas : Series of float
        What each part stands for; those that are not positive get no place.
    width, height : float
        Of the whole rectangle.

    Returns
    -------
    DataFrame with the index of the positive areas, the largest first
        ``left``, ``bottom``, ``width`` and ``height``.

    References
    ----------
    Bruls, Huizing and van Wijk 2000, doi:10.1007/978-3-7091-6783-0_4.
    """
    known = areas[areas > 0].sort_values(ascending=False, kind="stable")
    sizes = (known / known.sum() * width * height).tolist()
    left, bottom, rows = 0.0, 0.0, []
    while sizes:
        side = min(width, height)
        taken = _strip(sizes, side)
        thick = sum(sizes[:taken]) / side
        along = 0.0
        for size in sizes[:taken]:
            long = size / thick
            if height <= width:
                rows.append((left, bottom + along, thick, long))
            else:
                rows.append((left + along, bottom, long, thick))
            along += long
        if height <= width:
            left, width = left + thick, width - thick
        else:
            bottom, height = bottom + thick, height - thick
        sizes = sizes[taken:]
    shape = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return pd.DataFrame(shape, known.index, ["left", "bottom", "width", "height"])


def _strip(sizes: Sequence[float], side: float) -> int:
    """Count how many of the first sizes are best put into one strip along a side."""
    taken = 1
    while taken < len(sizes) and _worst(sizes[: taken + 1], side) <= _worst(sizes[:taken], side):
        taken += 1
    return taken


def _worst(sizes: Sequence[float], side: float) -> float:
    """Give the ratio of the longer to the shorter side of the least square part of a strip."""
    total = sum(sizes)
    longest, shortest = max(sizes) * side**2 / total**2, total**2 / (min(sizes) * side**2)
    return max(longest, shortest)

"""Conditions on customers' columns: said in words, checked on a matrix, read off a tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeClassifier

from analytics import headers, text

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
_FINEST = 1_000  # parts of a column's range that a threshold is rounded to at the finest
_INDICATOR = 0.5


@dataclass(frozen=True)
class Condition:
    """What a customer must fulfil in one column.

    Attributes
    ----------
    column : str
    above, most : float
        A number is greater than the one and at most the other, in the column's unit; infinite
        where there is no such bound. Of an ordinal column ranks from 0.
    levels : tuple of str
        The levels that are allowed, where the column has levels; empty for numbers.
    words : str
        As in "annual income over 69 k$".
    """

    column: str
    above: float
    most: float
    levels: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Source:
    """Where a column of the matrix stands, and what it is.

    Attributes
    ----------
    column : str
        Of the file.
    level : str
        Whose 0/1 indicator it is; empty for numbers.
    levels : tuple of str
        All levels of the column, in order.
    """

    column: str
    level: str = ""
    levels: tuple[str, ...] = ()


Bounds = dict[int, tuple[float, float]]  # above and at most, by place in the matrix


def paths(
    tree: DecisionTreeClassifier, matrix: Floats, sources: Sequence[Source]
) -> list[tuple[int, Bounds]]:
    """Read the leaves off a tree, siblings of one class as their parent.

    Returns
    -------
    list of (class as an index, bounds)
        With rounded thresholds.
    """
    inner = tree.tree_
    numbers = [None if source.level else np.unique(matrix[:, place])
               for place, source in enumerate(sources)]  # fmt: skip

    def walk(node: int) -> list[tuple[int, Bounds]]:
        left, right = inner.children_left[node], inner.children_right[node]
        if left < 0:
            return [(int(inner.value[node][0].argmax()), {})]
        below, over = walk(left), walk(right)
        if len(below) == len(over) == 1 and below[0][0] == over[0][0]:
            return [(below[0][0], {})]
        place = int(inner.feature[node])
        values = numbers[place]
        cut = float(inner.threshold[node])
        cut = _INDICATOR if values is None else rounded(values, cut)
        return [
            *((found, _narrowed(bounds, place, -np.inf, cut)) for found, bounds in below),
            *((found, _narrowed(bounds, place, cut, np.inf)) for found, bounds in over),
        ]

    return walk(0)


def _narrowed(bounds: Bounds, place: int, above: float, most: float) -> Bounds:
    low, high = bounds.get(place, (-np.inf, np.inf))
    return {**bounds, place: (max(low, above), min(high, most))}


def rounded(values: Floats, cut: float) -> float:
    """Round a threshold as far as no value changes sides, or to a thousandth of the range.

    Parameters
    ----------
    values : array
        The distinct values of the column, ascending.
    cut : float
    """
    place = int(np.searchsorted(values, cut, side="right"))
    if not 0 < place < len(values):
        return cut
    low, high = float(values[place - 1]), float(values[place])
    span = float(values[-1] - values[0])
    finest = int(np.floor(np.log10(span / _FINEST)))
    for power in range(int(np.ceil(np.log10(max(abs(low), abs(high))))), finest - 1, -1):
        step = 10.0**power
        candidate = round(float(np.ceil(low / step)) * step, max(-power, 0))
        if low <= candidate < high:
            middle = round(round((low + high) / 2 / step) * step, max(-power, 0))
            return middle if low <= middle < high else candidate
    return float(round(cut / 10.0**finest) * 10.0**finest if finest >= 0 else round(cut, -finest))


def holds(bounds: Bounds, matrix: Floats) -> Booleans:
    """Say which customers lie within bounds."""
    inside = np.ones(len(matrix), dtype=bool)
    for place, (above, most) in bounds.items():
        inside &= (matrix[:, place] > above) & (matrix[:, place] <= most)
    return inside


def conditions(
    bounds: Bounds, sources: Sequence[Source], ranks: Mapping[str, tuple[str, ...]]
) -> tuple[Condition, ...]:
    """Say bounds as conditions, one for each column, in the order of the matrix.

    Parameters
    ----------
    bounds : dict
    sources : sequence of Source
        What each column of the matrix is.
    ranks : mapping of str to tuple of str
        The levels of ordinal columns, lowest first.
    """
    found = []
    for column in dict.fromkeys(sources[place].column for place in sorted(bounds)):
        places = [place for place in bounds if sources[place].column == column]
        source = sources[places[0]]
        if source.level:
            allowed = _allowed({p: bounds[p] for p in places}, sources)
            words = _of_levels(column, allowed, source.levels)
            found.append(Condition(column, -np.inf, np.inf, allowed, words))
        else:
            above, most = bounds[places[0]]
            levels = ranks.get(column)
            words = _of_ranks(column, above, most, levels) if levels else _of_numbers(
                column, above, most
            )  # fmt: skip
            found.append(Condition(column, above, most, (), words))
    return tuple(found)


def _allowed(bounds: Bounds, sources: Sequence[Source]) -> tuple[str, ...]:
    wanted = [sources[p].level for p, (above, _) in bounds.items() if above >= _INDICATOR]
    excluded = {sources[p].level for p, (_, most) in bounds.items() if most <= _INDICATOR}
    everything = sources[next(iter(bounds))].levels
    return tuple(wanted) or tuple(level for level in everything if level not in excluded)


def _of_levels(column: str, allowed: tuple[str, ...], levels: tuple[str, ...]) -> str:
    name = headers.spoken(column)
    excluded = [level for level in levels if level not in allowed]
    if len(allowed) == 1 or len(allowed) <= len(excluded):
        return f"{name} is {text.listing(list(allowed), 'or')}"
    return f"{name} is not {text.listing(excluded, 'or')}"


def _of_ranks(column: str, above: float, most: float, levels: tuple[str, ...]) -> str:
    name = headers.spoken(column)
    low = 0 if np.isinf(above) else int(np.floor(above)) + 1
    high = len(levels) - 1 if np.isinf(most) else int(np.floor(most))
    if low == high:
        return f"{name} is {levels[low]}"
    if np.isinf(above):
        return f"{name} is {levels[high]} or lower"
    if np.isinf(most):
        return f"{name} is {levels[low]} or higher"
    return f"{name} is {levels[low]} to {levels[high]}"


def _of_numbers(column: str, above: float, most: float) -> str:
    name, unit = headers.spoken(column), headers.unit(column)
    if np.isinf(above):
        return f"{name} up to {text.quantity(most, unit, _decimals(most))}"
    if np.isinf(most):
        return f"{name} over {text.quantity(above, unit, _decimals(above))}"
    upper = text.quantity(most, unit, _decimals(most))
    return f"{name} over {text.number(above, _decimals(above))} and up to {upper}"


def _decimals(value: float) -> int:
    """Count the decimals that say a rounded threshold exactly."""
    return next((n for n in range(12) if round(value, n) == value), 12)

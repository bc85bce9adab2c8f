"""What every algorithm is asked and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.progress import Progress

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Parameter:
    """One number that the user may change.

    Attributes
    ----------
    name, title : str
        Its key, and what the user reads.
    default : float or None
        ``None`` is chosen from the data.
    low, high, step : float
        What it may be; a step of 1 or more means whole numbers.
    note : str
        What it does, in one sentence.
    words : tuple of str
        Where it is a choice among words: what 0, 1, 2 … stand for.
    """

    name: str
    title: str
    default: float | None
    low: float
    high: float
    step: float
    note: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mixed:
    """Customers as numbers and levels, for the dissimilarity of mixed columns.

    Attributes
    ----------
    numeric : DataFrame of float64, shape (n_customers, n_numeric)
        On any scale; may have no column.
    codes : DataFrame of int32, shape (n_customers, n_categorical)
        The level of each customer as a number, a missing one as a level of its own.
    """

    numeric: pd.DataFrame
    codes: pd.DataFrame


@dataclass(frozen=True)
class Task:
    """What an algorithm is asked.

    Attributes
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
        Scaled features, as from :func:`analytics.prepare.prepare`.
    counts : range
        The k to try; algorithms that find their own number pay no heed to it.
    options : mapping of str to float
        By name of the parameter; one that is absent takes its default.
    seed : int
    mixed : Mixed, optional
        For the method of mixed columns only.
    """

    matrix: pd.DataFrame
    counts: range
    options: Mapping[str, float] = field(default_factory=dict)
    seed: int = 42
    mixed: Mixed | None = None


@dataclass(frozen=True)
class Found:
    """What an algorithm answers.

    Attributes
    ----------
    partitions : DataFrame of int16, shape (n_customers, n_counts), columns are ``k`` as text
        Segment of each customer, from 1, the largest segment first; 0 is noise.
    information : DataFrame indexed by ``k``
        ``bic`` and ``aic`` (lower is better) of mixtures; empty for the others.
    membership : dict of int to DataFrame of float32, shape (n_customers, k)
        Mixtures only, by k: how probably each customer belongs to each segment; columns are the
        segments as text.
    extra : dict of str to DataFrame
        ``linkage``, ``distances`` and ``medoids``, as the algorithm's own module tells.
    notes : tuple of str
        What was approximated, chosen or left out, one sentence each.
    """

    partitions: pd.DataFrame
    information: pd.DataFrame = field(default_factory=pd.DataFrame)
    membership: dict[int, pd.DataFrame] = field(default_factory=dict)
    extra: dict[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Algorithm:
    """A way of finding segments.

    Attributes
    ----------
    name, title : str
    use : str
        When to use it, in one sentence.
    limits : str
        What it cannot do, in one sentence.
    parameters : tuple of Parameter
    counted : bool
        Whether it is told the number of segments rather than finding its own.
    run : callable
        Called through :func:`analytics.algorithms.run`, which checks the task first.
    """

    name: str
    title: str
    use: str
    limits: str
    parameters: tuple[Parameter, ...]
    counted: bool
    run: Callable[[Task, Progress], Found]

"""Whether other customers are still like those that the segments were found in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analytics import headers, text
from analytics.columns import MOST_LEVELS, OTHER, Column, as_float
from analytics.recipe import MISSING_LEVEL, Finite, as_levels

SOME, MUCH = 0.1, 0.25  # the usual bands of the population stability index
NOVEL = 0.05  # share of customers unlike any segment above which it is told; 1 % is expected
_PARTS = 10
_CERTAIN = 0.99
_COUNT = 0.5  # added to each bin, so that an empty one does not make the index infinite

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Bins:
    """How the training customers spread over one column.

    Attributes
    ----------
    name : str
    edges : tuple of float
        Numeric columns: the deciles between the bins, each once; a value on one is below it.
    levels : tuple of str
        Other columns: the levels, those seldom seen as one.
    counts : tuple of int
        Training customers in each bin; the last bin holds the missing values, and of levels the
        last but one what is none of them.
    """

    name: str
    edges: tuple[Finite, ...]
    levels: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def fit(self) -> bool:
        """Whether the parts fit together."""
        wanted = len(self.levels) + 2 if self.levels else len(self.edges) + 2
        ascending = all(a < b for a, b in zip(self.edges, self.edges[1:], strict=False))
        return len(self.counts) == wanted and ascending and all(c >= 0 for c in self.counts)

    def count(self, values: pd.Series) -> Integers:
        """Count customers in each bin."""
        if self.levels:
            found = as_levels(values)
            place = found.map({level: n for n, level in enumerate(self.levels)})
            place = place.where(found != MISSING_LEVEL, len(self.levels) + 1)
            place = place.fillna(len(self.levels)).to_numpy(dtype=np.int64)
        else:
            numbers = as_float(values.to_frame(), [str(values.name)])[str(values.name)].to_numpy()
            place = np.searchsorted(self.edges, numbers, side="left")
            place[np.isnan(numbers)] = len(self.edges) + 1
        return np.asarray(np.bincount(place, minlength=len(self.counts)), dtype=np.int64)


@dataclass(frozen=True)
class Drift:
    """How far one column has moved.

    Attributes
    ----------
    name : str
    psi : float
        Population stability index, from 0.
    chance : float
        What it exceeds in one of 100 draws where nothing has moved.
    band : str
        ``steady``, ``moved`` (above 0.1) or ``moved much`` (above 0.25); steady whatever the index
        where chance alone could bring it about.
    """

    name: str
    psi: float
    chance: float
    band: str


def bins(customers: pd.DataFrame, columns: Sequence[Column]) -> list[Bins]:
    """Fix the bins of columns: deciles of numeric ones, levels of the others.

    Parameters
    ----------
    customers : DataFrame
        Before missing values are filled: they have a bin of their own.
    columns : sequence of Column
    """
    found = []
    for column in columns:
        values = customers[column.name]
        if column.role == "numeric":
            numbers = as_float(customers, [column.name])[column.name].dropna()
            inner = np.arange(1, _PARTS) / _PARTS
            edges = np.unique(numbers.quantile(inner)) if len(numbers) else np.array([])
            empty = Bins(column.name, tuple(map(float, edges)), (), (0,) * (len(edges) + 2))
        else:
            levels = as_levels(values)
            counted = levels[levels != MISSING_LEVEL].value_counts().head(MOST_LEVELS - 1)
            listed = tuple(sorted(map(str, counted.index))) or (OTHER,)
            empty = Bins(column.name, (), listed, (0,) * (len(listed) + 2))
        counts = tuple(map(int, empty.count(values)))
        found.append(Bins(empty.name, empty.edges, empty.levels, counts))
    return found


def drift(customers: pd.DataFrame, training: Sequence[Bins]) -> list[Drift]:
    """Measure how far each column has moved since training.

    Parameters
    ----------
    customers : DataFrame
        Typed as in training, before missing values are filled.
    training : sequence of Bins

    References
    ----------
    Siddiqi 2006, Credit Risk Scorecards (the index and its bands); Yurdakul 2018, Statistical
    Properties of Population Stability Index, for its distribution where nothing has moved:
    (1/n + 1/m) chi-squared with one degree less than bins.
    """
    found = []
    for one in training:
        before, now = np.array(one.counts), one.count(customers[one.name])
        index, chance = psi(before, now)
        band = "steady"
        if index > max(SOME, chance):
            band = "moved much" if index > MUCH else "moved"
        found.append(Drift(one.name, index, chance, band))
    return found


def psi(before: Integers, now: Integers) -> tuple[float, float]:
    """Compute the population stability index, and what it exceeds by chance in 1 of 100 draws.

    Parameters
    ----------
    before, now : array of int, shape (n_bins,)
        Customers in each bin.
    """
    seen = (before > 0) | (now > 0)
    before, now = before[seen], now[seen]
    if len(before) < 2 or not before.sum() or not now.sum():
        return 0.0, 0.0
    expected = (before + _COUNT) / (before + _COUNT).sum()
    actual = (now + _COUNT) / (now + _COUNT).sum()
    index = float(((actual - expected) * np.log(actual / expected)).sum())
    scale = 1 / before.sum() + 1 / now.sum()
    return index, float(scale * stats.chi2.ppf(_CERTAIN, len(before) - 1))


def advice(drifts: Sequence[Drift], novel: float, customers: int) -> str:
    """Say in one sentence whether the segments should be found anew.

    Parameters
    ----------
    drifts : sequence of Drift
    novel : float
        Share of the customers unlike any segment.
    customers : int
    """
    names = {band: [headers.label(one.name) for one in drifts if one.band == band]
             for band in ("moved much", "moved")}  # fmt: skip
    unlike = f"{text.percent(novel, 1)} of the customers are unlike any segment"
    strange = novel > NOVEL + 3 * np.sqrt(NOVEL * (1 - NOVEL) / max(customers, 1))
    if names["moved much"]:
        listed = text.listing(names["moved much"])
        return f"Find the segments anew: {listed} moved much since they were found."
    if strange:
        return f"Find the segments anew: {unlike}, where 1 % is expected."
    if names["moved"]:
        return f"Watch {text.listing(names['moved'])}, which moved; the segments can still be used."
    return "The segments can be used as they are: no feature has moved more than chance explains."

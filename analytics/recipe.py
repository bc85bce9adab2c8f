"""What was done to columns to make features of them, fit to be done to other customers alike."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import AllowInfNan, Field
from scipy import special, stats

from analytics.columns import OTHER, as_float

Finite = Annotated[float, AllowInfNan(allow_inf_nan=False)]
Floats = NDArray[np.float64]
Scaling = Literal["standard", "robust", "minmax", "none"]
MISSING_LEVEL = "(missing)"


@dataclass(frozen=True)
class Measure:
    """A numeric or ordinal column as one feature.

    Attributes
    ----------
    name : str
    ranks : tuple of str
        The levels of an ordinal column, lowest first, each counted by its place from 0.
    transform : str
        ``log`` for log(1 + x), ``yeo-johnson`` or nothing.
    power : float
        Of Yeo-Johnson.
    fill : float
        What a missing value counts as, once transformed.
    scaling : str
    shift, spread : float
        (x - shift) / spread; under ``minmax`` x * spread + shift.
    balance, weight : float
        Factors of the scaled value, in this order.
    """

    name: str
    ranks: tuple[str, ...] = ()
    transform: Literal["", "log", "yeo-johnson"] = ""
    power: Finite = 1.0
    fill: Finite = 0.0
    scaling: Scaling = "none"
    shift: Finite = 0.0
    spread: Finite = 1.0
    balance: Finite = 1.0
    weight: Finite = 1.0
    kind: Literal["measure"] = "measure"

    @property
    def features(self) -> tuple[str, ...]:
        """Give the names of the columns of the matrix."""
        return (self.name,)

    @property
    def typical(self) -> float | str:
        """What a missing value counts as, in the column's own unit."""
        if self.ranks:
            return self.ranks[int(self.fill)]
        if self.transform == "log":
            return float(np.expm1(self.fill))
        if self.transform == "yeo-johnson":
            return (
                float(special.inv_boxcox1p(self.fill, self.power))
                if self.fill >= 0
                else float(-special.inv_boxcox1p(-self.fill, 2 - self.power))
            )
        return self.fill

    def read(self, customers: pd.DataFrame) -> Floats:
        """Give the values, transformed; what is missing or has no such value as NaN.

        Parameters
        ----------
        customers : DataFrame
        """
        if self.ranks:
            ranks = {level: float(rank) for rank, level in enumerate(self.ranks)}
            values = np.asarray(customers[self.name].map(ranks).astype("float64"))
        else:
            values = np.asarray(as_float(customers, [self.name])[self.name])
        return self.transformed(values)

    def transformed(self, values: Floats) -> Floats:
        """Transform values; NaN where there is no logarithm."""
        if self.transform == "log":
            with np.errstate(invalid="ignore", divide="ignore"):
                values = np.log1p(values)
        elif self.transform == "yeo-johnson":
            values = np.where(np.isnan(values), values, yeo_johnson(values, self.power))
        return np.asarray(np.where(np.isfinite(values), values, np.nan))

    def scaled(self, values: Floats) -> Floats:
        """Fill and scale transformed values."""
        filled = np.where(np.isnan(values), self.fill, values)
        if self.scaling == "minmax":
            filled = filled * self.spread + self.shift
        elif self.scaling != "none":
            filled = (filled - self.shift) / self.spread
        return np.asarray(filled * self.balance * self.weight)

    def apply(self, customers: pd.DataFrame) -> Floats:
        """Give the feature, shape (n_customers, 1)."""
        return self.scaled(self.read(customers))[:, None]


@dataclass(frozen=True)
class Indicators:
    """A categorical or boolean column as one feature for each level.

    Attributes
    ----------
    name : str
    levels : tuple of str
        Those that stand for themselves, :data:`MISSING_LEVEL` and the level of the rare ones
        among them where there were any.
    shown : tuple of str
        Those with a feature: all, or one of two.
    grouped : bool
        Whether levels that are not listed count as one, :data:`analytics.columns.OTHER`.
    means : tuple of float
        The mean of each feature, which a level never seen counts as.
    balance, weight : float
        As in :class:`Measure`.
    """

    name: str
    levels: tuple[str, ...]
    shown: tuple[str, ...]
    grouped: bool
    means: tuple[Finite, ...]
    balance: Finite = 1.0
    weight: Finite = 1.0
    kind: Literal["indicators"] = "indicators"

    @property
    def features(self) -> tuple[str, ...]:
        """Give the names of the columns of the matrix."""
        return tuple(f"{self.name}={level}" for level in self.shown)

    @property
    def unseen(self) -> str:
        """What a level never seen counts as, in words."""
        return "the average" if any(self.means) else "unlike every level"

    def read(self, customers: pd.DataFrame) -> NDArray[np.object_]:
        """Give the level that each customer counts under; empty where it was never seen.

        Parameters
        ----------
        customers : DataFrame
        """
        found = as_levels(customers[self.name])
        if self.grouped:
            found = found.mask(~found.isin([*self.levels, MISSING_LEVEL]), OTHER)
        return np.asarray(found.where(found.isin(self.levels), ""), dtype=object)

    def spot(self, level: str) -> tuple[float, ...]:
        """Give the features of a level; of one never seen under the empty text."""
        return tuple(
            (mean if not level else float(level == shown)) * self.balance * self.weight
            for shown, mean in zip(self.shown, self.means, strict=True)
        )

    def apply(self, customers: pd.DataFrame) -> Floats:
        """Give the features, shape (n_customers, n_shown)."""
        place = {level: n for n, level in enumerate(("", *self.levels))}
        spots = np.array([self.spot(level) for level in place]).reshape(len(place), -1)
        codes, found = pd.factorize(self.read(customers))
        return np.asarray(spots[[place[level] for level in found]][codes])


Step = Annotated[Measure | Indicators, Field(discriminator="kind")]


@dataclass(frozen=True)
class Recipe:
    """How a feature matrix is made, column by column."""

    steps: tuple[Step, ...]

    @property
    def features(self) -> list[str]:
        """Give the names of the columns of the matrix."""
        return [name for step in self.steps for name in step.features]

    def apply(self, customers: pd.DataFrame) -> pd.DataFrame:
        """Make the feature matrix of any customers who have the columns.

        Parameters
        ----------
        customers : DataFrame
            Numbers as numbers, levels as text, missing as NA.

        Returns
        -------
        DataFrame of float64, shape (n_customers, n_features)
            For the customers whom the recipe was made from, bit for bit what they were compared
            by; without missing values for anyone.
        """
        blocks = [step.apply(customers) for step in self.steps]
        return pd.DataFrame(np.hstack(blocks), index=customers.index, columns=self.features)


def as_levels(values: pd.Series) -> pd.Series:
    """Give levels as text, a missing one as :data:`MISSING_LEVEL`."""
    missing = values.isna()
    levels = values.astype("object").where(~missing, None).map(str, na_action="ignore")
    return levels.mask(missing, MISSING_LEVEL).astype(object)


def yeo_johnson(values: Floats, power: float) -> Floats:
    """Transform finite values by Yeo and Johnson 2000, doi:10.1093/biomet/87.4.954."""
    present = np.isfinite(values)
    result = np.full(len(values), np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        result[present] = stats.yeojohnson(values[present], lmbda=power)
    return result

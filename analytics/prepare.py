"""Turn chosen columns into the feature matrix that distances are measured in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler, PowerTransformer, RobustScaler, StandardScaler

from analytics import headers, text
from analytics.columns import MOST_LEVELS, OTHER, Column, as_float
from analytics.errors import UnknownChoice, UnknownColumn, UnusableFeature

Scaling = Literal["standard", "robust", "minmax", "none"]
Coding = Literal["indicators", "balanced"]
SCALERS = {"standard": StandardScaler, "robust": RobustScaler, "minmax": MinMaxScaler}
_MEASURED = ("numeric", "ordinal")
MISSING_LEVEL = "(missing)"
_BALANCED = 0.5  # variance of a category's indicators against that of a numeric column
_LEAST_WEIGHT, _MOST_WEIGHT = 0.01, 100.0


@dataclass(frozen=True)
class FeatureSpec:
    """Which columns are compared, on which scale, and how much each counts.

    Attributes
    ----------
    columns : tuple of str
    scaling : str
        Of numeric and ordinal columns.
    coding : str
        Of categorical ones: ``indicators`` of 0 and 1, or ``balanced``, the same so rescaled that
        a category adds half of what a numeric column does on average to the squared distance.
    weights : tuple of (str, float)
        What each column counts in the squared distance, by name; 1 where none is given.
    """

    columns: tuple[str, ...]
    scaling: str = "standard"
    coding: str = "indicators"
    weights: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Features:
    """The matrix that distances are measured in, and what was done to make it.

    Attributes
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
        Numeric columns scaled, ordinal ones as scaled ranks; a categorical column as 0/1
        indicators that are not scaled, so that it does not outweigh the numeric ones; all times
        the square root of the column's weight.
    notes : tuple of str
        A sentence for every value that had to be filled, transformed or grouped.
    """

    matrix: pd.DataFrame
    notes: tuple[str, ...]


def prepare(customers: pd.DataFrame, columns: tuple[Column, ...], spec: FeatureSpec) -> Features:
    """Build the feature matrix.

    Missing numbers take their column's median and missing levels a level of their own; both are
    told in the notes and concern only the distances.

    Parameters
    ----------
    customers : DataFrame
        Typed columns, as from :func:`analytics.columns.interpret`.
    columns : tuple of Column
    spec : FeatureSpec

    Raises
    ------
    UnknownColumn, UnknownChoice
        If the specification names a column, a scaling or a coding that does not exist, or a
        weight that cannot be meant.
    UnusableFeature
        If a column is no measure: an identifier, a date, free text, constant or empty.

    References
    ----------
    Hennig and Liao 2013, doi:10.1111/j.1467-9876.2012.01066.x, on balanced indicators.
    """
    check(columns, spec)
    kinds = {column.name: column for column in columns}
    blocks, notes = [], []
    measured = [kinds[name] for name in spec.columns if kinds[name].role in _MEASURED]
    if measured:
        block, told = _scaled(customers, measured, spec.scaling)
        blocks.append(block)
        notes += told
    for name in spec.columns:
        if kinds[name].role not in _MEASURED:
            block, told = _indicators(customers[name], kinds[name])
            blocks.append(block)
            notes += told
    matrix = pd.concat(blocks, axis=1)
    if spec.coding == "balanced":
        matrix, told = _balanced(matrix, spec, [column.name for column in measured])
        notes += told
    if spec.weights:
        matrix, told = _weighted(matrix, spec)
        notes += told
    return Features(matrix, tuple(notes))


def sources(matrix: pd.DataFrame, features: Sequence[str]) -> list[str]:
    """Give the column of the file that each column of a feature matrix was made of.

    Parameters
    ----------
    matrix : DataFrame
        As in :class:`Features`.
    features : sequence of str
        The columns that it was made of.
    """
    return [
        name if name in features
        else max((f for f in features if name.startswith(f"{f}=")), key=len)
        for name in map(str, matrix.columns)
    ]  # fmt: skip


def _balanced(
    matrix: pd.DataFrame, spec: FeatureSpec, measured: list[str]
) -> tuple[pd.DataFrame, list[str]]:
    """Give each category half the variance of a numeric column: Hennig and Liao's q of 1/2."""
    variances = matrix.var(ddof=0)
    numeric = float(variances[measured].mean()) if measured else 1.0
    own = variances.groupby(sources(matrix, spec.columns)).sum()
    factors = np.sqrt(_BALANCED * numeric / own.drop(measured).loc[lambda it: it > 0])
    notes = [
        f"{headers.label(name)} counts half as much as a numeric column: its indicators are"
        f" {text.number(factor, 3)} instead of 1."
        for name, factor in factors.items()
    ]
    taken = factors.reindex(sources(matrix, spec.columns)).fillna(1.0).to_numpy()
    return matrix * taken, notes


def _weighted(matrix: pd.DataFrame, spec: FeatureSpec) -> tuple[pd.DataFrame, list[str]]:
    weights = dict(spec.weights)
    factors = [np.sqrt(weights.get(name, 1.0)) for name in sources(matrix, spec.columns)]
    notes = [
        f"{headers.label(name)} counts {text.number(weight)} times in the squared distance."
        for name, weight in spec.weights
        if weight != 1
    ]
    return matrix * factors, notes


def check(columns: tuple[Column, ...], spec: FeatureSpec) -> None:
    """Refuse a specification that cannot be measured; see :func:`prepare`."""
    if not spec.columns:
        raise UnusableFeature("No feature is chosen.", "Choose at least one column.")
    if spec.scaling not in get_args(Scaling):
        raise UnknownChoice(
            f"There is no scaling “{spec.scaling}”.",
            f"Choose {text.listing(list(get_args(Scaling)), 'or')}.",
        )
    if spec.coding not in get_args(Coding):
        raise UnknownChoice(
            f"There is no coding “{spec.coding}”.",
            f"Choose {text.listing(list(get_args(Coding)), 'or')}.",
        )
    kinds = {column.name: column for column in columns}
    for name in spec.columns:
        if name not in kinds:
            raise UnknownColumn(
                f"This file has no column “{name}”.",
                f"It has {text.listing([f'“{known}”' for known in kinds])}.",
            )
        refusal = _refusal(kinds[name])
        if refusal:
            raise UnusableFeature(f"“{name}” {refusal}.", "Choose another column.")
    for name, weight in spec.weights:
        if name not in spec.columns:
            raise UnknownColumn(f"“{name}” has a weight but is no feature.", "Choose it as well.")
        if not _LEAST_WEIGHT <= weight <= _MOST_WEIGHT:
            raise UnknownChoice(
                f"“{name}” cannot count {weight} times.",
                f"Choose a weight from {_LEAST_WEIGHT} to {_MOST_WEIGHT:.0f}.",
            )


def usable(columns: tuple[Column, ...]) -> list[str]:
    """List the columns that can be features."""
    return [column.name for column in columns if not _refusal(column)]


def _refusal(column: Column) -> str:
    match column.role:
        case "ignored" if column.distinct == 0:
            return "has no values at all"
        case "numeric" | "ordinal" | "boolean" | "categorical":
            return ""
        case "ignored":
            return f"is kept out: {column.reason}"
        case role:
            return f"is not a measure but of the kind {role} ({column.reason})"


def _scaled(
    customers: pd.DataFrame, columns: list[Column], scaling: str
) -> tuple[pd.DataFrame, list[str]]:
    values = pd.DataFrame({column.name: _measures(customers, column) for column in columns})
    notes = [note for column in columns for note in _transformed(values, column)]
    medians, missing = _medians(values, columns), values.isna().sum()
    notes += [
        f"{text.count(missing[c.name], 'customer')} without {headers.label(c.name)}"
        f" {'was' if missing[c.name] == 1 else 'were'} given its"
        f" median{_median(medians[c.name], c)}, for the distances."
        for c in columns
        if missing[c.name]
    ]
    values = values.fillna(medians)
    if scaling != "none":
        values[:] = SCALERS[scaling]().fit_transform(values)
    return values, notes


def _measures(customers: pd.DataFrame, column: Column) -> pd.Series:
    """Give the values of a numeric column, or the ranks of an ordinal one from 0."""
    if column.role == "ordinal":
        ranks = {level: float(rank) for rank, level in enumerate(column.levels)}
        return customers[column.name].map(ranks).astype("float64")
    return as_float(customers, [column.name])[column.name]


def _medians(values: pd.DataFrame, columns: list[Column]) -> pd.Series:
    """Give the median of each column, of an ordinal one a level that there is."""
    medians = values.median()
    for column in columns:
        if column.role == "ordinal":
            medians[column.name] = values[column.name].quantile(interpolation="lower")
    return medians


def _median(value: float, column: Column) -> str:
    if column.role == "ordinal":
        return f", {column.levels[int(value)]}"
    return "" if column.transform else f", {text.quantity(value, headers.unit(column.name))}"


def _transformed(values: pd.DataFrame, column: Column) -> list[str]:
    """Transform a column where the user chose to, and say so."""
    own = values[column.name]
    label = headers.label(column.name)
    if column.transform == "log":
        if own.min() < 0:
            raise UnusableFeature(
                f"“{column.name}” has negative values, of which there is no logarithm.",
                "Compare it after Yeo-Johnson, or as it is.",
            )
        values[column.name] = np.log1p(own)
        return [f"{label} is compared as log(1 + x)."]
    if column.transform == "yeo-johnson":
        power = PowerTransformer(standardize=False).fit(own.to_frame().dropna())
        values[column.name] = power.transform(own.to_frame())[:, 0]
        return [f"{label} is compared after Yeo-Johnson (power {power.lambdas_[0]:.2f})."]
    return []


def common_levels(levels: pd.Series) -> list[str]:
    """List the levels that stay by themselves where rare ones are grouped, whatever their order."""
    counts = levels.value_counts()
    ordered = sorted(counts.index, key=lambda level: (-counts[level], str(level)))
    return ordered[: MOST_LEVELS - 1]


def _indicators(values: pd.Series, column: Column) -> tuple[pd.DataFrame, list[str]]:
    notes = []
    label = headers.label(column.name)
    missing = values.isna()
    levels = values.astype("object").where(~missing, None).map(str, na_action="ignore")
    distinct = levels.nunique()
    if missing.any():
        lacking = text.count(int(missing.sum()), "customer")
        notes.append(f"{lacking} without {label} form a level of their own.")
    if distinct > MOST_LEVELS:
        rare = ~levels.isin(common_levels(levels)) & ~missing
        levels = levels.mask(rare, OTHER)
        grouped = f"{distinct - MOST_LEVELS + 1:,} of {distinct:,} levels"
        notes.append(
            f"{label}: {grouped}, of {text.count(int(rare.sum()), 'customer')}, count as one."
        )
    levels = levels.mask(missing, MISSING_LEVEL).astype(str)
    dummies = pd.get_dummies(levels, prefix=column.name, prefix_sep="=", dtype=np.float64)
    # Two indicators of two levels say the same thing twice and would count double.
    return (dummies.iloc[:, 1:] if dummies.shape[1] == 2 else dummies), notes

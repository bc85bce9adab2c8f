"""Turn chosen columns into the feature matrix that distances are measured in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler, PowerTransformer, RobustScaler, StandardScaler

from analytics import headers, text
from analytics.columns import MOST_LEVELS, OTHER, Column
from analytics.errors import UnknownChoice, UnknownColumn, UnusableFeature
from analytics.recipe import Indicators, Measure, Recipe, Scaling, as_levels

Coding = Literal["indicators", "balanced"]
SCALERS = {"standard": StandardScaler, "robust": RobustScaler, "minmax": MinMaxScaler}
_SCALINGS: dict[str, Scaling] = {scaling: scaling for scaling in get_args(Scaling)}
_MEASURED = ("numeric", "ordinal")
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
    recipe : Recipe
        The same, fit to be done to other customers.
    """

    matrix: pd.DataFrame
    notes: tuple[str, ...]
    recipe: Recipe


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
    measured = [kinds[name] for name in spec.columns if kinds[name].role in _MEASURED]
    steps: list[Measure | Indicators] = []
    notes: list[str] = []
    if measured:
        fitted, told = _measures(customers, measured, spec.scaling)
        steps += fitted
        notes += told
    for name in spec.columns:
        if kinds[name].role not in _MEASURED:
            step, told = _indicators(customers[name], kinds[name])
            steps.append(step)
            notes += told
    matrix = Recipe(tuple(steps)).apply(customers)
    balances: dict[str, float] = {}
    if spec.coding == "balanced":
        balances, told = _balanced(matrix, spec, [column.name for column in measured])
        notes += told
    weights, told = _weighted(spec)
    notes += told
    if balances or weights:
        recipe = Recipe(
            tuple(
                replace(
                    step, balance=balances.get(step.name, 1.0), weight=weights.get(step.name, 1.0)
                )
                for step in steps
            )
        )
        return Features(recipe.apply(customers), tuple(notes), recipe)
    return Features(matrix, tuple(notes), Recipe(tuple(steps)))


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
) -> tuple[dict[str, float], list[str]]:
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
    return {str(name): float(factor) for name, factor in factors.items()}, notes


def _weighted(spec: FeatureSpec) -> tuple[dict[str, float], list[str]]:
    factors = {name: float(np.sqrt(weight)) for name, weight in spec.weights}
    notes = [
        f"{headers.label(name)} counts {text.number(weight)} times in the squared distance."
        for name, weight in spec.weights
        if weight != 1
    ]
    return factors, notes


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


def _measures(
    customers: pd.DataFrame, columns: list[Column], scaling: str
) -> tuple[list[Measure], list[str]]:
    steps, notes = [], []
    for column in columns:
        step, told = _transform(customers, column)
        steps.append(step)
        notes += told
    values = pd.DataFrame({step.name: step.read(customers) for step in steps})
    medians, missing = _medians(values, columns), values.isna().sum()
    notes += [
        f"{text.count(missing[c.name], 'customer')} without {headers.label(c.name)}"
        f" {'was' if missing[c.name] == 1 else 'were'} given its"
        f" median{_median(medians[c.name], c)}, for the distances."
        for c in columns
        if missing[c.name]
    ]
    steps = [replace(step, fill=float(medians[step.name])) for step in steps]
    if scaling == "none":
        return steps, notes
    shifts, spreads = _scaler(values.fillna(medians), scaling)
    return [
        replace(step, scaling=_SCALINGS[scaling], shift=float(shift), spread=float(spread))
        for step, shift, spread in zip(steps, shifts, spreads, strict=True)
    ], notes


def _scaler(values: pd.DataFrame, scaling: str) -> tuple[np.ndarray, np.ndarray]:
    """Give what each column is shifted and divided by, or multiplied with."""
    scaler = SCALERS[scaling]().fit(values)
    match scaling:
        case "standard":
            return scaler.mean_, scaler.scale_
        case "robust":
            return scaler.center_, scaler.scale_
    return scaler.min_, scaler.scale_


def _transform(customers: pd.DataFrame, column: Column) -> tuple[Measure, list[str]]:
    """Transform a column where the user chose to, and say so."""
    step = Measure(column.name, column.levels if column.role == "ordinal" else ())
    label = headers.label(column.name)
    if column.transform == "log":
        if step.read(customers)[~customers[column.name].isna().to_numpy()].min(initial=0) < 0:
            raise UnusableFeature(
                f"“{column.name}” has negative values, of which there is no logarithm.",
                "Compare it after Yeo-Johnson, or as it is.",
            )
        return replace(step, transform="log"), [f"{label} is compared as log(1 + x)."]
    if column.transform == "yeo-johnson":
        values = step.read(customers)
        power = float(
            PowerTransformer(standardize=False).fit(values[~np.isnan(values)][:, None]).lambdas_[0]
        )
        note = f"{label} is compared after Yeo-Johnson (power {power:.2f})."
        return replace(step, transform="yeo-johnson", power=power), [note]
    return step, []


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


def common_levels(levels: pd.Series) -> list[str]:
    """List the levels that stay by themselves where rare ones are grouped, whatever their order."""
    counts = levels.value_counts()
    ordered = sorted(counts.index, key=lambda level: (-counts[level], str(level)))
    return ordered[: MOST_LEVELS - 1]


def _indicators(values: pd.Series, column: Column) -> tuple[Indicators, list[str]]:
    notes = []
    label = headers.label(column.name)
    missing = values.isna()
    levels = as_levels(values)
    present = levels[~missing]
    distinct = present.nunique()
    if missing.any():
        lacking = text.count(int(missing.sum()), "customer")
        notes.append(f"{lacking} without {label} form a level of their own.")
    grouped = distinct > MOST_LEVELS
    if grouped:
        rare = ~levels.isin(common_levels(present)) & ~missing
        levels = levels.mask(rare, OTHER)
        many = f"{distinct - MOST_LEVELS + 1:,} of {distinct:,} levels"
        notes.append(
            f"{label}: {many}, of {text.count(int(rare.sum()), 'customer')}, count as one."
        )
    known = sorted(levels.unique())
    # Two indicators of two levels say the same thing twice and would count double.
    shown = known[1:] if len(known) == 2 else known
    means = tuple(float((levels == level).mean()) for level in shown)
    return Indicators(column.name, tuple(known), tuple(shown), grouped, means), notes

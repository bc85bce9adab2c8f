"""Turn chosen columns into the feature matrix that distances are measured in."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from analytics import headers, text
from analytics.columns import MOST_LEVELS, Column, as_float
from analytics.errors import UnknownChoice, UnknownColumn, UnusableFeature

Scaling = Literal["standard", "robust", "minmax", "none"]
SCALERS = {"standard": StandardScaler, "robust": RobustScaler, "minmax": MinMaxScaler}
_MISSING_LEVEL = "(missing)"


@dataclass(frozen=True)
class FeatureSpec:
    """Which columns are compared, and on which scale."""

    columns: tuple[str, ...]
    scaling: str = "standard"


@dataclass(frozen=True)
class Features:
    """The matrix that distances are measured in, and what was done to make it.

    Attributes
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
        Numeric columns scaled; a categorical column as 0/1 indicators that are not scaled, so
        that it does not outweigh the numeric ones.
    notes : tuple of str
        A sentence for every value that had to be filled.
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
        If the specification names a column or a scaling that does not exist.
    UnusableFeature
        If a column is no measure: an identifier, a date, free text, constant or empty.
    """
    check(columns, spec)
    blocks, notes = [], []
    kinds = {column.name: column for column in columns}
    numeric = [name for name in spec.columns if kinds[name].role == "numeric"]
    if numeric:
        block, filled = _scaled(customers, numeric, spec.scaling)
        blocks.append(block)
        notes += filled
    for name in spec.columns:
        if kinds[name].role != "numeric":
            blocks.append(_indicators(customers[name], name))
            if kinds[name].missing:
                lacking = text.count(kinds[name].missing, "customer")
                notes.append(f"{lacking} without {headers.label(name)} form a level of their own.")
    return Features(pd.concat(blocks, axis=1), tuple(notes))


def check(columns: tuple[Column, ...], spec: FeatureSpec) -> None:
    """Refuse a specification that cannot be measured; see :func:`prepare`."""
    if not spec.columns:
        raise UnusableFeature("No feature is chosen.", "Choose at least one column.")
    if spec.scaling not in get_args(Scaling):
        raise UnknownChoice(
            f"There is no scaling “{spec.scaling}”.",
            f"Choose {text.listing(list(get_args(Scaling)), 'or')}.",
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


def usable(columns: tuple[Column, ...]) -> list[str]:
    """List the columns that can be features."""
    return [column.name for column in columns if not _refusal(column)]


def _refusal(column: Column) -> str:
    match column.role:
        case "numeric" | "boolean":
            return ""
        case "categorical" if column.distinct <= MOST_LEVELS:
            return ""
        case "ignored":
            return f"has {column.reason}"
        case role:
            return f"is not a measure but of the kind {role} ({column.reason})"


def _scaled(
    customers: pd.DataFrame, names: list[str], scaling: str
) -> tuple[pd.DataFrame, list[str]]:
    values = as_float(customers, names)
    medians, missing = values.median(), values.isna().sum()
    notes = [
        f"{text.count(missing[name], 'customer')} without {headers.label(name)} were given its"
        f" median, {text.quantity(medians[name], headers.unit(name))}, for the distances."
        for name in names
        if missing[name]
    ]
    values = values.fillna(medians)
    if scaling != "none":
        values[:] = SCALERS[scaling]().fit_transform(values)
    return values, notes


def _indicators(values: pd.Series, name: str) -> pd.DataFrame:
    levels = values.astype("object").where(values.notna(), _MISSING_LEVEL).astype(str)
    dummies = pd.get_dummies(levels, prefix=name, prefix_sep="=", dtype=np.float64)
    # Two indicators of two levels say the same thing twice and would count double.
    return dummies.iloc[:, 1:] if dummies.shape[1] == 2 else dummies

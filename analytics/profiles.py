"""Describe segments in the customers' own units."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics import headers, text
from analytics.columns import Column, as_float, grouping, names

_NOTABLE = 0.1  # of a level's share above that among all customers


def profile(
    customers: pd.DataFrame, columns: tuple[Column, ...], labels: pd.Series
) -> pd.DataFrame:
    """Summarise every numeric column within every segment.

    Parameters
    ----------
    customers : DataFrame
    columns : tuple of Column
    labels : Series of int
        Segment of each customer.

    Returns
    -------
    DataFrame indexed by (``segment``, ``column``)
        ``customers`` (rows with a value), ``mean``, ``sd`` (ddof 1) and ``median`` in the
        column's unit; ``overall`` (mean of all customers); ``z`` (``mean`` less ``overall``, in
        standard deviations of all customers); ``low`` and ``high`` (95 % interval of the mean).
    """
    numeric = names(columns, "numeric")
    values = as_float(customers, numeric)
    groups = values.groupby(labels.to_numpy())
    tables = {
        "customers": groups.count(),
        "mean": groups.mean(),
        "sd": groups.std(),
        "median": groups.median(),
    }
    spread = values.std(ddof=0).replace(0.0, np.nan)
    tables["overall"] = tables["mean"] * 0 + values.mean()
    tables["z"] = (tables["mean"] - values.mean()) / spread
    error = 1.96 * tables["sd"] / np.sqrt(tables["customers"])
    tables["low"], tables["high"] = tables["mean"] - error, tables["mean"] + error
    long = pd.DataFrame({name: table.stack() for name, table in tables.items()})
    return long.rename_axis(["segment", "column"])


def composition(
    customers: pd.DataFrame, columns: tuple[Column, ...], labels: pd.Series
) -> pd.DataFrame:
    """Give the share of every level of every categorical column within every segment.

    Returns
    -------
    DataFrame indexed by (``segment``, ``column``, ``level``)
        ``share`` (0 to 1, of the segment's customers with a value) and ``overall``, the same
        share among all customers.
    """
    parts = []
    for name in grouping(columns):
        levels = customers[name].astype("object")
        overall = levels.value_counts(normalize=True)
        shares = (
            levels.groupby(labels.to_numpy()).value_counts(normalize=True).unstack(fill_value=0.0)
        )
        long = shares.reindex(columns=overall.index, fill_value=0.0).stack().rename("share")
        part = long.rename_axis(["segment", "level"]).reset_index()
        part["overall"] = part["level"].map(overall)
        part["level"] = part["level"].astype(str)
        parts.append(part.assign(column=name))
    keys = ["segment", "column", "level"]
    if not parts:
        return pd.DataFrame(columns=[*keys, "share", "overall"]).set_index(keys)
    return pd.concat(parts).set_index(keys).sort_index()


def traits(
    profiles: pd.DataFrame, segment: int, features: Sequence[str], most: int = 3
) -> list[str]:
    """Say in words what sets a segment apart: its features first, then the farthest columns."""
    rows = profiles.loc[segment].dropna(subset="z")
    farthest = rows["z"].abs().sort_values(ascending=False, kind="stable").index
    ordered = [name for name in farthest if name in features]
    ordered += [name for name in farthest if name not in features]
    return [_trait(name, rows.loc[name]) for name in ordered[:most]]


def _trait(name: str, row: pd.Series) -> str:
    unit = headers.unit(name)
    distance = f"{text.number(abs(row['z']), 1)} SD {'above' if row['z'] >= 0 else 'below'}"
    if abs(row["z"]) < 0.05:
        distance = "at"
    return (
        f"{headers.label(name)} {text.quantity(row['mean'], unit, text.digits(row['mean']))}"
        f" ({distance} the average of {text.number(row['overall'], text.digits(row['overall']))})"
    )


def leanings(composition: pd.DataFrame, segment: int, most: int = 1) -> list[str]:
    """Say which levels of categorical columns are notably more common in a segment."""
    if segment not in composition.index:
        return []
    rows = composition.loc[segment].reset_index()
    rows["gap"] = rows["share"] - rows["overall"]
    rows = rows[rows["gap"] >= _NOTABLE].sort_values("gap", ascending=False, kind="stable")
    rows = rows.drop_duplicates("column").head(most)
    return [
        f"{headers.label(row['column'])} {text.percent(row['share'])} {row['level']}"
        f" (all customers: {text.percent(row['overall'])})"
        for _, row in rows.iterrows()
    ]

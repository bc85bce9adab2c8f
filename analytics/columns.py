"""What is known of each column of the customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.roles import MOST_LEVELS, ROLES, Role

__all__ = [
    "MOST_LEVELS", "OTHER", "ROLES", "Column", "Role", "as_float", "grouping", "names",
    "ranked", "roles",
]  # fmt: skip

OTHER = "(other)"  # what rare levels are called when they count as one


@dataclass(frozen=True)
class Column:
    """One column of the customers.

    Attributes
    ----------
    name : str
    role : str
        What it is used for; identifiers, dates, text and ignored columns never become features.
    type : str
        What its values are: integer, decimal, date, yes/no or text.
    missing : int
        Rows without a value.
    distinct : int
        Different values, missing ones not counted.
    reason : str
        Why this role, in words.
    markers : dict of str to int
        Rows by what stands there for "missing", as in NA or ?; an empty cell under empty text.
    strays : dict of str to int
        Rows by cells that fit no number or date and are taken for missing.
    levels : tuple of str
        The levels of an ordinal column, lowest first.
    transform : str
        What is done to it before distances are measured: ``log``, ``yeo-johnson`` or nothing.
    possible : tuple of str
        The roles that it could be given instead.
    """

    name: str
    role: Role
    type: str
    missing: int
    distinct: int
    reason: str
    markers: dict[str, int] | None = None
    strays: dict[str, int] | None = None
    levels: tuple[str, ...] = ()
    transform: str = ""
    possible: tuple[Role, ...] = ROLES


def names(columns: tuple[Column, ...], *roles: Role) -> list[str]:
    """List the names of the columns that have one of the roles, in file order."""
    return [column.name for column in columns if column.role in roles]


def ranked(columns: tuple[Column, ...], features: Sequence[str]) -> list[str]:
    """List the numeric columns, the features first."""
    return sorted(names(columns, "numeric"), key=lambda name: name not in features)


def grouping(columns: tuple[Column, ...]) -> list[str]:
    """List the columns whose levels are groups of customers that can be told apart in a chart."""
    return [
        column.name
        for column in columns
        if column.role in ("categorical", "ordinal", "boolean") and column.distinct <= MOST_LEVELS
    ]


def roles(columns: tuple[Column, ...]) -> dict[str, str]:
    """Give the role of each column by name."""
    return {column.name: column.role for column in columns}


def as_float(customers: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Give numeric columns as float64 with NaN for missing values."""
    floats: dict[str, Any] = {
        name: customers[name].to_numpy(dtype="float64", na_value=np.nan) for name in columns
    }
    return pd.DataFrame(floats, index=customers.index)

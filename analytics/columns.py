"""Infer what each column is: its values' type, its role, and the reason in words."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from analytics import headers

Role = Literal["identifier", "numeric", "boolean", "categorical", "date", "text", "ignored"]

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-", "--"})
MOST_LEVELS = 30  # beyond it a text column says more about single customers than about groups

_DECIMAL_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d+|[+-]?\d+")
_THOUSANDS_COMMA = re.compile(r"[+-]?\d{1,3}(,\d{3})*(\.\d+)?")
_YEAR_FIRST = re.compile(r"(?P<a>\d{4})([-/.])(?P<b>\d{1,2})\2(?P<c>\d{1,2})(?P<rest>[ T].*)?")
_YEAR_LAST = re.compile(
    r"(?P<a>\d{1,2})(?:([-/])(?P<b>\d{1,2})\2(?P<c>\d{4}|\d{2})|"
    r"\.(?P<b2>\d{1,2})\.(?P<c2>\d{4}))(?P<rest>[ T].*)?"
)
_CLOCK = re.compile(r"[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?")
_SURE_ID_WORDS = frozenset({"id", "ids", "uuid", "guid"})
_ID_WORDS = _SURE_ID_WORDS | {"key", "number", "no", "nr", "code"}


@dataclass(frozen=True)
class Column:
    """One column of the file.

    Attributes
    ----------
    name : str
    role : str
        What it is used for; identifiers and ignored columns never become features.
    type : str
        What its values are: integer, decimal, date, yes/no or text.
    missing : int
        Rows without a value.
    distinct : int
        Different values, missing ones not counted.
    reason : str
        Why this role, in words.
    """

    name: str
    role: Role
    type: str
    missing: int
    distinct: int
    reason: str


def interpret(original: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """Turn a table of text into typed columns.

    Parameters
    ----------
    original : DataFrame of str, shape (n_customers, n_columns)

    Returns
    -------
    customers : DataFrame, shape (n_customers, n_columns)
        Numbers as float64 or Int64, dates as datetime64, the rest as text; missing as NA.
    columns : tuple of Column
        One for each column, in order.
    """
    typed, described = {}, []
    for name in original.columns:
        values = _values(original[name])
        typed[name] = values
        described.append(_describe(str(name), values, original[name]))
    return pd.DataFrame(typed), tuple(described)


def names(columns: tuple[Column, ...], *roles: Role) -> list[str]:
    """List the names of the columns that have one of the roles, in file order."""
    return [column.name for column in columns if column.role in roles]


def roles(columns: tuple[Column, ...]) -> dict[str, str]:
    """Give the role of each column by name."""
    return {column.name: column.role for column in columns}


def _values(written: pd.Series) -> pd.Series:
    text = written.str.strip()
    text = text.mask(text.str.lower().isin(MISSING))
    present = text.dropna()
    if present.empty:
        return text.astype("str")
    numbers = _numbers(present)
    if numbers is not None:
        return numbers.reindex(text.index)
    dates = _dates(present)
    if dates is not None:
        return dates.reindex(text.index)
    return text.astype("str")


def _numbers(present: pd.Series) -> pd.Series | None:
    numbers = pd.to_numeric(present, errors="coerce")
    if numbers.isna().any():
        if present.str.fullmatch(_THOUSANDS_COMMA.pattern).all():
            numbers = pd.to_numeric(present.str.replace(",", "", regex=False))
        elif present.str.fullmatch(_DECIMAL_COMMA.pattern).all():
            plain = present.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
            numbers = pd.to_numeric(plain)
        else:
            return None
    numbers = numbers.astype("float64")
    if not np.isfinite(numbers).all():
        return None
    whole = (numbers == numbers.round()).all() and numbers.abs().max() < 2**53
    return numbers.astype("Int64") if whole else numbers


def _dates(present: pd.Series) -> pd.Series | None:
    """Read dates in one order throughout; a column that would need two orders is no date."""
    if present.str.fullmatch(_YEAR_FIRST.pattern).all():
        parts = present.str.extract(_YEAR_FIRST)
        order = {"year": parts["a"], "month": parts["b"], "day": parts["c"]}
    elif present.str.fullmatch(_YEAR_LAST.pattern).all():
        parts = present.str.extract(_YEAR_LAST)
        first = parts["a"]
        second = parts["b"].fillna(parts["b2"])
        year = parts["c"].fillna(parts["c2"]).astype(int)
        month_first = bool((second.astype(int) > 12).any())
        day, month = (second, first) if month_first else (first, second)
        order = {"year": year.where(year >= 100, year + 2000), "month": month, "day": day}
    else:
        return None
    whole = pd.DataFrame(order).astype(int)
    dates = pd.to_datetime(whole, errors="coerce")
    clock = parts["rest"].str.extract(_CLOCK).astype(float).fillna(0)
    told = parts["rest"].isna() | parts["rest"].str.fullmatch(_CLOCK.pattern).fillna(False)
    if dates.isna().any() or not told.all():
        return None
    return dates + pd.to_timedelta(clock[0] * 3600 + clock[1] * 60 + clock[2], unit="s")


def _describe(name: str, values: pd.Series, written: pd.Series) -> Column:
    present = values.dropna()
    rows, distinct = len(values), int(present.nunique())
    role, reason = _role(name, present, rows, distinct, written)
    return Column(name, role, _type(values, role), rows - len(present), distinct, reason)


def _role(
    name: str, present: pd.Series, rows: int, distinct: int, written: pd.Series
) -> tuple[Role, str]:
    spread = f"{distinct:,} distinct values in {rows:,} rows"
    if distinct == 0:
        return "ignored", "no values at all"
    if distinct == 1:
        return (
            "ignored",
            f"one value in {_rows(len(present), rows)}: {written[present.index[0]].strip()}",
        )
    identifying = _identifies(name, present, rows, distinct)
    if identifying:
        return "identifier", f"{spread}{identifying}: looks like an identifier"
    if pd.api.types.is_datetime64_any_dtype(present):
        return (
            "date",
            f"every value is a date, {present.min():%Y-%m-%d} to {present.max():%Y-%m-%d}",
        )
    if pd.api.types.is_numeric_dtype(present):
        if set(present.unique()) == {0, 1}:
            return "boolean", "only 0 and 1"
        return "numeric", f"every value is a number, {distinct:,} of them distinct"
    if distinct <= min(MOST_LEVELS, max(2, rows // 2)):
        return "categorical", f"text with {distinct:,} levels"
    return "text", f"text with {spread}: too many levels to compare groups"


def _rows(present: int, rows: int) -> str:
    return "every row" if present == rows else f"all {present:,} rows that have any"


def _identifies(name: str, present: pd.Series, rows: int, distinct: int) -> str:
    """Say why the column identifies customers, or give an empty string."""
    if pd.api.types.is_datetime64_any_dtype(present) or len(present) < rows * 0.9:
        return ""
    unique = distinct == len(present)
    ends = set(headers.words(name)[-1:] + headers.words(name)[:1])
    if unique and _ID_WORDS & ends:
        return ", and the name says so"
    if pd.api.types.is_float_dtype(present):
        return ""
    if _SURE_ID_WORDS & ends:
        return f", {len(present) - distinct:,} of them repeated, and the name says so"
    if pd.api.types.is_integer_dtype(present):
        ordered = present.sort_values().to_numpy(dtype="int64")
        running = unique and len(ordered) > 2 and bool((np.diff(ordered) == 1).all())
        return ", a running number" if running else ""
    coded = bool(present.str.contains(r"\d").all()) and not bool(present.str.contains(" ").any())
    return ", each with digits" if unique and coded and rows > 2 else ""


def _type(values: pd.Series, role: Role) -> str:
    if role == "boolean":
        return "yes/no"
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    if pd.api.types.is_integer_dtype(values):
        return "integer"
    return "decimal" if pd.api.types.is_float_dtype(values) else "text"


def as_float(customers: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Give numeric columns as float64 with NaN for missing values."""
    floats: dict[str, Any] = {
        name: customers[name].to_numpy(dtype="float64", na_value=np.nan) for name in columns
    }
    return pd.DataFrame(floats, index=customers.index)

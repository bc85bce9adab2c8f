"""Make a feature of a date: an age from a birth, days since something else."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import choices as choices_
from analytics import headers
from analytics.choices import KEEP
from analytics.columns import Column, as_float, names
from analytics.errors import UnknownChoice

_BIRTH = frozenset({"birth", "born", "dob", "birthday", "birthdate", "yob"})
_YEARS = (1850, 2100)


@dataclass(frozen=True)
class Derivable:
    """A column that a feature can be made of: how, and from which day it would be reckoned.

    Attributes
    ----------
    source : str
    title, reason : str
    options : tuple of (str, str)
        Value, as in ``age@2014-06-29``, and label.
    """

    source: str
    title: str
    reason: str
    options: tuple[tuple[str, str], ...]


def offers(customers: pd.DataFrame, columns: tuple[Column, ...], today: str) -> list[Derivable]:
    """List the columns that a feature can be made of.

    Parameters
    ----------
    today : str
        ISO date, offered as the day to reckon from beside the latest date of the file.
    """
    latest = _latest(customers, columns)
    days = [(latest, "the latest date of the file")] if latest else []
    days += [(today, "today")] if today and today != latest else []
    found = []
    for column in columns:
        if _is_birth(column, customers):
            options = [(f"age@{day}", f"add the age in years at {day}, {what}")
                       for day, what in days]  # fmt: skip
            reason = "A year or date of birth compares as an age"
            found.append(Derivable(column.name, "Birth", reason, tuple(options)))
        elif column.role == "date":
            options = [(f"days@{day}", f"add the days up to {day}, {what}") for day, what in days]
            reason = "A date itself is no feature; how long ago it was can be one"
            found.append(Derivable(column.name, "Date", reason, tuple(options)))
    return [one for one in found if one.options]


def derived(
    customers: pd.DataFrame, columns: tuple[Column, ...], choices: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[Column, ...]]:
    """Add the features that were chosen to be made, behind the columns of the file.

    Ages are in whole years, as people count them; from a year of birth alone they may be one too
    high. Anything else is in days.

    Raises
    ------
    UnknownChoice
        If a choice names no date, or no day to reckon from.
    """
    wanted = {k: v for k, v in choices_.about(choices, "derive").items() if v != KEEP}
    kinds = {column.name: column for column in columns}
    born = [column.name for column in columns if _is_birth(column, customers)]
    added: dict[str, pd.Series] = {}
    described = []
    for name in [*(wanted.keys() - kinds), *(name for name in kinds if name in wanted)]:
        kind, _, written = wanted[name].partition("@")
        day = _day(written)
        fits = name in born if kind == "age" else name in kinds and kinds[name].role == "date"
        if kind not in ("age", "days") or not fits or day is None:
            raise UnknownChoice(f"Nothing can be made of “{name}” by “{wanted[name]}”.")
        header = _header(name, kind, [*customers.columns, *added], alone=len(born) == 1)
        values = reckoned(customers[name], kind, day)
        added[header] = values
        described.append(_described(header, values, f"made from “{name}”, reckoned to {day}"))
    if not added:
        return customers, columns
    return pd.concat([customers, pd.DataFrame(added)], axis=1), (*columns, *described)


def _is_birth(column: Column, customers: pd.DataFrame) -> bool:
    if not _BIRTH & set(headers.words(column.name)):
        return False
    if column.role == "date":
        return True
    if column.role != "numeric" or column.type != "integer":
        return False
    middle = as_float(customers, [column.name])[column.name].median()
    return bool(_YEARS[0] < middle < _YEARS[1])


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _header(name: str, kind: str, taken: list[str], *, alone: bool) -> str:
    """Name a feature, in a way that does not depend on what else is made."""
    label = headers.label(name)
    if kind == "days":
        return _free(f"Days since {label}", taken)
    return _free("Age (years)" if alone else f"{label} age (years)", taken)


def _latest(customers: pd.DataFrame, columns: tuple[Column, ...]) -> str:
    dated = [n for n in names(columns, "date") if not _BIRTH & set(headers.words(n))]
    latest = [customers[name].max() for name in dated]
    return f"{max(latest):%Y-%m-%d}" if latest else ""


def reckoned(source: pd.Series, kind: str, day: dt.date) -> pd.Series:
    """Reckon an age in years, of a date or a year of birth, or the days since a date.

    Parameters
    ----------
    source : Series of datetime64, or of the years of birth
    kind : str
        ``age`` or ``days``.
    day : date
        To which it is reckoned.
    """
    if not pd.api.types.is_datetime64_any_dtype(source):
        return (day.year - source.astype("float64")).round().astype("Int64")
    if kind == "age":
        before = (source.dt.month * 100 + source.dt.day) > day.month * 100 + day.day
        years = day.year - source.dt.year - before.astype(int)
        return years.where(source.notna()).round().astype("Int64")
    days = (pd.Timestamp(day) - source) / pd.Timedelta(days=1)
    return pd.Series(np.floor(days.to_numpy(dtype="float64", na_value=np.nan))).astype("Int64")


def _described(name: str, values: pd.Series, reason: str) -> Column:
    missing, distinct = int(values.isna().sum()), int(values.nunique())
    return Column(
        name,
        "numeric" if distinct > 1 else "ignored",
        "integer",
        missing,
        distinct,
        reason,
        markers={},
        strays={},
        possible=("numeric", "ignored"),
    )


def _free(wanted: str, taken: list[str]) -> str:
    header, copy = wanted, 2
    while header in taken:
        header, copy = f"{wanted} {copy}", copy + 1
    return header

"""Turn the cells of a file into typed customers, each column with its role and the reason."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from analytics import choices as choices_
from analytics import dates, headers, numbers, scales
from analytics import roles as roles_
from analytics.cells import typed
from analytics.choices import KEEP, Offer, Option
from analytics.columns import Column, Role
from analytics.errors import UnknownChoice
from analytics.values import Hints, Values

_TYPED: dict[Role, str] = {"numeric": "number", "date": "date", "text": "text"}
_AT_ONCE = 2  # columns read side by side


@dataclass(frozen=True)
class Interpreted:
    """Typed customers.

    Attributes
    ----------
    customers : DataFrame, shape (n_customers, n_columns)
        Numbers as float64 or Int64, dates as datetime64, the rest as text; missing as NA.
    columns : tuple of Column
        One for each column, in file order.
    offers : tuple of Offer
        How each column was read, where it could be read in another way.
    doubts : tuple of str
        The same in sentences, where the user has not decided.
    """

    customers: pd.DataFrame
    columns: tuple[Column, ...]
    offers: tuple[Offer, ...]
    doubts: tuple[str, ...] = ()


def interpret(cells: pa.Table, choices: Mapping[str, str] | None = None) -> Interpreted:
    """Find the type and the role of every column; every cell takes part in the decision.

    Parameters
    ----------
    cells : pyarrow.Table, shape (n_customers, n_columns)
        As in :attr:`analytics.reading.Table.cells`.
    choices : mapping of str to str, optional
        ``role:<column>``, ``order:<column>``, ``comma:<column>`` and ``word:<column>``.

    Raises
    ------
    UnknownChoice
        If a column cannot be given the role that was chosen for it.
    """
    taken = _Taken(choices or {})
    names = cells.column_names
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        values = dict(
            zip(
                names,
                pool.map(lambda name: typed(cells[name], taken.hints(name)), names),
                strict=True,
            )
        )
    values |= _in_one_manner(cells, values, taken)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(lambda name: _describe(name, values[name], taken), names))
    return Interpreted(
        pd.DataFrame({n: data for n, (data, _) in zip(names, found, strict=True)}, copy=False),
        tuple(column for _, column in found),
        tuple(offer for name in names for offer in _offers(name, values[name], taken)),
        tuple(doubt for name in names for doubt in _doubts(name, values[name], taken)),
    )


@dataclass(frozen=True)
class _Taken:
    """The user's choices, by what they are about."""

    choices: Mapping[str, str]

    def of(self, word: str, name: str) -> str:
        return self.choices.get(choices_.key(word, name), "")

    def hints(self, name: str) -> Hints:
        role = self.of("role", name)
        words = set(headers.words(name))
        word = self.of("word", name)
        return Hints(
            as_=_TYPED.get(role, ""),  # type: ignore[call-overload]  # any text may be a choice
            coded=roles_.is_code(name),
            dated=bool(words & {"date", "datum", "dob", "birthday", "birthdate", "timestamp"}),
            born=bool(words & {"birth", "born", "dob", "birthday", "birthdate"}),
            order=self.of("order", name),
            comma=self.of("comma", name),
            words=None if not word else word == "value",
            regional=roles_.is_regional(name),
        )


def read_as(name: str, cells: pa.ChunkedArray, role: Role, choices: Mapping[str, str]) -> pd.Series:
    """Read the cells of a column for a role that it is to have, whatever they look like.

    Parameters
    ----------
    name : str
    cells : pyarrow.ChunkedArray
    role : str
    choices : mapping of str to str
        As in :func:`interpret`.

    Returns
    -------
    Series
        What is no number or date, where the role asks for one, is missing.
    """
    values = typed(cells, _Taken({**choices, choices_.key("role", name): role}).hints(name))
    if role == "numeric" and values.kind not in ("integer", "decimal"):
        numbers_ = pd.to_numeric(values.data.astype("object"), errors="coerce").astype("float64")
        return numbers_.where(np.isfinite(numbers_))
    if role == "date" and values.kind != "date":
        return pd.Series(pd.NaT, index=values.data.index, dtype="datetime64[us]")
    return _stored(values, role)[0]


def _in_one_manner(
    cells: pa.Table, values: Mapping[str, Values], taken: _Taken
) -> dict[str, Values]:
    """Read what fits two ways, dates and numbers, as the decided ones of the same file are."""
    orders: dict[str, dict[str, str]] = {}
    commas: dict[str, str] = {}
    for name, v in values.items():
        if v.order and not v.ambiguous:
            orders.setdefault(v.mark, {}).setdefault(v.order, name)
        if v.comma and not v.ambiguous:
            commas.setdefault(v.comma, name)
        elif v.kind == "decimal" and not v.ambiguous:
            commas.setdefault(numbers.COMMA_THOUSANDS, name)
    again = {}
    for name, v in values.items():
        word, found = ("order", orders.get(v.mark, {})) if v.order else ("comma", commas)
        if v.ambiguous and len(found) == 1 and not taken.of(word, name):
            ((how, follows),) = found.items()
            hints = taken.hints(name)
            hints = replace(hints, order=how) if word == "order" else replace(hints, comma=how)
            again[name] = replace(typed(cells[name], hints), follows=follows)
    return again


def _describe(name: str, values: Values, taken: _Taken) -> tuple[pd.Series, Column]:
    role, reason = roles_.infer(name, values)
    possible = roles_.possible(values)
    wanted = taken.of("role", name)
    if wanted and wanted != role:
        if wanted not in possible:
            raise UnknownChoice(
                f"“{name}” cannot be {wanted}: {reason}.", f"Choose one of {', '.join(possible)}."
            )
        role, reason = wanted, f"your choice; inferred was {role}, {reason}"
    data, levels = _stored(values, role)
    column = Column(
        name=name,
        role=role,
        type=_type(data, role),
        missing=values.missing,
        distinct=values.distinct,
        reason=reason,
        markers=values.markers,
        strays=values.strays,
        levels=levels,
        possible=tuple(dict.fromkeys([*possible, role])),
    )
    return data, column


def _stored(values: Values, role: Role) -> tuple[pd.Series, tuple[str, ...]]:
    """Give the values as their role needs them, and the levels of an ordinal column in order."""
    if role not in ("categorical", "ordinal", "text") or values.kind == "text":
        ordered = scales.in_order(values.levels) or values.levels
        return values.data, ordered if role == "ordinal" else ()
    if values.kind == "date":
        return values.data.dt.strftime("%Y-%m-%d").astype("str"), ()
    numbers_ = sorted(values.data.dropna().unique()) if role == "ordinal" else []
    return _as_text(values.data), tuple(_as_text(pd.Series(numbers_)))


def _as_text(data: pd.Series) -> pd.Series:
    """Write numbers as text, whole ones without decimals."""
    text = data.astype("str")
    return text.str.removesuffix(".0") if pd.api.types.is_float_dtype(data) else text


def _type(data: pd.Series, role: Role) -> str:
    if role == "boolean":
        return "yes/no"
    if pd.api.types.is_datetime64_any_dtype(data):
        return "date"
    if pd.api.types.is_integer_dtype(data):
        return "integer"
    return "decimal" if pd.api.types.is_float_dtype(data) else "text"


def _offers(name: str, values: Values, taken: _Taken) -> list[Offer]:
    """Offer the other ways in which a column could be read."""
    offers = []
    if values.kind == "date" and values.order and (values.ambiguous or taken.of("order", name)):
        other = dates.MONTH_FIRST if values.order == dates.DAY_FIRST else dates.DAY_FIRST
        offers.append(
            _offer("order", name, taken, f"In which order do day and month stand in “{name}”?",
                   {values.order: "", other: ""}, values.order)
        )  # fmt: skip
    if values.comma and (values.ambiguous or taken.of("comma", name)):
        mark = values.mark or ","
        meanings = [numbers.COMMA_DECIMAL, numbers.COMMA_THOUSANDS]
        if mark == ".":
            meanings.reverse()
        options = {
            meanings[0]: f"a decimal mark (1{mark}234 is 1.234)",
            meanings[1]: f"a thousands mark (1{mark}234 is 1234)",
        }
        sign = "comma" if mark == "," else "point"
        offers.append(
            _offer("comma", name, taken, f"What is the {sign} in “{name}”?", options, values.comma)
        )
    if values.doubted:
        told = {"value": f"“{values.doubted}” is a value", "missing": "it marks a missing value"}
        offers.append(
            _offer("word", name, taken, f"What does “{values.doubted}” mean in “{name}”?", told,
                   "value" if values.kept_words else "missing")
        )  # fmt: skip
    return offers


def _offer(
    word: str, name: str, taken: _Taken, question: str, options: Mapping[str, str], now: str
) -> Offer:
    chosen = taken.of(word, name) or KEEP
    unasked = Option(KEEP, f"as found: {options[now] or now}" if chosen == KEEP else "as found")
    others = [
        Option(value, label or value)
        for value, label in options.items()
        if chosen != KEEP or value != now
    ]
    return Offer(choices_.key(word, name), question, (unasked, *others), chosen)


def _doubts(name: str, values: Values, taken: _Taken) -> list[str]:
    """Say where a column could be read in another way and nobody decided."""
    told = []
    if values.ambiguous and values.order and not taken.of("order", name):
        why = f"as “{values.follows}” is" if values.follows else "a guess"
        told.append(
            f"Every date of “{name}” would be one day-first and month-first: read {values.order},"
            f" {why}."
        )
    if values.ambiguous and values.comma and not taken.of("comma", name):
        mark = "comma" if values.mark in ("", ",") else "point"
        told.append(
            f"The {mark} in “{name}” could mark decimals or thousands: read as {values.comma}."
        )
    if values.doubted and not taken.of("word", name):
        meaning = "a value" if values.kept_words else "missing"
        told.append(f"“{values.doubted}” in “{name}” was taken for {meaning}.")
    return told

"""The repairs that were decided for the training customers, fit to be done to others alike."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from analytics import choices as choices_
from analytics import extremes, headers, together, variants
from analytics.choices import KEEP
from analytics.columns import OTHER, Column
from analytics.derive import reckoned
from analytics.filling import written
from analytics.prepare import common_levels
from analytics.recipe import Finite


@dataclass(frozen=True)
class Made:
    """How a column is made of another: an age, or the days since a date, reckoned to a day."""

    source: str
    kind: Literal["age", "days"]
    day: str


@dataclass(frozen=True)
class Mend:
    """What is done to one column before it is compared, with every number fixed.

    Attributes
    ----------
    name : str
    made : Made or None
        For a column that is in no file.
    blank : float or None
        The number that stands for none.
    beyond : str
        What happens to values outside ``low`` to ``high``: ``clip``, ``blank`` or nothing.
    low, high, spared : float or None
        As in :class:`analytics.extremes.Limits`; no limit on a side where it is absent.
    spellings : dict of str to str
        The usual spelling of levels that are spelled otherwise.
    levels : tuple of str
        Those that stay by themselves where rare ones are grouped; empty where none are.
    fill : float, str or None
        What a missing value is filled with.
    """

    name: str
    made: Made | None = None
    blank: Finite | None = None
    beyond: Literal["", "clip", "blank"] = ""
    low: Finite | None = None
    high: Finite | None = None
    spared: Finite | None = None
    spellings: dict[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    fill: Finite | str | None = None

    def bounded(self, values: pd.Series) -> tuple[pd.Series, np.ndarray]:
        """Take numbers that stand for none for missing and see to extreme ones; mark the latter."""
        untouched = np.zeros(len(values), dtype=bool)
        if self.blank is None and not self.beyond:
            return values, untouched
        numbers = values.to_numpy(dtype="float64", na_value=np.nan)
        if self.blank is not None:
            numbers = np.where(numbers == self.blank, np.nan, numbers)
        if not self.beyond:
            return pd.Series(numbers, index=values.index), untouched
        limits = self.limits
        outside = extremes.beyond(numbers, limits)
        inside = np.nan if self.beyond == "blank" else np.clip(numbers, limits.low, limits.high)
        return pd.Series(np.where(outside, inside, numbers), index=values.index), outside

    @property
    def limits(self) -> extremes.Limits:
        """Between what values are ordinary."""
        return extremes.Limits(
            -np.inf if self.low is None else self.low,
            np.inf if self.high is None else self.high,
            spared=self.spared,
        )

    def levelled(self, values: pd.Series) -> pd.Series:
        """Give levels their usual spelling."""
        return values.replace(self.spellings) if self.spellings else values

    def completed(self, values: pd.Series) -> pd.Series:
        """Fill what is missing, then group rare levels."""
        if self.fill is not None:
            if isinstance(self.fill, float | int) and pd.api.types.is_integer_dtype(values):
                values = values.astype("float64")
            values = values.fillna(self.fill)
        if self.levels:
            values = values.mask(values.notna() & ~values.isin(self.levels), OTHER)
        return values


@dataclass(frozen=True)
class Mended:
    """Customers after the repairs.

    Attributes
    ----------
    unfilled, customers : DataFrame, shape (n_customers, n_columns)
        Before missing values were filled, and after.
    told : tuple of (mask, str)
        Whom each of the repairs concerns, and what it was, in words.
    """

    unfilled: pd.DataFrame
    customers: pd.DataFrame
    told: tuple[tuple[np.ndarray, str], ...]


def mend(customers: pd.DataFrame, mends: Sequence[Mend]) -> Mended:
    """Do to customers what was decided for the training customers.

    Parameters
    ----------
    customers : DataFrame
        With the columns of the mends that are made of none.
    mends : sequence of Mend
        The sources of made columns before these.
    """
    unfilled, filled = pd.DataFrame(index=customers.index), pd.DataFrame(index=customers.index)
    told = []
    for one in mends:
        values = customers[one.name] if one.made is None else _made(unfilled, one.made)
        values, outside = one.bounded(values)
        if outside.any():
            how = "set to the nearest" if one.beyond == "clip" else "taken for missing"
            words = f"{headers.label(one.name)} outside {one.limits.span}, {how}"
            told.append((outside, words))
        unfilled[one.name] = one.levelled(values)
        filled[one.name] = one.completed(unfilled[one.name])
        lacking = unfilled[one.name].isna().to_numpy()
        if one.fill is not None and lacking.any():
            told.append((lacking, f"{headers.label(one.name)} missing, filled with "
                                  f"{written(one.fill)}"))  # fmt: skip
        if one.levels:
            own = filled[one.name].isin([OTHER]) & ~unfilled[one.name].isin([OTHER, *one.levels])
            grouped = own.to_numpy(dtype=bool)
            told.append((grouped, f"{headers.label(one.name)} of a rare level"))
    return Mended(unfilled, filled, tuple((mask, words) for mask, words in told if mask.any()))


def _made(customers: pd.DataFrame, made: Made) -> pd.Series:
    return reckoned(customers[made.source], made.kind, dt.date.fromisoformat(made.day))


def learn(
    found: pd.DataFrame,
    columns: Sequence[Column],
    features: Sequence[str],
    choices: Mapping[str, str],
    kept: np.ndarray,
) -> tuple[list[Mend], list[str]]:
    """Fix the numbers of the repairs that the features went through.

    Parameters
    ----------
    found : DataFrame, shape (n_rows, n_columns)
        The customers before any repair, made columns among them.
    columns : sequence of Column
        Before any repair.
    features : sequence of str
    choices : mapping of str to str
    kept : array of bool, shape (n_rows,)
        Which rows stayed.

    Returns
    -------
    list of Mend
        Of the features and what they are made of, sources first.
    list of str
        What cannot be done to others as it was done here, in sentences.
    """
    mends: dict[str, Mend] = {}
    notes = []
    state = found.copy(deep=False)
    sources = {name: _source(name, columns, choices) for name in features}
    ordered = [made.source for made in sources.values() if made is not None]
    wanted = dict.fromkeys([*ordered, *features])
    fillings = together.fillings(tuple(columns), choices)
    for name in wanted:
        made = sources.get(name)
        if made is not None:
            state[name] = _made(state, made)
        one = Mend(name, made, spellings=_spellings(state[name], name, choices))
        one = _bounds(one, state[name], choices)
        state[name] = one.levelled(one.bounded(state[name])[0])
        option = fillings.get(name, KEEP)
        if option in ("median", "mode", "neighbours"):
            one = replace(one, fill=_fill(state[name][kept], option))
        if option == "neighbours":
            notes.append(
                f"{headers.label(name)} was filled from the most alike customers here; others get"
                f" the median, {written(one.fill)}."
            )
        if choices.get(choices_.key("levels", name), KEEP) == "group":
            values = one.completed(state[name][kept])
            one = replace(one, levels=tuple(map(str, common_levels(values))))
        mends[name] = one
    return list(mends.values()), notes


def _source(name: str, columns: Sequence[Column], choices: Mapping[str, str]) -> Made | None:
    """Find what a column is made of; nothing where it is in the file."""
    reason = next(column.reason for column in columns if column.name == name)
    for source, option in choices_.about(choices, "derive").items():
        kind, _, day = option.partition("@")
        if option != KEEP and reason == f"made from “{source}”, reckoned to {day}":
            return Made(source, "age" if kind == "age" else "days", day)
    return None


def _bounds(one: Mend, values: pd.Series, choices: Mapping[str, str]) -> Mend:
    if choices.get(choices_.key("stand-in", one.name), KEEP) == "blank":
        numbers = values.to_numpy(dtype="float64", na_value=np.nan)
        one = replace(one, blank=extremes.stand_in(numbers))
    option = choices.get(choices_.key("extreme", one.name), KEEP)
    if option not in ("clip", "blank"):
        return one
    numbers = one.bounded(values)[0].to_numpy(dtype="float64", na_value=np.nan)
    limits = extremes.limits(one.name, numbers)
    return replace(
        one,
        beyond="clip" if option == "clip" else "blank",
        low=float(limits.low) if np.isfinite(limits.low) else None,
        high=float(limits.high) if np.isfinite(limits.high) else None,
        spared=limits.spared,
    )


def _spellings(values: pd.Series, name: str, choices: Mapping[str, str]) -> dict[str, str]:
    if choices.get(choices_.key("spelling", name), KEEP) != "merge":
        return {}
    return variants.usual(values)


def _fill(values: pd.Series, option: str) -> float | str:
    if option != "mode":
        return float(np.nanmedian(values.to_numpy(dtype="float64", na_value=np.nan)))
    mode = values.mode().iloc[0]
    return str(mode) if isinstance(mode, str) else float(mode)

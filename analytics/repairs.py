"""Do to the data what the user chose, and account for every row and cell that it touches."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics import choices as choices_
from analytics import extremes, filling, headers, repeats, text, together, variants
from analytics.choices import KEEP
from analytics.columns import OTHER, Column, Role, as_float, names
from analytics.derive import derived
from analytics.errors import UnknownChoice, UnreadableFile
from analytics.prepare import common_levels

_ROLES: dict[str, Role] = {  # that a column must have, by word or option
    **dict.fromkeys(("stand-in", "extreme", "skew", "median", "neighbours"), "numeric"),
    **dict.fromkeys(("levels", "spelling"), "categorical"),
}
_OPTIONS = {  # beside to keep everything
    "stand-in": ("blank",),
    "extreme": ("clip", "blank", "drop"),
    "identifiers": ("drop",),
    "missing": ("drop", "median", "mode", "neighbours", together.PLAIN),
    "spelling": ("merge",),
    "levels": ("group",),
    "skew": ("log", "yeo-johnson", together.PLAIN),
}
_OPTIONS_OF_ALL = {
    "duplicates": ("drop",),
    "missing": ("drop", "typical"),
    "skew": ("log", "yeo-johnson"),
}
WORDS = _OPTIONS.keys() | _OPTIONS_OF_ALL.keys()


@dataclass(frozen=True)
class Repaired:
    """The customers after the repairs.

    Attributes
    ----------
    customers : DataFrame, shape (n_kept, n_columns)
    columns : tuple of Column
    kept : ndarray of bool, shape (n_customers,)
        Which of the rows given are left.
    reasons : dict of int to str
        Why each of the others was set aside, by its position.
    notes : tuple of str
        A sentence for every repair, with the numbers before and after.
    """

    customers: pd.DataFrame
    columns: tuple[Column, ...]
    kept: np.ndarray
    reasons: dict[int, str]
    notes: tuple[str, ...]


def repair(
    customers: pd.DataFrame, columns: tuple[Column, ...], choices: Mapping[str, str]
) -> Repaired:
    """Carry out the choices about values and rows; without any, nothing is changed.

    Values are mended first, features are made of them next, then rows are set aside, and what is
    still missing is filled from the rows that stay. In which order the choices were taken does not
    matter.

    Parameters
    ----------
    customers : DataFrame, shape (n_customers, n_columns)
    columns : tuple of Column
    choices : mapping of str to str
        As offered by :func:`analytics.alerts.alerts`.

    Raises
    ------
    UnknownChoice
        If a choice names a column or an option that there is not.
    UnreadableFile
        If fewer than two rows would stay.
    """
    work = _Work(customers, columns, choices)
    own = [column.name for column in columns]
    work.mend(own)
    work.derive()
    work.mend([name for name in work.columns if name not in own])
    work.merge()
    work.set_rows_aside()
    work.fill()
    work.group()
    work.transform()
    return work.done()


class _Work:
    """The customers while they are being repaired."""

    def __init__(
        self, customers: pd.DataFrame, columns: tuple[Column, ...], choices: Mapping[str, str]
    ) -> None:
        self.columns = {column.name: column for column in columns}
        self._given = self._found = customers
        self._customers = customers.copy(deep=False)
        self._choices = choices
        self._changed: set[str] = set()
        self._reasons: dict[int, str] = {}
        self._kept = np.ones(len(customers), dtype=bool)
        self._notes: list[str] = []
        for key, option in choices.items():
            word, _, column = key.partition(":")
            known = (_OPTIONS if column else _OPTIONS_OF_ALL).get(word, ())
            if word in WORDS and option not in (KEEP, *known):
                raise UnknownChoice(f"“{option}” cannot be chosen for “{key}”.")

    def mend(self, among: list[str]) -> None:
        """Change numbers that stand for none, and extreme ones."""
        for name, _ in self._about("stand-in", among):
            values = self._numbers(name)
            number = extremes.stand_in(values)
            if number is None:
                raise UnknownChoice(f"“{name}” has no number that may stand for none.")
            mask = values == number
            self._change(name, np.where(mask, np.nan, values))
            self._note(name, f"{text.number(number)} taken for missing in {_cells(mask)}")
        for name, option in self._about("extreme", among):
            values = self._numbers(name)
            limits = extremes.limits(name, values)
            beyond = extremes.beyond(values, limits)
            if option == "drop":
                self._set_aside(np.flatnonzero(beyond), f"“{name}” lies {limits.outside}")
            elif option == "blank":
                self._change(name, np.where(beyond, np.nan, values))
                self._note(name, f"{_cells(beyond)} {limits.outside} taken for missing")
            else:
                self._change(
                    name, np.where(beyond, np.clip(values, limits.low, limits.high), values)
                )
                self._note(name, f"{_cells(beyond)} clipped to {limits.span}")

    def derive(self) -> None:
        """Make the features that were chosen to be made."""
        self._customers, columns = derived(
            self._customers, tuple(self.columns.values()), self._choices
        )
        self.columns = {column.name: column for column in columns}
        made = self._customers[[name for name in self.columns if name not in self._given]]
        self._found = pd.concat([self._given, made], axis=1)
        for key in self._choices:
            word, _, name = key.partition(":")
            if word in WORDS and name and name not in self.columns:
                raise UnknownChoice(
                    f"This file has no column “{name}” to be mended.", f"Undo {key}."
                )

    def merge(self) -> None:
        """Give levels that are spelled in several ways one spelling."""
        for name, _ in self._about("spelling"):
            levels = self._customers[name]
            usual = variants.usual(levels)
            self._note(name, f"{_cells(levels.isin(usual).to_numpy())} given the usual spelling")
            self._put(name, levels.replace(usual))

    def set_rows_aside(self) -> None:
        """Set rows aside: those that lack a value, then those that repeat one that stays."""
        for name, option in self._about("missing"):
            if option == "drop":
                lacking = np.flatnonzero(self._customers[name].isna())
                self._set_aside(lacking, f"no value of “{name}”")
        for name, _ in self._about("identifiers"):
            again = repeats.repeated_identifiers(self._given[name][self._kept])
            where = np.flatnonzero(self._kept)[again]
            self._set_aside(where, f"its “{name}” stands on an earlier row")
        if self._choices.get("duplicates") == "drop":
            described = tuple(self.columns[name] for name in self._given)
            again = repeats.repeated_rows(self._given[self._kept], described)
            self._set_aside(np.flatnonzero(self._kept)[again], "equals an earlier row")
        self._cut()

    def _set_aside(self, places: np.ndarray, reason: str) -> None:
        places = places[self._kept[places]]
        self._reasons |= dict.fromkeys(places.tolist(), reason)
        self._kept[places] = False

    def _cut(self) -> None:
        rows, left = len(self._kept), int(self._kept.sum())
        if left < 2:
            raise UnreadableFile(
                f"{text.count(left, 'row')} of {rows:,} would stay.",
                "Keep more rows: undo one of the choices.",
            )
        if left < rows:
            self._customers = self._customers[self._kept].reset_index(drop=True)
            told = f"{text.count(rows - left, 'row')} set aside by your choice:"
            self._notes.append(f"{told} {left:,} of {rows:,} stay.")

    def fill(self) -> None:
        """Fill what is missing from the rows that stay, every column as before any was filled."""
        before, columns = self._customers.copy(deep=False), tuple(self.columns.values())
        together_: dict[str, int] = {}
        for name, option in self._about("missing"):
            lacking = before[name].isna().to_numpy()
            if option == "drop" or not lacking.any():
                continue
            values, how = filling.filled(before, columns, name, option)
            self._put(name, values)
            if choices_.key("missing", name) in self._choices:
                self._note(name, f"{_cells(lacking)} filled with {how}")
            else:
                together_[name] = int(lacking.sum())
        if together_:
            told = f"{text.count(sum(together_.values()), 'cell')} in"
            told += f" {text.count(len(together_), 'column')} filled: numbers with their median,"
            self._notes.append(f"{told} others with their most frequent value.")

    def group(self) -> None:
        """Make one level of the rare ones."""
        for name, _ in self._about("levels"):
            levels = self._customers[name]
            common = common_levels(levels)
            rare = levels.notna() & ~levels.isin(common)
            self._put(name, levels.mask(rare, OTHER))
            counted = text.count(int(levels[rare].nunique()), "rare level")
            self._note(name, f"{counted} in {_cells(rare.to_numpy())} grouped as “{OTHER}”")

    def transform(self) -> None:
        """Note how columns are to be compared; where all were decided, the skewed ones."""
        singly = dict(self._about("skew"))
        every = self._choices.get("skew", KEEP)
        if every != KEEP:
            numeric = names(tuple(self.columns.values()), "numeric")
            for name, (measured, _) in together.skewed(as_float(self._found, numeric)).items():
                if every != "log" or measured.log is not None:
                    singly.setdefault(name, every)
        for name, option in singly.items():
            if option == "log" and np.nanmin(self._numbers(name)) < 0:
                raise UnknownChoice(
                    f"“{name}” has negative values, of which there is no logarithm.",
                    "Compare it after Yeo-Johnson, or as it is.",
                )
            if option != together.PLAIN:
                self.columns[name] = replace(self.columns[name], transform=option)

    def done(self) -> Repaired:
        return Repaired(
            self._customers,
            tuple(self._renewed(column) for column in self.columns.values()),
            self._kept,
            dict(sorted(self._reasons.items())),
            tuple(self._notes),
        )

    def _about(self, word: str, among: list[str] | None = None) -> list[tuple[str, str]]:
        """List the columns that something else than to keep them was chosen for, in file order."""
        found = choices_.about(self._choices, word)
        if word == "missing":
            found = together.fillings(tuple(self.columns.values()), self._choices)
        among = list(self.columns) if among is None else among
        wanted = [name for name in among if found.get(name, KEEP) != KEEP]
        for name in wanted:
            needed = _ROLES.get(word, _ROLES.get(found[name], self.columns[name].role))
            if self.columns[name].role != needed:
                raise UnknownChoice(
                    f"“{name}” is not {needed}: no {found[name]}.", f"Undo {word}:{name}."
                )
        return [(name, found[name]) for name in wanted]

    def _renewed(self, column: Column) -> Column:
        if column.name not in self._changed and self._kept.all():
            return column
        values = self._customers[column.name]
        missing, distinct = int(values.isna().sum()), int(values.nunique())
        renewed = replace(column, missing=missing, distinct=distinct)
        if distinct < 2 and column.role not in ("identifier", "text"):
            return replace(renewed, role="ignored", reason="one value in every row that stays")
        if column.role == "numeric":
            whole = pd.api.types.is_integer_dtype(values)
            return replace(renewed, type="integer" if whole else "decimal")
        return renewed

    def _numbers(self, name: str) -> np.ndarray:
        return np.asarray(as_float(self._customers, [name])[name])

    def _change(self, name: str, numbers: np.ndarray) -> None:
        self._put(name, filling.stored(numbers, self._customers[name]))

    def _put(self, name: str, values: pd.Series) -> None:
        self._customers[name] = values
        self._changed.add(name)

    def _note(self, name: str, what: str) -> None:
        self._notes.append(f"{headers.label(name)}: {what}.")


def _cells(mask: np.ndarray) -> str:
    return text.count(int(mask.sum()), "cell")

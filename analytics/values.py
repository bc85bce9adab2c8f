"""The values of a column once read, and what was known of it before."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Kind = Literal["integer", "decimal", "date", "text"]

MISSING = frozenset(
    {"", "na", "n/a", "n.a.", "#n/a", "#na", "<na>", "nan", "nat", "null", "(null)", "#null!",
     "\\n", "none", "?", "-", "--", "–", "—", ".", "#value!", "#ref!", "#div/0!", "#name?", "#num!"}
)  # fmt: skip
_EXACT = 2**53  # beyond it a float64 does not hold every whole number


@dataclass(frozen=True)
class Hints:
    """What is known of a column besides its cells.

    Attributes
    ----------
    as_ : str
        What the user decided that the values are: number, date, text; empty to find out.
    coded : bool
        The header speaks of codes: no cell that is no number is passed over.
    dated, born : bool
        The header speaks of a date; of a birth.
    order, comma : str
        As in :mod:`analytics.dates` and :mod:`analytics.numbers`, if decided.
    words : bool or None
        Whether a word such as NA is a value of the column; ``None`` to find out.
    regional : bool
        The header speaks of regions, of which ``NA`` is one.
    """

    as_: str = ""
    coded: bool = False
    dated: bool = False
    born: bool = False
    order: str = ""
    comma: str = ""
    words: bool | None = None
    regional: bool = False


@dataclass(frozen=True)
class Values:
    """The values of a column.

    Attributes
    ----------
    data : Series
        Int64, float64, datetime64 or str; missing as NA.
    kind : str
    distinct : int
        Different values, missing ones not counted.
    levels : tuple of str
        The different texts in alphabetical order; none if they were too varied to be told apart.
    written : bool
        Whether text must stay as written: leading zeros, or more digits than a number holds.
    nearly : str
        What most cells of text are, number or date, though too few for the column to be that.
    markers : dict of str to int
        Rows by what stands there for "missing".
    doubted : str
        The word, such as NA, that may be a value or may mark a missing one; empty if none.
    kept_words : bool
        Whether that word was taken for a value.
    strays : dict of str to int
        Rows by the cells that fit no number or date and were taken for missing.
    form, comma, order, mark : str
        How numbers and dates were read.
    ambiguous : bool
        Whether they could be read in another way too.
    follows : str
        The column whose dates or numbers decided how these, which fit both ways, were read.
    """

    data: pd.Series
    kind: Kind
    distinct: int
    levels: tuple[str, ...] = ()
    written: bool = False
    nearly: Literal["", "number", "date"] = ""
    markers: dict[str, int] = field(default_factory=dict)
    doubted: str = ""
    kept_words: bool = False
    strays: dict[str, int] = field(default_factory=dict)
    form: str = ""
    comma: str = ""
    order: str = ""
    mark: str = ""
    ambiguous: bool = False
    follows: str = ""

    @property
    def missing(self) -> int:
        """Count the rows without a value."""
        return sum(self.markers.values()) + sum(self.strays.values())


def whole(values: np.ndarray, missing: np.ndarray) -> Values:
    """Make a column of whole numbers."""
    present = values if not missing.any() else values[~missing]
    data = pd.Series(pd.arrays.IntegerArray(values, missing))
    return Values(data, "integer", _different(present))


def number(values: np.ndarray) -> Values:
    """Make a column of numbers, whole ones given back as such though stored with decimals."""
    missing = np.isnan(values)
    present = values[~missing] if missing.any() else values
    if _are_whole(present[:1000]) and _are_whole(present):
        return whole(np.where(missing, 0, values).astype("int64"), missing)
    distinct = pc.count_distinct(pa.array(present)).as_py()
    return Values(pd.Series(values), "decimal", distinct)


def dated(values: np.ndarray) -> Values:
    """Make a column of dates."""
    present = values[~np.isnat(values)].astype("datetime64[us]")
    distinct = pc.count_distinct(pa.array(present.view("int64"))).as_py()
    return Values(pd.Series(values.astype("datetime64[us]")), "date", distinct)


def _are_whole(present: np.ndarray) -> bool:
    if not len(present) or not (present == np.round(present)).all():
        return False
    return bool(np.abs(present).max() < _EXACT)


def _different(present: np.ndarray) -> int:
    """Count different whole numbers, those of a narrow range without hashing them."""
    if not len(present):
        return 0
    low, high = int(present.min()), int(present.max())
    if high - low <= 4 * len(present):
        return int(np.count_nonzero(np.bincount(present - low)))
    return int(pc.count_distinct(pa.array(present)).as_py())

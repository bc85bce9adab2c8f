"""Turn the cells of one column into values: numbers, dates or text, and what was missing."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics import numbers, values
from analytics.numbers import LARGEST
from analytics.spellings import Spellings
from analytics.values import Hints, Values

_LONGEST = 10**15  # longer whole numbers are codes, which must stay as written
_EARLIEST, _LATEST = 18000101, 21001231
_HEAD = 1_000


def typed(cells: pa.ChunkedArray, hints: Hints | None = None) -> Values:
    """Find out what the cells of a column are and read them; every cell takes part.

    Parameters
    ----------
    cells : pyarrow.ChunkedArray
        As in :attr:`analytics.reading.Table.cells`.
    hints : Hints, optional
    """
    hints = hints or Hints()
    if pa.types.is_boolean(cells.type):
        cells = cells.cast(pa.string())
    if pa.types.is_string(cells.type):
        found = None
        if hints.as_ in ("", "number") and not hints.dated:
            found = _plain_numbers(cells)
        if found is None:
            found = Spellings(cells).read(hints)
    else:
        found = _native(cells)
    if found.kind == "integer" and hints.as_ in ("", "date") and not hints.coded:
        return _as_dates(found, hints)
    return found


def _as_dates(found: Values, hints: Hints) -> Values:
    """Read whole numbers such as 19970131 as dates, if every one is."""
    present = found.data.dropna().to_numpy(dtype="int64")
    if not len(present) or present.min() < _EARLIEST or present.max() > _LATEST:
        return found
    month, day = present // 100 % 100, present % 100
    if not ((month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)).all():
        return found
    if found.distinct < 3 and not (hints.dated or hints.as_):
        return found
    written = pa.chunked_array([pa.array(found.data).cast(pa.string())])
    again = Spellings(written).read(replace(hints, dated=True))
    if again.kind != "date" or again.strays:
        return found
    return replace(again, markers=found.markers, strays=found.strays)


def _native(cells: pa.ChunkedArray) -> Values:
    markers = {"": cells.null_count} if cells.null_count else {}
    if pa.types.is_timestamp(cells.type):
        return replace(values.dated(cells.to_numpy()), markers=markers)
    if pa.types.is_integer(cells.type):
        plain = pc.fill_null(cells, 0).to_numpy().astype("int64")
        return replace(values.whole(plain, pc.is_null(cells).to_numpy()), markers=markers)
    plain = cells.to_numpy().astype("float64")
    markers = {"": blank} if (blank := int(np.isnan(plain).sum())) else {}
    beyond = np.abs(plain) > LARGEST
    strays = dict(Counter(repr(float(value)) for value in plain[beyond]))
    found = values.number(np.where(beyond, np.nan, plain))
    return replace(found, markers=markers, strays=strays)


def _plain_numbers(cells: pa.ChunkedArray) -> Values | None:
    """Read a column in which every cell is a plain number, without looking at spellings."""
    first = next((chunk[0].as_py() for chunk in cells.chunks if len(chunk)), "")
    if cells.null_count or not first or first[0] not in "-.0123456789":
        return None
    try:
        cells.slice(0, _HEAD).cast(pa.int64())  # to fail early
        plain = cells.cast(pa.int64()).to_numpy()
    except pa.ArrowInvalid:
        return _plain_decimals(cells)
    if max(plain.max(), -plain.min()) >= _LONGEST or _has_leading_zeros(
        cells, bool(plain.min() < 0)
    ):
        return None
    return values.whole(plain, np.zeros(len(plain), dtype=bool))


def _plain_decimals(cells: pa.ChunkedArray) -> Values | None:
    try:
        plain = cells.cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        return None
    if not np.abs(plain).max() < _LONGEST:  # nor is NaN
        return None
    head = cells.slice(0, _HEAD).combine_chunks()
    could_be_grouped = numbers.is_grouped(head) or not pc.any(pc.match_substring(head, ".")).as_py()
    return None if could_be_grouped or _has_leading_zeros(cells) else values.number(plain)


def _has_leading_zeros(cells: pa.ChunkedArray, negative: bool = True) -> bool:
    for start in ("0", "-0") if negative else ("0",):
        starting = cells.filter(pc.starts_with(cells, start))
        if pc.any(pc.match_substring_regex(starting, r"^-?0[0-9xX]")).as_py():
            return True
    return False

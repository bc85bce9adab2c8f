"""A file as read: its cells, where each row stood, and what was set aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics import text
from analytics.choices import Offer
from analytics.errors import UnreadableFile

_NUMBER = r"^[+-]?[\d.,]*\d[\d.,]*([eE][+-]?\d+)?$"


@dataclass(frozen=True)
class Limits:
    """What no file of customers exceeds; beyond it a file is refused rather than half read.

    Attributes
    ----------
    unpacked_bytes : int
        Size of the content of an archive or of a compressed column store.
    ratio : int
        Unpacked to packed size, above one MB; text of customers stays far below.
    columns : int
    line_bytes : int
        Longest line of a text file.
    rows : int
    cells : int
        Of the rectangle that a sheet of a workbook spans, empty ones included.
    """

    unpacked_bytes: int = 500 * 2**20
    ratio: int = 200
    columns: int = 1_000
    line_bytes: int = 2**20
    rows: int = 20_000_000
    cells: int = 20_000_000


@dataclass(frozen=True)
class SetAside:
    """A row of the file that is not used: its line, why, and what stands there."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Table:
    """A file as read.

    Attributes
    ----------
    cells : pyarrow.Table, shape (n_rows, n_columns)
        Text files: every cell as written, nothing interpreted. Other formats: their own types.
        The names are the headers, made unique and not blank.
    lines : ndarray of int64, shape (n_rows,)
        Where each row stands in the file, counted from 1.
    place : str
        What ``lines`` counts: line, row or record.
    format : str
        In words.
    delimiter, encoding : str
        One character and Python's name; empty where the format has none.
    headers : tuple of str
        The header cells as written.
    notes : tuple of str
        A sentence for everything that was not as it should be.
    set_aside : tuple of SetAside
        The rows that could not be read, in file order.
    offers : tuple of Offer
        Decisions about the reading that the user may change.
    marked : bool
        Whether the text was preceded by a byte order mark, or needs one to be told from others.
    """

    cells: pa.Table
    lines: np.ndarray
    place: str
    format: str
    headers: tuple[str, ...]
    delimiter: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    offers: tuple[Offer, ...] = ()
    marked: bool = False

    @property
    def rows(self) -> int:
        """Count the rows of the file: those used and those set aside."""
        return len(self.lines) + len(self.set_aside)

    def rows_as_text(self, places: Sequence[int]) -> list[str]:
        """Write rows as they would stand in a line of text."""
        rows = self.cells.take(list(places))
        cells = [as_text(rows[name]) for name in rows.column_names]
        return [(self.delimiter or ",").join(row) for row in zip(*cells, strict=True)]

    def noting(self, notes: Sequence[str]) -> "Table":
        """Put further sentences before the notes."""
        return replace(self, notes=(*notes, *self.notes)) if notes else self

    def written(self) -> pd.DataFrame:
        """Give every cell as text; those without a value as empty text."""
        columns = {name: as_text(self.cells[name]) for name in self.cells.column_names}
        return pd.DataFrame(columns)


def as_text(cells: pa.ChunkedArray) -> pd.Series:
    """Write cells of any type as text: numbers plainly, dates in ISO form."""
    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        if pa.types.is_timestamp(cells.type):
            return _dates_as_text(cells)
        cells = cells.cast(pa.string())
    return pd.Series(pc.fill_null(cells, "").to_pandas(), dtype="str")


def _dates_as_text(cells: pa.ChunkedArray) -> pd.Series:
    dates = cells.to_pandas()
    midnight = bool((dates.dropna() == dates.dropna().dt.normalize()).all())
    written = dates.dt.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M:%S")
    return written.fillna("").astype("str")


def named(cells: Sequence[str], limits: Limits) -> tuple[list[str], list[str]]:
    """Name blank headers by position and number repeated ones.

    Returns
    -------
    headers : list of str
    notes : list of str
        A sentence for every header that had to be changed.

    Raises
    ------
    UnreadableFile
        If there are more columns than the limit allows.
    """
    if len(cells) > limits.columns:
        raise UnreadableFile(
            f"The header line has {len(cells):,} columns; the limit is {limits.columns:,}.",
            "Keep the columns that describe the customers.",
        )
    headers: list[str] = []
    taken: set[str] = set()
    notes = []
    for position, cell in enumerate(cells, start=1):
        written = cell.strip()
        wanted = written or f"column {position}"
        header, copy = wanted, 2
        while header in taken:
            header, copy = f"{wanted} ({copy})", copy + 1
        if header != written:
            was = f"“{written}”, which is taken" if written else "blank"
            notes.append(f"Column {position}'s header was {was}: it is called “{header}” here.")
        headers.append(header)
        taken.add(header)
    return headers, notes


def is_data(header: Sequence[str]) -> bool:
    """Tell a first row of bare numbers, which is no header.

    A blank first cell above an index makes it one, as in ``,0,1,2``.
    """
    present = [cell.strip() for cell in header if cell.strip()]
    if not present or not header[0].strip():
        return False
    return all(re.match(_NUMBER, cell) for cell in present)


def without_blank_rows(table: Table) -> Table:
    """Set rows aside in which no cell has anything."""
    filled = np.zeros(len(table.lines), dtype=bool)
    for name in table.cells.column_names:
        column = table.cells[name]
        present = column.is_valid()
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            present = pc.and_(present, pc.not_equal(pc.utf8_trim_whitespace(column), ""))
        filled |= pc.fill_null(present, False).to_numpy()
        if filled.all():
            return table
    empty = [SetAside(int(line), "no cell has a value", "") for line in table.lines[~filled]]
    aside = tuple(sorted((*table.set_aside, *empty), key=lambda row: row.line))
    note = f"{text.count(len(empty), f'blank {table.place}')} set aside."
    return replace(
        table,
        cells=table.cells.filter(pa.array(filled)),
        lines=table.lines[filled],
        set_aside=aside,
        notes=(*table.notes, note),
    )


def check_single_column(table: Table) -> None:
    """Refuse a table whose only column is text.

    Raises
    ------
    UnreadableFile
    """
    column = table.cells.column(0)
    if table.cells.num_columns > 1 or not pa.types.is_string(column.type):
        return
    number = pc.match_substring_regex(pc.utf8_trim_whitespace(column), _NUMBER)
    if (pc.sum(number).as_py() or 0) < len(table.lines) / 2:
        raise UnreadableFile(
            "The file has a single column of text, by which no two customers can be compared.",
            "Separate the columns by a comma, semicolon, tab or vertical bar.",
        )

"""Read an uploaded file into a table of text, exactly as it was written."""

import csv
import io
from dataclasses import dataclass

import pandas as pd

from analytics import text as text_
from analytics.errors import UnreadableFile

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_PROBE_LINES = 50
_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file",
    b"ARROW1": "an Arrow file",
}


@dataclass(frozen=True)
class Table:
    """A file as read.

    Attributes
    ----------
    original : DataFrame of str, shape (n_rows, n_columns)
        Every cell as written, nothing interpreted; missing cells are empty text.
    delimiter : str
        One character.
    encoding : str
        Python's name of the encoding.
    headers : tuple of str
        The header cells as written; ``original`` has them made unique and not blank.
    renamed : tuple of str
        A sentence for every header that had to be changed.
    """

    original: pd.DataFrame
    delimiter: str
    encoding: str
    headers: tuple[str, ...]
    renamed: tuple[str, ...]


def read(content: bytes) -> Table:
    """Read a delimited text file.

    Parameters
    ----------
    content : bytes
        The whole file: UTF-8, with a header line, separated by one of :data:`DELIMITERS`.

    Raises
    ------
    UnreadableFile
        If the file is empty, not text, has no rows or has lines of uneven length.
    """
    text = _decode(content)
    delimiter = _delimiter(text)
    try:
        original = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UnreadableFile(
            f"The lines do not fit together: {_plain(error)}.",
            "Give every line as many cells as the header and close every quote.",
        ) from error
    _check_widths(text, delimiter, *original.shape)
    written = tuple(str(cell) for cell in original.iloc[0])
    headers, renamed = _headers(written)
    original = original.iloc[1:].reset_index(drop=True)
    original.columns = pd.Index(headers)
    _check_shape(original)
    return Table(original, delimiter, "utf-8", written, renamed)


def _decode(content: bytes) -> str:
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise UnreadableFile("The file is empty.", "Choose a CSV file with a header line.")
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise UnreadableFile(
                f"The file is {kind}, not a CSV.", "Save the table as CSV (UTF-8)."
            )
    if b"\x00" in content:
        raise UnreadableFile(
            f"The file holds binary data (a NUL byte at position {content.index(0):,}).",
            "Save the table as CSV (UTF-8).",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            f"Line {line:,} holds the byte 0x{content[error.start]:02X}, which is not UTF-8 text.",
            "Save the table as CSV (UTF-8).",
        ) from error
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise UnreadableFile("The file is a web page or XML, not a CSV.", "Save the table as CSV.")
    return text


def _delimiter(text: str) -> str:
    """Choose the delimiter that cuts the most of the first lines as often as the header."""
    probe = "".join(text.splitlines(keepends=True)[:_PROBE_LINES])

    def agreement(delimiter: str) -> tuple[float, int]:
        lines = io.StringIO(probe, newline="")
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        width = len(rows[0])
        return (sum(len(row) == width for row in rows) / len(rows) if width > 1 else 0.0, width)

    try:
        best = max(DELIMITERS, key=agreement)
    except csv.Error as error:
        raise UnreadableFile(
            f"The first lines are no table: {error}.", "Close every quote, and shorten the cells."
        ) from error
    if agreement(best)[0] == 0:
        raise UnreadableFile(
            "The header line has a single column.",
            f"Separate the columns by a {', '.join(list(DELIMITERS.values())[:-1])}"
            " or vertical bar.",
        )
    return best


def _headers(cells: tuple[str, ...]) -> tuple[list[str], tuple[str, ...]]:
    """Name blank headers by position and number repeated ones."""
    headers: list[str] = []
    renamed = []
    for position, cell in enumerate(cells, start=1):
        wanted = cell.strip() or f"column {position}"
        header, copy = wanted, 2
        while header in headers:
            header, copy = f"{wanted} ({copy})", copy + 1
        if header != cell.strip():
            was = f"“{cell.strip()}”, which is taken" if cell.strip() else "blank"
            renamed.append(f"Column {position}'s header was {was}: it is called “{header}” here.")
        headers.append(header)
    return headers, tuple(renamed)


def _check_shape(original: pd.DataFrame) -> None:
    if len(original) < 2:
        found = "no customers below the header" if original.empty else "a single customer"
        raise UnreadableFile(f"The file has {found}.", "Segments need at least two customers.")


def _check_widths(text: str, delimiter: str, rows: int, width: int) -> None:
    """Refuse lines with fewer cells than the header; those with more were refused before."""
    if '"' not in text and text.count(delimiter) == rows * (width - 1):
        return
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in lines:
            if cells and len(cells) < width:
                raise UnreadableFile(
                    f"Line {lines.line_num:,} has {text_.count(len(cells), 'cell')} where the"
                    f" header has {width}.",
                    "Give every line as many cells as the header.",
                )
    except csv.Error as error:
        raise UnreadableFile(
            f"Line {lines.line_num:,} is no part of a table: {error}.", "Close every quote."
        ) from error


def _plain(error: Exception) -> str:
    message = str(error).strip().rstrip(".")
    return message.removeprefix("Error tokenizing data. C error: ").replace("fields", "cells")

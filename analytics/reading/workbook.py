"""Read a sheet of an Excel or OpenDocument workbook."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from analytics import text
from analytics.choices import KEEP, Offer, Option
from analytics.errors import UnreadableFile
from analytics.reading import sheets
from analytics.reading.containers import check_members
from analytics.reading.table import Limits, SetAside, Table, is_data, named, without_blank_rows


def read_workbook(content: bytes, limits: Limits, chosen: str = KEEP) -> Table:
    """Read one sheet: the first that holds a table, or the chosen one.

    Numbers without decimals come back as whole numbers; the rows are counted as the sheet does.

    Raises
    ------
    UnreadableFile
        If the workbook is damaged or protected, or holds no table.
    """
    check_members(content, limits)
    try:
        names, taken, rows = sheets.first_table(content, "" if chosen == KEEP else chosen)
    except sheets.Failed as error:
        raise UnreadableFile(
            "The workbook is damaged, protected or no table.", "Save it once more, or as CSV."
        ) from error
    first = next((n for n, cells in enumerate(zip(*rows, strict=True)) if _filled(cells)), 0)
    rows = [row[first:] for row in rows]
    start = next((n for n, row in enumerate(rows) if _is_header(row)), None)
    if start is None:
        raise UnreadableFile(
            f"No table was found in {_searched(names, chosen)}.",
            "Put a header row above the customers.",
        )
    header = [_header(cell) for cell in rows[start]]
    above = [(n, _joined(row)) for n, row in enumerate(rows[:start], start=1)]
    title = [SetAside(n, "stands above the header", words) for n, words in above if words]
    notes = _told(names, taken, start)
    if all(not isinstance(cell, str) or cell == "" for cell in rows[start]) and is_data(header):
        header, start = [""] * len(header), start - 1
        notes.append("The first row holds numbers, not names: the columns are named by position.")
    headers, renamed = named(header, limits)
    body = rows[start + 1 :]
    columns = [_column([row[place] for row in body]) for place in range(len(headers))]
    table = Table(
        cells=pa.table(columns, names=headers),
        lines=np.arange(start + 2, start + 2 + len(body)),
        place="row",
        format="workbook",
        headers=tuple(header),
        notes=(*notes, *renamed),
        set_aside=tuple(title),
        offers=_offers(names, taken, chosen),
    )
    return without_blank_rows(table)


def _filled(row: Sequence[Any]) -> int:
    return sum(cell != "" for cell in row)


def _is_header(row: list[Any]) -> bool:
    """Tell the header from a title in one cell; above an index the header may have one, too."""
    return _filled(row) > 1 or (_filled(row) == 1 and (len(row) == 1 or row[:-1] == [""]))


def _header(cell: Any) -> str:  # noqa: ANN401  # a cell of any type
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _searched(names: list[str], chosen: str) -> str:
    if chosen in names:
        return f"the sheet “{chosen}”"
    return f"the workbook, which has {text.count(len(names), 'sheet')}"


def _joined(row: list[Any]) -> str:
    return " ".join(str(cell) for cell in row if cell != "")


def _told(names: list[str], taken: str, start: int) -> list[str]:
    notes = []
    if len(names) > 1:
        notes.append(f"Read from the sheet “{taken}”; the workbook has {text.listing(names)}.")
    if start:
        notes.append(f"The header stands in row {start + 1} of the sheet.")
    return notes


def _offers(names: list[str], taken: str, chosen: str) -> tuple[Offer, ...]:
    if len(names) < 2:
        return ()
    options = [Option(KEEP, f"first table: {taken}" if chosen == KEEP else "first table")]
    options += [Option(name, name) for name in names]
    return (Offer("sheet", "Which sheet holds the customers?", tuple(options), chosen),)


def _column(cells: list[Any]) -> pa.ChunkedArray:
    """Give the cells of a column their common type, or write them all as text."""
    kinds = {type(cell) for cell in cells if cell != ""}
    values: list[Any] = [None if cell == "" else cell for cell in cells]
    if kinds <= {int, float}:
        return pa.chunked_array([pa.array(values, pa.float64())])
    if kinds <= {dt.date, dt.datetime}:
        moments = [None if v is None else dt.datetime.fromisoformat(v.isoformat()) for v in values]
        return pa.chunked_array([pa.array(moments, pa.timestamp("us"))])
    if kinds == {bool}:
        return pa.chunked_array([pa.array(values, pa.bool_())])
    return pa.chunked_array([pa.array([_spelled(v) for v in values], pa.string())])


def _spelled(value: Any) -> str | None:  # noqa: ANN401  # a cell of any type
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return str(value)

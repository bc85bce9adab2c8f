"""Cut text into records line by line, so that one damaged line costs no other line."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from analytics.errors import UnreadableFile

LINE_END = re.compile(r"\r\n|\n|\r")


class Record(NamedTuple):
    """A line's cells; or, where it is damaged, none and what is wrong with it."""

    line: int
    cells: list[str]
    text: str
    fault: str = ""


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    r"""Give where each line starts and ends, cutting at ``\n``, ``\r\n``, ``\r`` and nothing else.

    The end leaves out the line break.
    """
    start = 0
    for end in LINE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def records(
    text: str,
    delimiter: str,
    *,
    most: int | None = None,
    cut_off: bool = False,
    width: int | None = None,
) -> list[Record]:
    """Cut text into records; blank lines are none.

    A cell that begins with a quote ends at its closing quote and may span lines. Where that gives
    a record of another width than expected, or text behind the closing quote, only its first line
    is taken as damaged and reading goes on with the next.

    Parameters
    ----------
    text : str
    delimiter : str
        One character.
    most : int, optional
        Stop after as many.
    cut_off : bool
        The text is the beginning of a longer one: an open quote at its end is no fault.
    width : int, optional
        Cells that a record over several lines must have, 0 for any; by default as many as the
        first one.

    Raises
    ------
    UnreadableFile
        If a quote is never closed.
    """
    cell = _cell(delimiter)
    found: list[Record] = []
    lines = enumerate(lines_of(text), start=1)
    for number, (start, end) in lines:
        if len(found) == most:
            break
        line = text[start:end]
        if not line.strip(" "):
            continue
        if '"' not in line:
            found.append(Record(number, line.split(delimiter), line))
            continue
        well_formed = _strict(line, delimiter)
        if well_formed:
            found.append(Record(number, well_formed, line))
            continue
        if width is None and found:
            width = len(found[0].cells)
        cells, stop, odd = _quoted(text, start, end, cell, width)
        if stop < 0:
            if cut_off:
                break
            raise UnreadableFile(
                f"Line {number:,} opens a quote that is never closed.",
                "Close it, or remove it, and choose the file again.",
            )
        if stop > end and (odd or (width and len(cells) != width)):
            fault = "a quote opens here and is closed on another line"
            found.append(Record(number, [], line, fault))
            continue
        found.append(Record(number, cells, text[start:stop]))
        while end < stop:  # the lines that the quoted cells span
            _, (_, end) = next(lines)
    return found


def _strict(line: str, delimiter: str) -> list[str]:
    """Read a line whose quotes are all in order, fast; else give nothing."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return []


def _cell(delimiter: str) -> re.Pattern[str]:
    plain = rf"[^{re.escape(delimiter)}\r\n]*"
    return re.compile(rf'"(?P<quoted>[^"]*(?:""[^"]*)*)"(?P<rest>{plain})|(?!"){plain}')


def _quoted(
    text: str, place: int, end: int, cell: re.Pattern[str], width: int | None
) -> tuple[list[str], int, bool]:
    """Read the record that starts at a place: its cells, and where it stops, -1 if nowhere.

    Last comes whether it goes on behind the line's end with more cells than expected or with text
    behind a closing quote; how many cells it has is then not found out.
    """
    cells: list[str] = []
    while True:
        match = cell.match(text, place)
        if match is None:
            return cells, -1, False
        if match["quoted"] is None:
            cells.append(match[0])
        else:
            cells.append(match["quoted"].replace('""', '"') + match["rest"])
            if match.end("quoted") > end and (match["rest"] or (width and len(cells) > width)):
                return cells, match.end(), True
        place = match.end()
        if place == len(text) or text[place] in "\r\n":
            return cells, place, False
        place += 1

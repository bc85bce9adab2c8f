"""Read delimited text: fast where every line fits, line by line where some do not."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from analytics import text
from analytics.errors import UnreadableFile
from analytics.reading.dialect import NONE, SPACES, sniff, stated, tabbed
from analytics.reading.encodings import Decoded
from analytics.reading.records import Record, records
from analytics.reading.scan import Scan, line_at, record_lines, record_starts, record_widths, scan
from analytics.reading.table import Limits, SetAside, Table, is_data, named, without_blank_rows

_BLOCK = 4 * 2**20
_MOST_NOTED = 5
_FEW_UNFIT = 0.1  # for each row that fits; beyond it the delimiter itself is in doubt


@dataclass(frozen=True)
class _Body:
    """The rows below the header and the header's own cells."""

    header: list[str]
    cells: pa.Table
    lines: np.ndarray
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()


def read_delimited(decoded: Decoded, limits: Limits) -> Table:
    """Read text whose lines are rows.

    Raises
    ------
    UnreadableFile
        If a quote is never closed, a line is far too long, most lines do not fit together, or
        the only column is text.
    """
    _check_line_length(decoded.utf8, limits)
    skipped, given = stated(decoded.utf8)
    content = decoded.utf8[skipped:]
    delimiter = given or sniff(content)
    found = _fast(content, delimiter, limits)
    if found is None:
        found, delimiter = _careful(content, given, limits)
    first = 1 if skipped else 0
    headers, renamed = named(found.header, limits)
    table = Table(
        cells=found.cells.rename_columns(headers),
        lines=found.lines + first,
        place="line",
        format="delimited text",
        headers=tuple(found.header),
        delimiter="" if delimiter == NONE else delimiter,
        encoding=decoded.encoding,
        notes=(*decoded.notes, *found.notes, *renamed),
        set_aside=tuple(SetAside(r.line + first, r.reason, r.text) for r in found.set_aside),
        offers=decoded.offers,
        marked=decoded.marked,
    )
    return without_blank_rows(table)


def _check_line_length(content: bytes, limits: Limits) -> None:
    place, longest = 0, limits.line_bytes
    marks = [mark for mark in (b"\n", b"\r") if mark in content]
    while len(content) - place > longest:
        end = max((content.rfind(mark, place, place + longest) for mark in marks), default=-1)
        if end < 0:
            ends = [content.find(mark, place + longest) for mark in marks]
            size = min((end for end in ends if end >= 0), default=len(content)) - place
            raise UnreadableFile(
                f"Line {line_at(content, place):,} is {size / 2**20:,.1f} MB long, which no"
                " customer's row is.",
                "Give every customer a line of their own.",
            )
        place = end + 1


def _fast(content: bytes, delimiter: str, limits: Limits) -> _Body | None:
    """Read with pyarrow, or give nothing where the lines are not all alike and well formed."""
    if delimiter == SPACES:
        content, delimiter = tabbed(content), "\t"
    marks = scan(content, delimiter)
    head = content[: limits.line_bytes].decode("utf-8", "ignore")
    first = records(head, delimiter, most=1, cut_off=True)
    if marks is None or not first or len(first[0].cells) > limits.columns:
        return None
    names = [str(place) for place in range(len(first[0].cells))]
    skipped: list[int] = []

    def skip(row: pa_csv.InvalidRow) -> str:
        skipped.append(row.actual_columns)
        return "skip"

    try:
        whole = pa_csv.read_csv(
            pa.BufferReader(content),
            read_options=pa_csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter,
                quote_char='"' if len(marks.quotes) else False,
                newlines_in_values=marks.spanning,
                invalid_row_handler=skip,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    header = [whole[name][0].as_py() for name in names] if whole.num_rows else names
    if not skipped:
        lines = record_lines(content, marks, whole.num_rows)
        return None if lines is None else _headed(header, whole, lines)
    if len(skipped) > _FEW_UNFIT * whole.num_rows:
        return None
    lines, aside = _fitting(content, delimiter, marks, len(names))
    spanning = any("\n" in row.text or "\r" in row.text for row in aside)
    if spanning or len(lines) != whole.num_rows or header != first[0].cells:
        return None
    body = _headed(header, whole, lines)
    notes = (*body.notes, _told(aside)) if aside else body.notes
    return replace(body, set_aside=tuple(aside), notes=notes)


def _fitting(
    content: bytes, delimiter: str, marks: Scan, width: int
) -> tuple[np.ndarray, list[SetAside]]:
    """Part the records of well-formed text into lines of those that fit, and the others."""
    lines, starts = record_starts(content, marks)
    widths = record_widths(content, delimiter, marks, starts)
    stops = np.append(starts[1:], len(content))
    aside = []
    for unfit in np.flatnonzero(widths != width):
        written = content[starts[unfit] : stops[unfit]].decode().rstrip("\r\n")
        if written.strip(" "):
            aside.append(SetAside(int(lines[unfit]), _reason(int(widths[unfit]), width), written))
    return lines[widths == width], aside


def _headed(header: list[str], whole: pa.Table, lines: np.ndarray) -> _Body:
    """Part the header from the rows; a first row of bare numbers is no header."""
    start, notes, header, _ = _first_is_header(header)
    return _Body(header, whole.slice(start), lines[start:], notes=tuple(notes))


def _careful(content: bytes, given: str, limits: Limits) -> tuple[_Body, str]:
    """Read line by line with the delimiter that cuts the most lines of the file alike."""
    delimiter = given or sniff(content, whole=True)
    aligned = delimiter == SPACES
    whole, cut = (tabbed(content), "\t") if aligned else (content, delimiter)
    written = whole.decode()
    read = records(written, cut)
    width = _usual_width(read)
    if read and len(read[0].cells) != width:  # as below a title
        width = _usual_width(records(written, cut, width=0))
        read = records(written, cut, width=width)
    if width > limits.columns:
        named([""] * width, limits)  # refuses
    above, start, notes, header, width = _header(read, width)
    fitting = [record for record in read[start:] if len(record.cells) == width]
    aside = [_unfit(record, width) for record in read[start:] if len(record.cells) != width]
    aside = [_above(record) for record in read[:above]] + aside
    if len(fitting) < len(read[start:]) / 2:
        raise _uneven(read[start:], width)
    if aside:
        notes.append(_told(aside))
    columns = list(zip(*(r.cells for r in fitting), strict=True)) or [()] * width
    cells = pa.table([pa.chunked_array([pa.array(c, pa.string())]) for c in columns],
                     [str(place) for place in range(width)])  # fmt: skip
    lines = np.array([record.line for record in fitting], dtype=np.int64)
    return _Body(header, cells, lines, tuple(aside), tuple(notes)), delimiter


def _usual_width(read: list[Record]) -> int:
    widths = np.array([len(record.cells) for record in read if not record.fault])
    return int(np.bincount(widths).argmax()) if len(widths) else 0


def _header(read: list[Record], width: int) -> tuple[int, int, list[str], list[str], int]:
    """Find the header: give where it and the rows start, notes, its cells and the rows' width."""
    if not read or width == 0:
        raise UnreadableFile("The file is empty.", "Choose a table with a header line.")
    first = read[0].cells
    if read[0].fault:
        raise UnreadableFile(
            f"Line {read[0].line:,} should be the header, but {read[0].fault}.",
            "Close the quote, or remove it, and choose the file again.",
        )
    if len(read) < 3 or len(first) == width:
        return 0, *_first_is_header(first)
    rows = [record.cells for record in read[1:] if len(record.cells) == width]
    if len(first) == width + 1 and not first[-1].strip():
        return 0, 1, [], first[:-1], width
    if len(first) == width - 1:
        if not any(row[-1].strip() for row in rows):
            note = "Every line but the header ends in a delimiter: the empty last column is kept."
            return 0, 1, [note], [*first, ""], width
        if len({row[0] for row in rows}) == len(rows):
            note = "The header has one name too few: the first column, all different, has none."
            return 0, 1, [note], ["", *first], width
    above = next((n for n, r in enumerate(read) if len(r.cells) == width), len(read))
    if len(first) < width and all(len(r.cells) <= max(1, width // 2) for r in read[:above]):
        start, notes, header, width = _first_is_header(read[above].cells)
        return above, above + start, notes, header, width
    if len({len(record.cells) for record in read}) > _MOST_NOTED:
        raise _uneven(read, len(first))
    raise UnreadableFile(
        f"The header has {text.count(len(first), 'cell')}, but most rows have {width}.",
        "Give every column a name, and every row as many cells as there are names.",
    )


def _first_is_header(first: list[str]) -> tuple[int, list[str], list[str], int]:
    if is_data(first):
        note = "The first line holds numbers, not names: the columns are named by position."
        return 0, [note], [""] * len(first), len(first)
    return 1, [], first, len(first)


def _unfit(record: Record, width: int) -> SetAside:
    return SetAside(record.line, record.fault or _reason(len(record.cells), width), record.text)


def _reason(cells: int, width: int) -> str:
    return f"{text.count(cells, 'cell')} where the header has {width}"


def _above(record: Record) -> SetAside:
    return SetAside(record.line, "stands above the header", record.text)


def _told(aside: list[SetAside]) -> str:
    shown = text.listing([f"{row.line:,} ({row.reason})" for row in aside[:_MOST_NOTED]])
    more = f" and {len(aside) - _MOST_NOTED:,} more" if len(aside) > _MOST_NOTED else ""
    noun = "line" if len(aside) == 1 else "lines"
    return f"Set aside: {noun} {shown}{more}. The rest is read."


def _uneven(rows: list[Record], width: int) -> UnreadableFile:
    widths = [len(record.cells) for record in rows]
    other = next((r for r in rows if len(r.cells) != width), rows[0])
    spread = f"between {min(widths)} and {max(widths)} cells"
    if len(set(widths)) > 2 and min(widths) == 1:
        return UnreadableFile(
            f"The lines have {spread}: this looks like a list of baskets, one purchase a line,"
            " not of customers.",
            "Give a table with one row for each customer and a header line.",
        )
    return UnreadableFile(
        f"Most lines do not fit the header: they have {spread}, the header has {width}; line"
        f" {other.line:,} is the first that differs.",
        "Give every line as many cells as the header.",
    )

"""Find the delimiter: the one that cuts the most lines as often as the header."""

import re
from collections import Counter

from analytics.reading.records import LINE_END, records
from analytics.reading.scan import line_widths

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
NONE = "\x1f"  # a character that text does not hold: a single column
SPACES = " "  # columns aligned by runs of spaces
_PROBE_BYTES = 64 * 2**10
_STATED = re.compile(rb'"?sep=([,;\t|])"?(?:\r\n|\n|\r)', re.IGNORECASE)
_MOST = 0.9  # share of lines that runs of spaces must cut alike, and of numbers in a column
_MEASURE = re.compile(r"[+-]?[.,]?\d[\d.,:/-]*([eE][+-]?\d+)?")


def sniff(content: bytes, *, whole: bool = False) -> str:
    """Choose the delimiter.

    Parameters
    ----------
    content : bytes
        UTF-8.
    whole : bool
        Judge by every line rather than by the first ones.

    Returns
    -------
    str
        One of :data:`DELIMITERS`; :data:`SPACES` where only runs of spaces cut the lines alike,
        or :data:`NONE` where nothing does.
    """
    probe = content if whole else _head(content)
    text = probe.decode("utf-8", "ignore")
    lines = [line for line in LINE_END.split(text) if line]
    scores = {delimiter: _agreement(text, lines, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best][2] > 1:
        return best
    return SPACES if _aligned(lines) else NONE


def tabbed(content: bytes) -> bytes:
    """Put a tab in the place of every run of spaces between two cells."""
    trimmed = re.sub(rb"(?:(?<=[\r\n])|\A)[ \t]+|[ \t]+(?=[\r\n]|\Z)", b"", content)
    return re.sub(rb"[ \t]+", b"\t", trimmed)


def stated(content: bytes) -> tuple[int, str]:
    """Recognise a first line such as ``sep=;``, which spreadsheets write.

    Returns
    -------
    length : int
        Bytes of that line with its end; 0 without one.
    delimiter : str
    """
    found = _STATED.match(content)
    return (found.end(), chr(found[1][0])) if found else (0, "")


def _head(content: bytes) -> bytes:
    head = content[:_PROBE_BYTES]
    if len(head) == len(content):
        return head
    return head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] or head


def _agreement(text: str, lines: list[str], delimiter: str) -> tuple[bool, float, int]:
    """Say whether the header has the usual width, the share of lines that do, and that width."""
    if '"' in text and len(text) > _PROBE_BYTES:
        widths = line_widths(text.encode(), delimiter).tolist()
    elif '"' in text:
        widths = [len(record.cells) for record in records(text, delimiter, cut_off=True)]
    else:
        widths = [line.count(delimiter) + 1 for line in lines]
    cut = [width for width in widths if width > 1]
    if not cut:
        return False, 0.0, 1
    usual = Counter(cut).most_common(1)[0][0]
    return widths[0] == usual, sum(width == usual for width in widths) / len(widths), usual


def _aligned(lines: list[str]) -> bool:
    """Say whether runs of spaces cut most lines as often as the first, with a column of numbers."""
    rows = [row for row in map(str.split, lines) if row]
    alike = [row for row in rows if len(row) == len(rows[0])]
    if len(alike) < 2 or len(rows[0]) < 2 or len(alike) < _MOST * len(rows):
        return False
    columns = zip(*alike[1:], strict=True)
    return any(_MOST * len(cells) <= sum(map(_is_measure, cells)) for cells in columns)


def _is_measure(cell: str) -> bool:
    return _MEASURE.fullmatch(cell) is not None

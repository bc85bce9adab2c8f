"""Find by the whole of a delimited text whether it is well formed, and where its records stand."""

from dataclasses import dataclass

import numpy as np

_QUOTE, _LF, _CR = 34, 10, 13


@dataclass(frozen=True)
class Scan:
    """What the bytes of well-formed text show.

    Attributes
    ----------
    quotes : ndarray of int64
        Positions of the quotes, opening and closing ones in turn.
    spanning : bool
        Whether a quoted cell holds a line break.
    """

    quotes: np.ndarray
    spanning: bool


def scan(content: bytes, delimiter: str) -> Scan | None:
    """Check that every quote opens or closes a cell, or is doubled within one, as RFC 4180 has it.

    Parameters
    ----------
    content : bytes
        UTF-8.
    delimiter : str
        One character.

    Returns
    -------
    Scan or None
        ``None`` where readers of CSV would disagree on what the text says.
    """
    if b'"' not in content:
        return Scan(np.array([], dtype=np.int64), spanning=False)
    values = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(values == _QUOTE)
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    limits = np.zeros(256, dtype=bool)
    limits[[_LF, _CR, ord(delimiter), _QUOTE]] = True
    before, after = opening[opening > 0] - 1, closing[closing < len(values) - 1] + 1
    if not (limits[values[before]].all() and limits[values[after]].all()):
        return None
    return Scan(quotes, spanning=bool(_within(quotes, line_ends(values)).any()))


def record_lines(content: bytes, marks: Scan, records: int) -> np.ndarray | None:
    """Give the line, counted from 1, at which each of the non-blank records starts.

    Returns
    -------
    ndarray of int64, shape (records,), or None
        ``None`` if the text does not have that many records.
    """
    values = np.frombuffer(content, dtype=np.uint8)
    breaks = int(np.count_nonzero(values == _LF))
    if b"\r" in content:
        breaks += content.count(b"\r") - content.count(b"\r\n")
    lines = breaks + (not content.endswith((b"\n", b"\r")))
    if lines == records and not marks.spanning:
        return np.arange(1, records + 1)
    begins, _ = record_starts(content, marks)
    return begins if len(begins) == records else None


def record_starts(content: bytes, marks: Scan) -> tuple[np.ndarray, np.ndarray]:
    """Give for each non-blank record the line, counted from 1, and the byte at which it starts."""
    values = np.frombuffer(content, dtype=np.uint8)
    ends = line_ends(values)
    starts = np.concatenate([[0], ends + 1])
    stops = np.concatenate([ends, [len(values)]])
    returned = (stops > starts) & (values[np.maximum(stops - 1, 0)] == _CR) & (stops < len(values))
    blank = stops - returned <= starts
    begins = np.flatnonzero(~blank & ~_within(marks.quotes, starts))
    return begins + 1, starts[begins]


def record_widths(content: bytes, delimiter: str, marks: Scan, starts: np.ndarray) -> np.ndarray:
    """Count the cells of each record."""
    cuts = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord(delimiter))
    cuts = cuts[~_within(marks.quotes, cuts)]
    places = np.searchsorted(cuts, np.append(starts, len(content)))
    widths: np.ndarray = np.diff(places) + 1
    return widths


def line_widths(content: bytes, delimiter: str) -> np.ndarray:
    """Count the cells of every non-blank line by itself, as if no quote were open before it."""
    values = np.frombuffer(content, dtype=np.uint8)
    starts = np.concatenate([[0], line_ends(values) + 1])
    starts = starts[starts < len(values)]
    quotes = np.flatnonzero(values == _QUOTE)
    cuts = np.flatnonzero(values == ord(delimiter))
    lines = np.searchsorted(starts, cuts, side="right") - 1
    before = np.searchsorted(quotes, starts)
    outside = (np.searchsorted(quotes, cuts) - before[lines]) % 2 == 0
    widths: np.ndarray = np.bincount(lines[outside], minlength=len(starts)) + 1
    return widths[~np.isin(values[starts], (_LF, _CR))]


def line_ends(values: np.ndarray) -> np.ndarray:
    r"""Give the positions at which lines end, of ``\r\n`` that of ``\n``."""
    feeds = np.flatnonzero(values == _LF)
    returns = np.flatnonzero(values == _CR)
    if not len(returns):
        return feeds
    lone = returns[values[np.minimum(returns + 1, len(values) - 1)] != _LF]
    return np.sort(np.concatenate([feeds, lone])) if len(lone) else feeds


def line_at(content: bytes, place: int) -> int:
    """Give the number of the line, counted from 1, in which a byte stands."""
    return len(line_ends(np.frombuffer(content[:place], dtype=np.uint8))) + 1


def _within(quotes: np.ndarray, places: np.ndarray) -> np.ndarray:
    within: np.ndarray = np.searchsorted(quotes, places) % 2 == 1
    return within

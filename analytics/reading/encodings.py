"""Decide by the whole file which encoding its text has."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from charset_normalizer import from_bytes

from analytics import text
from analytics.choices import KEEP, Offer, Option
from analytics.errors import UnreadableFile
from analytics.reading.scan import line_at, line_ends

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OFFERED = {
    "utf-8": "UTF-8",
    "cp1252": "Western European (Windows-1252)",
    "latin-1": "Western European (ISO 8859-1)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "mac-roman": "Western European (Macintosh)",
    "cp850": "Western European (DOS 850)",
    "shift_jis": "Japanese (Shift JIS)",
    "gb18030": "Chinese (GB 18030)",
    "euc_kr": "Korean (EUC-KR)",
}
_FEW_BROKEN = 0.5  # for each good non-ASCII sequence; a wrong guess breaks most of them
_EVIDENCE, _EVIDENCE_LINES = 20_000, 500  # bytes and lines that the guess is made from
_ODD = 0.2  # share of out-of-place characters above which a text is not Western European
_OTHER_ALPHABETS = ("cp1250", "cp1251", "cp1253", "cp1254", "mac-roman", "cp850")
_OTHER_SCRIPTS = ("cp1251", "cp1253", "shift_jis", "gb18030", "euc_kr")
_WESTERN = {codecs.lookup(name).name for name in ("cp1252", "latin-1")}
_WITHIN_WORDS, _AFTER_WORDS = "’\N{LEFT SINGLE QUOTATION MARK}–—·", "®™©°²³"
_C1 = re.compile(rb"[\x80-\x9f]")
_UNDEFINED_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


@dataclass(frozen=True)
class Decoded:
    """Text as UTF-8 bytes without a byte order mark, and how it was found to be encoded."""

    utf8: bytes
    encoding: str
    notes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    marked: bool = False


def decode(content: bytes, chosen: str = KEEP) -> Decoded:
    """Decode a text file; every byte takes part in the decision.

    Parameters
    ----------
    content : bytes
    chosen : str
        An encoding of :data:`OFFERED` that the user decided for.

    Raises
    ------
    UnreadableFile
        If the file is empty, or holds binary data.
    """
    if chosen in OFFERED:
        plain = content.removeprefix(codecs.BOM_UTF8)
        note = f"Read as {OFFERED[chosen]}, as you chose."
        return _checked(_guessed(plain, chosen, note, chosen))
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            if encoding == "utf-8":
                return _checked(_utf8(content[len(mark) :], marked=True))
            return _checked(_wide(content, encoding))
    wide = _without_mark(content)
    if wide:
        return _checked(_wide(content, wide))
    return _checked(_utf8(content, marked=False))


def _checked(decoded: Decoded) -> Decoded:
    if not decoded.utf8 or decoded.utf8.isspace():
        raise UnreadableFile("The file is empty.", "Choose a table with a header line.")
    place = decoded.utf8.find(b"\x00")
    if place >= 0:
        raise UnreadableFile(
            f"Line {line_at(decoded.utf8, place):,} holds binary data (a NUL byte).",
            "Save the table as CSV (UTF-8), or remove the byte.",
        )
    return decoded


def _without_mark(content: bytes) -> str:
    """Recognise UTF-16 without a mark: in Latin text every other byte is NUL."""
    head = content[:4096]
    if len(head) < 4 or len(content) % 2 or not content.strip(b"\x00"):
        return ""
    even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else ""


def _wide(content: bytes, encoding: str) -> Decoded:
    try:
        decoded = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"The file is marked as {encoding.upper()}, but byte {error.start:,} does not fit.",
            "Save the table as CSV (UTF-8).",
        ) from error
    written = decoded.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
    return Decoded(written, encoding, marked=True)


def _utf8(content: bytes, *, marked: bool) -> Decoded:
    if _is_utf8(content):
        return Decoded(content, "utf-8", marked=marked)
    decoded = content.decode("utf-8", "replace")
    broken = decoded.count("\ufffd") - content.count(b"\xef\xbf\xbd")
    plain = int(np.count_nonzero(np.frombuffer(content, dtype=np.uint8) < 128))
    good = len(decoded) - plain - broken
    if marked or broken <= _FEW_BROKEN * good:
        line = line_at(content, _first_fault(content))
        note = (
            f"{text.count(broken, 'byte')} not valid in UTF-8, the first in line {line:,},"
            f" {'is' if broken == 1 else 'are'} shown as “\ufffd”."
        )
        offer = _offer("utf-8", KEEP)
        return Decoded(decoded.encode(), "utf-8", (note,), (offer,), marked)
    numbers, evidence = _evidence(content)
    encoding = _guess(content, b"\n".join(evidence)[:_EVIDENCE])
    example = evidence[0].decode(encoding, "replace").strip()[:60]
    note = (
        f"Read as {OFFERED[encoding]}: not UTF-8, and guessed from"
        f" {text.count(len(numbers), 'line')} with other than plain letters,"
        f" the first of them line {numbers[0]:,}: “{example}”."
    )
    return _guessed(content, encoding, note, KEEP)


def _guessed(content: bytes, encoding: str, note: str, chosen: str) -> Decoded:
    decoded = content.decode(encoding, "replace").encode()
    return Decoded(decoded, encoding, (note,), (_offer(encoding, chosen),), marked=True)


def _offer(guessed: str, chosen: str) -> Offer:
    options = [Option(KEEP, f"as guessed: {OFFERED[guessed]}" if chosen == KEEP else "as guessed")]
    options += [Option(name, label) for name, label in OFFERED.items()]
    return Offer("encoding", "Which encoding does the text have?", tuple(options), chosen)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_fault(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _evidence(content: bytes) -> tuple[np.ndarray, list[bytes]]:
    """Give the numbers of the lines with other than ASCII, and the first of these lines."""
    values = np.frombuffer(content, dtype=np.uint8)
    ends = line_ends(values)
    within = np.unique(np.searchsorted(ends, np.flatnonzero(values > 127)))
    bounds = np.concatenate([[-1], ends, [len(values)]])
    lines = [content[bounds[n] + 1 : bounds[n + 1]] for n in within[:_EVIDENCE_LINES]]
    return within + 1, lines


def _guess(content: bytes, evidence: bytes) -> str:
    """Guess the encoding: Western European unless that reads as no text at all."""
    western = "cp1252" if _C1.search(content) else "latin-1"
    if western == "cp1252" and _UNDEFINED_1252.search(content):
        western = "latin-1"
    found = from_bytes(evidence, cp_isolation=[n for n in OFFERED if n != "utf-8"])
    fitting = {codecs.lookup(name).name for one in found for name in one.could_be_from_charset}
    best = found.best()
    if best is not None and not fitting & _WESTERN:
        named = codecs.lookup(best.encoding).name
        other = [name for name in _OTHER_SCRIPTS if codecs.lookup(name).name == named]
        if other:
            return other[0]
    oddness = {name: _oddness(evidence, name) for name in (western, *_OTHER_ALPHABETS)}
    return western if oddness[western] <= _ODD else min(oddness, key=lambda name: oddness[name])


def _oddness(evidence: bytes, encoding: str) -> float:
    """Share of the other than plain characters within words that look out of place there."""
    decoded = evidence.decode(encoding, "replace")
    within = [
        (before, letter, after)
        for before, letter, after in zip(f" {decoded}", decoded, f"{decoded[1:]} ", strict=False)
        if letter > "\x7f" and (before.isalpha() or after.isalpha())
    ]
    return sum(_is_odd(*three) for three in within) / len(within) if within else 0.0


def _is_odd(before: str, letter: str, after: str) -> bool:
    if letter.isalpha():
        return letter.isupper() and before.islower()
    if letter in _AFTER_WORDS:
        return after.isalpha() and letter != "°"
    if unicodedata.category(letter).startswith("P"):
        return before.isalpha() and after.isalpha() and letter not in _WITHIN_WORDS
    return True

"""Read the different spellings of a column as numbers, dates or text."""

from collections import Counter
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analytics import dates, numbers, values
from analytics.values import MISSING, Hints, Values

_WORDS = frozenset({"na", "none", "null", "nan"})  # which may be values of a text column
_ANSWERS = frozenset({"yes", "no", "ja", "oui", "non", "si"})
_AMOUNTS = frozenset({"low", "medium", "mid", "moderate", "high", "some", "full"})
_MOST_STRAY = 0.05  # share of the rows that may spoil a column of numbers or dates
_LEAST_PADDED = 0.01  # share of the rows with leading zeros that makes digits a code
_MOST_DIGITS = 15
_HEAD, _VARIED = 2_000, 0.5
_REFUTING = 0.06  # share of the rows that is enough to see more strays than may be
_DIGITS = r"^\d+$"
_NUMBER_LIKE = r"^[+-]?\d[\d.,]*$"
_MOST_LEVELS = 1_000
_DATE_LIKE = r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b"


class Spellings:
    """The different spellings of a column, so that each is looked at once however often it is."""

    def __init__(self, cells: pa.ChunkedArray) -> None:
        if cells.null_count:
            cells = pc.fill_null(cells, "")
        written = cells.combine_chunks()
        head = written.slice(0, _HEAD)
        self.codes: np.ndarray | None = None
        self.written: pa.Array | None = None  # if the cells need no trimming
        if len(head) == _HEAD and len(pc.unique(head)) > _VARIED * _HEAD:
            self.spelled = pc.utf8_trim_whitespace(written)  # telling them apart would not pay
            self.weights = np.ones(len(written), dtype="int64")
        else:
            encoded = written.dictionary_encode()
            trimmed = pc.utf8_trim_whitespace(encoded.dictionary).dictionary_encode()
            self.codes = encoded.indices.to_numpy()
            if len(trimmed.dictionary) < len(encoded.dictionary):
                self.codes = trimmed.indices.to_numpy()[self.codes]
            self.spelled = trimmed.dictionary
            if self.spelled.equals(encoded.dictionary):
                self.written = written
            self.weights = np.bincount(self.codes, minlength=len(self.spelled))
        self.lower = pc.utf8_lower(self.spelled)
        self.missing = _flags(pc.is_in(self.lower, pa.array(sorted(MISSING))))

    def read(self, hints: Hints) -> Values:
        """Read the column as what it is, or as what the hints say."""
        present = ~self.missing
        if not present.any() or hints.as_ == "text":
            return self._text(hints)
        spelled = self.spelled if present.all() else self.spelled.filter(pa.array(present))
        weights = self.weights[present]
        head = _head(weights, hints)
        digitless = ~_matching(spelled[:head], "[0-9]")
        if not _enough(weights[:head][digitless].sum(), weights, hints):
            return self._text(hints)
        found = self._numbers(spelled, weights, hints) or self._dates(spelled, weights, hints)
        return found or self._text(hints)

    def _numbers(self, spelled: pa.Array, weights: np.ndarray, hints: Hints) -> Values | None:
        if hints.as_ == "date" or (hints.dated and hints.as_ != "number"):
            return None
        head = _head(weights, hints)
        tried = numbers.read(spelled[:head], weights[:head], comma=hints.comma)
        if not _enough(weights[:head][np.isnan(tried.values)].sum(), weights, hints):
            return None
        if not hints.as_ and _is_code(spelled, weights, hints.coded):
            return None
        found = numbers.read(spelled, weights, comma=hints.comma)
        read = np.isfinite(found.values)
        is_line = hints.coded and found.spaced and not hints.as_  # as in 212 555 181
        if is_line or not _enough(weights[~read].sum(), weights, hints):
            return None
        return replace(
            values.number(self._spread(found.values, np.nan)),
            markers=self._markers(),
            strays=_strays(spelled, weights, read),
            form=found.form,
            comma=found.comma,
            mark=found.mark,
            ambiguous=bool(found.mark),
        )

    def _dates(self, spelled: pa.Array, weights: np.ndarray, hints: Hints) -> Values | None:
        if hints.as_ == "number":
            return None
        compact = hints.dated or hints.as_ == "date"
        head = _head(weights, hints)
        found = dates.read(spelled[:head], weights[:head], order=hints.order, compact=compact)
        if found is not None:
            found = dates.read(
                spelled, weights, order=hints.order, born=hints.born, compact=compact
            )
        if found is None or not _enough(weights[np.isnat(found.values)].sum(), weights, hints):
            return self._numbers(spelled, weights, Hints()) if hints.dated else None
        return replace(
            values.dated(self._spread(found.values, np.datetime64("NaT", "us"))),
            markers=self._markers(),
            strays=_strays(spelled, weights, ~np.isnat(found.values)),
            order=found.order,
            mark=found.mark,
            ambiguous=found.ambiguous,
        )

    def _text(self, hints: Hints) -> Values:
        doubted = self._doubted()
        kept = bool(doubted) and (
            hints.words if hints.words is not None else self._speaks_for_a_value(doubted, hints)
        )
        missing = self.missing.copy()
        if kept:
            missing &= _flags(pc.not_equal(self.spelled, doubted))
        spelled, weights = self.spelled, self.weights
        levels = spelled
        if missing.any():
            levels = pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), spelled)
            spelled, weights = spelled.filter(pa.array(~missing)), weights[~missing]
        if self.written is not None and levels is spelled:
            levels = self.written
        elif self.codes is not None:
            levels = levels.take(pa.array(self.codes))
        written = _is_code(spelled, weights, hints.coded)
        return Values(
            pd.Series(levels.to_pandas(), dtype="str"),
            "text",
            len(spelled) if self.codes is not None else pc.count_distinct(spelled).as_py(),
            levels=tuple(sorted(spelled.to_pylist())) if len(spelled) <= _MOST_LEVELS else (),
            written=written,
            nearly="" if written else _nearly(spelled, weights),
            markers={word: n for word, n in self._markers().items() if not kept or word != doubted},
            doubted=doubted,
            kept_words=kept,
        )

    def _doubted(self) -> str:
        """Give the most frequent word that may stand for missing or be a value."""
        if self.missing.all():
            return ""
        words = _flags(pc.is_in(self.lower, pa.array(sorted(_WORDS))))
        found = _counted(self.spelled, self.weights, words)
        return max(found, key=lambda word: (found[word], word), default="")

    def _speaks_for_a_value(self, word: str, hints: Hints) -> bool:
        """Say whether NA stands for a region or among codes of its kind, none among amounts."""
        others = set(pc.unique(self.lower.filter(pa.array(~self.missing))).to_pylist())
        if word.lower() == "none":
            return len(others) > 1 and others <= _AMOUNTS
        if word != "NA" or hints.regional:
            return word == "NA"
        codes = _matching(self.spelled.filter(pa.array(~self.missing)), r"^[A-Z]{2,4}$")
        return len(others) > 1 and bool(codes.all()) and not others & _ANSWERS

    def _markers(self) -> dict[str, int]:
        found = _counted(self.spelled, self.weights, self.missing)
        return dict(sorted(found.items(), key=lambda one: -one[1]))

    def _spread(self, read: np.ndarray, missing: object) -> np.ndarray:
        every = read
        if self.missing.any():
            every = np.full(len(self.spelled), missing, dtype=read.dtype)
            every[~self.missing] = read
        return every if self.codes is None else every[self.codes]


def _head(weights: np.ndarray, hints: Hints) -> int:
    """Say how many spellings can show that a column is not what it could be."""
    if hints.as_:
        return len(weights)
    return int(np.searchsorted(np.cumsum(weights), _REFUTING * weights.sum())) + 1


def _enough(strays: int, weights: np.ndarray, hints: Hints) -> bool:
    most = 0.0 if hints.coded else _MOST_STRAY
    return bool(strays < 0.5 * weights.sum() if hints.as_ else strays <= most * weights.sum())


def _is_code(spelled: pa.Array, weights: np.ndarray, coded: bool) -> bool:
    """Recognise digits that are no numbers: all of one length with leading zeros, or too long."""
    most = _MOST_STRAY * weights.sum()
    head = _head(weights, Hints())
    if not len(spelled) or weights[:head][~_matching(spelled[:head], _DIGITS)].sum() > most:
        return False
    digits = _matching(spelled, _DIGITS)
    if weights[~digits].sum() > most:
        return False
    length = pc.utf8_length(spelled).to_numpy()
    long = digits & (length > _MOST_DIGITS)
    padded = digits & (length > 1) & _flags(pc.starts_with(spelled, "0"))
    if coded:
        return bool(long.any() or padded.any())
    if weights[~long].sum() <= most:
        return True
    if weights[padded].sum() < _LEAST_PADDED * weights.sum() or not padded.any():
        return False
    usual = np.bincount(length[padded], weights[padded]).argmax()
    return bool(weights[length != usual].sum() <= most)


def _nearly(spelled: pa.Array, weights: np.ndarray) -> Literal["", "number", "date"]:
    half = weights.sum() / 2
    if weights[_matching(spelled, _NUMBER_LIKE)].sum() > half:
        return "number"
    return "date" if weights[_matching(spelled, _DATE_LIKE)].sum() > half else ""


def _strays(spelled: pa.Array, weights: np.ndarray, read: np.ndarray) -> dict[str, int]:
    return {} if read.all() else _counted(spelled, weights, ~read)


def _counted(spelled: pa.Array, weights: np.ndarray, which: np.ndarray) -> dict[str, int]:
    found: Counter[str] = Counter()
    words = spelled.filter(pa.array(which)).to_pylist()
    for word, many in zip(words, weights[which].tolist(), strict=True):
        found[word] += many
    return dict(found)


def _matching(spelled: pa.Array, pattern: str) -> np.ndarray:
    return _flags(pc.match_substring_regex(spelled, pattern))


def _flags(found: pa.Array) -> np.ndarray:
    flags: np.ndarray = found.to_numpy(zero_copy_only=False)
    return flags

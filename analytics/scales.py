"""Recognise levels that have an order: the steps of a scale, and ranges such as 18-25."""

import re
from collections.abc import Sequence

_SCALES = (
    ("very low", "low", "medium", "high", "very high"),
    ("low", "mid", "high"),
    ("low", "moderate", "high"),
    ("low", "average", "high"),
    ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"),
    ("tiny", "small", "medium", "large", "huge"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("none", "low", "medium", "high"),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("bad", "average", "good"),
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"),
    ("bronze", "silver", "gold", "platinum", "diamond"),
    ("beginner", "intermediate", "advanced", "expert"),
    ("junior", "mid", "senior"),
    ("first", "second", "third", "fourth", "fifth"),
)
_UNITS = {"": 1.0, "k": 1e3, "m": 1e6}
_AMOUNT = r"[$€£]? ?(\d[\d,.]*) ?([km])?"
_RANGE = re.compile(
    rf"(<=?|≤|under|below|up to|less than)? ?(>=?|≥|over|above|more than)? ?{_AMOUNT}"
    rf"(?: ?(?:-|–|to) ?{_AMOUNT}| ?(?:\+|and over|and above|or more))?(?: ?[a-z]+)?"
)


def in_order(levels: Sequence[str]) -> tuple[str, ...]:
    """Bring levels into the order of a known scale or of their ranges; empty if they have none."""
    lower = {level.lower(): level for level in levels}
    if not 2 < len(lower) == len(levels):
        return ()
    for known in _SCALES:
        if lower.keys() <= set(known):
            return tuple(lower[step] for step in known if step in lower)
    return _ranges(lower)


def _ranges(lower: dict[str, str]) -> tuple[str, ...]:
    starts = {}
    spans = 0
    for level, written in lower.items():
        match = _RANGE.fullmatch(level)
        if not match:
            return ()
        below, above, low, unit, high, unit_high = match.groups(default="")
        start = _amount(low, unit)
        if high:
            spans += 1
            if _amount(low, unit or unit_high) >= _amount(high, unit_high):
                return ()
            start = _amount(low, unit or unit_high)
        starts[written] = (start, bool(above), not below)
    if not spans or len(set(starts.values())) < len(starts):
        return ()
    return tuple(sorted(starts, key=lambda level: _place(starts[level])))


def _place(start: tuple[float, bool, bool]) -> tuple[float, int]:
    """Put "< 25" before "25-30", and "> 60" behind "60"."""
    amount, above, bounded = start
    return amount, 2 if above else int(bounded)


def _amount(digits: str, unit: str) -> float:
    plain = digits.replace(",", "").rstrip(".")
    return float(plain) * _UNITS[unit] if plain.count(".") < 2 else 0.0

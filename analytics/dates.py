"""Read dates in the usual forms, all of a column in one order."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_CENTURY = 69  # POSIX: 68 is 2068, 69 is 1969
_BORN_CENTURY = 25  # whoever is born in 26 is a hundred years old

_CLOCK = (
    r",?[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"[\s\x{00a0}\x{202f}]*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_REST = rf"(?:{_CLOCK})?"
_WORD = r"\p{L}{3,10}"
_WEEKDAY = r"(?:\p{L}{2,10}[.,]* )?"
_YEAR_FIRST = (
    r"(?P<year>\d{4})(?:-(?P<b>\d{1,2})-(?P<c>\d{1,2})|/(?P<b2>\d{1,2})/(?P<c2>\d{1,2})"
    rf"|\.(?P<b3>\d{{1,2}})\.(?P<c3>\d{{1,2}})){_REST}"
)
_YEAR_LAST = (
    r"(?P<a>\d{1,2})(?P<mark>[-/.]) ?(?P<b>\d{1,2})(?P<again>[-/.] ?)(?P<year>\d{4}|\d{2})" + _REST
)
_VERSION = r"^(?:\d{1,2}\.\d\.\d{2}|\d\.\d{1,2}\.\d{2})$"  # 1.2.10 is no date, 01.02.10 is
_DAY_NAME = (
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[-/. ]?(?P<name>{_WORD})\.?,?"
    rf"[-/. ]?(?P<year>\d{{4}}|\d{{2}}){_REST}"
)
_NAME_DAY = (
    rf"{_WEEKDAY}(?P<name>{_WORD})\.?[-/. ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[-/. ]"
    rf"(?P<year>\d{{4}}){_REST}"
)
_COMPACT = r"(?P<year>(?:18|19|20)\d{2})(?P<b>\d{2})(?P<c>\d{2})"
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv jän enero ene gennaio",
            "feb february februar février févr fév febrero febbraio",
            "mar march mrz märz mars marzo",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet juil julio luglio",
            "aug august août agosto ago",
            "sep sept september septembre septiembre settembre",
            "oct october okt oktober octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre déc diciembre dic dicembre",
        ),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True)
class Dates:
    """Spellings read as dates.

    Attributes
    ----------
    values : ndarray of datetime64[us]
        NaT where a spelling is no date.
    order : str
        :data:`DAY_FIRST` or :data:`MONTH_FIRST`; empty where the form leaves no question.
    ambiguous : bool
        Whether every value would be a date in the other order too.
    mark : str
        What stands between the parts, of the most, where the order was a question.
    """

    values: np.ndarray
    order: str = ""
    ambiguous: bool = False
    mark: str = ""


def read(
    spelled: pa.Array, weights: np.ndarray, *, order: str = "", born: bool = False,
    compact: bool = False
) -> Dates | None:  # fmt: skip
    """Read distinct spellings as dates.

    Parameters
    ----------
    spelled : pyarrow array of string
        Without blanks around them.
    weights : ndarray of int
        How many rows have each spelling.
    order : str
        The order of day and month where it is decided.
    born : bool
        Take years of two digits for years of birth.
    compact : bool
        Read ``19970131`` as a date as well.

    Returns
    -------
    Dates or None
        ``None`` where no usual form fits at all.
    """
    form, fits = _best(spelled, weights, compact)
    if not fits.any():
        return None
    parts = _extracted(spelled.filter(pa.array(fits)), form)
    values = np.full(len(spelled), np.datetime64("NaT", "us"))
    if form != _YEAR_LAST:
        values[fits] = _moments(parts, _day(parts), _month(parts), born)
        return Dates(values)
    found, ambiguous = _order(_whole(parts["a"]), _whole(parts["b"]), weights[fits])
    order = order or found
    day, month = ("a", "b") if order == DAY_FIRST else ("b", "a")
    values[fits] = _moments(parts, _whole(parts[day]), _whole(parts[month]), born)
    rows = {mark: weights[fits][_is(parts["mark"], mark)].sum() for mark in "-/."}
    return Dates(values, order, ambiguous, max(rows, key=lambda mark: rows[mark]))


def _best(spelled: pa.Array, weights: np.ndarray, compact: bool) -> tuple[str, np.ndarray]:
    """Find the form that fits the most rows."""
    best, fits = "", np.zeros(len(spelled), dtype=bool)
    for form in (_YEAR_FIRST, _YEAR_LAST, _DAY_NAME, _NAME_DAY, *([_COMPACT] if compact else [])):
        found = pc.match_substring_regex(spelled, f"^(?:{form})$").to_numpy(zero_copy_only=False)
        if form == _YEAR_LAST and found.any():
            found = _consistent(spelled, found)
        if weights[found].sum() > weights[fits].sum():
            best, fits = form, found
        if fits.all():
            break
    return best, fits


def _consistent(spelled: pa.Array, found: np.ndarray) -> np.ndarray:
    """Leave out what has two different marks, and version numbers."""
    uneven = r"^\d+(?:- ?\d+[/.]|/ ?\d+[-.]|\. ?\d+[-/])"
    odd = pc.match_substring_regex(spelled, f"{uneven}|{_VERSION}")
    consistent: np.ndarray = found & ~odd.to_numpy(zero_copy_only=False)
    return consistent


def _extracted(spelled: pa.Array, form: str) -> dict[str, pa.Array]:
    parts = pc.extract_regex(spelled, f"^(?:{form})$")
    return {kind.name: parts.field(place) for place, kind in enumerate(parts.type)}


def _is(cells: pa.Array, what: str) -> np.ndarray:
    same: np.ndarray = pc.equal(cells, what).to_numpy(zero_copy_only=False)
    return same


def _whole(digits: pa.Array) -> np.ndarray:
    """Give digits as whole numbers, nothing as 0."""
    blank = pc.equal(digits, "")
    if pc.any(blank).as_py():
        digits = pc.if_else(blank, "0", digits)
    numbers: np.ndarray = digits.cast(pa.int64()).to_numpy()
    return numbers


def _day(parts: dict[str, pa.Array]) -> np.ndarray:
    found = [_whole(parts[name]) for name in ("day", "c", "c2", "c3") if name in parts]
    return np.asarray(np.sum(found, axis=0))


def _month(parts: dict[str, pa.Array]) -> np.ndarray:
    if "name" not in parts:
        found = [_whole(parts[name]) for name in ("b", "b2", "b3") if name in parts]
        return np.asarray(np.sum(found, axis=0))
    names = pc.utf8_lower(parts["name"]).dictionary_encode()
    numbers = np.array([_MONTHS.get(name, 0) for name in names.dictionary.to_pylist()])
    months: np.ndarray = numbers[names.indices.to_numpy()]
    return months


def _order(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> tuple[str, bool]:
    day_first = weights[(first > 12) & (second <= 12)].sum()
    month_first = weights[(second > 12) & (first <= 12)].sum()
    ambiguous = not day_first and not month_first
    return (MONTH_FIRST if month_first > day_first else DAY_FIRST), ambiguous


def _moments(
    parts: dict[str, pa.Array], day: np.ndarray, month: np.ndarray, born: bool
) -> np.ndarray:
    year = _whole(parts["year"])
    short = pc.utf8_length(parts["year"]).to_numpy() == 2
    century = np.where(year < (_BORN_CENTURY + 1 if born else _CENTURY), 2000, 1900)
    year = np.where(short, year + century, year)
    sound = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1)
    months = np.where(sound, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    dates = months.astype("datetime64[D]") + np.where(sound, day - 1, 0)
    sound &= dates.astype("datetime64[M]") == months
    moments = dates.astype("datetime64[us]")
    if "hour" in parts:
        seconds = _clock(parts)
        sound &= seconds >= 0
        moments = moments + seconds * np.timedelta64(1_000_000, "us")
    return np.where(sound, moments, np.datetime64("NaT", "us"))


def _clock(parts: dict[str, pa.Array]) -> np.ndarray:
    """Give the seconds of the day; -1 for 25:70, 0 for a date alone."""
    hour, minute, second = (_whole(parts[name]) for name in ("hour", "minute", "second"))
    half = pc.utf8_lower(pc.utf8_slice_codeunits(parts["half"], 0, 1))
    morning, evening = _is(half, "a"), _is(half, "p")
    halved = morning | evening
    sound = (minute < 60) & (second < 61) & np.where(halved, (hour > 0) & (hour < 13), hour < 24)
    hour = np.where(halved, hour % 12 + 12 * evening, hour)
    return np.where(sound, hour * 3600 + minute * 60 + second, -1)

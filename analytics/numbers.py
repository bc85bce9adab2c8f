"""Read numbers as people write them: with currency, percent, thousands and decimal marks."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

LARGEST = 1e100  # squares of larger ones overflow, and no distance could be measured
COMMA_THOUSANDS, COMMA_DECIMAL = "thousands", "decimal"

_CODES = "USD|EUR|GBP|CHF|JPY|CAD|AUD|INR|SEK|NOK|DKK|PLN|BRL|ZAR"
_CURRENCY = rf"(?:US\$|R\$|[€$£¥₹₽₩₺₫₴₦฿]|Rs\.?|kr\.?|zł|Kč|{_CODES})"
_BEFORE = rf"^([+-]?)\s*({_CURRENCY})\s*([+-]?[\d.,])"
_BEHIND = rf"(\d)\s*({_CURRENCY})$"
_SPACE = r"[ \x{00a0}\x{202f}\x{2009}'’]"
_SPACED = rf"^[+-]?[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?:[.,]\d+)?$"
_POWER = r"(?:[eE][+-]?\d+)?"
_PLAIN = rf"^[+-]?(?:\d+\.?\d*|\.\d+){_POWER}$"
_COMMA_GROUPS = r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}"  # the latter as in India
_THOUSANDS_COMMA = rf"{_PLAIN}|^[+-]?(?:{_COMMA_GROUPS})(?:\.\d*)?$"
_DECIMAL_COMMA = rf"^[+-]?(?:(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+|\d+)(?:,\d*)?|,\d+){_POWER}$"
_GROUPED = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"  # a decimal number, or thousands with a point
_UNGROUPED = r"^[+-]?\d{1,3}$"
_TELLING = 5  # different numbers with three decimals, none with fewer, beside whole ones


@dataclass(frozen=True)
class Numbers:
    """Spellings read as numbers.

    Attributes
    ----------
    values : ndarray of float64
        NaN where a spelling is no number that can be reckoned with.
    form : str
        What was taken off or read in a special way, in words; empty for plain numbers.
    comma : str
        :data:`COMMA_THOUSANDS` or :data:`COMMA_DECIMAL` if commas were read as such, or points
        as the opposite where they could be either.
    mark : str
        The sign that could be read either way: a comma or a point; empty where none could.
    spaced : bool
        Whether thousands were set apart by spaces.
    """

    values: np.ndarray
    form: str = ""
    comma: str = ""
    mark: str = ""
    spaced: bool = False


def read(spelled: pa.Array, weights: np.ndarray, *, comma: str = "") -> Numbers:
    """Read distinct spellings as numbers, in the form that fits the most rows.

    Parameters
    ----------
    spelled : pyarrow array of string
        Without blanks around them.
    weights : ndarray of int
        How many rows have each spelling.
    comma : str
        What a comma means, where it is decided; a point then means the opposite.
    """
    bare, forms, spaced = _bare(spelled)
    plain = _fits(bare, _PLAIN)
    if plain.all():
        return _pointed(bare, forms, spaced, comma)
    thousands, decimal = _fits(bare, _THOUSANDS_COMMA), _fits(bare, _DECIMAL_COMMA)
    shares = {
        "": weights[plain].sum(),
        COMMA_THOUSANDS: weights[thousands].sum(),
        COMMA_DECIMAL: weights[decimal].sum(),
    }
    chosen = comma or max(shares, key=lambda name: shares[name])
    if not chosen:
        return Numbers(_parsed(bare, plain), ", ".join(forms), spaced=spaced)
    either = _fits(bare, ",") & thousands & decimal
    tied = shares[COMMA_THOUSANDS] == shares[COMMA_DECIMAL] and bool(either.any())
    if chosen == COMMA_THOUSANDS:
        values = _parsed(pc.replace_substring(bare, ",", ""), thousands)
        forms.append("commas read as thousands")
    else:
        values = _parsed(_as_points(bare), decimal)
        has_comma = _fits(bare, ",").any()
        forms.append("commas read as decimal marks" if has_comma else "points read as thousands")
    return Numbers(values, ", ".join(forms), chosen, "," if tied else "", spaced)


def is_grouped(spelled: pa.Array) -> bool:
    """Say whether every point could part thousands: ``1.234`` and ``950``, never ``1.5``."""
    grouped, ungrouped = _fits(spelled, _GROUPED), _fits(spelled, _UNGROUPED)
    return bool(grouped.any() and (grouped | ungrouped).all())


def _pointed(bare: pa.Array, forms: list[str], spaced: bool, comma: str) -> Numbers:
    every = np.ones(len(bare), dtype=bool)
    if not is_grouped(bare):
        return Numbers(_parsed(bare, every), ", ".join(forms), spaced=spaced)
    grouped = _fits(bare, _GROUPED)
    telling = not grouped.all() and len(pc.unique(bare.filter(pa.array(grouped)))) >= _TELLING
    chosen = comma or (COMMA_DECIMAL if telling else COMMA_THOUSANDS)
    if chosen == COMMA_DECIMAL:
        bare = _as_points(bare)
        forms.append("points read as thousands")
    return Numbers(_parsed(bare, every), ", ".join(forms), chosen, ".", spaced)


def _bare(spelled: pa.Array) -> tuple[pa.Array, list[str], bool]:
    """Take off currency, percent and spaced thousands; say in words what was taken off."""
    if not _fits(spelled, r"[^\d.,eE+-]").any():
        return spelled, [], False
    bare = pc.replace_substring(spelled, "\N{MINUS SIGN}", "-")
    forms = []
    for pattern, replacement, told in (
        (r"^\((.*\d.*)\)$", r"-\1", "brackets read as minus"),
        (_BEFORE, r"\1\3", ""),
        (_BEHIND, r"\1", ""),
        (r"(\d)\s*%$", r"\1", "percent signs taken off"),
    ):
        after = pc.replace_substring_regex(bare, pattern, replacement)
        if told and not after.equals(bare):
            forms.append(told)
        bare = after
    currencies = _currencies(spelled)
    if currencies:
        different = f"different currency signs ({', '.join(currencies)})"
        forms.append(f"{'currency signs' if len(currencies) == 1 else different} taken off")
    spaced = _fits(bare, _SPACED)
    if spaced.any():
        closed = pc.replace_substring_regex(bare, _SPACE, "")
        bare = pc.if_else(pa.array(spaced), closed, bare)
        forms.append("spaced thousands closed up")
    return bare, forms, bool(spaced.any())


def _currencies(spelled: pa.Array) -> list[str]:
    before = rf"^\(?[+-]?\s*(?P<before>{_CURRENCY})\s*[+-]?[\d.,]"
    found = pc.extract_regex(spelled, rf"(?:{before}|\d\s*(?P<behind>{_CURRENCY})\)?$)")
    signs = {*pc.unique(found.field(0)).to_pylist(), *pc.unique(found.field(1)).to_pylist()}
    return sorted({sign.rstrip(".") for sign in signs if sign})


def _as_points(bare: pa.Array) -> pa.Array:
    return pc.replace_substring(pc.replace_substring(bare, ".", ""), ",", ".")


def _fits(spelled: pa.Array, pattern: str) -> np.ndarray:
    fits: np.ndarray = pc.match_substring_regex(spelled, pattern).to_numpy(zero_copy_only=False)
    return fits


def _parsed(spelled: pa.Array, fits: np.ndarray) -> np.ndarray:
    if not fits.all():
        spelled = pc.if_else(pa.array(fits), spelled, pa.scalar(None, pa.string()))
    values = spelled.cast(pa.float64()).to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(values) <= LARGEST, values, np.nan)

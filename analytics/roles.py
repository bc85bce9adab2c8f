"""Decide what a column is used for, and say why."""

import re
from typing import Literal, get_args

import pandas as pd

from analytics import headers, scales, text
from analytics.values import Values

Role = Literal[
    "identifier", "numeric", "categorical", "ordinal", "boolean", "date", "text", "ignored"
]
ROLES: tuple[Role, ...] = get_args(Role)

MOST_LEVELS = 30  # beyond it the rare levels of a category are grouped for the distances
MOST_GROUPED = 1_000  # beyond it text says more about single customers than about groups
_LEAST_MEMBERS = 10  # rows a level has on average, for more than MOST_LEVELS to be groups
_LEAST_IDENTIFIED = 0.7  # share of the rows that an identifier tells apart

_SURE_ID_WORDS = frozenset({"id", "ids", "uuid", "guid"})
_ID_WORDS = _SURE_ID_WORDS | {"key", "number", "no", "nr", "num", "code"}
_WHO = (
    "customer|client|cust|user|member|account|acct|household|card|order|invoice|transaction"
    "|session|row|record|person|contact|subscriber|patient|employee|product|item|stock|basket"
    "|kunden|artikel|bestell|rechnungs"
)
_COMPOUND_ID = re.compile(rf"(?:{_WHO})(?:id|ids|no|nr|num|number|nummer|key|code|ref)")
_GROUP_WORDS = frozenset(
    {"channel", "region", "store", "shop", "branch", "type", "category", "class", "group", "zone",
     "department", "dept", "district", "territory", "state", "country", "city", "weekday",
     "gender", "sex", "status", "occupation", "industry", "brand", "language", "cluster",
     "zip", "zipcode", "postal", "postalcode", "postcode", "plz"}
)  # fmt: skip
_CODE_WORDS = _GROUP_WORDS | {"phone", "telephone", "mobile", "fax"}
_PERIOD_WORDS = frozenset({"month", "year", "quarter", "qtr", "week", "day"})
_COUNTING_WORDS = frozenset(
    {"num", "number", "no", "nr", "n", "count", "total", "amount", "sum", "avg", "average", "mean"}
)
_RELATING_WORDS = frozenset({"per", "by", "on", "via", "in", "with"})
_LEAVING_WORDS = frozenset({"churn", "churned", "attrition"})
_OUTCOME_WORDS = frozenset({"target", "outcome", "label", "labels", "response", "exited"})
_RESULT_WORDS = frozenset({"cluster", "clusters", "segment", "segments", "prediction", "predicted"})
_OWN_WORDS = frozenset({"silhouette", "kmeans"})
_SINGLE = re.compile(
    rf"(?:{_WHO})?(?:first|last|full|sur)?names?|(?:street|home)?address(?:line)?|street"
    r"|(?:tele|mobile)?phone(?:number|no|nr)?|mobile|fax|e?mail(?:address)?|comments?|notes?"
)
_INDEX = re.compile(r"(?:column \d+|unnamed:? ?[\d.]*|index|level_0|x|row|rownames)", re.IGNORECASE)
_BOOLEANS = (
    {"yes", "no"}, {"y", "n"}, {"true", "false"}, {"t", "f"}, {"ja", "nein"}, {"oui", "non"},
    {"si", "no"}, {"sí", "no"}, {"on", "off"},
)  # fmt: skip


def infer(name: str, values: Values) -> tuple[Role, str]:
    """Infer the role of a column from its header and all of its values.

    Returns
    -------
    role : str
    reason : str
        In words, to stand behind "because".
    """
    rows, distinct = len(values.data), values.distinct
    if distinct == 0:
        return "ignored", "no values at all"
    if distinct == 1:
        present = rows - values.missing
        found = "every row" if present == rows else f"all {present:,} rows that have any"
        return "ignored", f"one value in {found}: {_written(values.data.dropna().iloc[0])}"
    if _INDEX.fullmatch(name.strip()) and _runs_from(values) in (0, 1):
        return "ignored", "a running number under no telling header: looks like a leftover index"
    outcome = _outcome(name, values)
    if outcome:
        return "ignored", outcome
    identifying = _identifies(name, values)
    if identifying:
        return "identifier", f"{_spread(values)}{identifying}: looks like an identifier"
    if values.kind == "date":
        return "date", _dated(values)
    if values.kind in ("integer", "decimal"):
        return _numeric(name, values)
    role, reason = _textual(name, values)
    return role, reason + _doubt(values)


def possible(values: Values) -> list[Role]:
    """List the roles that a column can be given, whatever was inferred."""
    roles: list[Role] = ["identifier"]
    if values.kind in ("integer", "decimal") or values.nearly == "number":
        roles.append("numeric")
    if 1 < values.distinct <= MOST_GROUPED:
        roles.append("categorical")
    if 2 < values.distinct <= MOST_LEVELS:
        roles.append("ordinal")
    if values.distinct == 2:
        roles.append("boolean")
    if values.kind == "date" or values.nearly == "date":
        roles.append("date")
    return [*roles, "text", "ignored"]


def is_code(name: str) -> bool:
    """Say whether the header speaks of codes or names, whose numbers are no quantities."""
    words = _words(name)
    if not words or _counts(words) or _RELATING_WORDS & set(words):
        return False
    ends = words[-1] in _CODE_WORDS | _ID_WORDS or words[0] in _SURE_ID_WORDS | {"code"}
    kind = len(words) > 2 and words[0] in _CODE_WORDS and words[1] == "of"
    return ends or kind or _is_compound(words)


def is_regional(name: str) -> bool:
    """Say whether the header speaks of places."""
    return bool(set(headers.words(name)) & {"region", "territory", "country", "state", "area"})


def _words(name: str) -> list[str]:
    return [word for word in headers.words(name) if not word.isdigit()]


def _counts(words: list[str]) -> bool:
    return len(words) > 1 and words[0] in _COUNTING_WORDS


def _is_compound(words: list[str]) -> bool:
    return bool(_COMPOUND_ID.fullmatch("".join(words)))


def _spread(values: Values) -> str:
    return f"{values.distinct:,} distinct values in {len(values.data):,} rows"


def _runs_from(values: Values) -> int | None:
    """Give the first of consecutive whole numbers that each stand once; ``None`` if they do not."""
    present = len(values.data) - values.missing
    if values.kind != "integer" or values.distinct != present or present < 3:
        return None
    numbers = values.data.dropna().to_numpy(dtype="int64")
    low, high = int(numbers.min()), int(numbers.max())
    return low if high - low + 1 == present else None


def _outcome(name: str, values: Values) -> str:
    words = set(_words(name))
    few = values.distinct <= max(20, len(values.data) // 20)
    if words & _OWN_WORDS or (few and words & _RESULT_WORDS):
        return f"the header “{name}” names an earlier result: kept out, give it a role to use it"
    two = values.distinct == 2 or (few and values.kind == "text")
    target = (words & _OUTCOME_WORDS and two) or (words == {"y"} and values.distinct <= 10)
    if target or words & _LEAVING_WORDS:
        return f"the header “{name}” names an outcome: kept out, give it a role to use it"
    return ""


def _identifies(name: str, values: Values) -> str:
    """Say why the column identifies customers, or give an empty string."""
    rows, distinct = len(values.data), values.distinct
    present = rows - values.missing
    if values.kind in ("date", "decimal") or present < rows * _LEAST_IDENTIFIED:
        return ""
    words = _words(name)
    sure = bool(_SURE_ID_WORDS & {*words[:1], *words[-1:]}) or _is_compound(words)
    named = sure or words[:1] == ["code"] or (_ID_WORDS & {*words[-1:]} and not _counts(words))
    if distinct == present and named:
        return ", and the name says so"
    grouping = set(words) & (_GROUP_WORDS | _PERIOD_WORDS)
    if sure and not grouping and (distinct > MOST_LEVELS // 2 or distinct > rows // 2):
        return f", {present - distinct:,} of them repeated, and the name says so"
    if distinct < present or rows < 3:
        return ""
    if values.kind == "integer":
        return ", a running number" if _runs_from(values) is not None else ""
    cells = values.data.dropna()
    coded = cells.str.contains(r"[0-9]").all() and not cells.str.contains(" ").any()
    return ", each with digits" if coded else ""


def _dated(values: Values) -> str:
    span = f"{values.data.min():%Y-%m-%d} to {values.data.max():%Y-%m-%d}"
    order = f", read {values.order}" if values.order else ""
    if values.follows:
        order += f" as “{values.follows}” is"
    elif values.ambiguous:
        order += " (every one would be a date month-first or day-first)"
    return f"{_every(values)} is a date, {span}{order}"


def _every(values: Values) -> str:
    strays = sum(values.strays.values())
    return f"every value but {strays:,}" if strays else "every value"


def _numeric(name: str, values: Values) -> tuple[Role, str]:
    distinct = values.distinct
    if distinct == 2 and values.data.min() == 0 and values.data.max() == 1:
        return "boolean", "only 0 and 1"
    if values.kind == "integer" and is_code(name):
        levels = text.count(distinct, "whole number")
        stand = f"{levels} that stand for names or places, as the header says"
        if _makes_groups(values):
            return "categorical", stand
        return "text", f"{stand}: too many to compare groups"
    told = f"{_every(values)} is a number, {distinct:,} of them distinct"
    how = [values.form] if values.form else []
    if values.follows:
        how.append(f"as in “{values.follows}”")
    elif values.ambiguous:
        how.append(f"the {'comma' if values.mark == ',' else 'point'} could mean the opposite")
    return "numeric", f"{told} ({', '.join(how)})" if how else told


def _makes_groups(values: Values) -> bool:
    rows = len(values.data)
    return values.distinct <= max(
        min(MOST_LEVELS, max(2, rows // 2)), min(MOST_GROUPED, rows // _LEAST_MEMBERS)
    )


def _textual(name: str, values: Values) -> tuple[Role, str]:
    distinct = values.distinct
    if distinct <= MOST_LEVELS:
        levels = values.levels
        if distinct == 2 and any({level.lower() for level in levels} == p for p in _BOOLEANS):
            return "boolean", f"only {text.listing(levels)}"
        ordered = scales.in_order(levels)
        if ordered:
            return "ordinal", f"levels of a scale, {ordered[0]} to {ordered[-1]}"
    if distinct > MOST_LEVELS and _SINGLE.fullmatch("".join(_words(name))):
        return "text", f"{_spread(values)}: the header names single ones, no groups"
    kind = "codes" if values.written else "text"
    if values.nearly:
        kind = f"text, though mostly {values.nearly}s,"
    if not _makes_groups(values):
        return "text", f"{kind} with {_spread(values)}: too many levels to compare groups"
    rare = ", the rare ones to be grouped" if distinct > MOST_LEVELS else ""
    return "categorical", f"{kind} with {distinct:,} levels{rare}"


def _doubt(values: Values) -> str:
    if not values.doubted:
        return ""
    taken = "one of them" if values.kept_words else "a missing value"
    return f"; “{values.doubted}” is taken for {taken}"


def _written(value: object) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)

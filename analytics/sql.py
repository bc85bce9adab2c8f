"""A model as one expression of SQL that gives each customer's segment."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analytics.columns import OTHER
from analytics.divisions import EQUAL, Division
from analytics.errors import UnknownChoice
from analytics.mending import Mend
from analytics.model import Fixed, Model
from analytics.nearness import SAME
from analytics.placement import Edits, Points, Rule
from analytics.recipe import MISSING_LEVEL, Indicators, Measure

_LONGEST_LEVEL = 4_000  # characters, to which levels are read as text


def expression(model: Model) -> str:
    """Write the assignment as one SQL expression of the columns of the file, by their headers.

    It is ANSI SQL: CASE over squared distances, with repairs and scaling written out. Numbers
    are expected in columns of numbers, missing values as NULL. Its segments are those of
    :func:`analytics.assign.assign`, ties included.

    Parameters
    ----------
    model : Model
        By nearest point, one for each segment, edited or not, without columns made of dates.

    Raises
    ------
    UnknownChoice
        If the model is not of this kind.
    """
    made = [mend.name for mend in model.mends if mend.made is not None]
    if made:
        raise UnknownChoice(
            f"SQL cannot be written where “{made[0]}” was made of another column.",
            "Take the model instead, or leave the feature out.",
        )
    columns = {mend.name: mend for mend in model.mends}
    lines = [_exception(model, columns, one) for one in model.fixed]
    base, divisions = _begun(model.rule)
    if base:
        found = _nearest(
            model, columns, base, [0.0] * len(base.places),
            lambda segment: _divided(model, columns, divisions, segment),
        )  # fmt: skip
    else:
        found = _divided(model, columns, divisions, divisions[0].within[0])
    return "\n".join(["CASE", *lines, f"  ELSE {found}", "END"]) if lines else found


def _divided(
    model: Model, columns: dict[str, Mend], divisions: Sequence[Division], segment: int
) -> str:
    """Write what becomes of the customers of a segment."""
    if not divisions:
        return str(segment)
    first, *rest = divisions
    if segment not in first.within:
        return _divided(model, columns, rest, dict(first.kept)[segment])
    if not first.places:
        return _divided(model, columns, rest, first.segments[0])
    points = Points("euclidean", first.places, first.segments)
    return _nearest(
        model, columns, points, first.added, lambda one: _divided(model, columns, rest, one)
    )


def _begun(rule: Rule) -> tuple[Points | None, Sequence[Division]]:
    """Give the centres to begin with, if they matter, and what divides their customers anew."""
    base, divisions = (rule.base, rule.divisions) if isinstance(rule, Edits) else (rule, ())
    if isinstance(rule, Edits) and rule.anew:
        return None, rule.anew
    if not isinstance(base, Points) or len(set(base.segments)) < len(base.segments):
        raise UnknownChoice(
            "SQL can be written for segments with one centre each, which these have not.",
            "Take the model instead, or find the segments by k-means or k-medoids.",
        )
    return base, divisions


def _nearest(
    model: Model,
    columns: dict[str, Mend],
    rule: Points,
    added: Sequence[float],
    then: Callable[[int], str],
) -> str:
    """Write what becomes of the segment of the nearest place, of equally near ones the first."""
    order = np.argsort(rule.segments, kind="stable")
    segments = [rule.segments[place] for place in order]
    away = []
    for place in order:
        gap = _distance(model, columns, rule, rule.places[place])
        away.append(f"({gap} + {number(added[place])})" if added[place] else gap)
    lines = []
    for one, segment in enumerate(segments[:-1]):
        nearer = [
            f"{away[one]} <= {away[other]} * {number(1 + EQUAL)}"
            for other in range(one + 1, len(segments))
        ]
        lines.append(f"  WHEN {f'{chr(10)}   AND '.join(nearer)}\n  THEN {then(segment)}")
    return "\n".join(["CASE", *lines, f"  ELSE {then(segments[-1])}", "END"])


def identifier(name: str) -> str:
    """Quote the name of a column."""
    return '"' + name.replace('"', '""').replace("\0", "") + '"'


def string(value: str) -> str:
    """Quote a text."""
    return "'" + value.replace("'", "''").replace("\0", "") + "'"


def number(value: float) -> str:
    """Write an approximate number, which no program takes for an exact one."""
    written = repr(float(value))
    written = written if "e" in written else f"{written}e0"
    return f"({written})" if written.startswith("-") else written


def _distance(model: Model, columns: dict[str, Mend], rule: Points, place: Sequence[float]) -> str:
    terms, at = [], 0
    for step in model.recipe.steps:
        mine = place[at : at + len(step.features)]
        at += len(mine)
        if isinstance(step, Measure):
            gap = f"({_scaled(step, columns[step.name])} - {number(mine[0])})"
            terms.append(f"{gap} * {gap}" if rule.metric == "euclidean" else f"ABS{gap}")
        else:
            terms.append(_by_level(step, columns[step.name], rule, mine))
    return f"({' + '.join(terms)})"


def _scaled(step: Measure, mend: Mend) -> str:
    """Write a number, filled and scaled."""
    filled = f"COALESCE({_transformed(step, mend)}, {number(step.fill)})"
    if step.scaling == "minmax":
        filled = f"({filled} * {number(step.spread)} + {number(step.shift)})"
    elif step.scaling != "none":
        filled = f"(({filled} - {number(step.shift)}) / {number(step.spread)})"
    for factor in (step.balance, step.weight):
        if factor != 1:
            filled = f"({filled} * {number(factor)})"
    return filled


def _transformed(step: Measure, mend: Mend) -> str:
    if step.ranks:
        return _by_rank(step, mend)
    value = _number(mend)
    if step.transform == "log":
        return f"CASE WHEN {value} > {number(-1)} THEN LN({number(1)} + {value}) END"
    if step.transform == "yeo-johnson":
        return _yeo_johnson(value, step.power)
    return value


def _yeo_johnson(value: str, power: float) -> str:
    one, upper, lower = number(1), f"({value} + {number(1)})", f"({number(1)} - {value})"
    above = f"LN{upper}"
    if abs(power) >= np.spacing(1.0):
        above = f"(POWER({upper}, {number(power)}) - {one}) / {number(power)}"
    below = f"-LN{lower}"
    if abs(power - 2) > np.spacing(1.0):
        rest = 2 - power
        below = f"-(POWER({lower}, {number(rest)}) - {one}) / {number(rest)}"
    return (
        f"CASE WHEN {value} >= {number(0)} THEN {above} WHEN {value} < {number(0)} THEN {below} END"
    )


def _number(mend: Mend) -> str:
    """Write the number of a column after its repairs; NULL where it is missing."""
    value = f"CAST({identifier(mend.name)} AS DOUBLE PRECISION)"
    if mend.blank is not None:
        value = f"NULLIF({value}, {number(mend.blank)})"
    sides = (("<", mend.low), (">", mend.high)) if mend.beyond else ()
    cases = []
    for sign, limit in sides:
        if limit is not None:
            spared = "" if mend.spared is None else f" AND {value} <> {number(mend.spared)}"
            instead = number(limit) if mend.beyond == "clip" else "NULL"
            cases.append(f"WHEN {value} {sign} {number(limit)}{spared} THEN {instead}")
    if cases:
        value = f"CASE {' '.join(cases)} ELSE {value} END"
    return value if mend.fill is None else f"COALESCE({value}, {number(float(mend.fill))})"


def _level(mend: Mend) -> str:
    """Write the level of a column as it stands; a word of its own where it is missing."""
    text = f"CAST({identifier(mend.name)} AS VARCHAR({_LONGEST_LEVEL}))"
    return f"COALESCE({text}, {string(MISSING_LEVEL)})"


def _mended(mend: Mend, levels: Sequence[str]) -> tuple[list[str], pd.Series]:
    """Give levels as they may stand in a file, the last one never seen, and after the repairs."""
    written = sorted({*levels, *mend.levels, *mend.spellings, OTHER} - {MISSING_LEVEL})
    unseen = "?" * (1 + max(map(len, written)))
    raw = pd.Series([*written, None, unseen], dtype="object", name=mend.name)
    after = mend.completed(mend.levelled(raw))
    return [*written, MISSING_LEVEL, unseen], after


def _by_rank(step: Measure, mend: Mend) -> str:
    written, after = _mended(mend, step.ranks)
    ranks = step.read(after.to_frame())
    cases = [
        f"WHEN {string(level)} THEN {number(rank)}"
        for level, rank in zip(written[:-1], ranks[:-1], strict=True)
        if not np.isnan(rank)
    ]
    return f"CASE {_level(mend)} {' '.join(cases)} END"


def _by_level(step: Indicators, mend: Mend, rule: Points, place: Sequence[float]) -> str:
    """Write what a column of levels adds to the distance, which its level alone decides."""
    written, after = _mended(mend, step.levels)
    apart = [number(_apart(rule, step.spot(level), place)) for level in step.read(after.to_frame())]
    cases = [
        f"WHEN {string(level)} THEN {one}"
        for level, one in zip(written[:-1], apart[:-1], strict=True)
        if one != apart[-1]
    ]
    return f"CASE {_level(mend)} {' '.join(cases)} ELSE {apart[-1]} END" if cases else apart[-1]


def _apart(rule: Points, spot: Sequence[float], place: Sequence[float]) -> float:
    gaps = np.array(spot) - np.array(place)
    return float((gaps * gaps).sum() if rule.metric == "euclidean" else np.abs(gaps).sum())


def _exception(model: Model, columns: dict[str, Mend], one: Fixed) -> str:
    """Write the segment of a customer on a border, known by every feature."""
    conditions, at = [], 0
    for step in model.recipe.steps:
        mine = one.place[at : at + len(step.features)]
        at += len(mine)
        mend = columns[step.name]
        if isinstance(step, Measure):
            low, high = number(mine[0] - SAME), number(mine[0] + SAME)
            conditions.append(f"{_scaled(step, mend)} BETWEEN {low} AND {high}")
            continue
        written, after = _mended(mend, step.levels)
        spots = np.array([step.spot(level) for level in step.read(after.to_frame())])
        same = np.abs(spots - np.array(mine)).max(axis=1) <= SAME
        # Levels never seen can only be told by what they are not.
        listed = [level for level, is_ in zip(written, same, strict=True) if is_ != same[-1]]
        among = ", ".join(map(string, listed))
        conditions.append(f"{_level(mend)} {'NOT IN' if same[-1] else 'IN'} ({among})")
    return f"  WHEN {' AND '.join(conditions)}\n  THEN {one.segment}"

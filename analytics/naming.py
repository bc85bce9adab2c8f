"""Name segments from their profiles, never from their numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics import headers, text

_HIGH = 0.35  # standard deviations from the average of all customers
_CONCENTRATED = 0.8  # share of one level that makes a segment "mostly" that level
_AGES = {"high": "older", "low": "younger", "average": "middle-aged"}
_FIRST = 2  # traits a name begins with; more are added until it is unique


def name_segments(
    profiles: pd.DataFrame,
    composition: pd.DataFrame,
    features: Sequence[str],
    known: Mapping[headers.Concept, str],
) -> dict[int, str]:
    """Name every segment after its features' levels, as in "High income, low spending".

    Parameters
    ----------
    profiles, composition : DataFrame
        As from :func:`analytics.profiles.profile` and :func:`analytics.profiles.composition`.
    features : sequence of str
        The columns that formed the segments; only they make names.
    known : mapping
        Column per concept, whose plain word then stands for the header.

    Returns
    -------
    dict of int to str
        Unique within the solution. Depends on the profiles alone, so renumbering the segments
        renames nothing.
    """
    segments = profiles.index.get_level_values("segment").unique()
    if segments.empty:
        segments = composition.index.get_level_values("segment").unique()
    spoken = {column: concept for concept, column in known.items()}
    ranked = {
        segment: _phrases(profiles, composition, int(segment), features, spoken)
        for segment in segments
    }
    longest = max(len(phrases) for phrases in ranked.values())
    for length in range(min(_FIRST, longest), longest + 1):
        names = {segment: _join(phrases[:length]) for segment, phrases in ranked.items()}
        if len(set(names.values())) == len(names):
            return names
    return _with_values(names, profiles, features)


def _phrases(
    profiles: pd.DataFrame,
    composition: pd.DataFrame,
    segment: int,
    features: Sequence[str],
    spoken: Mapping[str, str],
) -> list[str]:
    """List the segment's traits, the most marked first where there are many features."""
    marked: list[tuple[float, str]] = []
    for name in features:
        word = spoken.get(name, headers.spoken(name))
        if (segment, name) in profiles.index:
            z = float(profiles.loc[(segment, name), "z"])
            if np.isnan(z):
                marked.append((0.0, f"{word} unknown"))
                continue
            phrase = _AGES[_level(z)] if word == "age" else f"{_level(z)} {word}"
            marked.append((abs(z), phrase))
        elif (segment, name) in composition.index.droplevel("level"):
            shares = composition.loc[(segment, name)]
            level, share = shares["share"].idxmax(), shares["share"].max()
            if share >= _CONCENTRATED and share > shares.loc[level, "overall"]:
                marked.append((share / shares.loc[level, "overall"], f"mostly {level.lower()}"))
    if len(marked) > _FIRST:
        marked.sort(key=lambda trait: -trait[0])
    return [phrase for _, phrase in marked] or ["mixed"]


def _level(z: float) -> str:
    return "average" if abs(z) < _HIGH else "high" if z > 0 else "low"


def _join(phrases: Sequence[str]) -> str:
    joined = ", ".join(phrases)
    return joined[:1].upper() + joined[1:]


def _with_values(
    names: dict[int, str], profiles: pd.DataFrame, features: Sequence[str]
) -> dict[int, str]:
    """Tell equal names apart by the mean of the feature in which their segments differ most.

    Segments that even this leaves alike are numbered in the order of their means.
    """
    result = dict(names)
    for name in sorted(set(names.values())):
        alike = [segment for segment, other in names.items() if other == name]
        if len(alike) == 1:
            continue
        numeric = [column for column in features if (alike[0], column) in profiles.index]
        if numeric:
            table = profiles.loc[alike].unstack("column")
            z = table["z"][numeric]
            widest = (z.max() - z.min()).fillna(-1.0).idxmax()
            means = table["mean"].loc[:, [widest, *(c for c in numeric if c != widest)]]
            alike = list(means.sort_values(list(means.columns)).index)
            result |= _valued(name, means[widest])
        repeated = [s for s in alike if list(result.values()).count(result[s]) > 1]
        result |= {s: f"{result[s]} ({n})" for n, s in enumerate(repeated, start=1)}
    return result


def _valued(name: str, means: pd.Series) -> dict[int, str]:
    """Add each segment's mean, with as few decimals as keep the means apart."""
    digits = next(
        (n for n in range(13) if means.round(n).is_unique and (n or means.abs().min() >= 10)), 1
    )
    word, unit = headers.spoken(str(means.name)), headers.unit(str(means.name))
    return {
        segment: f"{name} ({word} {text.quantity(mean, unit, digits)})"
        for segment, mean in means.items()
    }

"""Name segments from their profiles, never from their numbers."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analytics import headers, text

_HIGH = 0.35  # standard deviations from the average of all customers
_CONCENTRATED = 0.8  # share of one level that makes a segment "mostly" that level
_AGES = {"high": "older", "low": "younger", "average": "middle-aged"}
_MOST_TRAITS = 3  # more are no name any more; what still is alike states a number
_WEAK = 0.5  # of the most marked trait's distance; what is below names only where it must
_SEARCHED = 8  # the most marked traits, among which the fewest telling ones are sought
_CODE = 2  # letters up to which a level is a code
_ANSWERS = frozenset({"yes", "no", "true", "false"})
_PLAIN = 2  # features up to which a segment without marked traits names them all

_Number = tuple[int, str, float, float]  # segment, column, mean, z
_Level = tuple[int, str, str, float, float]  # segment, column, level, share, share of all


@dataclass(frozen=True)
class _Trait:
    """What could be said of a segment: how far it is from the average, and in which words."""

    phrase: str
    distance: float  # 0 where nothing is marked
    place: int  # of the feature among the features


@dataclass(frozen=True)
class _Measure:
    """A number that every segment has: a mean or the share of a level."""

    feature: bool
    word: str
    unit: str
    scaled: dict[int, float]  # by segment, in standard deviations of all customers
    written: dict[int, float]  # by segment, in the unit


def name_segments(
    profiles: pd.DataFrame,
    composition: pd.DataFrame,
    features: Sequence[str],
    known: Mapping[headers.Concept, str],
) -> dict[int, str]:
    """Name every segment by the fewest traits that no other has, as in "High income, low spending".

    A trait is a feature that is high or low on average, or a level that most of the segment's
    customers have. What is average is named only where no marked trait tells a segment apart.

    Parameters
    ----------
    profiles, composition : DataFrame
        As from :func:`analytics.profiles.profile` and :func:`analytics.profiles.composition`.
    features : sequence of str
        The columns that formed the segments; only they make names, unless they leave two alike.
    known : mapping
        Column per concept, whose plain word then stands for the header.

    Returns
    -------
    dict of int to str
        Unique within the solution. Depends on the profiles alone, so renumbering the segments
        renames nothing; only segments that are equal in every number are told apart by letters.
    """
    numbers = [
        (*key, mean, z)
        for key, mean, z in zip(
            profiles.index.tolist(), profiles["mean"].tolist(), profiles["z"].tolist(), strict=True
        )
    ]
    levels = [
        (*key, share, overall)
        for key, share, overall in zip(
            composition.index.tolist(),
            composition["share"].tolist(),
            composition["overall"].tolist(),
            strict=True,
        )
    ]
    columns = dict.fromkeys([*(row[1] for row in numbers), *(row[1] for row in levels)])
    words = {column: headers.spoken(column) for column in columns}
    words |= {column: str(concept) for concept, column in known.items()}
    traits = _traits(numbers, levels, features, words)
    names = {segment: _shortest(segment, traits, len(features)) for segment in traits}
    if len(set(names.values())) < len(names):
        names = _told_apart(names, _measures(numbers, levels, features, words))
    return {int(segment): name for segment, name in names.items()}


def _traits(
    numbers: Sequence[_Number],
    levels: Sequence[_Level],
    features: Sequence[str],
    words: Mapping[str, str],
) -> dict[int, list[_Trait]]:
    """List each segment's traits, the most marked first."""
    segments = [*(row[0] for row in numbers), *(row[0] for row in levels)]
    found: dict[int, list[_Trait]] = {segment: [] for segment in segments}
    places = {name: place for place, name in enumerate(features)}
    for segment, column, _, z in numbers:
        if column in places:
            found[segment].append(_graded(words[column], z, places[column]))
    for segment, column, level, share, overall in levels:
        if column in places and share >= _CONCENTRATED and share > overall:
            distance = (share - overall) / math.sqrt(overall * (1 - overall))
            phrase = f"mostly {_spoken(words[column], level)}"
            found[segment].append(_Trait(phrase, distance, places[column]))
    return {
        segment: sorted(own, key=lambda trait: (-trait.distance, trait.place))
        for segment, own in found.items()
    }


def _spoken(word: str, level: str) -> str:
    """Say a level by itself, or with its column where it is a code, or yes or no."""
    telling = sum(map(str.isalpha, level)) > _CODE and level.lower() not in _ANSWERS
    return level.lower() if telling else f"{word} {level.lower()}"


def _graded(word: str, z: float, place: int) -> _Trait:
    if math.isnan(z):
        return _Trait(f"{word} unknown", 0.0, place)
    grade = "average" if abs(z) < _HIGH else "high" if z > 0 else "low"
    phrase = _AGES[grade] if word == "age" else f"{grade} {word}"
    return _Trait(phrase, abs(z) if grade != "average" else 0.0, place)


def _shortest(segment: int, traits: Mapping[int, list[_Trait]], features: int) -> str:
    """Join the fewest traits that no other segment has, of as few the most marked."""
    own = traits[segment]
    others = [
        {trait.phrase for trait in theirs} for other, theirs in traits.items() if other != segment
    ]
    marked = [trait for trait in own if trait.distance > 0]
    if marked:
        strong = [t for t in marked if t.distance >= _WEAK * marked[0].distance]
        for pool in (strong, marked, own):
            telling = _fewest(pool[:_SEARCHED], others)
            if telling:
                return _join(telling)
    elif features > _PLAIN:
        return "Average in all"
    return _join(own if features <= _PLAIN else marked[:_MOST_TRAITS]) or "Mixed"


def _fewest(pool: Sequence[_Trait], others: Sequence[set[str]]) -> Sequence[_Trait]:
    for length in range(1, min(len(pool), _MOST_TRAITS) + 1):
        telling = [
            some
            for some in combinations(pool, length)
            if not any(phrases.issuperset(trait.phrase for trait in some) for phrases in others)
        ]
        if telling:
            return max(telling, key=_distance)
    return ()


def _distance(some: Sequence[_Trait]) -> float:
    return sum(trait.distance for trait in some)


def _join(traits: Sequence[_Trait]) -> str:
    phrases = [trait.phrase for trait in sorted(traits, key=lambda trait: trait.place)]
    joined = ", ".join(dict.fromkeys(phrases))
    return joined[:1].upper() + joined[1:]


def _measures(
    numbers: Sequence[_Number],
    levels: Sequence[_Level],
    features: Sequence[str],
    words: Mapping[str, str],
) -> list[_Measure]:
    """List the numbers that can tell segments apart."""
    found: dict[tuple[str, ...], _Measure] = {}
    for segment, column, mean, z in numbers:
        if (column,) not in found:
            unit = headers.unit(column)
            found[column,] = _Measure(column in features, words[column], unit, {}, {})
        found[column,].scaled[segment] = 0.0 if math.isnan(z) else z
        found[column,].written[segment] = mean
    for segment, column, level, share, overall in levels:
        if (column, level) not in found:
            word = _spoken(words[column], level)
            found[column, level] = _Measure(column in features, word, "%", {}, {})
        spread = math.sqrt(max(overall * (1 - overall), 1e-12))
        found[column, level].scaled[segment] = (share - overall) / spread
        found[column, level].written[segment] = 100 * share
    return list(found.values())


def _told_apart(names: dict[int, str], measures: list[_Measure]) -> dict[int, str]:
    """Add to equal names the number in which their segments differ most."""
    result = dict(names)
    for name, times in Counter(names.values()).items():
        if times > 1:
            alike = [segment for segment in names if names[segment] == name]
            ends = _endings(alike, measures)
            result |= {segment: f"{name} ({ends[segment]})" for segment in alike}
    return result


def _endings(alike: list[int], measures: list[_Measure]) -> dict[int, str]:
    """Give each of some segments an ending of its own.

    The widest difference speaks, one of a feature before any other; those that it leaves equal
    have a second one, and so on. Equal in all numbers, segments differ in nothing that could be
    named, and have letters.
    """
    widths = [_width(measure, alike) for measure in measures]
    if not any(width for _, width in widths):
        return {segment: f"group {chr(ord('A') + n)}" for n, segment in enumerate(alike)}
    widest = widths.index(max(widths))
    measure, rest = measures[widest], measures[:widest] + measures[widest + 1 :]
    written = _written(measure, alike)
    result: dict[int, str] = {}
    for ending in dict.fromkeys(written.values()):
        equal = [segment for segment in alike if written[segment] == ending]
        further = _endings(equal, rest) if len(equal) > 1 else dict.fromkeys(equal, "")
        result |= {s: f"{ending}, {further[s]}".removesuffix(", ") for s in equal}
    return result


def _width(measure: _Measure, alike: list[int]) -> tuple[bool, float]:
    distances = [measure.scaled[segment] for segment in alike]
    # Two levels differ by the same, but for noise in the last digits.
    width = round(max(distances) - min(distances), 9)
    return measure.feature and width > 0, width


def _written(measure: _Measure, alike: list[int]) -> dict[int, str]:
    """Write a number of each segment, with as few decimals as keep different ones apart."""
    values = [measure.written[segment] for segment in alike]
    distinct = len(set(values))
    least = 0 if min(map(abs, values)) >= 10 else 1
    digits = next(
        (n for n in range(least, 13) if len({round(v, n) for v in values}) == distinct), 12
    )
    return {
        segment: f"{measure.word} {text.quantity(value, measure.unit, digits)}"
        for segment, value in zip(alike, values, strict=True)
    }

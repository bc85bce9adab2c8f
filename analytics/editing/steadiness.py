"""Whether edited segments come back when customers are drawn anew and edited alike."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analytics.divisions import Division, Floats, Integers, follow, powers
from analytics.editing.bounded import sampled
from analytics.editing.edits import Edited, take
from analytics.editing.steps import MinimumSize, Step
from analytics.engine.distinct import Distinct, distinct
from analytics.engine.fresh import draw, fit
from analytics.engine.threads import spread
from analytics.errors import AnalyticsError
from analytics.progress import Progress, silent
from analytics.stability import (
    BOOTSTRAPS,
    SPLITS,
    Partitions,
    cross,
    rarer,
    resampled,
    starts_of,
    summarised,
    taken,
)
from analytics.trust import Trust

_SLOW = 5  # minimum sizes are sought so many times less often ...
_BOUNDED_ROWS = 400  # ... and by so many customers of a resample
_CHUNK = 65_536

Place = Callable[[Floats], Integers]


@dataclass(frozen=True)
class _Stage:
    """What a resample did at one step, and which segment of its own is which."""

    division: Division | None
    known_as: Integers


def steadiness(
    matrix: pd.DataFrame,
    counts: range,
    count: int,
    edited: Edited,
    *,
    seed: int = 42,
    threads: int | None = None,
    progress: Progress = silent,
) -> Trust:
    """Resample the customers, find and edit the segments anew, and see what comes back.

    In every resample k-means begins afresh, its segments are matched to those found, and the
    same steps are taken with those that match: a split finds its parts anew, a minimum size
    moves the centres anew, at the same share of the customers. A step that cannot be taken in a
    resample leaves its segments as they are.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
    counts : range
        Of the sweep; with it the resamples are those of
        :func:`analytics.stability.stability`, unless a minimum size makes them fewer.
    count : int
        How many segments were found, by k-means.
    edited : Edited
    seed : int
    threads : int, optional
        Cores to use, which changes nothing but the time.
    progress : callable, optional

    Returns
    -------
    Trust
        Of the segments after the last step; ``counts`` has ``jaccard`` alone.

    References
    ----------
    Hennig 2007, doi:10.1016/j.csda.2006.11.025.
    """
    data = distinct(matrix.to_numpy(dtype=np.float64))
    first = np.empty(data.size, dtype=np.int64)
    first[data.place[::-1]] = np.arange(len(data.place))[::-1]
    stages = dict(enumerate(partition[first] for partition in edited.partitions))
    owner = np.repeat(np.arange(data.size), data.weights.astype(int))
    whole = Partitions(data.rows, owner, stages)
    part, notes = resampled(data, whole, seed)
    again = partial(_again, data, part, counts, count, edited.steps)
    less = _SLOW if any(isinstance(step, MinimumSize) for step in edited.steps) else rarer(part)
    last, segments = len(edited.steps), int(edited.labels.max())
    done: list[int] = []

    def tell(doing: str) -> None:
        done.append(1)
        progress(len(done) * less / (BOOTSTRAPS + SPLITS), doing)

    def bootstrap(turn: int) -> Floats:
        random = np.random.default_rng([seed, 0, turn])
        size = len(part.owner)
        times = np.bincount(random.integers(0, size, size), minlength=size)
        present, rows, weights = taken(part, np.flatnonzero(times))
        found = again(present, rows, weights, random)(rows)
        tell("Drawing customers anew")
        return _overlaps(part.own[last][present], found, weights, segments)

    def halves(turn: int) -> list[Place]:
        random = np.random.default_rng([seed, 1, turn])
        order = random.permutation(len(part.owner))
        middle = len(order) // 2
        both = [taken(part, np.sort(half)) for half in (order[:middle], order[middle:])]
        places = [again(*half, random) for half in both]
        tell("Placing every customer")
        return places

    overlaps = np.array(spread(bootstrap, range(BOOTSTRAPS // less), threads))
    places = [one for two in spread(halves, range(SPLITS // less), threads) for one in two]
    names = np.arange(1, segments + 1)
    table = summarised(segments, names, overlaps)
    kept = np.zeros(data.size, dtype=np.int64)
    for low in range(0, data.size, _CHUNK):
        piece = slice(low, low + _CHUNK)
        rows = np.ascontiguousarray(data.rows[:, piece])
        kept[piece] = sum((place(rows) == stages[last][piece]).astype(np.int64) for place in places)
    certainty = (kept / len(places)).astype(np.float32)[data.place]
    notes.append(
        f"The segments were sought and edited anew in {len(overlaps)} bootstraps and"
        f" {len(places)} half samples."
    )
    return Trust(
        pd.DataFrame({"jaccard": [table["jaccard"].min()]}, index=pd.Index([segments], name="k")),
        table,
        pd.DataFrame({str(segments): certainty}),
        tuple(notes),
    )


def _again(
    data: Distinct,
    part: Partitions,
    counts: range,
    count: int,
    steps: Sequence[Step],
    present: Integers,
    rows: Floats,
    weights: Floats,
    random: np.random.Generator,
) -> Place:
    """Find and edit the segments of a resample; give what puts any rows into them."""
    draws = draw(counts, starts_of(part), random)
    centres, labels, _ = fit(rows, weights, {count: draws[count]})[count]
    times = weights.astype(int)
    everyone = np.repeat(rows.T, times, axis=0)
    own = {stage: np.repeat(of[present], times) for stage, of in part.own.items()}
    known_as = _known_as(own[0], np.repeat(labels.astype(np.int64) + 1, times))
    so_far = known_as[np.repeat(labels.astype(np.int64) + 1, times)]
    stages = [_Stage(None, known_as)]
    share = len(everyone) / len(data.place)
    for at, step in enumerate(steps, start=1):
        division = None
        found = so_far
        with suppress(AnalyticsError):  # what cannot be done in a resample is left as it is
            division, found, _ = take(
                everyone, so_far, _scaled(step, share), partial(_seek, part, random), _enlarge
            )
        known_as = _known_as(own[at], found)
        so_far = known_as[found]
        stages.append(_Stage(division, known_as))

    def place(others: Floats) -> Integers:
        customers = np.ascontiguousarray(others.T)
        found = powers(centres, np.zeros(len(centres)), customers).argmin(axis=1) + 1
        found = stages[0].known_as[found]
        for stage in stages[1:]:
            if stage.division:
                found = follow(stage.division, customers, found)
            found = stage.known_as[found]
        return np.asarray(found, dtype=np.int64)

    return place


def _scaled(step: Step, share: float) -> Step:
    return MinimumSize(max(1, int(step.size * share))) if isinstance(step, MinimumSize) else step


def _seek(
    part: Partitions, random: np.random.Generator, data: Distinct, count: int
) -> tuple[Floats, Integers]:
    draws = draw(range(count, count + 1), starts_of(part), random)
    centres, labels, _ = fit(data.rows, data.weights, draws)[count]
    return centres, labels.astype(np.int64)


def _enlarge(data: Distinct, centres: Floats, minimum: int) -> tuple[Integers, Floats, Floats]:
    """Move the centres by a part of the customers, and put everyone where the prices say."""
    centres, added = sampled(data, centres, minimum, _BOUNDED_ROWS)
    return powers(centres, added, data.rows.T).argmin(axis=1), centres, added


def _known_as(wanted: Integers, found: Integers) -> Integers:
    """Give the segment, of those that were found first, that each one of a resample stands for."""
    size = int(max(wanted.max(), found.max())) + 1
    table = cross(wanted, found, np.ones(len(found)), size)
    table[0] = 0.0  # nothing is matched to noise
    mine, theirs = linear_sum_assignment(table[1:, 1:], maximize=True)
    known_as = np.zeros(size + 1, dtype=np.int64)
    known_as[theirs + 1] = mine + 1
    return known_as


def _overlaps(own: Integers, found: Integers, weights: Floats, segments: int) -> Floats:
    """Give the Jaccard of every segment with the most similar one of a resample."""
    size = int(max(segments, found.max())) + 1
    table = cross(own, found, weights, size)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
    overlaps = (table / np.maximum(union, 1.0)).max(axis=1)
    return np.asarray(overlaps[1 : segments + 1])

"""Edit segments that were found, step by step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.algorithms.rows import NOISE, numbered
from analytics.divisions import Division, Floats, Integers, follow
from analytics.editing.bounded import bounded
from analytics.editing.steps import PARTS, Merge, MinimumSize, Split, Step, check
from analytics.engine.distinct import Distinct, distinct
from analytics.engine.search import search
from analytics.errors import NotEnoughData, UnknownChoice
from analytics.scoring import score
from analytics.sweep import SEED

Seek = Callable[[Distinct, int], tuple[Floats, Integers]]
Enlarge = Callable[[Distinct, Floats, int], tuple[Integers, Floats, Floats]]


@dataclass(frozen=True)
class Edited:
    """Segments after some steps.

    Attributes
    ----------
    partitions : tuple of array of int, shape (n_customers,)
        The segments before the first step and after each: from 1 without gaps, the largest
        first; 0 is noise.
    divisions : tuple of Division
        What each step did, by which other customers are put into the same segments. A customer
        on a border of a minimum size may have been put on either side of it.
    steps : tuple of Step
        As given, with the number of parts where it was left open.
    """

    partitions: tuple[Integers, ...]
    divisions: tuple[Division, ...]
    steps: tuple[Step, ...]

    @property
    def labels(self) -> Integers:
        """The segments after the last step."""
        return self.partitions[-1]


def seek(data: Distinct, count: int) -> tuple[Floats, Integers]:
    """Find segments by k-means with every start: their centres, and the label of each row."""
    found = search(data, range(count, count + 1), seed=SEED)[count]
    return found.centres, found.labels.astype(np.int64)


def edit(matrix: pd.DataFrame, labels: pd.Series, steps: Sequence[Step]) -> Edited:
    """Edit segments; the same steps on the same segments always give the same.

    Neither the order of the customers nor how often the steps were tried before changes
    anything. What a step does not name keeps its customers.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
        In which the segments were found.
    labels : Series of int, shape (n_customers,)
        Segments from 1; 0 is noise, which stays as it is.
    steps : sequence of Step
        Each by the numbers that the segments have after those before it.

    Raises
    ------
    UnknownChoice
        If a step names a segment that there is not, or changes nothing.
    NotEnoughData
        If a segment cannot be split into so many, or not everyone can get a minimum.
    """
    rows = np.ascontiguousarray(matrix.to_numpy(dtype=np.float64))
    partitions, divisions, done = [labels.to_numpy(dtype=np.int64)], [], []
    for step in steps:
        division, after, resolved = take(rows, partitions[-1], step)
        partitions.append(after)
        divisions.append(division)
        done.append(resolved)
    return Edited(tuple(partitions), tuple(divisions), tuple(done))


def take(
    rows: Floats, labels: Integers, step: Step, seek: Seek = seek, enlarge: Enlarge = bounded
) -> tuple[Division, Integers, Step]:
    """Take one step.

    Parameters
    ----------
    rows : array of shape (n_customers, n_features)
    labels : array of int, shape (n_customers,)
    step : Step
    seek : callable
        Finds the parts of a segment that is split: their centres, and the label of each row.
    enlarge : callable
        As :func:`analytics.editing.bounded.bounded`.

    Returns
    -------
    Division, labels, Step
        The step with the number of parts where it was left open.
    """
    present = {int(one) for one in np.unique(labels)} - {0}
    check(step, present)
    nothing = np.empty((0, rows.shape[1]))
    match step:
        case Merge(segments):
            within, places, added = segments, nothing, np.empty(0)
            mine = np.isin(labels, within)
            own = np.zeros(int(mine.sum()), dtype=np.int64)
        case Split(segment, count):
            within = (segment,)
            mine = labels == segment
            places, own = _parts(rows[mine], segment, count, seek)
            step, added = Split(segment, len(places)), np.zeros(len(places))
        case MinimumSize(size):
            within = tuple(sorted(present))
            mine = labels > 0
            places, own, added = _enlarged(rows[mine], labels[mine], size, enlarge)
    division, after = _numbered(rows, labels, within, mine, own, places, added)
    return division, after, step


def _parts(rows: Floats, segment: int, count: int | None, seek: Seek) -> tuple[Floats, Integers]:
    data = distinct(rows)
    wanted = PARTS[0] if count is None else count
    if data.size <= wanted:
        raise NotEnoughData(
            f"Segment {segment} cannot be split into {wanted}: only {data.size:,} of its customers"
            " differ in the chosen features, and more than that are needed.",
            "Choose fewer parts, another segment or more features.",
        )
    if count is None:
        count = _best(data)
    centres, labels = seek(data, count)
    return centres + data.centre, labels[data.place]


def _best(data: Distinct) -> int:
    """Choose the number of parts with the largest mean silhouette."""
    tried = range(PARTS[0], min(PARTS[-1] + 1, data.size))
    found = search(data, tried, seed=SEED)
    labels = np.column_stack([found[k].labels for k in tried]).astype(np.int16)
    names = pd.Index(range(len(data.rows)))
    scores = score(data, names, list(tried), labels, seed=SEED).scores
    return int(scores["silhouette"].idxmax())


def _enlarged(
    rows: Floats, labels: Integers, size: int, enlarge: Enlarge
) -> tuple[Floats, Integers, Floats]:
    sizes = np.bincount(labels)[1:]
    if (sizes >= size).all():
        raise UnknownChoice(
            f"Every segment has at least {sizes.min():,} customers already.",
            "Choose a larger minimum.",
        )
    data = distinct(rows)
    sums = [np.bincount(labels, column)[1:] for column in rows.T]
    centres = np.array(sums).T / sizes[:, None]
    own, places, added = enlarge(data, centres - data.centre, size)
    return places + data.centre, own[data.place], added


def _numbered(
    rows: Floats,
    labels: Integers,
    within: tuple[int, ...],
    mine: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    own: Integers,
    places: Floats,
    added: Floats,
) -> tuple[Division, Integers]:
    """Give all segments numbers by their sizes, and say which is which."""
    first = int(labels.max()) + 1  # what is new comes after all there were
    raw = np.where(labels > 0, labels, NOISE)
    raw[mine] = first + own
    after, order = numbered(rows, raw)
    numbers = {int(old): place + 1 for place, old in enumerate(order)}
    new = sorted(range(max(len(places), 1)), key=lambda one: numbers[first + one])
    held = new if len(places) else []
    division = Division(
        within,
        tuple(tuple(map(float, places[one])) for one in held),
        tuple(float(added[one]) for one in held),
        tuple(numbers[first + one] for one in new),
        tuple((int(old), numbers[int(old)]) for old in np.unique(labels)
              if old > 0 and old not in within),
    )  # fmt: skip
    return division, after


def replayed(divisions: Sequence[Division], rows: Floats, labels: Integers) -> Integers:
    """Put customers where some divisions put those that they were made of."""
    for division in divisions:
        labels = follow(division, rows, labels)
    return labels

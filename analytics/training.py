"""Make the model of a segmentation: what its training customers were put into segments by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from analytics import choices as choices_
from analytics import text
from analytics.algorithms import ALGORITHMS
from analytics.algorithms.mixed import LEVELS
from analytics.algorithms.rows import distinct, drawn
from analytics.assign import assign
from analytics.columns import Column
from analytics.drift import bins
from analytics.editing import Edited
from analytics.mending import learn, mend
from analytics.model import Fixed, Member, Model, Origin, Source
from analytics.nearness import chosen, deviations, distances, numbers, spots
from analytics.placement import Edits, Gaussians, Points, Rule
from analytics.prepare import FeatureSpec, prepare
from analytics.recipe import Indicators, Measure, Recipe, as_levels
from analytics.scoring import Sweep

KEPT = 2_000  # training customers that a model holds at most
_FAR = 0.99
_READING = ("order", "comma", "word")

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Training:
    """A segmentation, and the customers it was found in.

    Attributes
    ----------
    found : DataFrame, shape (n_rows, n_columns)
        The customers before any repair.
    columns : tuple of Column
        Before any repair.
    kept : array of bool, shape (n_rows,)
        Which of the rows were used.
    customers, repaired : DataFrame, tuple of Column
        Those used, after the repairs, and their columns.
    spec : FeatureSpec
    sweep : Sweep
    count : int
    names : mapping of int to str
        By segment; 0 is noise.
    edited : Edited or None
        What was made of the segments by hand.
    """

    found: pd.DataFrame
    columns: tuple[Column, ...]
    kept: NDArray[np.bool_]
    customers: pd.DataFrame
    repaired: tuple[Column, ...]
    spec: FeatureSpec
    sweep: Sweep
    count: int
    names: Mapping[int, str]
    edited: Edited | None = None


def make_model(training: Training, origin: Origin) -> Model:
    """Make a model that puts its training customers where they are.

    By k-means, k-medoids, Gower's dissimilarity and Gaussian mixtures everyone gets their own
    segment again: who would not by the rule alone, on a border, is kept in the model by
    themselves. Other algorithms leave no rule behind; a customer gets the segment of the nearest
    of up to ``KEPT`` training customers, which is exact where these are all that differ.

    Parameters
    ----------
    training : Training
    origin : Origin
        Its algorithm decides the rule.
    """
    choices = dict(origin.choices)
    mends, notes = learn(
        training.found, training.columns, training.spec.columns, choices, training.kept
    )
    labels: Integers = training.sweep.labels[str(training.count)].to_numpy(dtype=np.int64)
    recipe = _recipe(training, origin.algorithm)
    rows = np.ascontiguousarray(recipe.apply(training.customers).to_numpy(dtype=np.float64))
    rule: Rule
    rule, told = _rule(training, origin.algorithm, rows, labels)
    if training.edited is not None:
        rule, labels = Edits(rule, training.edited.divisions), training.edited.labels
        told = [] if rule.anew else told
    exact = not told
    if training.edited is not None:
        told.append("Segments were edited by hand; certainty is by the distances to their centres.")
    used = training.found[training.kept].reset_index(drop=True)
    kinds = {column.name: column for column in training.columns}
    unfilled = mend(used, mends).unfilled
    model = Model(
        origin=origin,
        sources=tuple(_source(kinds[one.name], choices) for one in mends if one.made is None),
        mends=tuple(mends),
        recipe=recipe,
        rule=rule,
        segments=tuple(_members(training, rule, rows, labels)),
        fixed=tuple(_fixed(rule, rows, labels)) if exact else (),
        agreement=1.0,
        bins=tuple(bins(unfilled, [kinds[name] for name in training.spec.columns])),
        novel=0.0,
        notes=(*notes, *told),
    )
    again = assign(model, used).table
    agreement = float((again["segment"].to_numpy() == labels).mean())
    if agreement < 1:
        share = text.percent(np.floor(agreement * 1e4) / 1e4, 2)
        notes.append(f"{share} of the training customers get their own segment again, not all.")
    novel = float((again["novel"] == "yes").mean())
    return replace(model, agreement=agreement, novel=novel, notes=(*notes, *told))


def _source(column: Column, choices: Mapping[str, str]) -> Source:
    decided = {choices_.key(word, column.name) for word in _READING}
    return Source(
        column.name, column.role, {key: choices[key] for key in sorted(decided & choices.keys())}
    )


def _recipe(training: Training, algorithm: str) -> Recipe:
    spec = training.spec
    if algorithm != "mixed":
        return prepare(training.customers, training.repaired, spec).recipe
    roles = {column.name: column.role for column in training.repaired}
    heavy = float(training.sweep.extra["weight"]["weight"].iloc[0])
    steps: list[Measure | Indicators] = []
    measured = tuple(name for name in spec.columns if roles[name] not in LEVELS)
    if measured:
        plain = prepare(training.customers, training.repaired, FeatureSpec(measured, "none"))
        for step, (_, values) in zip(plain.recipe.steps, plain.matrix.items(), strict=True):
            low, span = float(values.min()), float(np.ptp(values)) or 1.0
            if isinstance(step, Measure):
                steps.append(replace(step, scaling="minmax", spread=1 / span, shift=-low / span))
    for name in spec.columns:
        if name not in measured:
            levels = tuple(sorted(as_levels(training.customers[name]).unique()))
            # Who differ in a level differ in two indicators.
            nothing = (0.0,) * len(levels)
            steps.append(Indicators(name, levels, levels, False, nothing, weight=heavy / 2))
    return Recipe(tuple(steps))


def _rule(
    training: Training, algorithm: str, rows: Floats, labels: Integers
) -> tuple[Points | Gaussians, list[str]]:
    """Give the rule of an algorithm, and what is an approximation."""
    sweep, count = training.sweep, training.count
    if algorithm == "kmeans":
        return _points("euclidean", sweep.centres.loc[count].to_numpy(), range(1, count + 1)), []
    if algorithm in ("medoids", "mixed"):
        table = sweep.extra["medoids"].query("k == @count")
        metric = "euclidean" if algorithm == "medoids" else "cityblock"
        return _points(metric, rows[table["row"]], table["segment"]), []
    if algorithm == "mixture":
        table = sweep.extra["gaussians"].query("k == @count")
        features = rows.shape[1]
        roots = table.filter(regex="^root-").to_numpy()[:, : features**2]
        return Gaussians(
            tuple(map(int, table["segment"])),
            tuple(table["height"]),
            _nested(table.filter(regex="^mean-").to_numpy()),
            tuple(_nested(root) for root in roots.reshape(-1, features, features)),
        ), []
    firsts, place, _ = distinct(rows)
    usual = pd.crosstab(place, labels)
    segments = usual.columns.to_numpy()[usual.to_numpy().argmax(axis=1)]
    drawn_ = _drawn(segments)
    kept = firsts[drawn_]
    title = ALGORITHMS[algorithm].title
    rule = _points("euclidean", rows[kept], segments[drawn_])
    if len(kept) == len(firsts):
        notes = [f"{title} leaves no rule behind: a customer gets the segment of the nearest one."]
        if (segments[place] != labels).any():
            notes.append(f"{title} put customers who are equal into different segments.")
        return rule, notes
    return rule, [
        f"An approximation: {title} leaves no rule behind, so a customer gets the segment of the"
        f" nearest of {len(kept):,} training customers, of {len(firsts):,} who differ."
    ]


def _drawn(labels: Integers) -> Integers:
    """Draw up to ``KEPT`` positions, from every segment alike in proportion, and one at least."""
    if len(labels) <= KEPT:
        return np.arange(len(labels))
    found = []
    for segment in np.unique(labels):
        mine = np.flatnonzero(labels == segment)
        found.append(mine[drawn(len(mine), max(1, int(len(mine) / len(labels) * KEPT)), 0)])
    return np.sort(np.concatenate(found))


def _points(metric: str, places: Floats, segments: object) -> Points:
    of = tuple(int(segment) for segment in np.asarray(segments))
    return Points("euclidean" if metric == "euclidean" else "cityblock", _nested(places), of)


def _nested(table: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in table)


def _members(training: Training, rule: Rule, rows: Floats, labels: Integers) -> list[Member]:
    segments = numbers(rule)
    away = deviations(rule, rows) if isinstance(rule, Gaussians) else distances(rule, rows)
    base = rule.base if isinstance(rule, Edits) else rule
    many = isinstance(base, Points) and len(base.segments) > len(numbers(base))
    found = []
    for column, segment in enumerate(segments):
        mine = labels == segment
        own = away[mine, column]
        if many and not isinstance(rule, Gaussians):
            own = _neighbours(spots(rule), int(segment), rows[mine])
        far = float(np.quantile(own, _FAR)) if len(own) else 0.0
        found.append(Member(int(segment), training.names[int(segment)], int(mine.sum()), far))
    return found


def _neighbours(rule: Points, segment: int, rows: Floats) -> Floats:
    """Give how far each customer is from the nearest other one that the model keeps."""
    places = np.array(rule.places)[np.array(rule.segments) == segment]
    if len(places) < 2:
        return np.asarray(cKDTree(places).query(rows)[0])
    found = cKDTree(places).query(rows, k=2)[0]
    return np.asarray(np.where(found[:, 0] > 0, found[:, 0], found[:, 1]))


def _fixed(rule: Rule, rows: Floats, labels: Integers) -> list[Fixed]:
    """List the differing customers whom the rule alone would put elsewhere."""
    firsts = distinct(rows)[0]
    nothing = np.empty((len(firsts), 0))
    far = distances(rule, rows[firsts]) if isinstance(rule, Points) else nothing
    found = numbers(rule)[chosen(rule, rows[firsts], far)]
    strays = firsts[found != labels[firsts]][:KEPT]
    return [Fixed(tuple(map(float, rows[row])), int(labels[row])) for row in strays]

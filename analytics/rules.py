"""One rule in words for each segment, and how far it can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.model_selection import RepeatedKFold
from sklearn.tree import DecisionTreeClassifier

from analytics import text
from analytics.algorithms.rows import drawn
from analytics.columns import Column
from analytics.conditions import Bounds, Condition, Floats, Source, conditions, holds, paths
from analytics.members import members
from analytics.prepare import FeatureSpec, prepare, sources
from analytics.recipe import MISSING_LEVEL

FITTED_ROWS = 20_000  # a tree of so few leaves changes little with more
_FOLDS = 5
_REPEATS, _REPEATED_ROWS = 10, 2_000  # with more customers one round of folds varies little


@dataclass(frozen=True)
class Rule:
    """Who would be in a segment by a few conditions.

    Attributes
    ----------
    segment : int
    words : str
        As in "Annual income over 69 k$ and spending score up to 40".
    cases : tuple of tuple of Condition
        A customer fits who fulfils all conditions of any case; empty where no rule was found.
    customers : int
        How many fit.
    precision : float
        Share of those who fit that are in the segment; NaN if nobody fits.
    coverage : float
        Share of the segment that fits.
    """

    segment: int
    words: str
    cases: tuple[tuple[Condition, ...], ...]
    customers: int
    precision: float
    coverage: float


@dataclass(frozen=True)
class Rules:
    """The rules of a solution.

    Attributes
    ----------
    rules : tuple of Rule
        One for each segment, the largest first; nobody fits two.
    fidelity : float
        Share of customers whom the rules put into their own segment.
    validated, validated_sd : float
        The same for customers whom the tree had not seen: mean and standard deviation over the
        folds of a shuffled five-fold cross-validation, repeated ten times up to 2,000 customers;
        NaN below five customers, or where nobody asked for it.
    notes : tuple of str
    """

    rules: tuple[Rule, ...]
    fidelity: float
    validated: float
    validated_sd: float
    notes: tuple[str, ...]


def rules(
    customers: pd.DataFrame,
    columns: tuple[Column, ...],
    labels: pd.Series,
    features: Sequence[str],
    *,
    seed: int = 42,
    validate: bool = True,
) -> Rules:
    """Say every segment as conditions on the features, in the customers' own units.

    A decision tree with as few leaves as give every segment one, at least as many as there are
    segments and at most twice as many, imitates the labels, whatever made them. Thresholds are
    rounded, and all figures are those of the rounded rules on all customers. Missing values count
    as the median or as a level of their own, as for the distances.

    Parameters
    ----------
    customers : DataFrame
    columns : tuple of Column
    labels : Series of int
        Segment of each customer; noise, 0, takes no part.
    features : sequence of str
        The columns that formed the segments.
    seed : int
        Of the sample above 20,000 customers and of the folds.
    validate : bool
        Cross-validate the tree as well, which takes most of the time with few customers.

    Raises
    ------
    UnknownColumn, UnusableFeature
        As :func:`analytics.prepare.prepare`.

    References
    ----------
    Moshkovitz, Dasgupta, Rashtchian and Frost 2020, arXiv:2002.12538, on trees of one leaf per
    segment; Frost, Moshkovitz and Rashtchian 2020, arXiv:2006.02399, on a few more leaves. Here
    leaves are split by Gini impurity, which needs no centres.
    """
    found = members(labels)
    own = found.places >= 0
    if not own.any():
        return Rules((), float("nan"), float("nan"), float("nan"), ())
    plain = tuple(replace(column, transform="") for column in columns)
    table = prepare(customers, plain, FeatureSpec(tuple(features), "none")).matrix[own]
    matrix, places = table.to_numpy(), found.places[own]
    seen = drawn(len(matrix), FITTED_ROWS, seed)
    tree = _grown(matrix[seen], places[seen], len(found.segments), seed)
    origins = _origins(table, customers, features)
    leaves = [(int(tree.classes_[code]), bounds) for code, bounds in paths(tree, matrix, origins)]
    inside = [(place, holds(bounds, matrix)) for place, bounds in leaves]
    predicted = np.full(len(matrix), -1)
    for place, who in inside:
        predicted[who] = place
    ranks = {c.name: c.levels for c in columns if c.role == "ordinal"}
    made = tuple(
        _rule(segment, [b for p, b in leaves if p == place], predicted == place, places == place,
              origins, ranks)
        for place, segment in enumerate(found.segments)
    )  # fmt: skip
    scores = [float("nan")]
    if validate:
        scores = _validated(tree, matrix[seen], places[seen], seed)
    return Rules(
        made,
        float((predicted == places).mean()),
        float(np.mean(scores)),
        float(np.std(scores)),
        _notes(len(seen), len(matrix)),
    )


def _grown(matrix: Floats, places: np.ndarray, count: int, seed: int) -> DecisionTreeClassifier:
    """Grow a tree with the fewest leaves that leave no segment out."""
    present = len(np.unique(places))
    for leaves in range(max(count, 2), 2 * count + 1):
        tree = DecisionTreeClassifier(max_leaf_nodes=leaves, random_state=seed)
        tree.fit(matrix, places)
        ends = tree.tree_.children_left < 0
        if len(np.unique(tree.tree_.value[ends, 0].argmax(axis=1))) == present:
            break
    return tree


def _validated(
    tree: DecisionTreeClassifier, matrix: Floats, places: np.ndarray, seed: int
) -> list[float]:
    if len(matrix) < _FOLDS:
        return [float("nan")]
    repeats = _REPEATS if len(matrix) <= _REPEATED_ROWS else 1
    folds = RepeatedKFold(n_splits=_FOLDS, n_repeats=repeats, random_state=seed)
    scores = []
    for train, test in folds.split(matrix):
        other = DecisionTreeClassifier(max_leaf_nodes=tree.max_leaf_nodes, random_state=seed)
        other.fit(matrix[train], places[train])
        scores.append(float((other.predict(matrix[test]) == places[test]).mean()))
    return scores


def _origins(table: pd.DataFrame, customers: pd.DataFrame, features: Sequence[str]) -> list[Source]:
    """Say what each column of the matrix is."""
    owners = sources(table, features)
    shown = list(zip(map(str, table.columns), owners, strict=True))
    levels: dict[str, tuple[str, ...]] = {}
    for name, owner in shown:
        if name not in features:
            levels[owner] = (*levels.get(owner, ()), name.removeprefix(f"{owner}="))
    for owner, known in levels.items():
        if len(known) == 1:  # of two levels only one has an indicator
            values = customers[owner].astype("object")
            every = {str(level) for level in values.dropna().unique()}
            every |= {MISSING_LEVEL} if values.isna().any() else set()
            levels[owner] = (*(every - set(known)), *known)
    return [
        Source(owner, "" if name in features else name.removeprefix(f"{owner}="),
               () if name in features else levels[owner])
        for name, owner in shown
    ]  # fmt: skip


def _rule(
    segment: int,
    leaves: list[Bounds],
    fits: np.ndarray,
    belongs: np.ndarray,
    origins: Sequence[Source],
    ranks: dict[str, tuple[str, ...]],
) -> Rule:
    cases = tuple(conditions(bounds, origins, ranks) for bounds in leaves)
    hits = int((fits & belongs).sum())
    many = int(fits.sum())
    return Rule(
        segment,
        _words(cases),
        cases,
        many,
        hits / many if many else float("nan"),
        hits / int(belongs.sum()),
    )


def _words(cases: Sequence[tuple[Condition, ...]]) -> str:
    if not cases:
        return "No short rule tells this segment apart"
    said = [text.listing([one.words for one in case]) or "every customer" for case in cases]
    joined = said[0] if len(said) == 1 else f"either {'; or '.join(said)}"
    return joined[:1].upper() + joined[1:]


def _notes(seen: int, everyone: int) -> tuple[str, ...]:
    if seen == everyone:
        return ()
    return (
        f"The rules were sought among {seen:,} of {everyone:,} customers, drawn at random; their"
        " precision and coverage are those among all.",
    )


def sentence(rule: Rule) -> str:
    """Say a rule with its precision and coverage."""
    if not rule.customers:
        return f"{rule.words}."
    fitting = text.count(rule.customers, "customer")
    return (
        f"{rule.words}: of the {fitting} who fit {text.percent(rule.precision)} are in the segment,"
        f" and {text.percent(rule.coverage)} of the segment fits."
    )

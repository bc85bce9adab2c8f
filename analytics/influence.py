"""How much each column decides who is like whom, and when that is too much."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics import headers, text
from analytics.algorithms.algorithm import Mixed
from analytics.algorithms.mixed import LEVELS, balance, contributions, ranged
from analytics.columns import Column, names
from analytics.columns import roles as roles_
from analytics.prepare import FeatureSpec, sources

_DOMINANT = 2.0  # times what the other columns have on average
_PURE = 0.9
_EXPLAINED = 0.5  # share of the errors of guessing a level that knowing the segment saves
_ASSOCIATED = 0.8
_SAME = 1e-9


@dataclass(frozen=True)
class Remedy:
    """A choice of features, or of an algorithm as well, that would bring a column into line.

    Attributes
    ----------
    kind : str
        ``weight``, ``coding``, ``drop`` or ``mixed``.
    title : str
    spec : FeatureSpec
    algorithm : str
        A key of :data:`analytics.algorithms.ALGORITHMS`; empty if it stays as it is.
    """

    kind: str
    title: str
    spec: FeatureSpec
    algorithm: str = ""


@dataclass(frozen=True)
class Imbalance:
    """A column that decides too much.

    Attributes
    ----------
    column, cause : str
    remedies : tuple of Remedy
        The mildest first.
    """

    column: str
    cause: str
    remedies: tuple[Remedy, ...]


def influence(matrix: pd.DataFrame, features: Sequence[str]) -> pd.DataFrame:
    """Give each column's share of the mean squared Euclidean distance of two customers.

    That is twice the variance, so the shares are those of the total variance; all columns that
    were made of one are added up.

    Parameters
    ----------
    matrix : DataFrame of shape (n_customers, n_features)
        As from :func:`analytics.prepare.prepare`.
    features : sequence of str
        The columns of the file that it was made of.

    Returns
    -------
    DataFrame indexed by ``column``, the largest share first
        ``contribution`` (squared scaled units), ``share`` (0 to 1) and ``times`` (the
        contribution in averages of the other columns; infinite where these add nothing).
    """
    squared = 2 * matrix.var(ddof=0).groupby(sources(matrix, features)).sum()
    return _shares(squared.reindex(list(features)))


def gower_influence(mixed: Mixed, weight: float | None = None) -> pd.DataFrame:
    """Give each column's share of the mean Gower dissimilarity of two customers.

    Parameters
    ----------
    mixed : Mixed
        As from :func:`analytics.algorithms.mixed.mixed_data`.
    weight : float, optional
        Of a column of levels against 1 of one of numbers; the balancing one by default.

    Returns
    -------
    DataFrame
        As from :func:`influence`, with ``contribution`` as a part of the dissimilarity.

    References
    ----------
    Gower 1971, doi:10.2307/2528823.
    """
    numbers, codes = ranged(mixed.numeric), mixed.codes.to_numpy(dtype=np.int64)
    weight = balance(numbers, codes) if weight is None else weight
    by_number, by_level = contributions(numbers, codes)
    parts = np.concatenate([by_number, weight * by_level])
    total = numbers.shape[1] + weight * codes.shape[1]
    return _shares(pd.Series(parts / total, [*mixed.numeric, *mixed.codes]))


def _shares(contributions: pd.Series) -> pd.DataFrame:
    total, others = contributions.sum(), max(len(contributions) - 1, 1)
    rest = (total - contributions).clip(lower=0) / others
    times = (contributions / rest.where(rest > 0)).fillna(np.inf)
    table = pd.DataFrame(
        {"contribution": contributions, "share": contributions / (total or 1), "times": times}
    )
    return table.rename_axis("column").sort_values("share", ascending=False, kind="stable")


def dominant(
    table: pd.DataFrame, columns: tuple[Column, ...], spec: FeatureSpec
) -> list[Imbalance]:
    """Warn of columns that count at least twice as much as the others do on average.

    Whoever has more than twice an equal share is among them, and with few columns, where nobody
    can have that, a lesser share is enough: two of three thirds, two of five fifths of four.

    Parameters
    ----------
    table : DataFrame
        As from :func:`influence` or :func:`gower_influence`.
    columns : tuple of Column
    spec : FeatureSpec
        What the features were made by.
    """
    if len(table) < 2:
        return []
    found = table[table["times"] >= _DOMINANT * (1 - _SAME)]
    return [
        Imbalance(str(name), _counts(str(name), row, len(table)), _remedies(str(name), columns,
                                                                            spec, row["times"]))
        for name, row in found.iterrows()
    ]  # fmt: skip


def _counts(name: str, row: pd.Series, many: int) -> str:
    if np.isinf(row["times"]):
        return f"{headers.label(name)} alone decides how far two customers are apart."
    return (
        f"{headers.label(name)} makes {text.percent(row['share'])} of the distance between"
        f" customers, against {text.percent(1 / many)} if all {many} features counted alike."
    )


def _remedies(
    name: str, columns: tuple[Column, ...], spec: FeatureSpec, times: float | None = None
) -> tuple[Remedy, ...]:
    label, kind = headers.label(name), roles_(columns)[name]
    weights = dict(spec.weights)
    found = []
    if kind in LEVELS and spec.coding != "balanced":
        title = f"Count {label} half as much as a numeric column"
        plain = tuple((one, weight) for one, weight in spec.weights if one != name)
        found.append(Remedy("coding", title, replace(spec, coding="balanced", weights=plain)))
    if times is not None and np.isfinite(times):
        weight = float(f"{weights.get(name, 1.0) / times:.2g}")
        title = f"Let {label} count as much as the others, a weight of {text.number(weight)}"
        lighter = tuple(sorted({**weights, name: weight}.items()))
        found.append(Remedy("weight", title, replace(spec, weights=lighter)))
    kept = tuple(one for one in spec.columns if one != name)
    if kind in LEVELS and set(kept) & set(names(columns, "numeric", "ordinal")):
        title = "Compare numbers and levels by Gower's dissimilarity"
        found.append(Remedy("mixed", title, replace(spec, weights=()), "mixed"))
    if kept:
        lighter = tuple((one, weight) for one, weight in spec.weights if one != name)
        title = f"Leave {label} out; it still describes the segments"
        found.append(Remedy("drop", title, replace(spec, columns=kept, weights=lighter)))
    return tuple(found)


def category_fit(
    customers: pd.DataFrame, columns: tuple[Column, ...], labels: pd.Series, features: Sequence[str]
) -> pd.DataFrame:
    """Say how closely the segments follow each categorical feature.

    Parameters
    ----------
    customers : DataFrame
    columns : tuple of Column
    labels : Series of int
        Segment of each customer; noise, 0, takes no part.
    features : sequence of str
        The columns that formed the segments.

    Returns
    -------
    DataFrame indexed by ``column``
        ``purity`` (share of customers who have their segment's most common level), ``base`` (the
        same if everyone were one segment), ``saved`` (share of the errors of guessing a level
        that knowing the segment saves; Goodman and Kruskal's lambda) and ``cramers_v`` (0 to 1).

    References
    ----------
    Goodman and Kruskal 1954, doi:10.1080/01621459.1954.10501231; Cramer 1946, Mathematical
    Methods of Statistics, on V.
    """
    member = labels.to_numpy() > 0
    rows = {}
    for name in names(columns, *LEVELS):
        if name not in features or not member.any():
            continue
        levels = pd.factorize(customers[name].astype("object")[member], use_na_sentinel=False)[0]
        groups = pd.factorize(labels.to_numpy()[member])[0]
        table = np.zeros((groups.max() + 1, levels.max() + 1))
        np.add.at(table, (groups, levels), 1)
        rows[name] = _fit(table)
    frame = pd.DataFrame.from_dict(
        rows, orient="index", columns=["purity", "base", "saved", "cramers_v"]
    )
    return frame.rename_axis("column")


def _fit(table: np.ndarray) -> list[float]:
    total = table.sum()
    purity, base = table.max(axis=1).sum() / total, table.sum(axis=0).max() / total
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    chi = ((table - expected) ** 2 / expected).sum()
    freedom = min(table.shape) - 1
    saved = (purity - base) / (1 - base) if base < 1 else 0.0
    return [purity, base, saved, float(np.sqrt(chi / total / freedom)) if freedom else 0.0]


def decisive(
    table: pd.DataFrame, columns: tuple[Column, ...], spec: FeatureSpec
) -> list[Imbalance]:
    """Warn of categories that the segments follow so closely that they say little else.

    Parameters
    ----------
    table : DataFrame
        As from :func:`category_fit`.
    columns : tuple of Column
    spec : FeatureSpec

    Returns
    -------
    list of Imbalance
        For a purity above 0.9 where knowing the segment saves at least half of the errors of
        guessing the level, so that a level that nearly everyone has is no reason; or for a
        Cramer's V above 0.8. None where the category is the only feature.
    """
    if len(spec.columns) < 2:
        return []
    pure = (table["purity"] > _PURE) & (table["saved"] >= _EXPLAINED)
    found = table[pure | (table["cramers_v"] > _ASSOCIATED)]
    return [
        Imbalance(
            str(name),
            f"The segments almost repeat {headers.label(str(name))}: {text.percent(row['purity'])}"
            f" of customers have their segment's most common level, against"
            f" {text.percent(row['base'])} without segments (Cramer's V"
            f" {text.number(row['cramers_v'], 2)}).",
            _remedies(str(name), columns, spec),
        )
        for name, row in found.iterrows()
    ]

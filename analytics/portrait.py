"""What is said of segments wherever they are shown: a headline, facts, stability, claims."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analytics import facts, headers, insights, text
from analytics.columns import Column, roles

MOST_FACTS = 3


def headline(everyone: int, names: Mapping[int, str], features: Sequence[str], score: float) -> str:
    """Say how many customers are in how many segments, by what, and how far these are apart.

    Parameters
    ----------
    everyone : int
    names : mapping of int to str
        By segment; noise is segment 0.
    features : sequence of str
    score : float
        The mean silhouette.
    """
    by = text.listing([headers.label(name) for name in features])
    noise = 0 in names
    return (
        f"{text.count(everyone, 'customer')} in {len(names) - noise}"
        f" segments{' and noise' if noise else ''} by {by};"
        f" mean silhouette {text.number(score, 3)}."
    )


def held(stability: pd.DataFrame, segment: int) -> str:
    """Say how much of a segment comes back when customers are drawn anew; empty if unknown.

    Parameters
    ----------
    stability : DataFrame indexed by segment
        As in :class:`analytics.stability.Stability`, of one number of segments.
    segment : int
    """
    if segment not in stability.index:
        return ""
    row = stability.loc[segment]
    low, high = (text.percent(row[end]) for end in ("low", "high"))
    word = row["word"][:1].upper() + row["word"][1:]
    return (
        f"{word}: {text.percent(row['jaccard'])} of it comes back (95 % of draws: {low} to {high})"
    )


def told(table: pd.DataFrame, segment: int) -> list[tuple[str, bool]]:
    """Give the facts that define a segment, filled up with trivial ones, each marked as such.

    Parameters
    ----------
    table : DataFrame
        As from :func:`analytics.facts.facts`.
    segment : int
    """
    first = facts.leading(table, segment, MOST_FACTS)
    own = table[(table["segment"] == segment) & ~table["column"].isin(first["column"])]
    filling = own.drop_duplicates("column").head(MOST_FACTS - len(first))
    rows = [*first.iterrows(), *filling.iterrows()]
    return [(facts.sentence(fact), bool(fact["trivial"])) for _, fact in rows]


def claims(
    customers: pd.DataFrame,
    columns: tuple[Column, ...],
    features: Sequence[str],
    scores: pd.DataFrame,
    recommended: int,
) -> list[str]:
    """Check what is often said of such data, as far as the features allow it.

    Parameters
    ----------
    customers : DataFrame
    columns : tuple of Column
    features : sequence of str
        The columns that formed the segments.
    scores : DataFrame indexed by ``k``
        As in :class:`analytics.scoring.Sweep`.
    recommended : int
        The recommended k.
    """
    score = scores.loc[recommended]
    checked = insights.claims(
        customers,
        columns,
        count=recommended,
        silhouette=float(score["silhouette"]),
        error=float(score["silhouette_se"]),
    )
    concepts = headers.concepts(roles(columns))
    asked = {concepts.get("income"), concepts.get("spending")}
    groups = checked[:1] if set(features) == asked else []
    return [f"“{one.claim}” {one.sentence}" for one in [*groups, *checked[1:]]]

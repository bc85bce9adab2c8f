"""Recommend a number of segments, with the reason and what speaks against it."""

from dataclasses import dataclass

import pandas as pd

from analytics import text
from analytics.knee import knee

# Kaufman and Rousseeuw 1990, Finding Groups in Data, table 4 (doi:10.1002/9780470316801).
_STRUCTURE = ((0.70, "strong"), (0.50, "reasonable"), (0.25, "weak"), (-1.0, "no substantial"))
_SMALL = 0.05  # share of customers


@dataclass(frozen=True)
class Recommendation:
    """A number of segments with its reason and its doubts, one sentence each."""

    k: int
    reason: str
    doubts: tuple[str, ...]


def recommend(scores: pd.DataFrame, customers: int | None = None) -> Recommendation:
    """Recommend the k of the highest mean silhouette.

    Parameters
    ----------
    scores : DataFrame indexed by ``k``
        As in :class:`analytics.sweep.Sweep`.
    customers : int, optional
        How many there are, to judge the smallest segment by.
    """
    silhouette = scores["silhouette"]
    best = int(silhouette.idxmax())
    if len(scores) == 1:
        reason = (
            f"{best} segments, the only number in question: the mean silhouette is"
            f" {_silhouette(scores, best)}, a sign of {_structure(silhouette[best])} structure."
        )
        return Recommendation(best, reason, tuple(_doubts(scores, best, customers)))
    reason = (
        f"{best} segments: the mean silhouette, {_silhouette(scores, best)}, is the highest of"
        f" k = {scores.index.min()} to {scores.index.max()}, a sign of"
        f" {_structure(silhouette[best])} structure{_agreement(scores, best)}."
    )
    return Recommendation(best, reason, tuple(_doubts(scores, best, customers)))


def _silhouette(scores: pd.DataFrame, k: int) -> str:
    row = scores.loc[k]
    return text.uncertain(row["silhouette"], row["silhouette_se"], 3)


def _structure(silhouette: float) -> str:
    return next(word for least, word in _STRUCTURE if silhouette >= least)


def _votes(scores: pd.DataFrame) -> dict[str, int | None]:
    return {
        "Calinski-Harabasz": int(scores["calinski_harabasz"].idxmax()),
        "Davies-Bouldin": int(scores["davies_bouldin"].idxmin()),
        "the elbow of WCSS": knee(scores["wcss"]),
    }


def _agreement(scores: pd.DataFrame, best: int) -> str:
    agreeing = [name for name, k in _votes(scores).items() if k == best]
    if not agreeing:
        return ""
    return f"; {text.listing(agreeing)} {'agrees' if len(agreeing) == 1 else 'agree'}"


def _doubts(scores: pd.DataFrame, best: int, customers: int | None) -> list[str]:
    doubts = []
    others = scores["silhouette"].drop(best)
    if others.size:
        rival = int(others.idxmax())
        lead = scores.loc[best, "silhouette"] - others[rival]
        if lead < scores.loc[best, "silhouette_se"]:
            doubts.append(
                f"The lead over {rival} segments ({_silhouette(scores, rival)}) is within one"
                " standard error: treat both as candidates."
            )
    if best == scores.index.max() and len(scores) > 1:
        doubts.append(
            f"{best} is the edge of the range that was tried, so the data may hold no natural"
            " groups at all: these could be cuts through a continuum."
        )
    if scores.loc[best, "silhouette"] < 0.5:
        doubts.append("Below 0.5 the segments overlap: many customers lie between two of them.")
    smallest = int(scores.loc[best, "smallest"])
    if customers is not None and smallest < _SMALL * customers:
        doubts.append(
            f"The smallest segment holds {text.count(smallest, 'customer')},"
            f" {text.percent(smallest / customers, 1)} of all: outliers, perhaps, not a group."
        )
    for name, k in _votes(scores).items():
        if k is not None and k != best:
            doubts.append(f"{name[0].upper()}{name[1:]} would choose {k}.")
    return doubts

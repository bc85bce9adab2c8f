"""Why a number of segments was chosen, and not another: sentences made of the numbers."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics import text
from analytics.choosing import CONSTRUCTED, NATURAL, PREDICTABLE, Chosen, smallest_allowed
from analytics.stability import USABLE

_ANEW = "when customers are drawn anew"
_RARE = 0.2  # share of the starts; a solution found less often is easily missed


def summary(chosen: Chosen, customers: int) -> str:
    """Say in one sentence which k, what kind of segments, and on what grounds."""
    k, row = chosen.k, chosen.table.loc[chosen.k]
    height = f"the mean silhouette, {silhouette(chosen.table, k)},"
    cuts = f"{k} segments, but no natural groups: these would be cuts, not clusters;"
    if not row["candidate"]:
        none = ", and no other number that was tried does better" if len(chosen.table) > 1 else ""
        if row["stable"]:
            return f"{cuts} the smallest of them holds {_few(row, customers)}{none}."
        return f"{cuts} one comes back by only {_share(row['jaccard'])} {_ANEW}{none}."
    if chosen.verdict == CONSTRUCTED:
        return (
            f"{cuts} {height} is no higher than evenly spread customers reach by chance,"
            f" {_three(row['limit'])}."
        )
    kind = "natural" if chosen.verdict == NATURAL else "usable, though not natural, ones"
    return (
        f"{k} segments, {kind}: {height} is {_rank(chosen)}, and each segment comes back"
        f" {_least(row['jaccard'])} {_ANEW}."
    )


def grounds(chosen: Chosen, cast: list[str]) -> list[str]:
    """Give what speaks for the choice, one sentence each.

    Parameters
    ----------
    chosen : Chosen
    cast : list of str
        The customary indices that agree.
    """
    k, row = chosen.k, chosen.table.loc[chosen.k]
    said = [f"The mean silhouette, {silhouette(chosen.table, k)}, is {_rank(chosen)}."]
    if row["above"]:
        said.append(
            f"Evenly spread customers reach {_three(row['limit'])} or less in 95 % of draws."
        )
    if row["stable"]:
        said.append(
            f"Each segment comes back {_least(row['jaccard'])} {_ANEW} (Jaccard, mean of the"
            f" least stable one); {text.percent(USABLE)} is enough to rely on."
        )
    if row["predictable"]:
        said.append(f"Half of the customers predict the segments of the others: {_strength(row)}.")
    if row.get("starts", 0) and row["found"] > _RARE * row["starts"]:
        said.append(
            f"The solution was found again in {row['found']:.0f} of {row['starts']:.0f} starts."
        )
    said += _neighbours(chosen)
    if cast:
        said.append(f"{_capital(text.listing(cast))} {'agrees' if len(cast) == 1 else 'agree'}.")
    return said


def objections(chosen: Chosen, customers: int) -> list[str]:
    """Give what speaks against the choice, one sentence each."""
    k, table, row = chosen.k, chosen.table, chosen.table.loc[chosen.k]
    said = []
    if chosen.alternatives and chosen.verdict != CONSTRUCTED:
        said.append(_rivals(chosen))
    if not row["predictable"] and chosen.verdict != CONSTRUCTED:
        said.append(
            f"Half of the customers hardly predict the segments of the others: {_strength(row)}."
        )
    if row.get("starts", 0) and row["found"] <= _RARE * row["starts"]:
        said.append(
            f"Only {row['found']:.0f} of {row['starts']:.0f} starts found the solution: it is"
            " easily missed."
        )
    if chosen.best == table.index.max() and len(table) > 1:
        said.append(
            f"{chosen.best} is the edge of the range that was tried, and has the highest silhouette"
            " of those that hold: more segments may be better still, or there are no natural"
            " groups."
        )
    if not row["large"]:
        said.append(_too_small(k, row, customers))
    if row["silhouette"] < 0.5 and chosen.verdict != CONSTRUCTED:
        said.append("Below 0.5 the segments overlap: many customers lie between two of them.")
    return said


def failures(chosen: Chosen, customers: int) -> dict[int, str]:
    """Say of every other k why it was not chosen, one sentence each."""
    return {
        int(k): _failure(chosen, int(k), row, customers)
        for k, row in chosen.table.drop(index=chosen.k).iterrows()
    }


def others(agreement: pd.DataFrame) -> list[str]:
    """Say how far other algorithms find the same segments.

    Parameters
    ----------
    agreement : DataFrame indexed by ``k``
        As from :func:`analytics.agreement.agreement`.
    """
    return [
        f"Other algorithms asked for {k} segments agree with these by"
        f" {text.number(row['ward'], 2)} (Ward) and {text.number(row['mixture'], 2)} (Gaussian"
        " mixture); 1 is the same segments, 0 chance (adjusted Rand index)."
        for k, row in agreement.iterrows()
    ]


def instead(scores: pd.DataFrame, rejected: Mapping[int, str], k: int) -> str:
    """Say that a number in use is not the recommended one, and why it was not chosen.

    Parameters
    ----------
    scores : DataFrame indexed by ``k``
        As in :class:`analytics.scoring.Sweep`.
    rejected : mapping of int to str
        As in :class:`analytics.recommend.Recommendation`.
    k : int
    """
    height = text.number(scores["silhouette"].get(k, np.nan), 3)
    why = rejected.get(k, "")
    return f"{k} segments (silhouette {height}), not the recommended number. {why}".rstrip()


def silhouette(scores: pd.DataFrame, k: int) -> str:
    """Write a mean silhouette with its standard error."""
    row = scores.loc[k]
    return text.uncertain(row["silhouette"], row["silhouette_se"], 3)


def _rank(chosen: Chosen) -> str:
    best, k = chosen.best, chosen.k
    if len(chosen.table) == 1:
        return "that of the only number in question"
    if best != k:
        return (
            f"within a standard error of the highest that holds, {_three_at(chosen, best)} of"
            f" {best}, with fewer segments"
        )
    if chosen.table["silhouette"].idxmax() == k:
        return f"the highest of k = {_tried(chosen.table)}"
    return f"the highest of those that hold, of k = {_tried(chosen.table)}"


def _rivals(chosen: Chosen) -> str:
    named = text.listing([str(k) for k in chosen.alternatives])
    heights = text.listing([_three_at(chosen, k) for k in chosen.alternatives])
    strengths = chosen.table.loc[list(chosen.alternatives), "prediction_strength"]
    numbers = text.listing([text.number(strength, 2) for strength in strengths])
    many = "s" if len(chosen.alternatives) > 1 else ""
    return (
        f"{named} segments hold as well (silhouette{many} {heights}, prediction strength{many}"
        f" {numbers})."
    )


def _neighbours(chosen: Chosen) -> list[str]:
    """Say of k - 1 and k + 1 which segments do not come back, in one sentence for both."""
    table = chosen.table
    weak = [k for k in (chosen.k - 1, chosen.k + 1) if k in table.index and not table["stable"][k]]
    if not weak:
        return []
    named = text.listing([str(k) for k in weak])
    overlaps = text.listing([_share(table["jaccard"][k]) for k in weak])
    return [
        f"{named} segments {'each hold' if len(weak) > 1 else 'hold'} a segment that comes back by"
        f" only {overlaps} {_ANEW}."
    ]


def _failure(chosen: Chosen, k: int, row: pd.Series, customers: int) -> str:
    if not row["stable"]:
        if row["most_jaccard"] < USABLE:
            return (
                f"{k} segments have no one answer: even the most stable comes back by only"
                f" {_share(row['most_jaccard'])} {_ANEW}."
            )
        return (
            f"{k} segments hold a segment that comes back by only {_share(row['jaccard'])} {_ANEW}."
        )
    if not row["large"]:
        return _too_small(k, row, customers)
    own = silhouette(chosen.table, k)
    if not row["above"]:
        return (
            f"{k} segments hold, but their mean silhouette, {own}, is no higher than evenly spread"
            f" customers reach by chance, {_three(row['limit'])}."
        )
    lower = row["silhouette"] < chosen.table["silhouette"][chosen.k]
    beside = "lower" if lower else "hardly higher"
    return f"{k} segments hold as well; their mean silhouette, {own}, is {beside}."


def _too_small(k: int, row: pd.Series, customers: int) -> str:
    return f"The smallest of {k} segments holds {_few(row, customers)}: outliers, perhaps."


def _few(row: pd.Series, customers: int) -> str:
    smallest = int(row["smallest"])
    return (
        f"{text.count(smallest, 'customer')}, {text.percent(smallest / customers, 1)} of all, fewer"
        f" than {text.number(smallest_allowed(customers))}"
    )


def _least(jaccard: float) -> str:
    return "whole" if jaccard == 1 else f"by {_share(jaccard)} or more"


def _share(jaccard: float) -> str:
    """Round down, so that what is short of a threshold also reads so."""
    return text.percent(np.floor(100 * jaccard) / 100)


def _strength(row: pd.Series) -> str:
    written = text.uncertain(row["prediction_strength"], row["prediction_strength_se"], 2)
    return f"prediction strength {written}, of which natural groups need {PREDICTABLE}"


def _tried(table: pd.DataFrame) -> str:
    return f"{table.index.min()} to {table.index.max()}"


def _three_at(chosen: Chosen, k: int) -> str:
    return _three(chosen.table["silhouette"][k])


def _three(value: float) -> str:
    return text.number(value, 3)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]

"""Recommend a number of segments, with the reason and what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analytics import arguments, text
from analytics.choosing import CONSTRUCTED, choose
from analytics.trust import Trust
from analytics.votes import agreeing, dissenting, votes

# Kaufman and Rousseeuw 1990, Finding Groups in Data, table 4 (doi:10.1002/9780470316801).
_STRUCTURE = ((0.70, "strong"), (0.50, "reasonable"), (0.25, "weak"), (-1.0, "no substantial"))
_SMALL = 0.05  # share of customers


@dataclass(frozen=True)
class Recommendation:
    """A number of segments and whether they are real.

    Attributes
    ----------
    k : int
    reason : str
        One sentence that begins with k.
    doubts : tuple of str
        What speaks against it, one sentence each.
    verdict : str
        "natural", "usable, not natural" or "no natural groups"; empty where the segments were
        not sought anew.
    alternatives : tuple of int
        Other numbers whose segments hold, the best first.
    reasons : tuple of str
        What speaks for it, one sentence each.
    rejected : mapping of int to str
        Of every other number why it was not chosen.
    """

    k: int
    reason: str
    doubts: tuple[str, ...]
    verdict: str = ""
    alternatives: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    rejected: Mapping[int, str] = field(default_factory=dict)

    def cautions(self, scores: pd.DataFrame, k: int) -> list[str]:
        """Say what is held against some k, to be told wherever its segments are shown.

        Parameters
        ----------
        scores : DataFrame indexed by ``k``
            As in :class:`analytics.scoring.Sweep`.
        k : int
        """
        told = [] if k == self.k else [arguments.instead(scores, self.rejected, k)]
        if self.verdict == CONSTRUCTED:
            told.append(
                "By these features there are no natural groups: these segments are cuts, however"
                " often they come back."
            )
        return told


def recommend(
    scores: pd.DataFrame,
    customers: int | None = None,
    *,
    trust: Trust | None = None,
    gaps: pd.DataFrame | None = None,
) -> Recommendation:
    """Recommend a k by what comes back when customers are drawn anew, and say what it is worth.

    Without that, the k of the highest mean silhouette. The customary indices are told and decide
    nothing.

    Parameters
    ----------
    scores : DataFrame indexed by ``k``
        As in :class:`analytics.scoring.Sweep`.
    customers : int, optional
        How many there are, to judge the smallest segment by; as many as have a certainty, where
        there is trust.
    trust : Trust, optional
        Of the same sweep.
    gaps : DataFrame, optional
        As in :class:`analytics.scoring.Sweep`.

    See Also
    --------
    analytics.choosing.choose : The rule, with its sources.
    """
    cast = votes(scores, gaps)
    if trust is None:
        return _by_silhouette(scores, cast, customers)
    customers = len(trust.certainty)
    chosen = choose(scores, trust, customers)
    return Recommendation(
        chosen.k,
        arguments.summary(chosen, customers),
        (*arguments.objections(chosen, customers), *dissenting(cast, chosen.k)),
        chosen.verdict,
        chosen.alternatives,
        tuple(arguments.grounds(chosen, agreeing(cast, chosen.k))),
        arguments.failures(chosen, customers),
    )


def _by_silhouette(
    scores: pd.DataFrame, cast: dict[str, int | None], customers: int | None
) -> Recommendation:
    silhouette = scores["silhouette"]
    best = int(silhouette.idxmax())
    if len(scores) == 1:
        reason = (
            f"{best} segments, the only number in question: the mean silhouette is"
            f" {arguments.silhouette(scores, best)}, a sign of {_structure(silhouette[best])}"
            " structure."
        )
        return Recommendation(best, reason, tuple(_doubts(scores, best, customers, cast)))
    agreed = agreeing(cast, best)
    beside = f"; {text.listing(agreed)} {'agrees' if len(agreed) == 1 else 'agree'}"
    reason = (
        f"{best} segments: the mean silhouette, {arguments.silhouette(scores, best)}, is the"
        f" highest of k = {scores.index.min()} to {scores.index.max()}, a sign of"
        f" {_structure(silhouette[best])} structure{beside if agreed else ''}."
    )
    return Recommendation(best, reason, tuple(_doubts(scores, best, customers, cast)))


def _structure(silhouette: float) -> str:
    return next(word for least, word in _STRUCTURE if silhouette >= least)


def _doubts(
    scores: pd.DataFrame, best: int, customers: int | None, cast: dict[str, int | None]
) -> list[str]:
    doubts = []
    others = scores["silhouette"].drop(best)
    if others.size:
        rival = int(others.idxmax())
        lead = scores.loc[best, "silhouette"] - others[rival]
        if lead < scores.loc[best, "silhouette_se"]:
            doubts.append(
                f"The lead over {rival} segments ({arguments.silhouette(scores, rival)}) is within"
                " one standard error: treat both as candidates."
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
    return [*doubts, *dissenting(cast, best)]

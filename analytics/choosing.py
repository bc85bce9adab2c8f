"""The rule that chooses a number of segments and says what kind of segments they are."""

from dataclasses import dataclass

import pandas as pd

from analytics.stability import USABLE
from analytics.trust import Trust

NATURAL, REPRODUCIBLE, CONSTRUCTED = "natural", "usable, not natural", "no natural groups"
PREDICTABLE = 0.8  # prediction strength; Tibshirani and Walther 2005
_SHARE, _FEWEST, _SHARE_OF_FEW = 0.02, 10, 0.05  # of the customers in the smallest segment
_ALTERNATIVES = 2


@dataclass(frozen=True)
class Chosen:
    """A number of segments and what it was chosen from.

    Attributes
    ----------
    k : int
    verdict : str
        ``NATURAL``, ``REPRODUCIBLE`` or ``CONSTRUCTED``.
    best : int
        The candidate of the highest mean silhouette.
    alternatives : tuple of int
    table : DataFrame indexed by ``k``
        The scores and the stability, with ``most_jaccard`` (of the most stable segment),
        ``stable``, ``large`` (each segment is large enough), ``candidate`` (both), ``above`` (the
        silhouette is above what even data reach) and ``predictable``.
    """

    k: int
    verdict: str
    best: int
    alternatives: tuple[int, ...]
    table: pd.DataFrame


def choose(scores: pd.DataFrame, trust: Trust, customers: int) -> Chosen:
    """Choose the smallest k whose silhouette is within a standard error of the best candidate's.

    Candidates have a least Jaccard of 0.75 and no segment below 2 % of the customers or ten of
    them (5 % of fewer than 200). Segments are natural if half of the customers predict those of
    the other half and the silhouette is above what 95 % of evenly spread sets reach; usable if it
    is above only. Where there is no candidate, the highest silhouette of all is a cut.

    References
    ----------
    Hennig 2007, doi:10.1016/j.csda.2006.11.025; Tibshirani and Walther 2005,
    doi:10.1198/106186005X59243; the three kinds are those of Dolnicar, Grün and Leisch 2018,
    doi:10.1007/978-981-10-8818-6.
    """
    table = scores.join(trust.counts)
    table["most_jaccard"] = trust.segments["jaccard"].groupby(level="k").max()
    table["stable"] = table["jaccard"] >= USABLE
    table["large"] = table["smallest"] >= smallest_allowed(customers)
    table["candidate"] = table["stable"] & table["large"]
    table["above"] = table["silhouette"] > table["limit"]
    table["predictable"] = table["prediction_strength"] >= PREDICTABLE
    pool = table[table["candidate"]] if table["candidate"].any() else table
    best = pool["silhouette"].idxmax()
    within = pool["silhouette"] >= pool.loc[best, "silhouette"] - pool.loc[best, "silhouette_se"]
    k = int(pool.index[within].min())
    verdict = _verdict(table.loc[k])
    others = table[table["candidate"] & table["above"]].drop(index=k, errors="ignore")
    others = others.sort_values(["predictable", "silhouette"], ascending=False)
    alternatives = [] if verdict == CONSTRUCTED else others.index[:_ALTERNATIVES]
    return Chosen(k, verdict, int(best), tuple(int(other) for other in alternatives), table)


def smallest_allowed(customers: int) -> float:
    """Give how many customers the smallest segment must hold."""
    return max(_SHARE * customers, min(_FEWEST, _SHARE_OF_FEW * customers))


def _verdict(row: pd.Series) -> str:
    if not (row["candidate"] and row["above"]):
        return CONSTRUCTED
    return NATURAL if row["predictable"] else REPRODUCIBLE

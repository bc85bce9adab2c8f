"""What the customary indices would choose; told, never decisive."""

import pandas as pd

from analytics.gap import smallest_sufficient
from analytics.knee import knee


def votes(scores: pd.DataFrame, gaps: pd.DataFrame | None = None) -> dict[str, int | None]:
    """Give the k that each index would choose, by its name.

    Parameters
    ----------
    scores, gaps : DataFrame indexed by ``k``
        As in :class:`analytics.scoring.Sweep`.
    """
    found = {
        "Calinski-Harabasz": int(scores["calinski_harabasz"].idxmax()),
        "Davies-Bouldin": int(scores["davies_bouldin"].idxmin()),
        "the elbow of WCSS": knee(scores["wcss"]),
    }
    if gaps is not None and not gaps.empty:
        found["the gap statistic"] = smallest_sufficient(gaps)
    return found


def agreeing(cast: dict[str, int | None], k: int) -> list[str]:
    """Name the indices that would choose k."""
    return [name for name, choice in cast.items() if choice == k]


def dissenting(cast: dict[str, int | None], k: int) -> list[str]:
    """Say of each index that would choose another k which one, one sentence each."""
    return [
        f"{name[0].upper()}{name[1:]} would choose {choice}."
        for name, choice in cast.items()
        if choice not in (k, None)
    ]

"""The scores of every number of segments as a table of words."""

from typing import Any

import pandas as pd

from analytics import text

CAPTION = "Scores of every number of segments"
HEADINGS = (
    "k",
    "WCSS",
    "Silhouette",
    "By chance at most",
    "Least stable segment",
    "Prediction strength",
    "Calinski-Harabasz",
    "Davies-Bouldin",
    "Smallest",
    "Best found by",
)


def rows(scores: pd.DataFrame) -> list[list[str]]:
    """Write the scores under the headings, a row for each number of segments.

    Parameters
    ----------
    scores : DataFrame indexed by ``k``
        As in :class:`analytics.scoring.Sweep`, with what :class:`analytics.trust.Trust` tells of
        every k where it is known.
    """
    return [_row(k, row) for k, row in scores.iterrows()]


def _row(k: Any, row: Any) -> list[str]:  # noqa: ANN401  # pandas types rows loosely
    return [
        str(k),
        text.number(row["wcss"]),
        text.uncertain(row["silhouette"], row["silhouette_se"], 3),
        text.number(row["limit"], 3) if "limit" in row else "–",
        text.number(row["jaccard"], 2) if "jaccard" in row else "–",
        text.uncertain(row["prediction_strength"], row["prediction_strength_se"], 2)
        if "prediction_strength" in row
        else "–",
        text.number(row["calinski_harabasz"], 1),
        text.number(row["davies_bouldin"], 3),
        text.count(int(row["smallest"]), "customer"),
        _found(row),
    ]


def _found(row: Any) -> str:  # noqa: ANN401  # pandas types rows loosely
    if not row.get("starts", 0):
        return "the algorithm itself" if "starts" not in row else "exact"
    return f"{int(row['found'])} of {int(row['starts'])} starts"

"""What the Model Selection tab shows of every number of segments."""

from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from analytics import text
from analytics.figures import selection as figures
from analytics.figures import structure
from analytics.figures.theme import bare, blank
from analytics.gap import smallest_sufficient
from analytics.knee import knee
from callbacks import algorithms
from layouts import ids, parts
from layouts.plain import plain

if TYPE_CHECKING:
    from app.described import Described

_CURVES: dict[figures.Metric, str] = {
    "wcss": ids.Selection.ELBOW,
    "silhouette": ids.Selection.SILHOUETTE,
    "calinski_harabasz": ids.Selection.CALINSKI,
    "davies_bouldin": ids.Selection.DAVIES,
}
_HEADINGS = [
    "k",
    "WCSS",
    "Silhouette",
    "Calinski-Harabasz",
    "Davies-Bouldin",
    "Smallest",
    "Best found by",
]


def shared(described: "Described") -> dict[str, Any]:
    """Build what is the same for every number of segments.

    ``curves`` are those of which the browser moves the mark, ``fixed`` the other figures.
    """
    sweep = described.swept.sweep
    table = sweep.scores
    elbow = knee(table["wcss"])
    first = int(table.index[0])
    return {
        "curves": {
            id_: bare(figures.score_curve(table, metric, chosen=first, knee=elbow))
            for metric, id_ in _CURVES.items()
        },
        "fixed": {
            ids.Selection.GAP: bare(_gap(sweep.gaps)),
            ids.Selection.CLUSTERGRAM: bare(structure.clustergram(sweep.heights, sweep.flows)),
        },
        "scores": plain(
            parts.table(
                _HEADINGS,
                [_row(k, row) for k, row in table.iterrows()],
                "Scores of every number of segments",
            )
        ),
    }


def view(described: "Described", count: int) -> dict[str, Any]:
    """Build what changes with the number of segments."""
    swept = described.swept
    labels, silhouettes = swept.partition(count)
    said = swept.recommendation
    in_use = [] if count == said.k else [_instead(swept.sweep.scores, count)]
    clumping = [swept.clusterability.sentence] if swept.clusterability else []
    told = [
        parts.card(parts.graph(figure=bare(figure)))
        for figure in algorithms.tells(swept.sweep, count)
    ]
    return {
        "says": plain(parts.verdict(said.reason, [*in_use, *clumping, *said.doubts, *swept.notes])),
        "tells": plain(told),
        "figures": {
            ids.Selection.KNIFE: bare(
                figures.knife(silhouettes, labels[silhouettes.index], len(labels))
            )
        },
    }


def _gap(gaps: pd.DataFrame) -> go.Figure:
    if gaps.empty:
        return blank("The gap statistic is told of k-means only.")
    return structure.gap_curve(gaps, sufficient=smallest_sufficient(gaps))


def _instead(scores: pd.DataFrame, count: int) -> str:
    silhouette = text.number(scores["silhouette"].get(count, float("nan")), 3)
    return f"In use are {count} segments (silhouette {silhouette}), not the recommended number."


def _row(k: Any, row: Any) -> list[str]:  # noqa: ANN401  # pandas types rows loosely
    return [
        str(k),
        text.number(row["wcss"]),
        text.uncertain(row["silhouette"], row["silhouette_se"], 3),
        text.number(row["calinski_harabasz"], 1),
        text.number(row["davies_bouldin"], 3),
        text.count(int(row["smallest"]), "customer"),
        _found(row),
    ]


def _found(row: Any) -> str:  # noqa: ANN401  # pandas types rows loosely
    if not row.get("starts", 0):
        return "the algorithm itself" if "starts" not in row else "exact"
    return f"{int(row['found'])} of {int(row['starts'])} starts"

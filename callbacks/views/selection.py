"""What the Model Selection tab shows of every number of segments."""

from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
from dash.development.base_component import Component

from analytics import arguments, text
from analytics.figures import selection as figures
from analytics.figures import structure
from analytics.figures.theme import bare, blank
from analytics.gap import smallest_sufficient
from analytics.influence import category_fit, decisive
from analytics.knee import knee
from callbacks import algorithms, balance
from layouts import ids, parts
from layouts.plain import plain

if TYPE_CHECKING:
    from app.answers import Swept
    from app.described import Described

_CURVES: dict[figures.Metric, str] = {
    "wcss": ids.Selection.ELBOW,
    "silhouette": ids.Selection.SILHOUETTE,
    "calinski_harabasz": ids.Selection.CALINSKI,
    "davies_bouldin": ids.Selection.DAVIES,
}
_RESAMPLED: dict[figures.Metric, str] = {
    "jaccard": ids.Selection.STABILITY,
    "prediction_strength": ids.Selection.PREDICTION,
}
_HEADINGS = [
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
]
_NOT_RESAMPLED = "Only k-means is sought anew in resamples."


def shared(described: "Described") -> dict[str, Any]:
    """Build what is the same for every number of segments.

    ``curves`` are those of which the browser moves the mark, ``fixed`` the other figures.
    """
    sweep, trust = described.swept.sweep, described.swept.trust
    table = sweep.scores if trust is None else sweep.scores.join(trust.counts)
    elbow = knee(table["wcss"])
    first = int(table.index[0])
    curves = _CURVES if trust is None else _CURVES | _RESAMPLED
    missing = _RESAMPLED.values() if trust is None else ()
    return {
        "curves": {
            id_: bare(figures.score_curve(table, metric, chosen=first, knee=elbow))
            for metric, id_ in curves.items()
        },
        "fixed": {
            **{id_: bare(blank(_NOT_RESAMPLED)) for id_ in missing},
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


def _repeated(described: "Described", labels: pd.Series) -> list[Component]:
    """Warn of categories that the segments do little more than repeat."""
    data, request = described.data, described.request
    fit = category_fit(data.customers, data.columns, labels, described.features)
    found = decisive(fit, data.columns, request.spec)
    return balance.warnings(found, request.method.algorithm)


def view(described: "Described", count: int) -> dict[str, Any]:
    """Build what changes with the number of segments."""
    swept = described.swept
    labels, silhouettes = swept.partition(count)
    told = [
        parts.card(parts.graph(figure=bare(figure)))
        for figure in algorithms.tells(swept.sweep, count)
    ]
    return {
        "says": plain([*_repeated(described, labels), *_says(swept, count)]),
        "tells": plain(told),
        "figures": {
            ids.Selection.KNIFE: bare(
                figures.knife(
                    silhouettes, labels[silhouettes.index], len(labels), swept.unreliable(count)
                )
            )
        },
    }


def _gap(gaps: pd.DataFrame) -> go.Figure:
    if gaps.empty:
        return blank("The gap statistic is told of k-means only.")
    return structure.gap_curve(gaps, sufficient=smallest_sufficient(gaps))


def _says(swept: "Swept", count: int) -> list[Component]:
    said = swept.recommendation
    in_use = [] if count == said.k else [_instead(swept, count)]
    clumping = [swept.clusterability.sentence] if swept.clusterability else []
    agreed = [] if swept.agreement is None else arguments.others(swept.agreement)
    return parts.verdict(
        said.reason,
        {
            "In use": in_use,
            "What speaks for it": [*said.reasons, *agreed],
            "What speaks against it": said.doubts,
        },
        {
            "Why no other number": list(said.rejected.values()),
            "How this was found": [*clumping, *swept.notes],
        },
    )


def _instead(swept: "Swept", count: int) -> str:
    scores = swept.sweep.scores
    silhouette = text.number(scores["silhouette"].get(count, float("nan")), 3)
    why = swept.recommendation.rejected.get(count, "")
    return f"{count} segments (silhouette {silhouette}), not the recommended number. {why}".rstrip()


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

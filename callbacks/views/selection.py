"""What the Model Selection tab shows of every number of segments."""

from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
from dash.development.base_component import Component

from analytics import arguments, glossary, score_table
from analytics.figures import selection as figures
from analytics.figures import structure
from analytics.figures.algorithms import tells
from analytics.figures.theme import bare, blank
from analytics.gap import smallest_sufficient
from analytics.influence import category_fit, decisive
from analytics.knee import knee
from callbacks import balance
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
_NOT_RESAMPLED = "Only k-means is sought anew in resamples."


def shared(described: "Described") -> dict[str, Any]:
    """Build what is the same for every number of segments.

    ``curves`` are those of which the browser moves the mark, ``fixed`` the other figures.
    """
    sweep, trust = described.swept.sweep, described.swept.trust
    table = described.swept.scores
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
            ids.Selection.CLUSTERGRAM: bare(
                structure.clustergram(sweep.heights, sweep.flows, described.swept.all_unreliable)
            ),
        },
        "scores": plain(
            parts.table(
                score_table.HEADINGS,
                score_table.rows(table),
                score_table.CAPTION,
                glossary.asked(score_table.HEADINGS),
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
        parts.card(parts.graph(figure=bare(figure)), words=_words(figure))
        for figure in tells(swept.sweep, count)
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


def _words(figure: go.Figure) -> list[str]:
    """Give the terms in the title of a figure, but k, which has been asked before."""
    title = figure.layout.title
    return [name for name in glossary.found(f"{title.text} {title.subtitle.text}") if name != "k"]


def _gap(gaps: pd.DataFrame) -> go.Figure:
    if gaps.empty:
        return blank("The gap statistic is told of k-means only.")
    return structure.gap_curve(gaps, sufficient=smallest_sufficient(gaps))


def _says(swept: "Swept", count: int) -> list[Component]:
    said = swept.recommendation
    in_use = (
        [] if count == said.k else [arguments.instead(swept.sweep.scores, said.rejected, count)]
    )
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

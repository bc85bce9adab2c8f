"""Figures of the Model Selection tab."""

from collections.abc import Collection
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics import text
from analytics.choosing import PREDICTABLE
from analytics.figures import theme
from analytics.stability import USABLE

Metric = Literal[
    "wcss",
    "silhouette",
    "calinski_harabasz",
    "davies_bouldin",
    "jaccard",
    "prediction_strength",
]
TITLES: dict[Metric, tuple[str, str]] = {
    "wcss": ("Elbow: WCSS by k", "always falls; look for the bend"),
    "silhouette": ("Mean silhouette by k", "± standard error; higher is better"),
    "calinski_harabasz": ("Calinski-Harabasz by k", "higher is better"),
    "davies_bouldin": ("Davies-Bouldin by k", "lower is better"),
    "jaccard": ("Least stable segment by k", "how much of it comes back in resamples"),
    "prediction_strength": (
        "Prediction strength by k",
        "how well one half predicts the other",
    ),
}
_LINES: dict[Metric, tuple[float, str]] = {
    "jaccard": (USABLE, "usable"),
    "prediction_strength": (PREDICTABLE, "natural"),
}
AXES: dict[Metric, str] = {
    "wcss": "WCSS (squared units, after scaling)",
    "silhouette": "Silhouette",
    "calinski_harabasz": "Index",
    "davies_bouldin": "Index",
    "jaccard": "Jaccard, mean over bootstraps",
    "prediction_strength": "Prediction strength",
}
_RADIUS = 6.5  # px, of the mark
_ROOM = 0.07  # of what an axis spans, at either end
_KNIFE_POINTS = 4_000  # a taller stack has no more pixels to show


def score_curve(
    scores: pd.DataFrame, metric: Metric, *, chosen: int, knee: int | None = None
) -> go.Figure:
    """Draw one score against k, with the chosen k marked by the first two shapes.

    The browser moves these two and leaves the rest as it is. They are shapes, and the axes have
    ranges, so that plotly has nothing to calculate when they move.

    Parameters
    ----------
    scores : DataFrame indexed by ``k``
        As in :class:`analytics.scoring.Sweep`, with what :class:`analytics.trust.Trust` tells of
        every k where it is known.
    metric : str
        The column to draw, with its standard error where there is one.
    chosen : int
        The k in hand.
    knee : int, optional
        The elbow of the WCSS curve.
    """
    figure = theme.canvas(*TITLES[metric])
    error = None
    if f"{metric}_se" in scores:
        error = {"array": scores[f"{metric}_se"].tolist(), "thickness": 1, "width": 4}
    figure.add_scatter(
        x=scores.index.tolist(),
        y=scores[metric].tolist(),
        error_y=error,
        mode="lines+markers",
        line={"color": theme.ACCENT, "width": 2.5},
        marker={"size": 8},
        hovertemplate="k = %{x}: %{y:,.4~g}<extra></extra>",
    )
    figure.add_vline(x=chosen, line={"color": theme.MUTED, "dash": "dot"})
    figure.add_shape(**_mark(chosen, float(scores[metric].get(chosen, np.nan))))
    if metric == "wcss" and knee is not None:
        figure.add_annotation(
            x=knee,
            y=scores.loc[knee, "wcss"],
            text=f"elbow at {knee} (Kneedle)",
            ax=50,
            ay=-40,
            arrowcolor=theme.MUTED,
        )
    if metric == "silhouette" and "limit" in scores:
        figure.add_scatter(
            x=scores.index.tolist(),
            y=scores["limit"].tolist(),
            mode="lines",
            name="By chance",
            line={"color": theme.MUTED, "dash": "dash", "width": 1.5},
            hovertemplate="k = %{x}: evenly spread customers reach at most %{y:.3f}<extra></extra>",
        )
        figure.add_annotation(
            x=scores.index[-1],
            y=scores["limit"].iloc[-1],
            text="by chance",
            showarrow=False,
            yshift=-10,
            xanchor="right",
        )
    span = _span(scores, metric)
    if metric in _LINES:
        height, word = _LINES[metric]
        figure.add_hline(
            y=height,
            line={"color": theme.MUTED, "dash": "dash"},
            annotation_text=f"{word} from {height}",
            annotation_position="bottom left",
        )
        span = [0, 1.05]
    figure.update_layout(showlegend=False)
    figure.update_xaxes(
        title="Number of segments k", dtick=1, range=_around(scores.index.min(), scores.index.max())
    )
    figure.update_yaxes(title=AXES[metric], range=span)
    return figure


def _mark(k: int, score: float) -> dict[str, Any]:
    """Make a point as a shape; it is there but not seen where there is no score."""
    known = np.isfinite(score)
    return {
        "type": "circle",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": k,
        "yanchor": score if known else 0,
        "x0": -_RADIUS,
        "x1": _RADIUS,
        "y0": -_RADIUS,
        "y1": _RADIUS,
        "fillcolor": theme.SEGMENT_COLOURS[3],
        "line": {"width": 0},
        "opacity": 1 if known else 0,
    }


def _span(scores: pd.DataFrame, metric: Metric) -> list[float] | None:
    """Give the range of the scores, with their errors and what chance reaches."""
    error = scores[f"{metric}_se"].fillna(0) if f"{metric}_se" in scores else 0.0
    drawn = [scores[metric] - error, scores[metric] + error]
    if metric == "silhouette" and "limit" in scores:
        drawn.append(scores["limit"])
    return _around(min(part.min() for part in drawn), max(part.max() for part in drawn))


def _around(low: float, high: float) -> list[float] | None:
    """Give the range of an axis, if there is anything to show, with room for the markers."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return None
    room = (high - low) * _ROOM or 1.0
    return [float(low - room), float(high + room)]


def _widths(segment: int, widths: np.ndarray) -> dict[str, str]:
    """Tell the silhouettes of a segment's customers in numbers."""
    return {
        "Segment": str(segment),
        "Customers": f"{len(widths):,}",
        "Mean": text.number(float(widths.mean()), 3),
        "Lowest": text.number(float(widths.min()), 3),
        "Highest": text.number(float(widths.max()), 3),
        "Below 0": text.percent(float((widths < 0).mean())),
    }


def knife(
    silhouettes: pd.Series, labels: pd.Series, everyone: int, unreliable: Collection[int] = ()
) -> go.Figure:
    """Draw every customer's silhouette, sorted within each segment.

    Parameters
    ----------
    silhouettes : Series
        One value for each customer evaluated.
    labels : Series of int, aligned
    everyone : int
        How many customers there are in all.
    unreliable : collection of int
        Segments to mark.
    """
    figure = theme.canvas(
        "Silhouette of each customer",
        theme.drawn_of(len(silhouettes), everyone, "evaluated")
        or "below 0: closer to another segment",
    )
    height, centres, names = 0, [], []
    gap = max(2, len(silhouettes) // 80)
    for segment in sorted(labels.unique()):
        widths = np.sort(silhouettes[labels == segment].to_numpy())
        step = max(1, len(widths) * len(labels) // (_KNIFE_POINTS * len(widths)))
        places = np.arange(0, len(widths), step)
        figure.add_scatter(
            x=np.concatenate([[0], widths[places], [0]]).astype(np.float32),
            y=height + np.concatenate([[places[0]], places, [places[-1]]]),
            fill="toself",
            mode="lines",
            line={"color": theme.colour(segment), "width": 1},
            fillcolor=theme.translucent(theme.colour(segment), 0.75),
            name=f"Segment {segment}",
            hoveron="fills",
            text=f"Segment {segment}: mean {widths.mean():.3f}, {(widths < 0).mean():.0%} negative",
            meta={"told": _widths(segment, widths)},
            hoverinfo="text",
        )
        centres.append(height + len(widths) / 2)
        names.append(theme.marked(str(segment)) if segment in unreliable else str(segment))
        height += len(widths) + gap
    mean = float(silhouettes.mean())
    figure.add_vline(x=mean, line={"color": theme.MUTED, "dash": "dash"})
    figure.update_layout(showlegend=False)
    figure.update_xaxes(title=f"Silhouette (dashed: mean {mean:.3f})")
    figure.update_yaxes(
        title="Segment", tickvals=centres, ticktext=names, showgrid=False, autorange="reversed"
    )
    return figure

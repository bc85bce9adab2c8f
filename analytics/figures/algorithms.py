"""Figures of single algorithms, and of how far they agree."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from scipy.cluster import hierarchy

from analytics import text
from analytics.algorithms.comparison import Comparison
from analytics.figures import theme
from analytics.scoring import Sweep

LEAVES = 30  # more cannot be read
_SCIPY = ["left", "right", "height", "leaves"]


def tells(sweep: Sweep, count: int) -> list[go.Figure]:
    """Draw what the algorithm tells of itself."""
    found = []
    if "bic" in sweep.scores:
        found.append(information(sweep.scores))
    if "linkage" in sweep.extra:
        found.append(dendrogram(sweep.extra["linkage"], count))
    if "distances" in sweep.extra:
        curve = sweep.extra["distances"]
        found.append(k_distance(curve, float(curve["eps"].iloc[0])))
    return found


def dendrogram(linkage: pd.DataFrame, chosen: int) -> go.Figure:
    """Draw the top of a hierarchy, with the cut into the chosen number of segments.

    Parameters
    ----------
    linkage : DataFrame, one row for each merge
        ``extra["linkage"]`` of :mod:`analytics.algorithms.ward`.
    chosen : int
        From 1; the cut is drawn between the merge that leaves so many segments and the next.
    """
    heights = linkage["height"].to_numpy()
    points = len(linkage) + 1
    cut = _cut(heights, chosen)
    tree = hierarchy.dendrogram(
        linkage[_SCIPY].to_numpy(), p=LEAVES, truncate_mode="lastp", no_plot=True
    )
    shown = text.count(min(points, LEAVES), "branch", "branches")
    figure = theme.canvas(
        "How segments split", f"the last {shown} of the tree; the dotted line cuts it into {chosen}"
    )
    for inside, colour in ((False, theme.MUTED), (True, theme.ACCENT)):
        links = [
            (x, y)
            for x, y in zip(tree["icoord"], tree["dcoord"], strict=True)
            if (y[1] < cut) == inside
        ]
        figure.add_scatter(
            x=[place for x, _ in links for place in (*x, None)],
            y=[height for _, y in links for height in (*y, None)],
            mode="lines",
            line={"color": colour, "width": 2},
            meta={"merges": True},
            hovertemplate="merged at %{y:,.4~g}<extra></extra>",
        )
    figure.add_hline(y=cut, line={"color": theme.MUTED, "dash": "dot"})
    figure.update_layout(showlegend=False)
    customers = _customers(linkage)
    figure.update_xaxes(
        title="Customers in each branch",
        tickvals=[5 + 10 * place for place in range(len(tree["leaves"]))],
        ticktext=[f"{customers[node]:,}" for node in tree["leaves"]],
        showgrid=False,
    )
    figure.update_yaxes(title="Ward distance (scaled units)", rangemode="tozero")
    return figure


def _cut(heights: np.ndarray, chosen: int) -> float:
    """Find a height at which the tree has the chosen number of branches."""
    above = heights[-1] * 1.05 if chosen < 2 else heights[max(len(heights) - chosen + 1, 0)]
    below = heights[len(heights) - chosen] if chosen <= len(heights) else 0.0
    return float((above + below) / 2)


def _customers(linkage: pd.DataFrame) -> dict[int, int]:
    """Give the customers in each node that is merged."""
    left = zip(linkage["left"], linkage["left_customers"], strict=True)
    right = zip(linkage["right"], linkage["right_customers"], strict=True)
    return {int(node): int(many) for side in (left, right) for node, many in side}


def k_distance(curve: pd.DataFrame, eps: float) -> go.Figure:
    """Draw how far customers have to reach for enough neighbours, with eps marked.

    Parameters
    ----------
    curve : DataFrame
        ``extra["distances"]`` of :mod:`analytics.algorithms.density`.
    eps : float
        In scaled units.
    """
    neighbours = int(curve["neighbours"].iloc[0])
    within = float((curve["distance"] <= eps).mean())
    figure = theme.canvas(
        f"Distance to the {neighbours} nearest",
        f"eps {text.number(eps)} reaches enough for {text.percent(within)} of customers",
    )
    figure.add_scatter(
        x=curve["share"],
        y=curve["distance"],
        mode="lines",
        line={"color": theme.ACCENT, "width": 2.5},
        hovertemplate="%{x:.0%} of customers within %{y:,.4~g}<extra></extra>",
    )
    figure.add_hline(
        y=eps,
        line={"color": theme.MUTED, "dash": "dot"},
        annotation={"text": f"eps {text.number(eps)}", "yanchor": "bottom", "x": 0},
    )
    figure.update_layout(showlegend=False)
    figure.update_xaxes(title="Share of customers, the densest first", tickformat=".0%")
    figure.update_yaxes(title="Distance (scaled units)", rangemode="tozero")
    return figure


def agreement(comparison: Comparison) -> go.Figure:
    """Draw the adjusted Rand index of each pair of partitions as a map."""
    table = comparison.agreement
    names = [theme.plain(str(name)) for name in table.index]
    figure = theme.canvas("Agreement", "adjusted Rand index; 1 the same segments, 0 chance")
    figure.add_heatmap(
        x=names,
        y=names,
        z=table.to_numpy(),
        zmin=-1,
        zmax=1,
        colorscale=theme.DIVERGING,
        text=[[text.number(value, 2) for value in row] for row in table.to_numpy()],
        texttemplate="%{text}",
        hovertemplate="%{y} and %{x}: %{text}<extra></extra>",
        showscale=False,
        xgap=2,
        ygap=2,
    )
    figure.update_xaxes(showgrid=False)
    return figure.update_yaxes(autorange="reversed", showgrid=False)


def information(information: pd.DataFrame) -> go.Figure:
    """Draw BIC and AIC against k, with the least of each marked.

    Parameters
    ----------
    information : DataFrame indexed by ``k``
        ``bic`` and ``aic``, as in :class:`analytics.algorithms.Found`.
    """
    figure = theme.canvas("BIC and AIC by k", "lower is better; BIC charges more for a segment")
    for name, segment in (("bic", 1), ("aic", 2)):
        curve = information[name]
        best = curve.index == curve.idxmin()
        figure.add_scatter(
            x=curve.index,
            y=curve,
            name=name.upper(),
            mode="lines+markers",
            line={"color": theme.colour(segment), "width": 2.5},
            marker={"size": np.where(best, 13, 8), "symbol": theme.marker(segment)},
            hovertemplate=f"{name.upper()} of k = %{{x}}: %{{y:,.6~g}}<extra></extra>",
        )
    figure.update_xaxes(title="Number of segments k", dtick=1)
    return figure.update_yaxes(title="Criterion", rangemode="normal")

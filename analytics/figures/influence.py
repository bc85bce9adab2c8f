"""How much each feature decides."""

import pandas as pd
import plotly.graph_objects as go

from analytics import headers, text
from analytics.figures import theme

_WARNING = theme.SEGMENT_COLOURS[3]


def share_bars(shares: pd.DataFrame, warned: set[str]) -> go.Figure:
    """Draw each column's share of the distance, with a line at the equal share.

    Parameters
    ----------
    shares : DataFrame
        As from :func:`analytics.influence.influence`.
    warned : set of str
        The columns that decide too much.
    """
    labels = [theme.plain(headers.label(str(name))) for name in shares.index]
    figure = theme.canvas("Share of the distance", "dotted: if all features counted alike")
    figure.add_bar(
        x=shares["share"].round(4).tolist(),
        y=labels,
        orientation="h",
        marker={"color": [_WARNING if str(n) in warned else theme.ACCENT for n in shares.index]},
        text=[text.percent(share) for share in shares["share"]],
        textposition="auto",
        hovertemplate="%{y}: %{x:.1%}<extra></extra>",
    )
    figure.add_vline(x=1 / len(shares), line={"color": theme.MUTED, "dash": "dot", "width": 2})
    figure.update_layout(showlegend=False, bargap=0.35)
    figure.update_xaxes(tickformat=".0%", rangemode="tozero")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure

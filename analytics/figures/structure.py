"""Figures that ask whether there are groups, and how they come about as k grows."""

from collections.abc import Collection

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.figures import theme


def gap_curve(gaps: pd.DataFrame, *, sufficient: int | None = None) -> go.Figure:
    """Draw the gap statistic against k, with its standard error.

    Parameters
    ----------
    gaps : DataFrame indexed by ``k``, from 1
        As from :func:`analytics.gap.gap_statistic`.
    sufficient : int, optional
        The k that the rule of one standard error stops at.
    """
    how = "above data without any groups"
    if sufficient is not None:
        how = f"its rule (dashed) stops at k = {sufficient}"
    figure = theme.canvas("Gap statistic by k", f"± standard error; {how}")
    figure.add_scatter(
        x=gaps.index,
        y=gaps["gap"],
        error_y={"array": gaps["gap_se"], "thickness": 1, "width": 4},
        mode="lines+markers",
        line={"color": theme.ACCENT, "width": 2.5},
        marker={"size": 8},
        hovertemplate="k = %{x}: %{y:,.3f}<extra></extra>",
    )
    if sufficient is not None:
        figure.add_vline(x=sufficient, line={"color": theme.MUTED, "dash": "dash"})
    figure.update_layout(showlegend=False)
    figure.update_xaxes(title="Number of segments k", dtick=1)
    figure.update_yaxes(title="Gap (log WCSS)")
    return figure


_HOW = "by mean on the first component; width: share"


def clustergram(
    heights: pd.DataFrame, flows: pd.DataFrame, unreliable: Collection[tuple[int, int]] = ()
) -> go.Figure:
    """Draw how segments split as k grows: a line for those who move on, a mark for a segment.

    Parameters
    ----------
    heights, flows : DataFrame
        As from :func:`analytics.clustergram.clustergram`.
    unreliable : collection of (k, segment)
        Drawn hollow.
    """
    how = "by first component; hollow: unstable" if unreliable else _HOW
    figure = theme.canvas("Clustergram", how)
    everyone = float(heights.loc[heights.index[0][0], "customers"].sum())
    moved = flows.assign(share=flows["customers"] / everyone)
    for width, part in moved.groupby(np.ceil(moved["share"] * 12).astype(int)):
        before = heights.loc[list(zip(part["k"] - 1, part["before"], strict=True)), "height"]
        after = heights.loc[list(zip(part["k"], part["segment"], strict=True)), "height"]
        nothing = np.full(len(part), np.nan)
        figure.add_scatter(
            x=np.column_stack([part["k"] - 1, part["k"], nothing]).ravel(),
            y=np.column_stack([before, after, nothing]).ravel(),
            mode="lines",
            line={"color": theme.translucent(theme.ACCENT, 0.45), "width": 0.5 + int(width)},
            hoverinfo="skip",
        )
    counts = heights.index.get_level_values("k")
    figure.add_scatter(
        x=counts,
        y=heights["height"],
        mode="markers",
        marker={
            "color": theme.ACCENT,
            "symbol": ["circle-open" if at in unreliable else "circle" for at in heights.index],
            "size": 6 + 22 * np.sqrt(heights["customers"] / everyone),
            "line": {"color": "white", "width": 1},
        },
        customdata=np.column_stack(
            [heights.index.get_level_values("segment"), heights["customers"]]
        ),
        meta={"columns": ["Segment", "Customers"], "axes": "xy"},
        hovertemplate="k = %{x}, segment %{customdata[0]}: %{customdata[1]:,} customers"
        "<extra></extra>",
    )
    figure.update_layout(showlegend=False)
    figure.update_xaxes(title="Number of segments k", dtick=1)
    figure.update_yaxes(title="First component (scaled units)")
    return figure

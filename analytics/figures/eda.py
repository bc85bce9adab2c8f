"""Figures of the EDA tab."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics import headers
from analytics.explore import Comparison
from analytics.figures import theme

_WRITTEN = 6  # columns whose correlations can be read in the cells, even on a phone


def titled(header: str) -> str:
    """Give a column's label with its unit, for an axis."""
    unit = headers.unit(header)
    return theme.plain(f"{headers.label(header)} ({unit})" if unit else header)


def _group_colours(groups: Iterable[str]) -> dict[str, str]:
    """Give each group a colour by its name, the same in every figure."""
    return {group: theme.colour(place) for place, group in enumerate(sorted(groups), start=1)}


def histogram(bins: pd.DataFrame, column: str) -> go.Figure:
    """Draw the distribution of a column, as counts or, for several groups, as shares.

    Parameters
    ----------
    bins : DataFrame
        As from :func:`analytics.explore.distribution`.
    column : str
    """
    groups = bins["group"].unique()
    several = len(groups) > 1
    figure = theme.canvas(headers.label(column))
    shades = _group_colours(groups)
    for group in groups:
        rows = bins[bins["group"] == group]
        figure.add_bar(
            x=(rows["left"] + rows["right"]) / 2,
            y=100 * rows["share"] if several else rows["customers"],
            width=(rows["right"] - rows["left"]) * 0.98,
            name=theme.plain(str(group)),
            opacity=0.6 if several else 1,
            marker={"color": shades[group] if several else theme.ACCENT},
            customdata=np.column_stack([rows["left"], rows["right"], rows["customers"]]),
            meta={"columns": ["From", "To", "Customers"], "axes": "y" if several else ""},
            hovertemplate="%{customdata[0]:,.4~g} to %{customdata[1]:,.4~g}<br>"
            "%{customdata[2]:,} customers<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(showlegend=several, bargap=0.04, barmode="overlay")
    figure.update_xaxes(title=titled(column))
    figure.update_yaxes(title="% of the group" if several else "Customers")
    return figure


def group_comparison(
    customers: pd.DataFrame, comparison: Comparison, column: str, by: str
) -> go.Figure:
    """Draw a box per group with the mean and its 95 % interval beside it."""
    figure = theme.canvas(f"{headers.label(column)} by {headers.spoken(by)}")
    levels = customers[by].astype("object").astype(str)
    shades = _group_colours(comparison.groups.index)
    for group in comparison.groups.index:
        row = comparison.groups.loc[group]
        shade = shades[group]
        values = customers.loc[levels == group, column].dropna().to_numpy(dtype=float)
        figure.add_box(
            y=values,
            x0=theme.plain(str(group)),
            name=theme.plain(str(group)),
            marker={"color": shade, "size": 4},
            line={"width": 1.5},
            boxpoints="outliers" if len(values) <= 5_000 else False,
            hoverinfo="y",
        )
        figure.add_scatter(
            x=[theme.plain(str(group))],
            y=[row["mean"]],
            error_y={
                "array": [row["high"] - row["mean"]],
                "thickness": 2.5,
                "width": 9,
                "color": theme.MUTED,
            },
            mode="markers",
            marker={
                "color": "white",
                "size": 11,
                "symbol": "diamond",
                "line": {"width": 2, "color": shade},
            },
            hovertemplate=f"{theme.plain(str(group))}: mean %{{y:,.2f}} ± %{{error_y.array:,.2f}}"
            f"<br>{int(row['customers']):,} customers<extra></extra>",
        )
    figure.update_layout(showlegend=False)
    figure.update_yaxes(title=titled(column))
    return figure


def correlation_heatmap(correlations: pd.DataFrame, method: str) -> go.Figure:
    """Draw the correlation of every pair, with its interval on hover.

    Parameters
    ----------
    correlations : DataFrame indexed by (``first``, ``second``)
        As from :func:`analytics.explore.correlations`.
    method : str
    """
    table = correlations["r"].unstack("second")
    order = list(dict.fromkeys(correlations.index.get_level_values("first")))
    table = table.reindex(index=order, columns=order)
    details = [
        [_pair(correlations, first, second) for second in table.columns] for first in table.index
    ]
    named = [theme.folded(headers.label(name)) for name in order]
    figure = theme.canvas(
        "Spearman's rank correlation" if method == "spearman" else "Pearson correlation"
    )
    figure.add_heatmap(
        z=table.to_numpy(),
        x=order,
        y=order,
        text=details,
        zmin=-1,
        zmax=1,
        colorscale=theme.DIVERGING,
        texttemplate="%{z:.2f}" if len(order) <= 12 else None,
        hovertemplate="%{text}<extra></extra>",
        hoverongaps=False,
        xgap=2,
        ygap=2,
        showscale=len(order) > _WRITTEN,
        colorbar={"thickness": 10, "outlinewidth": 0},
    )
    ticks = {"showgrid": False, "tickvals": order, "ticktext": named}
    figure.update_xaxes(constrain="domain", **ticks)
    figure.update_yaxes(autorange="reversed", **ticks)
    return figure


def _pair(correlations: pd.DataFrame, first: str, second: str) -> str:
    if first == second:
        return ""
    row = correlations.loc[(first, second)]
    one, other = (theme.plain(headers.label(name)) for name in (first, second))
    return (
        f"{one} and {other}<br>r = {row['r']:.2f},"
        f" 95 % interval {row['low']:.2f} to {row['high']:.2f}<br>"
        f"{int(row['customers']):,} customers; click for the scatter"
    )


def pair_scatter(points: pd.DataFrame, first: str, second: str, everyone: int) -> go.Figure:
    """Draw two columns against each other.

    Parameters
    ----------
    points : DataFrame with the columns ``first`` and ``second``
        The customers drawn.
    everyone : int
        How many there are in all.
    """
    figure = theme.canvas(
        f"{headers.label(second)} against {headers.spoken(first)}",
        theme.drawn_of(len(points), everyone),
    )
    many = len(points) >= theme.WEBGL_FROM
    scatter = go.Scattergl if many else go.Scatter
    figure.add_trace(
        scatter(
            x=points[first].to_numpy(dtype=float),
            y=points[second].to_numpy(dtype=float),
            mode="markers",
            # Of many, the crowded places shall be darker than the others.
            marker={
                "color": theme.ACCENT,
                "size": 4 if many else 7,
                "opacity": 0.25 if many else 0.6,
            },
            hovertemplate=f"{theme.plain(headers.label(first))} %{{x:,}}<br>"
            f"{theme.plain(headers.label(second))} %{{y:,}}"
            "<extra></extra>",
        )
    )
    figure.update_xaxes(title=titled(first))
    figure.update_yaxes(title=titled(second))
    return figure

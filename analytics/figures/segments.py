"""Figures of the Segments tab.

Every trace belongs to one segment and says so in ``meta``: that is what the cross-filter in the
browser goes by.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics import headers, text
from analytics.crowding import Crowding
from analytics.figures import theme
from analytics.figures.eda import titled
from analytics.projection import Projection


def segment_map(
    projection: Projection,
    names: Mapping[int, str],
    centres: pd.DataFrame,
    drawn: int,
    everyone: int,
    crowding: Crowding | None = None,
) -> go.Figure:
    """Draw the customers by segment, with the centroids, and beneath where all of them crowd.

    The customers' places are the same for every number of segments, and are left to the
    browser: ``meta.of`` says for each attribute which of the page's arrays to take it from, at
    those customers whose label is ``meta.segment``.

    Parameters
    ----------
    projection : Projection
    names : mapping of int to str
    centres : DataFrame indexed by segment, columns ``x`` and ``y``
    drawn, everyone : int
        How many customers are drawn, of how many.
    crowding : Crowding, optional
        Of everyone.
    """
    names = _plain(names)
    shade = "; shade: all" if crowding else ""
    figure = theme.canvas("Map of customers", theme.drawn_of(drawn, everyone) + shade)
    if crowding:
        figure.add_trace(_ground(crowding))
    scatter = go.Scattergl if drawn >= theme.WEBGL_FROM else go.Scatter
    for segment in sorted(names):  # noise, which is segment 0, lies beneath
        figure.add_trace(
            scatter(
                mode="markers",
                name=names[segment],
                meta={
                    "segment": segment,
                    "of": {"x": "x", "y": "y", "customdata": "row"},
                    "columns": ["Row"],
                    "axes": "xy",
                },
                marker={
                    "color": theme.colour(segment),
                    "symbol": theme.marker(segment),
                    "size": theme.size(segment, drawn),
                    "opacity": 0.75,
                },
                hovertemplate="<b>%{fullData.name}</b><br>row %{customdata:,}<br>"
                "%{x:,.4~g}, %{y:,.4~g}<extra></extra>",
            )
        )
    for segment, name in names.items():
        if segment == 0:
            continue  # noise has no middle
        figure.add_trace(
            scatter(  # of the same kind, else it would lie beneath the customers
                x=[float(centres.loc[segment, "x"])],
                y=[float(centres.loc[segment, "y"])],
                mode="markers+text",
                text=[theme.badge(segment, name)],
                textfont={"color": "white", "size": 11, "weight": "bold"},
                name=name,
                meta={"segment": segment, "columns": ["Row"], "axes": "xy"},
                customdata=["centroid"],
                marker={
                    "color": theme.colour(segment),
                    "size": 22,
                    "line": {"color": "white", "width": 2},
                },
                hovertemplate="<b>Centroid: %{fullData.name}</b><br>%{x:,.4~g}, %{y:,.4~g}"
                "<extra></extra>",
            )
        )
    figure.update_layout(showlegend=False, hovermode="closest", uirevision="map")
    figure.update_xaxes(title=titled(projection.x))
    figure.update_yaxes(title=titled(projection.y), visible=bool(projection.y))
    return figure


def _ground(crowding: Crowding) -> go.Heatmap:
    """Shade a map by the logarithm of how many customers lie in each place."""
    shades = np.log1p(crowding.counts)
    return go.Heatmap(
        z=np.round(100 * shades / shades.max()).astype(np.int8),
        x0=crowding.x,
        dx=crowding.width,
        y0=crowding.y,
        dy=crowding.height,
        zsmooth="fast",
        colorscale=[[0, theme.translucent(theme.MUTED, 0)], [1, theme.translucent(theme.MUTED, 1)]],
        zmin=0,
        zmax=100,
        showscale=False,
        hoverinfo="skip",
    )


def size_bars(sizes: Mapping[int, int], names: Mapping[int, str]) -> go.Figure:
    """Draw the number of customers in each segment."""
    total = sum(sizes.values())
    names = _plain(names)
    figure = theme.canvas("Size of each segment")
    for segment, size in sizes.items():
        figure.add_bar(
            x=[size],
            y=[theme.tick(segment, names[segment])],
            orientation="h",
            name=names[segment],
            meta={
                "segment": segment,
                "told": {"Customers": f"{size:,}", "Share": text.percent(size / total, 1)},
            },
            marker={"color": theme.colour(segment), "opacity": 1},
            text=[f"{size:,} ({size / total:.0%})"],
            textposition="auto",
            insidetextfont={"color": theme.writing_on(theme.colour(segment))},
            hovertemplate=f"<b>%{{fullData.name}}</b><br>{size:,} customers,"
            f" {size / total:.1%}<extra></extra>",
        )
    figure.update_layout(showlegend=False, barmode="overlay", bargap=0.3)
    figure.update_xaxes(title="Customers")
    figure.update_yaxes(title="Segment", type="category", autorange="reversed", showgrid=False)
    return figure


def profile_heatmap(
    profiles: pd.DataFrame, names: Mapping[int, str], columns: Sequence[str]
) -> go.Figure:
    """Draw each segment's means in standard deviations, with the raw means on hover.

    Parameters
    ----------
    profiles : DataFrame indexed by (``segment``, ``column``)
        As from :func:`analytics.profiles.profile`.
    names : mapping of int to str
    columns : sequence of str
    """
    names = _plain(names)
    figure = theme.canvas("Profile (z-scores)", "distance from the average, in standard deviations")
    widest = float(np.nanmax(np.abs(profiles["z"].to_numpy()), initial=1.0))
    labels = [theme.plain(headers.label(column)) for column in columns]
    shown = "%{text}" if len(columns) <= 10 else ""
    for segment, name in names.items():
        rows = profiles.loc[segment].reindex(list(columns))
        figure.add_heatmap(
            z=[rows["z"].round(3).tolist()],
            x=labels,
            y=[segment],
            dy=1,
            name=name,
            meta={"segment": segment, "veiled": True},
            customdata=[
                [
                    f"{row['mean']:,.1f} {theme.plain(headers.unit(str(column)))} (95 % interval"
                    f" {row['low']:,.1f} to {row['high']:,.1f});"
                    f" all customers {row['overall']:,.1f}"
                    for column, row in rows.iterrows()
                ]
            ],
            coloraxis="coloraxis",
            text=[[_signed(z) for z in rows["z"]]],
            texttemplate=shown,
            hovertemplate="<b>%{fullData.name}</b><br>%{x}: %{customdata}<br>%{z:+.2f} SD"
            "<extra></extra>",
            xgap=2,
            ygap=3,
        )
    figure.update_layout(
        coloraxis={
            "colorscale": theme.DIVERGING,
            "cmid": 0,
            "cmin": -widest,
            "cmax": widest,
            "colorbar": {"thickness": 10, "outlinewidth": 0, "title": {"text": "SD"}},
        }
    )
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(theme.rows_of(names))
    theme.veiled(figure, names)
    return theme.explained(
        figure,
        "Each cell is how far a segment's average lies from that of all customers: above, orange,"
        " or below, blue, in standard deviations of all customers.",
    )


def _signed(z: float) -> str:
    written = text.number(z, 1)
    return f"+{written}" if z >= 0.05 else written.replace("\N{MINUS SIGN}0.0", "0.0")


def segment_boxes(names: Mapping[int, str], column: str) -> go.Figure:
    """Draw the distribution of one column within each segment.

    As on the map, the values are left to the browser; the array is named after the column.
    """
    names = _plain(names)
    figure = theme.canvas(headers.label(column))
    for segment, name in names.items():
        figure.add_box(
            x0=theme.tick(segment, name), boxpoints="outliers", **_box(segment, name, column)
        )
    return _boxed(figure, column)


def segment_boxes_summary(
    summary: pd.DataFrame, names: Mapping[int, str], column: str
) -> go.Figure:
    """Draw the distribution of one column within each segment from its summary.

    Parameters
    ----------
    summary : DataFrame indexed by segment
        As from :func:`analytics.spread.summarise`.
    names : mapping of int to str
    column : str
    """
    names = _plain(names)
    figure = theme.canvas(headers.label(column), "whiskers: within 1.5 interquartile ranges")
    for segment, name in names.items():
        if segment not in summary.index:
            continue
        shared = _box(segment, name, None)
        figure.add_box(
            x=[theme.tick(segment, name)],
            **{part: [float(value)] for part, value in summary.loc[segment].items()},
            **shared,
        )
    return _boxed(figure, column)


def _box(segment: int, name: str, column: str | None) -> dict[str, Any]:
    meta = {"segment": segment} | ({"of": {"y": f"column:{column}"}} if column else {})
    return {
        "name": name,
        "meta": meta,
        "marker": {"color": theme.colour(segment), "size": 4},
        "line": {"width": 1.5},
        "hovertemplate": "<b>%{fullData.name}</b><br>%{y:,}<extra></extra>",
    }


def _boxed(figure: go.Figure, column: str) -> go.Figure:
    figure.update_layout(showlegend=False)
    figure.update_xaxes(title="Segment", type="category", showgrid=False)
    figure.update_yaxes(title=titled(column))
    return figure


def _plain(names: Mapping[int, str]) -> dict[int, str]:
    return {segment: theme.plain(name) for segment, name in names.items()}

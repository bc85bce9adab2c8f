"""Figures of the segments as places and areas, and of single customers across the columns.

As in :mod:`analytics.figures.profiles`.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics import headers, text
from analytics.distances import Apart
from analytics.figures import theme
from analytics.figures.theme import blank, explained
from analytics.squares import squarified

_LARGEST = 64  # px across
_SMALLEST = 18
_ALL_PAIRS = 5  # segments up to which every distance is written
_ROOM = 0.01  # of the area, for a number in it


def distance_map(found: Apart, sizes: Mapping[int, int], names: Mapping[int, str]) -> go.Figure:
    """Draw the segments as far apart as their centroids are, as well as a plane can.

    Parameters
    ----------
    found : Apart
    sizes : mapping of int to int
        Customers by segment; drawn as areas.
    names : mapping of int to str
    """
    places, away = found.places, found.distances
    if len(places) < 2:
        return blank("A single segment is at no distance from another.")
    figure = theme.canvas(
        "Distances of the segments", f"the plane keeps {text.percent(found.kept)} of the distances"
    )
    _lines(figure, found)
    largest = max(sizes[segment] for segment in places.index)
    for segment, place in places.iterrows():
        across = max(_LARGEST * np.sqrt(sizes[segment] / largest), _SMALLEST)
        others = [
            f"to {other}: {text.number(apart, 2)}"
            for other, apart in away.loc[segment].drop(segment).sort_values().items()
        ]
        figure.add_scatter(
            x=[round(float(place["x"]), 4)],
            y=[round(float(place["y"]), 4)],
            mode="markers+text",
            text=[f"<b>{theme.badge(segment, names[segment])}</b>"],
            textfont={"color": "white"},
            name=theme.plain(names[segment]),
            meta={"segment": segment, "told": {
                "Customers": f"{sizes[segment]:,}", "Distances": ", ".join(others)}},
            marker={"color": theme.colour(segment), "size": round(float(across), 1), "opacity": 1,
                    "line": {"color": "white", "width": 1}},
            customdata=[f"{sizes[segment]:,} customers<br>{', '.join(others)}"],
            hovertemplate="<b>%{fullData.name}</b><br>%{customdata}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(showlegend=False, hovermode="closest")
    middle = (places.max() + places.min()) / 2
    reach = max(float((places.max() - places.min()).max()) * 0.65, 1e-9)
    spans = {axis: [middle[axis] - reach, middle[axis] + reach] for axis in ("x", "y")}
    bare = {"showticklabels": False, "zeroline": False, "showgrid": False}
    figure.update_xaxes(range=spans["x"], **bare)
    figure.update_yaxes(range=spans["y"], scaleanchor="x", **bare)
    return explained(
        figure,
        "Segments that lie close are alike: merging them would lose least. The numbers on the lines"
        " are distances between averages in scaled units; areas are numbers of customers, and the"
        " directions mean nothing.",
    )


def _lines(figure: go.Figure, found: Apart) -> None:
    """Connect the segments, or each with the nearest where all would be too many."""
    away, places = found.distances, found.places
    pairs = list(combinations(away.index, 2))
    if len(away) > _ALL_PAIRS:
        nearest = {tuple(sorted((s, int(away.loc[s].drop(s).idxmin())))) for s in away.index}
        pairs = sorted(nearest)
    ends = [(places.loc[one].round(4), places.loc[other].round(4)) for one, other in pairs]
    figure.add_scatter(
        x=[x for one, other in ends for x in (one["x"], other["x"], None)],
        y=[y for one, other in ends for y in (one["y"], other["y"], None)],
        mode="lines",
        line={"color": theme.MUTED, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[(one["x"] + other["x"]) / 2 for one, other in ends],
        y=[(one["y"] + other["y"]) / 2 for one, other in ends],
        mode="text",
        text=[text.number(float(away.loc[pair]), 1) for pair in pairs],
        textfont={"color": theme.MUTED, "size": 12},
        hoverinfo="skip",
    )


def treemap(sums: pd.Series, names: Mapping[int, str], what: str, unit: str = "") -> go.Figure:
    """Draw the segments as areas.

    Parameters
    ----------
    sums : Series indexed by segment
        What the areas stand for.
    names : mapping of int to str
    what, unit : str
    """
    places = squarified(sums)
    if places.empty:
        return blank(f"The sum of {theme.plain(what)} is not positive in any segment.")
    total = float(sums[sums > 0].sum())
    figure = theme.canvas(f"Segments by {what}")
    for segment, part in places.iterrows():
        share = float(sums[segment]) / total
        amount = text.quantity(float(sums[segment]), theme.plain(unit))
        figure.add_bar(
            x=[round(float(part["left"] + part["width"] / 2), 4)],
            width=[round(float(part["width"]), 4)],
            base=[round(float(part["bottom"]), 4)],
            y=[round(float(part["height"]), 4)],
            name=theme.plain(names[segment]),
            meta={"segment": segment, "told": {
                theme.plain(what).capitalize(): amount, "Share": text.percent(share, 1)}},
            marker={"color": theme.colour(segment), "opacity": 1,
                    "line": {"color": "white", "width": 2}},
            text=[f"<b>{theme.badge(segment, names[segment])}</b> {text.percent(share)}"
                  if share >= _ROOM else ""],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": theme.writing_on(theme.colour(segment))},
            textangle=0,
            customdata=[f"{amount}, {text.percent(share, 1)}"],
            hovertemplate="<b>%{fullData.name}</b><br>%{customdata}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(showlegend=False, barmode="overlay")
    figure.update_xaxes(visible=False, range=[0, 1.5])
    figure.update_yaxes(visible=False, range=[0, 1])
    return explained(figure, f"Each area is a segment's share of {what}, the largest to the left.")


def parallel(names: Mapping[int, str], axes: pd.DataFrame, drawn: int, everyone: int) -> go.Figure:
    """Draw single customers as lines across the columns, each from its lowest to its highest value.

    The lines are left to the browser, which has the customers' values: ``meta.lines`` says so.

    Parameters
    ----------
    names : mapping of int to str
    axes : DataFrame indexed by column, columns ``low`` and ``high``
    drawn, everyone : int
        How many customers are drawn, of how many.
    """
    if len(axes) < 2:
        return blank("Parallel coordinates need at least two numeric columns.")
    figure = theme.canvas("Parallel coordinates", theme.drawn_of(drawn, everyone))
    for segment, name in names.items():
        figure.add_scatter(
            mode="lines",
            name=theme.plain(name),
            meta={"segment": segment, "lines": True},
            line=theme.line(segment, name, 1),
            opacity=1,
            hovertemplate="<b>%{fullData.name}</b><br>row %{customdata[0]:,}<br>"
            "%{customdata[1]:,.4~g}<extra></extra>",
        )
    figure.update_layout(showlegend=False, hovermode="closest")
    figure.update_xaxes(
        tickvals=list(range(len(axes))),
        ticktext=[
            f"{theme.plain(headers.label(str(column)))}<br>{text.number(row['low'])} to"
            f" {text.quantity(row['high'], theme.plain(headers.unit(str(column))))}"
            for column, row in axes.iterrows()
        ],
        range=[-0.35, len(axes) - 0.65],
    )
    figure.update_yaxes(visible=False, range=[-0.03, 1.03])
    return explained(
        figure,
        "Each line is a customer, from the lowest value of a column at the bottom to the highest at"
        " the top. Pick a segment to see its customers alone.",
    )

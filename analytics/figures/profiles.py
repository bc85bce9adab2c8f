"""Figures of what the segments are like, each with a sentence on how to read it.

Every trace belongs to one segment and says so in ``meta``, as in
:mod:`analytics.figures.segments`; a segment's name stands in the trace's name alone, for the
browser to put another in. How to read a figure stands in the ``meta`` of its layout.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics import headers, text
from analytics.figures import theme
from analytics.figures.theme import blank, explained

MOST_SNAKES, MOST_VARIABLES = 8, 10
MOST_RADARS, FEWEST_AXES, MOST_AXES = 4, 3, 8
_FARTHEST = 2.0  # doublings of the average, beyond which a cell gets no darker
_LABELLED = 0.07  # of a bar; a lesser share has no room for words
_TICKS = {25: -2.0, 50: -1.0, 67: -0.585, 100: 0.0, 150: 0.585, 200: 1.0, 400: 2.0}


def index_heatmap(facts: pd.DataFrame, names: Mapping[int, str], most: int) -> go.Figure:
    """Draw each segment's index in every column, where 100 is the average of all customers.

    Parameters
    ----------
    facts : DataFrame
        As from :func:`analytics.facts.facts`; its columns are drawn in their order of effect.
    names : mapping of int to str
    most : int
        Columns and levels to draw, those of the largest effects first.
    """
    table = facts.dropna(subset="index")
    cells = _cells(table, most)
    if not cells:
        return blank("No column has an average that others can be compared with.")
    table = table.set_index(["segment", "column", "level"])
    cells, alike = _differing(table, cells)
    power = np.log2(table["index"].clip(lower=1) / 100).where(~table["trivial"], 0.0)
    power = power.clip(-_FARTHEST, _FARTHEST)
    widest = max(float(power.abs().max()), 0.6)
    figure = theme.canvas("Index", "100 = average of all customers")
    labels = [_cell(column, level) for column, level in cells]
    shown = "%{text}" if len(cells) <= MOST_VARIABLES else ""
    for segment, name in names.items():
        if segment not in table.index.get_level_values("segment"):
            continue  # noise
        rows = table.loc[segment].reindex(cells)
        figure.add_heatmap(
            z=[power.loc[segment].reindex(cells).round(3).tolist()],
            x=labels,
            y=[segment],
            dy=1,
            name=theme.plain(name),
            meta={"segment": segment, "veiled": True},
            text=[[_index(row) for _, row in rows.iterrows()]],
            customdata=[[_told(row) for _, row in rows.reset_index().iterrows()]],
            coloraxis="coloraxis",
            texttemplate=shown,
            hovertemplate="<b>%{fullData.name}</b><br>%{x}: %{customdata}<extra></extra>",
            xgap=2,
            ygap=3,
        )
    ticks = {
        index: place
        for index, place in _TICKS.items()
        if abs(place) <= widest and (widest < _FARTHEST or place == round(place))
    }
    scale = {"tickvals": list(ticks.values()), "ticktext": [str(index) for index in ticks]}
    figure.update_layout(
        coloraxis={
            "colorscale": theme.DIVERGING,
            "cmid": 0,
            "cmin": -widest,
            "cmax": widest,
            "colorbar": {"thickness": 10, "outlinewidth": 0, **scale},
        }
    )
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(theme.rows_of(names))
    theme.veiled(figure, [trace.meta["segment"] for trace in figure.data])
    left_out = text.count(alike, "column or level", "columns or levels")
    return explained(
        figure,
        "Above 100, orange, a segment has more than the average of all customers, below 100, blue,"
        " less: 150 is half as much again. Grey cells in brackets hardly differ from the rest."
        + (f" Left out for hardly differing anywhere: {left_out}." if alike else ""),
    )


def _differing(
    table: pd.DataFrame, cells: list[tuple[str, str]]
) -> tuple[list[tuple[str, str]], int]:
    """Leave out what differs in no segment, where all could not be written in; say how many."""
    if len(cells) <= MOST_VARIABLES:
        return cells, 0
    same = table["trivial"].groupby(level=["column", "level"]).all()
    kept = [cell for cell in cells if not same[cell]] or cells
    return kept, len(cells) - len(kept)


def _cells(table: pd.DataFrame, most: int) -> list[tuple[str, str]]:
    """Choose the columns and levels of the largest effects, one of two levels."""
    ranked = table.assign(size=table["effect"].abs()).sort_values(
        ["size", "column", "level"], ascending=[False, True, True], kind="stable"
    )
    levels = table.groupby("column")["level"].nunique()
    chosen: list[tuple[str, str]] = []
    for column, level in dict.fromkeys(zip(ranked["column"], ranked["level"], strict=True)):
        if levels[column] == 2 and any(column == other for other, _ in chosen):
            continue
        chosen.append((column, level))
    return chosen[:most]


def _cell(column: str, level: str) -> str:
    label = headers.label(column)
    return theme.plain(f"{label}: {level}" if level else label)


def _index(row: pd.Series) -> str:
    written = text.number(row["index"], 0)
    return f"({written})" if row["trivial"] is True else written


def _told(row: pd.Series) -> str:
    if pd.isna(row["value"]):
        return "no value"
    unit = headers.unit(row["column"])
    own, rest = (
        text.percent(row[name], 1)
        if row["level"]
        else text.quantity(row[name], theme.plain(unit), text.digits(row[name]))
        for name in ("value", "rest")
    )
    span = ""
    if np.isfinite(row["index_low"]):
        span = f" ({text.number(row['index_low'], 0)} to {text.number(row['index_high'], 0)})"
    return f"{own}, the rest {rest}; index {text.number(row['index'], 0)}{span}"


def snake(profiles: pd.DataFrame, names: Mapping[int, str], columns: Sequence[str]) -> go.Figure:
    """Draw each segment's averages as a line over the columns, in standard deviations.

    Parameters
    ----------
    profiles : DataFrame indexed by (``segment``, ``column``)
        As from :func:`analytics.profiles.profile`.
    names : mapping of int to str
        The largest segment first; those beyond the first eight are not drawn.
    columns : sequence of str
        Those beyond the first ten are not drawn.
    """
    chosen = list(columns)[:MOST_VARIABLES]
    if not chosen:
        return blank("No numeric columns to profile.")
    drawn = [segment for segment in names if segment > 0][:MOST_SNAKES]
    left_out = sum(segment > 0 for segment in names) - len(drawn)
    subtitle = "averages, in standard deviations"
    if left_out:
        subtitle = f"the {MOST_SNAKES} largest segments; {left_out} left out"
    figure = theme.canvas("Snake plot (z-scores)", subtitle)
    for segment in drawn:
        rows = profiles.loc[segment].reindex(chosen)
        figure.add_scatter(
            x=[theme.plain(headers.label(column)) for column in chosen],
            y=rows["z"].round(3).tolist(),
            mode="lines+markers+text",
            text=["", *[""] * (len(chosen) - 2), f" {theme.badge(segment, names[segment])}"][
                -len(chosen) :
            ],
            textposition="middle right",
            textfont={"color": theme.colour(segment)},
            name=theme.plain(names[segment]),
            meta={"segment": segment},
            line=theme.line(segment, names[segment], 2),
            marker={"color": theme.colour(segment), "symbol": theme.marker(segment), "size": 9},
            customdata=_raw(rows),
            hovertemplate="<b>%{fullData.name}</b><br>%{x}: %{customdata}<br>%{y:+.2f} SD"
            "<extra></extra>",
        )
    figure.update_layout(showlegend=False)
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(title="Standard deviations from the average", zeroline=True)
    return explained(
        figure,
        "Each line is a segment, with its number at the end. At 0 a segment is like the average of"
        " all customers; where lines are far apart, the column tells segments apart.",
    )


def radar(profiles: pd.DataFrame, names: Mapping[int, str], columns: Sequence[str]) -> go.Figure:
    """Draw the segments' averages around a circle, for at most four segments.

    Parameters are those of :func:`snake`, of which up to eight columns are drawn.
    """
    drawn = [segment for segment in names if segment > 0]
    chosen = list(columns)[:MOST_AXES]
    if len(drawn) > MOST_RADARS:
        return blank(
            f"A radar of more than {MOST_RADARS} segments<br>cannot be read. Set the number of<br>"
            f"segments to {MOST_RADARS} or less, or<br>choose the snake plot."
        )
    if len(chosen) < FEWEST_AXES:
        return blank(f"A radar needs at least<br>{FEWEST_AXES} numeric columns.")
    figure = theme.canvas("Radar (z-scores)", "averages in standard deviations")
    labels = [theme.plain(headers.label(column)) for column in chosen]
    for segment in drawn:
        rows = profiles.loc[segment].reindex([*chosen, chosen[0]])
        figure.add_scatterpolar(
            r=rows["z"].round(3).tolist(),
            theta=[*labels, labels[0]],
            mode="lines+markers",
            name=theme.plain(names[segment]),
            meta={"segment": segment},
            line=theme.line(segment, names[segment], 2),
            marker={"color": theme.colour(segment), "symbol": theme.marker(segment), "size": 8},
            customdata=_raw(rows),
            hovertemplate="<b>%{fullData.name}</b><br>%{theta}: %{customdata}<br>%{r:+.2f} SD"
            "<extra></extra>",
        )
    reach = float(np.nanmax(np.abs(profiles["z"].to_numpy()), initial=1.0)) * 1.1
    figure.update_layout(
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "radialaxis": {"range": [-reach, reach], "tickvals": [0], "ticktext": ["average"],
                           "gridcolor": theme.MUTED, "linecolor": "rgba(0,0,0,0)", "angle": 90},
            "angularaxis": {"gridcolor": "rgba(138,148,166,0.3)", "linecolor": theme.MUTED},
        }
    )  # fmt: skip
    return explained(
        figure,
        "The ring in the middle is the average of all customers: outside it a segment has more,"
        " inside less. Compare along the spokes; the enclosed areas mean nothing.",
    )


def _raw(rows: pd.DataFrame) -> list[str]:
    return [
        f"{text.quantity(row['mean'], theme.plain(headers.unit(str(column))), 1)}"
        f" ({text.number(row['low'], 1)} to {text.number(row['high'], 1)})"
        for column, row in rows.iterrows()
    ]


def composition(facts: pd.DataFrame, names: Mapping[int, str], column: str) -> go.Figure:
    """Draw the shares of a category's levels within each segment, stacked, beside all customers.

    Parameters
    ----------
    facts : DataFrame
        As from :func:`analytics.facts.facts`.
    names : mapping of int to str
    column : str
    """
    table = facts[facts["column"] == column]
    levels = table.groupby("level")["overall"].first().sort_values(ascending=False, kind="stable")
    figure = theme.canvas(f"Composition by {headers.label(column)}", "share of each segment")
    everyone = pd.DataFrame({"value": levels, "low": np.nan, "high": np.nan})
    columns = {"columns": [theme.plain(headers.label(column)), "Share"], "axes": ""}
    figure.add_bar(
        **_stack("All", everyone), name="All customers", marker=_shades(theme.MUTED, len(levels))
    )
    for segment, name in names.items():
        rows = table[table["segment"] == segment].set_index("level").reindex(levels.index)
        if rows["value"].isna().all():
            continue  # noise
        figure.add_bar(
            **_stack(theme.tick(segment, name), rows),
            name=theme.plain(name),
            meta={"segment": segment, **columns},
            marker=_shades(theme.colour(segment), len(levels)),
        )
    figure.update_layout(
        showlegend=False,
        barmode="overlay",
        bargap=0.25,
        uniformtext={"mode": "hide", "minsize": 10},
    )
    figure.update_xaxes(title="Segment", type="category", showgrid=False)
    figure.update_yaxes(range=[0, 1], tickformat=".0%")
    return explained(
        figure,
        "Each bar is a segment, cut by the levels of the column in the order of the bar of all"
        " customers, strongest colour first; a part that is taller than there is over-represented."
        " Hover for the 95 % interval.",
    )


def _stack(place: str, rows: pd.DataFrame) -> dict[str, object]:
    share = rows["value"].fillna(0.0)
    words = [theme.plain(str(level)) for level in rows.index]
    spans = [
        f" (95 % interval {text.percent(low)} to {text.percent(high)})" if low == low else ""
        for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    return {
        "x": [place] * len(rows),
        "y": share.round(4).tolist(),
        "base": (share.cumsum() - share).round(4).tolist(),
        "text": [
            f"{word} {text.percent(part)}" if part >= _LABELLED else ""
            for word, part in zip(words, share, strict=True)
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "customdata": [
            [word, f"{text.percent(part, 1)}{span}"]
            for word, part, span in zip(words, share, spans, strict=True)
        ],
        "hovertemplate": "<b>%{fullData.name}</b><br>%{customdata[0]}: %{customdata[1]}"
        "<extra></extra>",
    }


def _shades(colour: str, many: int) -> dict[str, object]:
    """Tell levels apart by lightness, so that a segment keeps its colour."""
    strengths = np.linspace(1.0, 0.25, many) if many > 1 else [1.0]
    shades = [theme.lightened(colour, float(strength)) for strength in strengths]
    return {"color": shades, "line": {"color": "white", "width": 1}}

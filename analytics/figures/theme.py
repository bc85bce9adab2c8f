"""How every figure looks: templates for light and dark, segment colours and markers.

What cannot be read off a figure says its trace in ``meta``, for the table beside it: ``told``
gives the cells of its one row by their headings, ``columns`` the headings of the figure's custom
data and ``axes`` the axes that are listed as well, and ``merges`` that it is a tree.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from textwrap import wrap
from typing import Any, Literal

import plotly.graph_objects as go

Theme = Literal["light", "dark"]
Drawing = dict[str, Any]

# Okabe and Ito's colour-blind-safe set, its yellow and black replaced for contrast on white and
# on dark ground, then two more that differ from them in lightness; the marker tells them apart too.
SEGMENT_COLOURS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#8C6BB1",
    "#9A8B00",
    "#117777",
    "#B15928",
)
SEGMENT_MARKERS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "x",
    "cross",
    "triangle-down",
    "star",
    "pentagon",
    "hexagon",
)
ACCENT = "#2F6FDE"
MUTED = "#8A94A6"
DIVERGING = [
    [0.0, "#0B5FA5"],
    [0.25, "#6FA8D6"],
    [0.5, "#EEF0F3"],
    [0.75, "#EFA05B"],
    [1.0, "#B45309"],
]
_MARK = " (unstable)"  # assets/26-naming.js keeps it when a segment is renamed
_TOP_WITHOUT_SUBTITLE = 44  # px
_LINE = 15  # characters
WEBGL_FROM = 3_000  # points; below, SVG draws as fast and stays sharp
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_INKS = {
    "light": {"ink": "#1F2937", "soft": "#5B6472", "grid": "#E5E8EC", "card": "#FFFFFF"},
    "dark": {"ink": "#E6E9EE", "soft": "#A3ACB9", "grid": "#323A46", "card": "#1B212B"},
}


def colour(segment: int) -> str:
    """Give a segment's colour, the same in every figure, card and table; noise is grey."""
    if segment == 0:
        return MUTED
    return SEGMENT_COLOURS[(segment - 1) % len(SEGMENT_COLOURS)]


def marker(segment: int) -> str:
    """Give a segment's marker symbol, the same in every figure and card."""
    if segment == 0:
        return "circle-open"
    return SEGMENT_MARKERS[(segment - 1) % len(SEGMENT_MARKERS)]


def size(segment: int, drawn: int) -> int:
    """Give the size of a segment's markers where so many customers are drawn; noise is small."""
    if segment == 0:
        return 3
    return 8 if drawn < WEBGL_FROM else 5


def translucent(colour_: str, alpha: float) -> str:
    """Give a hexadecimal colour an opacity."""
    red, green, blue = (int(colour_[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"


def writing_on(colour_: str) -> str:
    """Choose the ink, dark or white, that is the easier to read on a hexadecimal colour."""
    parts = (int(colour_[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#FFFFFF"


def lightened(colour_: str, strength: float) -> str:
    """Mix a hexadecimal colour with white: all of it at a strength of 1, none at 0."""
    parts = (int(colour_[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - strength * (255 - part)):02X}" for part in parts)


@cache
def template(theme: Theme) -> dict[str, Any]:
    """Build the template of a theme, as plain data that the browser can apply as well."""
    inks = _INKS[theme]
    axis = {
        "gridcolor": inks["grid"],
        "zerolinecolor": inks["grid"],
        "linecolor": inks["grid"],
        "tickcolor": inks["grid"],
        "title": {"font": {"color": inks["soft"], "size": 13}, "standoff": 8},
        "tickfont": {"color": inks["soft"]},
        "automargin": True,
    }
    return {
        "layout": {
            "font": {"family": _FONT, "size": 13, "color": inks["ink"]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [ACCENT, *SEGMENT_COLOURS[1:]],
            "title": {
                "font": {"size": 15, "color": inks["ink"]},
                "subtitle": {"font": {"size": 12, "color": inks["soft"]}},
                "x": 0,
                "xref": "container",
                "y": 0.98,
                "yanchor": "top",
            },
            "margin": {"l": 56, "r": 16, "t": 64, "b": 48},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": inks["card"],
                "bordercolor": inks["grid"],
                "font": {"color": inks["ink"], "family": _FONT},
                "align": "left",
            },
            "legend": {"orientation": "h", "y": -0.22, "x": 0, "font": {"color": inks["ink"]}},
            "coloraxis": {
                "colorbar": {
                    "title": {"font": {"color": inks["soft"], "size": 13}},
                    "tickfont": {"color": inks["soft"]},
                }
            },
            "separators": ".,",
            "shapedefaults": {"fillcolor": inks["card"]},
            "modebar": {
                "bgcolor": "rgba(0,0,0,0)",
                "color": inks["soft"],
                "activecolor": inks["ink"],
            },
        }
    }


def plain(text: str) -> str:
    """Keep plotly from reading markup or a template into text that comes from a file."""
    return escape(text, quote=False).replace("{", "&#123;")


def folded(text: str) -> str:
    """Break a long label into lines."""
    lines = wrap(text, _LINE, break_long_words=False, break_on_hyphens=False)
    return "<br>".join(plain(line) for line in lines)


def dress(figure: go.Figure, theme: Theme | None) -> Drawing:
    """Give a figure the look of a theme, light where none is known yet, as the page takes it.

    The template is put in as data: validating it anew takes longer than drawing the figure.
    """
    drawing = bare(figure)
    drawing["layout"]["template"] = template(theme or "light")
    return drawing


def bare(figure: go.Figure) -> Drawing:
    """Give a figure as data without a look, which the browser gives it when it draws."""
    drawing: Drawing = figure.to_dict()
    drawing["layout"].pop("template", None)
    return drawing


def canvas(title: str = "", subtitle: str = "") -> go.Figure:
    """Begin a figure without the library's own template."""
    heading = {"text": plain(title), "subtitle": {"text": plain(subtitle)}}
    figure = go.Figure(layout={"template": "none", "title": heading})
    return figure if subtitle else figure.update_layout(margin={"t": _TOP_WITHOUT_SUBTITLE})


def drawn_of(drawn: int, everyone: int, verb: str = "drawn") -> str:
    """Say how many of the customers a figure shows, where it is not all of them."""
    return "" if drawn >= everyone else f"{drawn:,} of {everyone:,} customers {verb}"


def blank(message: str) -> go.Figure:
    """Draw an empty figure that says why it is empty."""
    figure = canvas().update_xaxes(visible=False).update_yaxes(visible=False)
    return figure.add_annotation(
        text=message, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False
    )


def tick(segment: int, name: str) -> str:
    """Name a segment on an axis, with a mark if its name bears one."""
    return f"{segment} unstable" if _unstable(name) else str(segment)


def badge(segment: int, name: str) -> str:
    """Write a segment where there is little room, with a mark if its name bears one."""
    return f"{segment}?" if _unstable(name) else str(segment)


def line(segment: int, name: str, width: float) -> dict[str, Any]:
    """Give the line of a segment, dotted if it is unstable."""
    dash = "dot" if _unstable(name) else "solid"
    return {"color": colour(segment), "width": width, "dash": dash}


def marked(name: str) -> str:
    """Mark the name of an unstable segment."""
    return f"{name}{_MARK}"


def _unstable(name: str) -> bool:
    return name.endswith(_MARK)


def rows_of(names: Mapping[int, str]) -> dict[str, Any]:
    """Make the axis of a heatmap that has a row for each segment, the first at the top."""
    return {
        "title": "Segment",
        "tickmode": "array",
        "tickvals": list(names),
        "ticktext": [tick(segment, name) for segment, name in names.items()],
        "autorange": "reversed",
        "showgrid": False,
    }


def veiled(figure: go.Figure, segments: Iterable[int]) -> go.Figure:
    """Lay a veil over the row of each segment, unseen until the browser filters to others.

    A veil bears the segment as its name and takes its colour from the template. Of a heatmap
    itself the writing in the cells could not be dimmed without drawing all of it again.
    """
    for segment in segments:
        figure.add_shape(
            name=str(segment),
            type="rect",
            xref="paper",
            x0=0,
            x1=1,
            y0=segment - 0.5,
            y1=segment + 0.5,
            line={"width": 0},
            opacity=0,
        )
    return figure


def explained(figure: go.Figure, reading: str) -> go.Figure:
    """Say how a figure is to be read."""
    return figure.update_layout(meta={"reading": reading})

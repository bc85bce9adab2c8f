"""The parts that the page is made of."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import charts, glossary

_NOWHERE = {"visible": False}
_CLEAR = "rgba(0,0,0,0)"
_BARE = {
    "data": [],
    "layout": {
        "xaxis": _NOWHERE,
        "yaxis": _NOWHERE,
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
    },
}
# What the user sets outlives a reload of the page.
KEPT: dict[str, Any] = {"persistence": True, "persistence_type": "session"}
Children = Component | str | Sequence[Component | str]

# plotly.js 4 offers by default to upload a chart to its vendor's cloud.
_PRIVATE = {"showSendToCloud": False, "plotlyServerURL": "", "displaylogo": False}
_BUTTONS = {
    "displayModeBar": "hover",
    # its frame saves a picture with title, source and date
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
}


def attributes(**named: str) -> dict[str, Any]:
    """Spell attributes as HTML has them: ``aria_live="polite"`` is ``aria-live``."""
    return {name.replace("_", "-"): value for name, value in named.items()}


def panel(tab: str, panel_: str, *children: Component) -> html.Section:
    """Build the panel of a tab; the browser shows the one that the address names."""
    return html.Section(
        children, id=panel_, className="panel", role="tabpanel", **attributes(aria_labelledby=tab)
    )


def tab(name: str, title: str, id_: str, panel_: str) -> html.A:
    """Build the link that opens a panel."""
    return html.A(
        title,
        href=f"#{name}",
        id=id_,
        className="tab-link",
        role="tab",
        **attributes(aria_controls=panel_, data_tab=name),
    )


def controls(*fields: Component) -> html.Div:
    """Put the controls of a picture in a row."""
    return html.Div(fields, className="controls")


def field(
    label: str, control: Component, *, wide: bool = False, asks: Sequence[str] = ()
) -> html.Div:
    """Put a label above a control, with a "?" for each term that the label holds."""
    named = html.Label(label, htmlFor=vars(control)["id"], className="field-label")
    return html.Div(
        [glossary.beside(named, asks), control],
        className="field field-wide" if wide else "field",
    )


def parameter(
    id_: dict[str, Any],
    title: str,
    value: float | None,
    bounds: tuple[float, float, float],
    note: str,
    words: Sequence[str] = (),
    asks: Sequence[str] = (),
) -> html.Div:
    """Make the field of one parameter of an algorithm: a number, or a choice among words."""
    low, high, step = bounds
    control: Component
    if words:
        options = [{"label": word, "value": place} for place, word in enumerate(words)]
        control = dcc.Dropdown(options, value, id=id_, clearable=False, **KEPT)
    else:
        control = dbc.Input(
            id=id_,
            type="number",
            value=value,
            min=low,
            max=high,
            step="any" if step < 1 else 1,
            placeholder="from the data",
            debounce=True,
            **KEPT,
        )
    return html.Div(
        [
            html.Label([html.Span(title, className="field-label"), control]),
            glossary.beside(html.P(note, className="note"), asks),
        ],
        className="field",
    )


def graph(
    id_: str | None = None, *, tall: bool = False, figure: dict[str, Any] | None = None
) -> html.Figure:
    """Build a graph in its frame, without the buttons that send its data elsewhere."""
    given: dict[str, Any] = {"config": _PRIVATE | _BUTTONS, "responsive": True}
    given["figure"] = _BARE if figure is None else figure
    if id_ is not None:
        given["id"] = id_
    return charts.framed(dcc.Graph(**given), tall=tall)


def waiting(*children: Component) -> dcc.Loading:
    """Dim what is being redrawn, once it takes a noticeable time."""
    return dcc.Loading(
        children,
        delay_show=300,
        parent_className="waiting",
        overlay_style={"visibility": "visible", "opacity": 0.35},
        type="dot",
    )


_COLOURS = 10
RESULTS, WORKING = "results", "results results-working"


def results(id_: str, *children: Component) -> html.Div:
    """Hold what a long computation fills; it is dimmed while that runs."""
    return html.Div(children, id=id_, className=RESULTS)


def card(
    *children: Component,
    title: str = "",
    wide: bool = False,
    asks: Sequence[str] = (),
    words: Sequence[str] = (),
) -> html.Div:
    """Frame what belongs together.

    Parameters
    ----------
    asks : sequence of str
        Terms that the title holds: each gets a "?" beside it.
    words : sequence of str
        Terms that stand in the card: they are listed.
    """
    heading = [glossary.beside(html.H2(title, className="card-heading"), asks)] if title else []
    listed = [glossary.words(words)] if words else []
    return html.Div(
        [*heading, *listed, *children], className="card-box card-wide" if wide else "card-box"
    )


def grid(*children: Component) -> html.Div:
    """Lay cards side by side where there is room."""
    return html.Div(children, className="card-grid")


def says(id_: str, *, live: bool = True) -> html.Div:
    """Build the place of the sentences that say what the picture shows.

    Parameters
    ----------
    id_ : str
    live : bool
        Whether they are few enough to be read out when they change.
    """
    return html.Div(id=id_, className="says", **attributes(aria_live="polite" if live else "off"))


def announced(id_: str, part: str = "", look: str = "") -> html.Div:
    """Build a place of which a part is read out when it has changed.

    Parameters
    ----------
    id_ : str
    part : str
        Selector of the part; all of it if empty. ``assets/46-announcing.js`` says it.
    look : str
        Its classes.
    """
    return html.Div(id=id_, className=look, **attributes(data_announce=part))


def sentences(texts: Sequence[str]) -> html.Ul:
    """List sentences."""
    return html.Ul([html.Li(text) for text in texts], className="sentences")


def verdict(
    reason: str, points: Mapping[str, Sequence[str]], more: Mapping[str, Sequence[str]]
) -> list[Component]:
    """State a recommendation, then points under headings, the last ones to be opened."""
    shown = [
        part
        for heading, texts in points.items()
        if texts
        for part in (html.H3(heading, className="verdict-heading"), sentences(texts))
    ]
    folded = [
        html.Details([html.Summary(heading), sentences(texts)], className="folded")
        for heading, texts in more.items()
        if texts
    ]
    return [html.P(reason, className="verdict"), *shown, *folded]


def onward(text: str, name: str) -> html.P:
    """Point the way to the next tab."""
    return html.P(html.A(f"{text} →", href=f"#{name}", className="onward"))


def tile(name: str, value: str, note: str) -> html.Div:
    """Show one number with its name and what stands behind it."""
    return html.Div(
        [
            html.Div(name, className="tile-name"),
            html.Div(value, className="tile-value"),
            html.Div(note, className="tile-note"),
        ],
        className="tile",
    )


def _head(heading: str, term: str | None) -> html.Th:
    if term is None:
        return html.Th(heading, scope="col")
    # Who hears a cell hears its heading, without the "?".
    return html.Th([heading, glossary.ask(term)], scope="col", **attributes(aria_label=heading))


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[Children]],
    caption: str,
    asks: Mapping[str, str] | None = None,
) -> html.Div:
    """Build a plain table, with a "?" beside the headings that hold a term."""
    told = asks or {}
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr([_head(heading, told.get(heading)) for heading in headings])),
                html.Tbody(
                    [
                        html.Tr(
                            [html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])]
                        )
                        for row in rows
                    ]
                ),
            ],
            className="table table-sm",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **attributes(aria_label=caption),
    )


def choice(
    id_: dict[str, str], options: Sequence[tuple[str, str]], chosen: str, label: str
) -> Component:
    """Build the control that decides something; ``assets/35-choices.js`` tells the page."""
    control = dbc.Select(
        id=id_,
        options=[{"value": value, "label": text} for value, text in options],
        value=chosen,
        size="sm",
        class_name="choice",
    )
    return html.Label([html.Span(label, className="choice-text"), control], className="choice-box")


def data_grid(id_: str) -> dag.AgGrid:
    """Build the grid of the customers themselves."""
    return dag.AgGrid(
        id=id_,
        className="data-grid",
        columnSize="autoSize",
        defaultColDef={"sortable": True, "filter": True, "resizable": True, "minWidth": 90},
        dashGridOptions={
            "pagination": True,
            "paginationPageSize": 20,
            "suppressFieldDotNotation": True,
            "animateRows": False,
            "enableCellTextSelection": True,
            # Arrows go from cell to cell, and Tab goes on, in assets/50-names.js.
            "tabToNextCell": {"function": "goOn(params)"},
            "tabToNextHeader": {"function": "goOn(params)"},
        },
    )


def segment_class(segment: int) -> str:
    """Name the class that gives a segment its colour."""
    return f"segment-{(segment - 1) % _COLOURS + 1 if segment else 0}"

"""The Segments tab: who is in each segment."""

import dash_bootstrap_components as dbc
from dash import dcc, html

from layouts import assign, editing, glossary, ids, parts, takeaway

ORDERS = {"size": "Size", "value": "Value"}


def build() -> html.Section:
    """Build the tab."""
    return parts.panel(
        ids.Segments.TAB,
        ids.Segments.PANEL,
        html.H1("Who are they?", className="panel-title"),
        parts.results(
            ids.Segments.RESULTS,
            html.Div(
                [
                    glossary.beside(
                        parts.announced(ids.Segments.HEADLINE, look="headline"), ("silhouette",)
                    ),
                    html.Div(
                        [
                            dbc.Button(
                                "Download all customers",
                                id=ids.Segments.SAVE_ALL,
                                color="primary",
                                disabled=True,
                            ),
                            dbc.Button(
                                "Download selection",
                                id=ids.Segments.SAVE_SELECTION,
                                outline=True,
                                color="primary",
                                disabled=True,
                            ),
                            dcc.Download(id=ids.Segments.FILE),
                        ],
                        className="actions",
                    ),
                ],
                className="headline-row",
            ),
            html.P(
                "Downloads hold the cells as they stand in the file, whatever was repaired or made"
                " of them for the segments; cells that a spreadsheet would execute are preceded by"
                " an apostrophe.",
                className="note",
            ),
            html.Div(
                [
                    html.Span(
                        id=ids.Segments.FILTER,
                        className="filter-text",
                        **parts.attributes(aria_live="polite"),
                    ),
                    html.Button(
                        "Clear",
                        id=ids.Segments.CLEAR,
                        className="filter-clear",
                        type="button",
                        title="Show every segment again (Escape)",
                        hidden=True,
                    ),
                ],
                className="filter-bar",
            ),
            html.Div(
                [
                    html.Span("Order by", className="field-label"),
                    dbc.RadioItems(
                        [{"value": value, "label": word} for value, word in ORDERS.items()],
                        "size",
                        id=ids.Segments.ORDER,
                        inline=True,
                    ),
                ],
                id=ids.Segments.ORDER_FIELD,
                className="order-field",
                hidden=True,
            ),
            glossary.words(
                (
                    "stability (Jaccard)",
                    "index",
                    "confidence interval",
                    "effect size",
                )
            ),
            html.Div(id=ids.Segments.CARDS, className="segment-cards"),
            parts.waiting(
                parts.grid(
                    parts.card(
                        parts.graph(ids.Segments.MAP, tall=True),
                        html.P(id=ids.Segments.MAP_NOTE, className="note"),
                        words=("centroid",),
                    ),
                    parts.card(
                        parts.field(
                            "Profile as",
                            dcc.Dropdown(id=ids.Segments.PROFILE_AS, clearable=False),
                        ),
                        parts.graph(ids.Segments.PROFILE, tall=True),
                        html.P(id=ids.Segments.PROFILE_NOTE, className="note"),
                        words=("index", "z-score"),
                    ),
                    parts.card(
                        parts.says(ids.Segments.SAYS, live=False), title="What this says", wide=True
                    ),
                    parts.card(
                        html.Div(
                            [
                                parts.graph(ids.Segments.SIZES),
                                html.Div(
                                    [
                                        parts.graph(ids.Segments.BOX_FIRST),
                                        parts.graph(ids.Segments.BOX_SECOND),
                                        parts.graph(ids.Segments.BOX_THIRD),
                                        parts.graph(ids.Segments.BOX_FOURTH),
                                    ],
                                    id=ids.Segments.BOXES,
                                    className="figure-more",
                                ),
                            ],
                            className="figure-row",
                        ),
                        title="Size, and distribution within each segment",
                        wide=True,
                    ),
                ),
                parts.card(
                    parts.data_grid(ids.Segments.TABLE),
                    html.P(id=ids.Segments.TABLE_NOTE, className="note"),
                    title="Customers",
                    words=("silhouette", "certainty"),
                ),
            ),
        ),
        editing.build(),
        takeaway.build(),
        assign.build(),
        parts.onward("Change the number of segments or the features", "model-selection"),
    )

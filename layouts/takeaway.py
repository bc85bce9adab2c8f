"""The section of the Segments tab from which everything can be taken away."""

import dash_bootstrap_components as dbc
from dash import dcc, html

from layouts import ids, parts

FILES = (
    (ids.Takeaway.CSV, "CSV", "the customers with their segments"),
    (ids.Takeaway.EXCEL, "Excel", "the same, with a data dictionary"),
    (ids.Takeaway.PARQUET, "Parquet", "the same, packed with a data dictionary"),
    (ids.Takeaway.REPORT, "Report", "a page that opens offline: all of this, and how it was found"),
    (ids.Takeaway.SUMMARY, "Summary", "a row for each segment"),
    (ids.Takeaway.MODEL, "Model", "puts other customers into these segments"),
    (ids.Takeaway.SQL, "SQL", "the same as one expression for a database"),
)


def build() -> html.Div:
    """Build the section."""
    return parts.card(
        html.Ul(
            [
                html.Li(
                    [
                        dbc.Button(title, id=id_, outline=True, color="primary", size="sm"),
                        html.Span(what, className="note"),
                    ],
                    className="takeaway-item",
                )
                for id_, title, what in FILES
            ],
            id=ids.Takeaway.CARD,
            className="takeaway",
        ),
        dcc.Download(id=ids.Takeaway.FILE),
        title="Take it away",
    )

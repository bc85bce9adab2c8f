"""The Overview tab: what is in the file."""

import dash_bootstrap_components as dbc
from dash import dcc, html

from layouts import ids, parts


def build(*, max_upload_mb: int) -> html.Section:
    """Build the tab, accepting files up to a size in MB."""
    upload = dcc.Upload(
        html.Div(
            [
                html.Strong("Drop a table of your customers here, or choose a file"),
                html.Span(
                    "CSV in any usual form, Excel, OpenDocument, Parquet or JSON, also packed as"
                    f" gzip or zip; one row for each customer, up to {max_upload_mb} MB."
                    " The file stays on this server and is bound to your browser.",
                    className="upload-hint",
                ),
            ],
            className="upload-text",
        ),
        id=ids.Overview.UPLOAD,
        className="upload",
        className_active="upload-active",
        max_size=max_upload_mb * 2**20,
    )
    return parts.panel(
        ids.Overview.TAB,
        ids.Overview.PANEL,
        html.H1("What is in the file?", className="panel-title"),
        html.Div(
            [
                upload,
                html.Div(
                    [
                        dbc.Button(
                            "Use the sample", id=ids.Overview.SAMPLE, outline=True, color="primary"
                        ),
                        dbc.Button("Download a template", id=ids.Overview.TEMPLATE, color="link"),
                        dcc.Download(id=ids.Overview.TEMPLATE_FILE),
                    ],
                    className="upload-actions",
                ),
            ],
            className="upload-row",
            **parts.attributes(data_max_mb=str(max_upload_mb)),
        ),
        parts.waiting(html.Div(id=ids.Overview.TILES, className="tiles")),
        parts.grid(
            parts.card(
                html.Div(
                    [
                        html.P(id=ids.Overview.LEDGER, className="ledger"),
                        dbc.Button(
                            "Download the rows set aside",
                            id=ids.Overview.SAVE_ASIDE,
                            outline=True,
                            color="primary",
                            size="sm",
                            disabled=True,
                        ),
                        dcc.Download(id=ids.Overview.ASIDE_FILE),
                    ],
                    className="ledger-row",
                ),
                html.Div(id=ids.Overview.ASIDE),
                html.Div(id=ids.Overview.NOTES),
                html.Div(id=ids.Overview.READING),
                html.Div(
                    [
                        html.Div(id=ids.Overview.CHANGES),
                        dbc.Button(
                            "Undo the last change",
                            id=ids.Overview.UNDO,
                            outline=True,
                            color="primary",
                            size="sm",
                            disabled=True,
                        ),
                    ],
                    className="ledger-row",
                ),
                title="Every row accounted for",
                wide=True,
            ),
            parts.card(
                parts.waiting(html.Div(id=ids.Overview.ALERTS)),
                title="Data quality, by its effect on segments",
                words=("skewness", "correlation"),
                wide=True,
            ),
            parts.card(
                html.Div(id=ids.Overview.COLUMNS), title="Columns and their roles", wide=True
            ),
            parts.card(
                parts.data_grid(ids.Overview.PREVIEW),
                html.Div(
                    [
                        html.P(
                            id=ids.Overview.PREVIEW_NOTE,
                            className="note",
                            **parts.attributes(aria_live="polite"),
                        ),
                        html.Button(
                            "Show the whole table",
                            id=ids.Overview.SHOW_ALL,
                            type="button",
                            className="link-button",
                            hidden=True,
                        ),
                    ],
                    className="ledger-row",
                ),
                title="The table itself",
                wide=True,
            ),
        ),
        parts.onward("Explore the columns", "eda"),
    )

"""Callbacks of the Overview tab: open a dataset, say what it holds."""

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx, set_props
from dash.dcc.express import send_bytes
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from analytics import sample, summary, text
from callbacks import grids
from callbacks.state import DatasetState, opened
from layouts import ids, parts

if TYPE_CHECKING:
    from app.services import Services

_TEMPLATE_NAME = "customers_template.csv"


def register(app: Dash, services: "Services") -> None:
    """Register the tab's callbacks."""

    @app.callback(
        Output(ids.Store.DATASET, "data"),
        Input(ids.Overview.UPLOAD, "contents"),
        Input(ids.Overview.SAMPLE, "n_clicks"),
        Input(ids.Page.BOOT, "data"),
        State(ids.Overview.UPLOAD, "filename"),
        running=[(Output(ids.Page.WORKING, "children"), "Reading the customers …", "")],
    )
    def open_dataset(contents: str | None, _: int, __: int, name: str | None) -> DatasetState:
        workspace = services.workspace(ctx.cookies)
        if ctx.triggered_id != ids.Overview.UPLOAD:
            opened = workspace.open_sample()
        elif contents:
            set_props(ids.Overview.UPLOAD, {"contents": None})  # so that it can be chosen again
            opened = workspace.open_upload(name or "upload", contents)
        else:
            raise PreventUpdate
        return DatasetState(key=opened.key, name=opened.name, customers=opened.customers)

    @app.callback(
        Output(ids.Page.CHIP, "children"),
        Output(ids.Overview.TILES, "children"),
        Output(ids.Overview.QUALITY, "children"),
        Output(ids.Overview.COLUMNS, "children"),
        Input(ids.Store.DATASET, "data"),
    )
    def summarise(
        dataset: DatasetState,
    ) -> tuple[str, list[Component], list[Component], Component]:
        data = services.workspace(ctx.cookies).dataset(opened(dataset))
        statistics = summary.key_statistics(data.customers, data.columns)
        return (
            _chip(dataset),
            [parts.tile(item.name, item.value, item.note) for item in statistics],
            [
                parts.table(
                    ["Check", "Count", "What it means"],
                    [
                        [item.name, f"{item.count:,}", item.note]
                        for item in summary.quality(data.customers, data.columns)
                    ],
                    "Data quality",
                ),
                parts.sentences(data.renamed),
            ],
            parts.table(
                ["Column", "Role", "Type", "Missing", "Distinct", "Why this role"],
                [
                    [c.name, c.role, c.type, f"{c.missing:,}", f"{c.distinct:,}", c.reason]
                    for c in data.columns
                ],
                "Columns and their roles",
            ),
        )

    @app.callback(
        Output(ids.Overview.PREVIEW, "columnDefs"),
        Output(ids.Overview.PREVIEW, "rowData"),
        Output(ids.Overview.PREVIEW_NOTE, "children"),
        Input(ids.Store.DATASET, "data"),
    )
    def preview(
        dataset: DatasetState,
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
        customers = services.workspace(ctx.cookies).dataset(opened(dataset)).customers
        return grids.columns(customers), grids.rows(customers), grids.note(len(customers))

    @app.callback(
        Output(ids.Overview.TEMPLATE_FILE, "data"),
        Input(ids.Overview.TEMPLATE, "n_clicks"),
    )
    def save_template(_: int) -> dict[str, Any]:
        return dict(send_bytes(services.workspace(ctx.cookies).template(), _TEMPLATE_NAME))


def _chip(dataset: DatasetState) -> str:
    if dataset["name"] == sample.NAME:
        return f"{sample.NAME}: {text.count(dataset['customers'], 'mall customer')}"
    return f"{dataset['name']}, {text.count(dataset['customers'], 'customer')}"

"""Callbacks of the Overview tab: open a dataset, account for its rows, decide about its columns."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx, set_props
from dash.dcc.express import send_bytes
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from analytics import sample, summary, text
from callbacks import grids, notice, told
from callbacks.state import DatasetState, DecisionState, opened
from layouts import ids, parts

if TYPE_CHECKING:
    from app.answers import DatasetRef
    from app.services import Services, Workspace

_TEMPLATE_NAME = "customers_template.csv"


def register(app: Dash, services: "Services") -> None:
    """Register the tab's callbacks."""

    @app.callback(
        Output(ids.Store.DATASET, "data"),
        Input(ids.Overview.UPLOAD, "contents"),
        Input(ids.Overview.SAMPLE, "n_clicks"),
        Input(ids.Overview.UNDO, "n_clicks"),
        Input(ids.Store.DECISION, "data"),
        Input(ids.Page.BOOT, "data"),
        State(ids.Overview.UPLOAD, "filename"),
        State(ids.Store.DATASET, "data"),
        running=[(Output(ids.Page.WORKING, "children"), "Reading the customers …", "")],
    )
    def open_dataset(
        contents: str | None,
        _: int,
        __: int,
        decision: DecisionState | None,
        ___: int,
        name: str | None,
        dataset: DatasetState | None,
    ) -> DatasetState:
        workspace = services.workspace(ctx.cookies)
        match ctx.triggered_id:
            case ids.Overview.UPLOAD:
                found = _uploaded(workspace, name, contents)
            case ids.Overview.UNDO:
                found = workspace.undo(_in_hand(workspace, dataset))
            case ids.Store.DECISION:
                found = _decided(workspace, decision, dataset)
            case _:
                found = workspace.open_sample()
        notice.hide()
        return DatasetState(key=found.key, name=found.name, customers=found.customers)

    @app.callback(
        Output(ids.Page.CHIP, "children"),
        Output(ids.Tour.SAMPLE, "hidden"),
        Output(ids.Overview.TILES, "children"),
        Output(ids.Overview.COLUMNS, "children"),
        Input(ids.Store.DATASET, "data"),
    )
    def summarise(dataset: DatasetState) -> tuple[str, bool, list[Component], Component]:
        data = services.workspace(ctx.cookies).dataset(opened(dataset))
        statistics = summary.key_statistics(data.customers, data.columns)
        return (
            _chip(dataset),
            dataset["name"] != sample.NAME,
            [parts.tile(item.name, item.value, item.note) for item in statistics],
            told.columns(data.columns),
        )

    @app.callback(
        Output(ids.Overview.LEDGER, "children"),
        Output(ids.Overview.ASIDE, "children"),
        Output(ids.Overview.SAVE_ASIDE, "disabled"),
        Output(ids.Overview.NOTES, "children"),
        Output(ids.Overview.READING, "children"),
        Output(ids.Overview.CHANGES, "children"),
        Output(ids.Overview.UNDO, "disabled"),
        Input(ids.Store.DATASET, "data"),
    )
    def account(dataset: DatasetState) -> tuple[Any, ...]:
        workspace = services.workspace(ctx.cookies)
        data = workspace.dataset(opened(dataset))
        return (
            told.ledger(data),
            told.aside(workspace.set_aside(data.key), data.place),
            data.set_aside == 0,
            parts.sentences(data.notes),
            told.questions(data.offers),
            told.changes(data.choices, workspace.offers(data.key) if data.choices else []),
            not data.choices,
        )

    @app.callback(
        Output(ids.Overview.ALERTS, "children"),
        Input(ids.Store.DATASET, "data"),
    )
    def examine(dataset: DatasetState) -> list[Component] | str:
        return told.alerts(services.workspace(ctx.cookies).alerts(opened(dataset)))

    @app.callback(
        Output(ids.Overview.PREVIEW, "columnDefs"),
        Output(ids.Overview.PREVIEW, "rowData"),
        Output(ids.Overview.PREVIEW_NOTE, "children"),
        Output(ids.Overview.SHOW_ALL, "hidden"),
        Input(ids.Store.DATASET, "data"),
        Input(ids.Store.SHOWN, "data"),
    )
    def preview(
        dataset: DatasetState, shown: str | None
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str, bool]:
        workspace = services.workspace(ctx.cookies)
        if shown and ctx.triggered_id == ids.Store.SHOWN:
            rows = workspace.rows_of(opened(dataset), shown)
            note = told.shown(workspace.alerts(dataset["key"]), shown, len(rows))
            return grids.columns(rows), grids.rows(rows), note, False
        customers = workspace.dataset(opened(dataset)).customers
        return grids.columns(customers), grids.rows(customers), grids.note(len(customers)), True

    @app.callback(
        Output(ids.Overview.TEMPLATE_FILE, "data"),
        Input(ids.Overview.TEMPLATE, "n_clicks"),
    )
    def save_template(_: int) -> dict[str, Any]:
        return dict(send_bytes(services.workspace(ctx.cookies).template(), _TEMPLATE_NAME))

    @app.callback(
        Output(ids.Overview.ASIDE_FILE, "data"),
        Input(ids.Overview.SAVE_ASIDE, "n_clicks"),
        State(ids.Store.DATASET, "data"),
    )
    def save_aside(_: int, dataset: DatasetState) -> dict[str, Any]:
        content = services.workspace(ctx.cookies).set_aside_csv(opened(dataset))
        stem = PurePath(dataset["name"].lower()).stem
        return dict(send_bytes(content, f"{stem}_set_aside.csv"))


def _uploaded(workspace: "Workspace", name: str | None, contents: str | None) -> "DatasetRef":
    if not contents:
        raise PreventUpdate
    set_props(ids.Overview.UPLOAD, {"contents": None})  # so that it can be chosen again
    return workspace.open_upload(name or "upload", contents)


def _decided(
    workspace: "Workspace", decision: DecisionState | None, dataset: DatasetState | None
) -> "DatasetRef":
    if not decision or not dataset or decision["dataset"] != dataset["key"]:
        raise PreventUpdate
    return workspace.revise(_in_hand(workspace, dataset), decision["changed"], decision["option"])


def _in_hand(workspace: "Workspace", dataset: DatasetState | None) -> "DatasetRef":
    return workspace.refer(opened(dataset), dataset["name"] if dataset else "")


def _chip(dataset: DatasetState) -> str:
    if dataset["name"] == sample.NAME:
        return f"{sample.NAME}: {text.count(dataset['customers'], 'mall customer')}"
    return f"{dataset['name']}, {text.count(dataset['customers'], 'customer')}"

"""Callbacks of the Segments tab: cross-filter, download."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from dash.dcc.express import send_bytes

from analytics.errors import UnknownChoice
from callbacks.state import DatasetState, SegmentsState, named
from layouts import ids

if TYPE_CHECKING:
    from app.services import Services

_WAITING = "Choose features on the Model Selection tab."


def register(app: Dash, services: "Services") -> None:
    """Register the tab's callbacks."""
    app.clientside_callback(
        ClientsideFunction("segments", "show"),
        Output(ids.Store.FILTERED, "data"),
        Input(ids.Store.SELECTION, "data"),
        Input(ids.Store.SEGMENTS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("segments", "tell"),
        Output(ids.Segments.FILTER, "children"),
        Output(ids.Segments.CLEAR, "hidden"),
        Output(ids.Segments.SAVE_SELECTION, "disabled"),
        Output(ids.Segments.SAVE_ALL, "disabled"),
        Output(ids.Segments.TABLE, "filterModel"),
        Input(ids.Store.FILTERED, "data"),
        State(ids.Store.SEGMENTS, "data"),
    )

    app.clientside_callback(
        ClientsideFunction("address", "keep"),
        Output(ids.Store.KEPT, "data"),
        Input(ids.Store.SEGMENTS, "data"),
        Input(ids.Store.SELECTION, "data"),
    )

    @app.callback(
        Output(ids.Segments.FILE, "data"),
        Input(ids.Segments.SAVE_ALL, "n_clicks"),
        Input(ids.Segments.SAVE_SELECTION, "n_clicks"),
        State(ids.Store.DATASET, "data"),
        State(ids.Store.SEGMENTS, "data"),
        State(ids.Store.SELECTION, "data"),
    )
    def save(
        _: int,
        __: int,
        dataset: DatasetState | None,
        segments: SegmentsState | None,
        selection: list[int] | None,
    ) -> dict[str, Any]:
        if not dataset or not segments:
            raise UnknownChoice("There are no segments to download yet.", _WAITING)
        workspace = services.workspace(ctx.cookies)
        chosen = selection if ctx.triggered_id == ids.Segments.SAVE_SELECTION else None
        content = workspace.export(named(workspace, segments), segments["count"], chosen)
        stem = PurePath(dataset["name"].lower()).stem
        part = f"_{'_'.join(map(str, chosen))}" if chosen else ""
        return dict(send_bytes(content, f"{stem}_segments{part}.csv"))

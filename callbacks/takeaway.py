"""Callbacks of the section "Take it away"."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from dash.dcc.express import send_bytes

from analytics.errors import UnknownChoice
from callbacks.state import DatasetState, SegmentsState, named
from layouts import ids, takeaway

if TYPE_CHECKING:
    from app.answers import SweepRequest
    from app.services import Services, Workspace

_BUTTONS = [id_ for id_, _, _ in takeaway.FILES]


def register(app: Dash, services: "Services") -> None:
    """Register the section's callbacks."""
    app.clientside_callback(
        ClientsideFunction("assign", "ready"),
        *[Output(button, "disabled") for button in _BUTTONS],
        Input(ids.Store.SEGMENTS, "data"),
    )

    @app.callback(
        Output(ids.Takeaway.FILE, "data"),
        *[Input(button, "n_clicks") for button in _BUTTONS],
        State(ids.Store.DATASET, "data"),
        State(ids.Store.SEGMENTS, "data"),
        running=[(Output(ids.Page.WORKING, "children"), "Writing the file …", "")],
        prevent_initial_call=True,
    )
    def save(*given: Any) -> dict[str, Any]:  # noqa: ANN401  # clicks, then the stores
        dataset: DatasetState | None = given[-2]
        segments: SegmentsState | None = given[-1]
        if not dataset or not segments:
            raise UnknownChoice(
                "There are no segments to take away yet.",
                "Choose features on the Model Selection tab.",
            )
        workspace = services.workspace(ctx.cookies)
        asked = named(workspace, segments)
        content, ending = _written(
            workspace, asked, segments["count"], str(ctx.triggered_id), dataset["name"]
        )
        return dict(send_bytes(content, f"{PurePath(dataset['name'].lower()).stem}_{ending}"))


def _written(
    workspace: "Workspace", asked: "SweepRequest", count: int, button: str, file: str
) -> tuple[bytes, str]:
    """Write the file of a button, and say how its name ends."""
    match button:
        case ids.Takeaway.EXCEL:
            return workspace.workbook(asked, count), "segments.xlsx"
        case ids.Takeaway.PARQUET:
            return workspace.parquet(asked, count), "segments.parquet.zip"
        case ids.Takeaway.REPORT:
            return workspace.report(asked, count, file), "report.html"
        case ids.Takeaway.SUMMARY:
            return workspace.summary(asked, count), "segment_summary.csv"
        case ids.Takeaway.MODEL:
            return workspace.model(asked, count, file), "model.json"
        case ids.Takeaway.SQL:
            return f"{workspace.sql(asked, count)}\n".encode(), "segments.sql"
        case _:
            return workspace.export(asked, count), "segments.csv"

"""Callbacks of the section "Edit the segments"."""

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx
from dash.exceptions import PreventUpdate

from analytics.errors import AnalyticsError, UnknownChoice
from callbacks import notice, views
from callbacks.state import (
    MOST_NAME,
    BegunState,
    EditedState,
    EditsState,
    ScoresState,
    SegmentsState,
    StepState,
    request,
)
from layouts import ids, parts

if TYPE_CHECKING:
    from app.editing import Edits
    from app.services import Services, Workspace

_MOST_KEPT = 20  # solutions whose edits are kept
_CONTROLS = (
    ids.Editing.KIND,
    ids.Editing.PAIR,
    ids.Editing.SEGMENT,
    ids.Editing.PARTS,
    ids.Editing.SIZE,
)


def register(app: Dash, services: "Services") -> None:
    """Register the section's callbacks."""
    controls = [State(id_, "value") for id_ in _CONTROLS]

    @app.callback(
        Output(ids.Editing.COST, "children"),
        Input(ids.Editing.PREVIEW, "n_clicks"),
        State(ids.Store.SEGMENTS, "data"),
        *controls,
        running=[
            (Output(ids.Page.WORKING, "children"), "Reckoning what the edit costs …", ""),
            (Output(ids.Editing.PREVIEW, "disabled"), True, False),
        ],
        prevent_initial_call=True,
    )
    def preview(_: int, segments: SegmentsState | None, *chosen: Any) -> str:  # noqa: ANN401
        if not segments:
            raise PreventUpdate
        wanted = [*(segments.get("edits") or []), _step(segments, *chosen)]
        workspace = services.workspace(ctx.cookies)
        taken = _taken(workspace, segments["scores"], segments["count"], wanted)
        trust = taken.described.swept.trust
        return " ".join([_costs(taken, wanted)[-1], *(trust.notes if trust else ())])

    @app.callback(
        Output(ids.Store.EDITS, "data"),
        Input(ids.Editing.APPLY, "n_clicks"),
        Input(ids.Editing.UNDO, "n_clicks"),
        Input(ids.Editing.UNDO_ALL, "n_clicks"),
        State(ids.Store.SEGMENTS, "data"),
        State(ids.Store.EDITS, "data"),
        *controls,
        running=[
            (Output(ids.Page.WORKING, "children"), "Editing the segments …", ""),
            (Output(ids.Editing.APPLY, "disabled"), True, False),
            (Output(ids.Segments.RESULTS, "className"), parts.WORKING, parts.RESULTS),
        ],
        prevent_initial_call=True,
    )
    def change(
        _: int,
        __: int,
        ___: int,
        segments: SegmentsState | None,
        kept: list[EditsState] | None,
        *chosen: Any,  # noqa: ANN401  # the controls
    ) -> list[EditsState]:
        if not segments:
            raise PreventUpdate
        scores, count = segments["scores"], segments["count"]
        now = list(segments.get("edits") or [])
        if ctx.triggered_id == ids.Editing.APPLY:
            now.append(_step(segments, *chosen))
            _taken(services.workspace(ctx.cookies), scores, count, now)
        else:
            now = now[:-1] if ctx.triggered_id == ids.Editing.UNDO else []
        others = [
            one for one in kept or []
            if (one["scores"]["key"], one["count"]) != (scores["key"], count)
        ]  # fmt: skip
        mine = [EditsState(scores=scores, count=count, steps=now)] if now else []
        return [*others, *mine][-_MOST_KEPT:]

    @app.callback(
        Output(ids.Store.EDITED, "data"),
        Input(ids.Store.EDITS, "data"),
        Input(ids.Store.BEGUN, "data"),
    )
    def show(kept: list[EditsState] | None, begun: BegunState | None) -> EditedState | None:
        if not begun:
            return None
        workspace, key = services.workspace(ctx.cookies), begun["scores"]["key"]
        found = {}
        for one in kept or []:
            if one["scores"]["key"] == key:
                try:
                    taken = _taken(workspace, begun["scores"], one["count"], one["steps"])
                except AnalyticsError as error:
                    notice.show("The edits were left out", str(error))
                    continue
                found[str(one["count"])] = {
                    **views.edited(workspace, begun["scores"], one["count"], taken),
                    "steps": one["steps"],
                    "costs": _costs(taken, one["steps"]),
                }
        return EditedState(key=key, solutions=found)

    app.clientside_callback(
        ClientsideFunction("editing", "offer"),
        Output(ids.Editing.PAIR, "options"),
        Output(ids.Editing.PAIR, "value"),
        Output(ids.Editing.SEGMENT, "options"),
        Output(ids.Editing.SEGMENT, "value"),
        Output(ids.Editing.SIZE, "value"),
        Output(ids.Editing.PREVIEW, "disabled"),
        Output(ids.Editing.APPLY, "disabled"),
        Output(ids.Editing.UNDO, "disabled"),
        Output(ids.Editing.UNDO_ALL, "disabled"),
        Output(ids.Editing.STEPS, "children"),
        Output(ids.Editing.NOTE, "children"),
        Input(ids.Store.SEGMENTS, "data"),
        State(ids.Store.EDITS, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("editing", "outdated"),
        Output(ids.Editing.COST, "hidden"),
        Input(ids.Editing.COST, "children"),
        Input(ids.Store.SEGMENTS, "data"),
        *[Input(id_, "value") for id_ in _CONTROLS],
    )
    app.clientside_callback(
        ClientsideFunction("editing", "turn"),
        Output(ids.Editing.PAIR_FIELD, "hidden"),
        Output(ids.Editing.SPLIT_FIELDS, "hidden"),
        Output(ids.Editing.SIZE_FIELD, "hidden"),
        Input(ids.Editing.KIND, "value"),
    )


def _taken(
    workspace: "Workspace", scores: ScoresState, count: int, wanted: list[StepState]
) -> "Edits":
    return workspace.edit(request(workspace, scores, wanted), count)


def _step(
    segments: SegmentsState, kind: str, pair: str | None, segment: str | None,
    parts_: str | None, size: float | None,
) -> StepState:  # fmt: skip
    """Spell out the step that the controls ask for."""
    step: dict[str, Any]
    try:
        match kind:
            case "merge":
                step = {"kind": kind, "segments": [int(one) for one in str(pair).split(" ")]}
            case "split":
                many = int(parts_) if parts_ else None
                step = {"kind": kind, "segment": int(str(segment)), "count": many}
            case _:
                step = {"kind": "minimum", "size": int(str(size))}
    except ValueError as error:
        raise UnknownChoice(
            "The edit is not complete.", "Choose segments, or a whole number of customers."
        ) from error
    names = {str(one["segment"]): one["name"] for one in segments["segments"]}
    return StepState(step=step, names=names)


def _costs(taken: "Edits", wanted: list[StepState]) -> list[str]:
    """Say what every step does and costs, with the names that segments had then."""
    return taken.told(
        [
            {int(segment): str(name)[:MOST_NAME] for segment, name in one["names"].items()}
            for one in wanted
        ]
    )

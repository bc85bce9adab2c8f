"""Callback of the names that the user gives: carry them over when segments are found anew."""

import json
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, ctx

from callbacks import notice
from callbacks.state import (
    MOST_NAME,
    BegunState,
    EditedState,
    GivenState,
    NamedState,
    request,
)
from layouts import ids

if TYPE_CHECKING:
    from app.answers import SweepRequest
    from app.services import Services, Workspace

_Named = tuple["SweepRequest", int, dict[int, str]]


def register(app: Dash, services: "Services") -> None:
    """Register the callback."""

    @app.callback(
        Output(ids.Store.NAMED, "data"),
        Input(ids.Store.NAMES, "data"),
        Input(ids.Store.BEGUN, "data"),
        Input(ids.Store.EDITED, "data"),
    )
    def carry(
        given: list[GivenState] | None, begun: BegunState | None, edited: EditedState | None
    ) -> NamedState | None:
        if not begun:
            return None
        key = begun["scores"]["key"]
        if not given:
            return NamedState(key=key, names={}, edited={})
        workspace = services.workspace(ctx.cookies)
        known, asked = _grouped(workspace, given), request(workspace, begun["scores"])
        found = workspace.carry(known, asked)
        lost = found.dropped.get(begun["count"], [])
        if lost and ctx.triggered_id == ids.Store.BEGUN:
            notice.show("A name was dropped", " ".join(lost))
        again: dict[int, dict[int, str]] = {}
        for count, one in (edited["solutions"] if edited and edited["key"] == key else {}).items():
            changed = request(workspace, begun["scores"], one["steps"])
            again |= workspace.carry(known, changed, int(count)).names
        return NamedState(key=key, names=_written(found.names), edited=_written(again))


def _written(names: dict[int, dict[int, str]]) -> dict[str, dict[str, str]]:
    return {
        str(count): {str(segment): name for segment, name in of.items()}
        for count, of in names.items()
    }


def _grouped(workspace: "Workspace", given: list[GivenState]) -> list[_Named]:
    """Put the names of one solution together, in the order of the last of each."""
    groups: dict[tuple[str, int, str], _Named] = {}
    for one in given:
        edits = one.get("edits")
        solution = one["scores"]["key"], one["count"], json.dumps(edits)
        _, _, names = groups.pop(solution, (None, 0, {}))
        names = {**names, one["segment"]: one["name"][:MOST_NAME]}
        asked = request(workspace, one["scores"], edits)
        groups[solution] = asked, one["count"], names
    return list(groups.values())

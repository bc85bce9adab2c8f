"""Callback of the names that the user gives: carry them over when segments are found anew."""

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from dash import Dash, Input, Output, ctx

from analytics.errors import AnalyticsError
from callbacks import notice
from callbacks.state import (
    MOST_NAME,
    BegunState,
    EditsState,
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
        Input(ids.Store.EDITS, "data"),
    )
    def carry(
        given: list[GivenState] | None, begun: BegunState | None, edits: list[EditsState] | None
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
        if lost and f"{ids.Store.BEGUN}.data" in ctx.triggered_prop_ids:
            notice.show("A name was dropped", " ".join(lost))
        again: dict[int, dict[int, str]] = {}
        for one in edits or []:
            if one["scores"]["key"] == key:
                with suppress(AnalyticsError):  # it is told where they are shown
                    changed = request(workspace, begun["scores"], one["steps"])
                    again |= workspace.carry(known, changed, one["count"]).names
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

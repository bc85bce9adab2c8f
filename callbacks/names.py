"""Callback of the names that the user gives: carry them over when segments are found anew."""

from typing import TYPE_CHECKING

from dash import Dash, Input, Output, ctx

from callbacks import notice
from callbacks.state import MOST_NAME, BegunState, GivenState, NamedState, request
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
    )
    def carry(given: list[GivenState] | None, begun: BegunState | None) -> NamedState | None:
        if not begun:
            return None
        key = begun["scores"]["key"]
        if not given:
            return NamedState(key=key, names={})
        workspace = services.workspace(ctx.cookies)
        found = workspace.carry(_grouped(workspace, given), request(workspace, begun["scores"]))
        lost = found.dropped.get(begun["count"], [])
        if lost and ctx.triggered_id == ids.Store.BEGUN:
            notice.show("A name was dropped", " ".join(lost))
        return NamedState(
            key=key,
            names={
                str(count): {str(segment): name for segment, name in names.items()}
                for count, names in found.names.items()
            },
        )


def _grouped(workspace: "Workspace", given: list[GivenState]) -> list[_Named]:
    """Put the names of one solution together, in the order of the last of each."""
    groups: dict[tuple[str, int], _Named] = {}
    for one in given:
        solution = one["scores"]["key"], one["count"]
        _, _, names = groups.pop(solution, (None, 0, {}))
        names = {**names, one["segment"]: one["name"][:MOST_NAME]}
        groups[solution] = request(workspace, one["scores"]), one["count"], names
    return list(groups.values())

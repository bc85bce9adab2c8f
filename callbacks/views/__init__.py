"""What the page shows of every number of segments, sent once after a sweep.

From then on the browser draws without the server: ``assets/28-views.js`` puts a view on the page
as soon as the slider asks for it. The view of the number to begin with is sent first; those of
the others follow as what they change about it, and last what takes longest: the rules and the
examples on the cards.
"""

from typing import TYPE_CHECKING, Any, TypedDict

from dash import ClientsideFunction, Dash, Input, Output, State, ctx

from analytics import packing
from callbacks.state import (
    ArrivedState,
    BegunState,
    DetailsState,
    KeptState,
    ScoresState,
    ViewsState,
    ViewState,
    first_count,
    request,
)
from callbacks.views import cards, segments, selection
from layouts import ids, parts

if TYPE_CHECKING:
    from app.described import Described
    from app.editing import Edits
    from app.services import Services, Workspace


class EditedView(TypedDict):
    """What the browser shows of edited segments."""

    view: dict[str, Any]
    cards: dict[str, dict[str, Any]]


def register(app: Dash, services: "Services") -> None:
    """Register the callbacks that send the views, and those that show them."""

    @app.callback(
        Output(ids.Store.VIEW, "data"),
        Output(ids.Store.BEGUN, "data"),
        Input(ids.Store.SCORES, "data"),
        State(ids.Selection.APPROACH, "value"),
        State(ids.Store.KEPT, "data"),
        running=[
            (Output(ids.Selection.RESULTS, "className"), parts.WORKING, parts.RESULTS),
            (Output(ids.Segments.RESULTS, "className"), parts.WORKING, parts.RESULTS),
        ],
    )
    def begin(
        scores: ScoresState | None, approach: str | None, kept: KeptState | None
    ) -> tuple[ViewState | None, BegunState | None]:
        if not scores:
            return None, None
        workspace = services.workspace(ctx.cookies)
        asked = request(workspace, scores)
        count = first_count(scores, approach, kept)
        made = workspace.shown(
            asked, ("first", repr(count)), lambda: _first(workspace.describe(asked), count)
        )
        state = ViewState(key=scores["key"], count=count, shared=made["shared"], view=made["view"])
        return state, BegunState(scores=scores, count=count)

    @app.callback(Output(ids.Store.VIEWS, "data"), Input(ids.Store.BEGUN, "data"))
    def follow(begun: BegunState | None) -> ViewsState | None:
        if not begun:
            return None
        workspace = services.workspace(ctx.cookies)
        asked, count = request(workspace, begun["scores"]), begun["count"]
        made = workspace.shown(
            asked, ("others", repr(count)), lambda: _others(workspace.describe(asked), count)
        )
        return ViewsState(
            key=begun["scores"]["key"], count=count, first=made["first"], views=made["views"]
        )

    @app.callback(
        Output(ids.Store.DETAILS, "data"),
        Input(ids.Store.ARRIVED, "data"),
        State(ids.Store.BEGUN, "data"),
    )
    def detail(arrived: ArrivedState | None, begun: BegunState | None) -> DetailsState | None:
        if not arrived or not begun or arrived["key"] != begun["scores"]["key"]:
            return None
        workspace = services.workspace(ctx.cookies)
        asked = request(workspace, begun["scores"])
        made = workspace.shown(asked, ("details",), lambda: _details(workspace.describe(asked)))
        return DetailsState(key=arrived["key"], cards=made)

    # Its output must not lead to ``show``, which Dash would then keep waiting for the views.
    app.clientside_callback(
        ClientsideFunction("views", "arrive"),
        Output(ids.Segments.RESULTS, "data-views"),
        Input(ids.Store.VIEWS, "data"),
    )
    # Dash marks what waits for an answer as loading, at a price; hence only a store waits.
    app.clientside_callback(
        ClientsideFunction("views", "show"),
        Output(ids.Store.DRAWN, "data"),
        Input(ids.Store.FEATURES, "data"),
        Input(ids.Store.SCORES, "data"),
        Input(ids.Store.VIEW, "data"),
        Input(ids.Store.ARRIVED, "data"),
        Input(ids.Selection.COUNT, "value"),
        Input(ids.Store.NAMED, "data"),
        Input(ids.Store.EDITED, "data"),
        State(ids.Store.TEMPLATES, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("views", "tell"),
        Output(ids.Store.SEGMENTS, "data"),
        Output(ids.Selection.SAYS, "children"),
        Output(ids.Selection.SCORES, "children"),
        Output(ids.Selection.TELLS, "children"),
        Output(ids.Segments.HEADLINE, "children"),
        Output(ids.Segments.MAP_NOTE, "children"),
        Output(ids.Segments.TABLE_NOTE, "children"),
        Input(ids.Store.DRAWN, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("cards", "show"),
        Output(ids.Segments.ORDER_FIELD, "hidden"),
        Input(ids.Store.SEGMENTS, "data"),
        Input(ids.Segments.ORDER, "value"),
        Input(ids.Store.DETAILS, "data"),
        State(ids.Store.SELECTION, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("profiles", "show"),
        Output(ids.Segments.PROFILE_NOTE, "children"),
        Input(ids.Store.SEGMENTS, "data"),
        Input(ids.Store.ARRIVED, "data"),
        Input(ids.Segments.PROFILE_AS, "value"),
    )


def _first(described: "Described", count: int) -> dict[str, Any]:
    """Build what all numbers of segments share, and the first of one, to begin with."""
    sample = segments.Sample.of(described)
    return {
        "shared": {**selection.shared(described), **segments.shared(described, sample)},
        "view": _view(described, sample, count, whole=False),
    }


def _others(described: "Described", count: int) -> dict[str, Any]:
    """Build the rest of one number of segments, and the others as what they change about it."""
    sample = segments.Sample.of(described)
    begun = _view(described, sample, count, whole=False)
    whole = _view(described, sample, count, whole=True)
    others = (int(k) for k in described.swept.sweep.scores.index if k != count)
    return {
        "first": packing.difference(begun, whole),
        "views": {
            str(k): packing.difference(whole, _view(described, sample, k, whole=True))
            for k in others
        },
    }


def _details(described: "Described") -> dict[str, dict[str, Any]]:
    """Build what takes longest, by number of segments."""
    tried = [int(k) for k in described.swept.sweep.scores.index]
    return {str(k): cards.details(described, described.segmentation(k)) for k in tried}


def _view(
    described: "Described", sample: segments.Sample, count: int, *, whole: bool
) -> dict[str, Any]:
    """Build all that one number of segments shows; unless whole, only what it shows first."""
    found = described.segmentation(count)
    chosen = selection.view(described, count)
    seen = segments.view(described, sample, found, count, whole=whole)
    return {**chosen, **seen, "figures": {**chosen["figures"], **seen["figures"]}}


def edited(workspace: "Workspace", scores: ScoresState, count: int, taken: "Edits") -> EditedView:
    """Build all that edited segments show in the place of those that they were made of.

    What the Model Selection tab shows stays that of the segments that were found.
    """
    described = workspace.describe(request(workspace, scores))
    found = taken.segmentation
    chosen = selection.view(described, count)
    sample = segments.Sample.of(described)
    seen = segments.view(taken.described, sample, found, count, whole=True)
    figures = {**chosen["figures"], **seen["figures"]}
    return EditedView(
        view={**chosen, **seen, "figures": figures}, cards=cards.details(taken.described, found)
    )

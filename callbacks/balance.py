"""Callback on how much each feature counts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component

from analytics import headers
from analytics.algorithms.mixed import LEVELS
from analytics.columns import roles
from analytics.figures.influence import share_bars
from analytics.figures.theme import Drawing, Theme, blank, dress
from analytics.influence import Imbalance, Remedy
from callbacks.state import FeaturesState, question
from layouts import balance as layout
from layouts import ids

if TYPE_CHECKING:
    from app.services import Services

BALANCING = "mixed"  # the algorithm that gives its columns weights itself


def register(app: Dash, services: "Services") -> None:
    """Register the callback."""

    @app.callback(
        Output(ids.Selection.INFLUENCE, "figure"),
        Output(ids.Selection.BALANCE, "children"),
        Input(ids.Store.FEATURES, "data"),
        State(ids.Store.THEME, "data"),
    )
    def weigh(
        features: FeaturesState | None, theme: Theme | None
    ) -> tuple[Drawing, list[Component]]:
        if not features:
            return dress(blank("Choose at least one feature."), theme), []
        workspace = services.workspace(ctx.cookies)
        asked = question(workspace, features, 2, 2)
        found = workspace.influence(asked)
        known = roles(workspace.dataset(features["dataset"]).columns)
        figure = share_bars(found.shares, {one.column for one in found.warnings})
        told = warnings(found.warnings, asked.method.algorithm)
        if asked.method.algorithm != BALANCING and len(features["columns"]) > 1:
            controls = layout.weights(
                {name: headers.label(name) for name in features["columns"]},
                dict(asked.spec.weights),
                asked.spec.coding,
                levels=any(known[name] in LEVELS for name in features["columns"]),
            )
            told = [*told, controls]
        return dress(figure, theme), told


def warnings(found: Iterable[Imbalance], algorithm: str) -> list[Component]:
    """Tell which features decide too much, with what can be done under the algorithm in hand."""
    return [
        layout.warning(
            one.cause,
            [
                (remedy.title, _change(remedy))
                for remedy in one.remedies
                if algorithm != BALANCING or remedy.kind == "drop"
            ],
        )
        for one in found
    ]


def _change(remedy: Remedy) -> dict[str, Any]:
    return {
        "coding": remedy.spec.coding,
        "weights": dict(remedy.spec.weights),
        "columns": list(remedy.spec.columns),
        "algorithm": remedy.algorithm,
    }

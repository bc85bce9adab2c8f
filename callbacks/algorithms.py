"""Callbacks of the algorithms: offer their parameters, set all of them side by side."""

from typing import TYPE_CHECKING, Any

import pandas as pd
from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component

from analytics import glossary, text
from analytics.algorithms import ALGORITHMS
from analytics.figures import algorithms as figures
from analytics.figures.theme import Theme, dress
from callbacks.state import FeaturesState, question
from layouts import glossary as layout
from layouts import ids, parts

if TYPE_CHECKING:
    from app.services import Services

_HEADINGS = (
    "Algorithm",
    "Segments",
    "Noise",
    "Silhouette",
    "Calinski-Harabasz",
    "Davies-Bouldin",
    "WCSS",
    "When to use it",
)
Options = list[dict[str, Any]]


def register(app: Dash, services: "Services") -> None:
    """Register the callbacks."""

    @app.callback(
        Output(ids.Selection.ALGORITHM, "options"),
        Output(ids.Selection.PARAMETERS, "children"),
        Output(ids.Selection.NOISE_FIELD, "hidden"),
        Output(ids.Selection.ABOUT, "children"),
        Input(ids.Selection.ALGORITHM, "value"),
        prevent_initial_call=False,
    )
    def offer(name: str | None) -> tuple[Options, list[Component], bool, str]:
        algorithm = ALGORITHMS.get(name or "kmeans", ALGORITHMS["kmeans"])
        return (
            [{"label": known.title, "value": known.name} for known in ALGORITHMS.values()],
            [
                parts.parameter(
                    ids.parameter(parameter.name),
                    parameter.title,
                    parameter.default,
                    (parameter.low, parameter.high, parameter.step),
                    parameter.note,
                    parameter.words,
                    glossary.found(parameter.title),
                )
                for parameter in algorithm.parameters
            ],
            algorithm.counted,
            f"{algorithm.use} {algorithm.limits}",
        )

    @app.callback(
        Output(ids.Selection.SIDE_BY_SIDE, "children"),
        Input(ids.Selection.SIDE, "n_clicks"),
        Input(ids.Store.FEATURES, "data"),
        State(ids.Selection.COUNT, "value"),
        State(ids.Store.THEME, "data"),
        running=[(Output(ids.Page.WORKING, "children"), "Running every algorithm …", "")],
    )
    def set_side_by_side(
        _: int, features: FeaturesState | None, count: int, theme: Theme
    ) -> list[Component]:
        if ctx.triggered_id != ids.Selection.SIDE or not features:
            return []  # what was compared before answers for other features
        workspace = services.workspace(ctx.cookies)
        compared = workspace.compare(question(workspace, features, count, count), count)
        titles = {algorithm.title: algorithm for algorithm in ALGORITHMS.values()}
        return [
            parts.table(
                _HEADINGS,
                [
                    _compared(str(title), row, titles[str(title)].use)
                    for title, row in compared.scores.iterrows()
                ],
                f"Every algorithm with its defaults, for {count} segments where it is told",
                glossary.asked(_HEADINGS),
            ),
            layout.words(["adjusted Rand index"]),
            parts.graph(figure=dress(figures.agreement(compared), theme)),
            parts.sentences(compared.notes),
        ]


def options(
    algorithm: str, parameters: list[dict[str, str]], values: list[float | None]
) -> dict[str, float]:
    """Take the values of the parameters that the algorithm has; empty ones are left to it."""
    known = {parameter.name for parameter in ALGORITHMS[algorithm].parameters}
    given = {one["name"]: value for one, value in zip(parameters, values, strict=True)}
    return {name: value for name, value in given.items() if name in known and value is not None}


def _compared(title: str, row: pd.Series, use: str) -> list[str]:
    return [
        title,
        text.number(row["segments"]),
        text.percent(row["noise"], 1),
        text.uncertain(row["silhouette"], row["silhouette_se"], 3),
        text.number(row["calinski_harabasz"], 1),
        text.number(row["davies_bouldin"], 3),
        text.number(row["wcss"]),
        use,
    ]

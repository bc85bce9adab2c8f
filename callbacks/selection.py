"""Callbacks of the Model Selection tab: choose features, compare numbers of segments."""

from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go
from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from analytics import approaches, headers, prepare, text
from analytics.approaches import APPROACHES, Changed
from analytics.figures import selection as figures
from analytics.figures import structure
from analytics.figures.theme import Drawing, Theme, blank, dress
from analytics.gap import smallest_sufficient
from analytics.knee import knee
from callbacks import algorithms
from callbacks.state import (
    DatasetState,
    FeaturesState,
    JobState,
    MethodState,
    ScoresState,
    current,
    method,
    opened,
    question,
    request,
)
from layouts import ids, parts

if TYPE_CHECKING:
    from app.services import Services

_CHANGED: dict[str, Changed] = {
    ids.Selection.APPROACH: "approach",
    ids.Selection.FEATURES: "features",
}
_WAITING = "Choose at least one feature."
_FINDING = "Finding segments …"
Options = list[dict[str, Any]]


def register(app: Dash, services: "Services") -> None:
    """Register the tab's callbacks."""

    @app.callback(
        Output(ids.Selection.APPROACH, "options"),
        Output(ids.Selection.APPROACH, "value"),
        Output(ids.Selection.FEATURES, "options"),
        Output(ids.Selection.FEATURES, "value"),
        Output(ids.Selection.USE, "children"),
        Output(ids.Store.FEATURES, "data"),
        Input(ids.Store.DATASET, "data"),
        Input(ids.Selection.APPROACH, "value"),
        Input(ids.Selection.FEATURES, "value"),
        Input(ids.Selection.SCALING, "value"),
        Input(ids.Selection.ALGORITHM, "value"),
        Input(ids.Selection.NOISE, "value"),
        Input(ids.parameter(ALL), "value"),
        State(ids.parameter(ALL), "id"),
    )
    def choose(
        dataset: DatasetState,
        approach: str | None,
        chosen: list[str] | None,
        scaling: str,
        algorithm: str | None,
        noise: str | None,
        values: list[float | None],
        parameters: list[dict[str, str]],
    ) -> tuple[Options, str, Options, list[str], str, FeaturesState | None]:
        workspace = services.workspace(ctx.cookies)
        columns = workspace.dataset(opened(dataset)).columns
        changed = _changed(ctx.triggered_id)
        approach, features = approaches.resolve(
            columns, approach or approaches.CUSTOM, chosen or [], changed
        )
        state = None
        if features:
            given = MethodState(
                algorithm=algorithm or "kmeans",
                options=algorithms.options(algorithm or "kmeans", parameters, values),
                noise=noise or "keep",
            )
            key = workspace.choose(dataset["key"], features, scaling, method(workspace, given))
            state = FeaturesState(
                key=key,
                dataset=dataset["key"],
                columns=features,
                scaling=scaling,
                method=given,
            )
        usable = [{"label": headers.label(n), "value": n} for n in prepare.usable(columns)]
        return (
            _offered(approaches.available(columns)),
            approach,
            usable,
            features,
            approaches.use(approach, features, columns),
            state,
        )

    @app.callback(
        Output(ids.Store.SCORES, "data"),
        Output(ids.Store.JOB, "data"),
        Input(ids.Store.FEATURES, "data"),
        Input(ids.Selection.RANGE, "value"),
        Input(ids.Store.ENDED, "data"),
        Input(ids.Job.AGAIN, "n_clicks"),
        running=[
            (Output(ids.Page.WORKING, "children"), "Fitting every number of segments …", ""),
            (Output(ids.Selection.RESULTS, "className"), parts.WORKING, parts.RESULTS),
            (Output(ids.Segments.RESULTS, "className"), parts.WORKING, parts.RESULTS),
        ],
    )
    def compare(
        features: FeaturesState | None, counts: list[int] | None, _: object, __: int
    ) -> tuple[Any, JobState | None]:
        if not features or not counts:
            return None, None
        workspace = services.workspace(ctx.cookies)
        low, high = counts
        asked = question(workspace, features, low, high)
        job = workspace.begin_sweep(asked)
        if job:
            return no_update, JobState(id=job.id)
        swept = workspace.sweep(asked)
        scores = ScoresState(
            key=swept.key,
            features=features,
            low=int(swept.sweep.scores.index.min()),
            high=int(swept.sweep.scores.index.max()),
            recommended=swept.recommendation.k,
        )
        return scores, None

    @app.callback(
        Output(ids.Selection.COUNT, "min"),
        Output(ids.Selection.COUNT, "max"),
        Output(ids.Selection.COUNT, "value"),
        Input(ids.Store.SCORES, "data"),
        Input(ids.Selection.ACCEPT, "n_clicks"),
        State(ids.Selection.APPROACH, "value"),
    )
    def suggest(scores: ScoresState | None, _: int, approach: str) -> tuple[int, int, int]:
        if not scores:
            return 2, 10, 5
        tried = range(scores["low"], scores["high"] + 1)
        count = approaches.count(approach, tried, scores["recommended"])
        accepted = ctx.triggered_id == ids.Selection.ACCEPT
        return tried[0], tried[-1], scores["recommended"] if accepted else count

    @app.callback(
        Output(ids.Selection.SAYS, "children"),
        Input(ids.Store.FEATURES, "data"),
        Input(ids.Store.SCORES, "data"),
        Input(ids.Selection.COUNT, "value"),
    )
    def judge(
        features: FeaturesState | None, scores: ScoresState | None, count: int
    ) -> list[Component] | str:
        answered = current(features, scores)
        if not answered:
            return _FINDING if features else _WAITING
        workspace = services.workspace(ctx.cookies)
        swept = workspace.sweep(request(workspace, answered))
        said = swept.recommendation
        in_use = [] if count == said.k else [_instead(swept.sweep.scores, count)]
        clumping = [swept.clusterability.sentence] if swept.clusterability else []
        return parts.verdict(said.reason, [*in_use, *clumping, *said.doubts, *swept.notes])

    @app.callback(
        Output(ids.Selection.ELBOW, "figure"),
        Output(ids.Selection.SILHOUETTE, "figure"),
        Output(ids.Selection.CALINSKI, "figure"),
        Output(ids.Selection.DAVIES, "figure"),
        Output(ids.Selection.KNIFE, "figure"),
        Output(ids.Selection.GAP, "figure"),
        Output(ids.Selection.CLUSTERGRAM, "figure"),
        Output(ids.Selection.SCORES, "children"),
        Output(ids.Selection.TELLS, "children"),
        Input(ids.Store.FEATURES, "data"),
        Input(ids.Store.SCORES, "data"),
        Input(ids.Selection.COUNT, "value"),
        State(ids.Store.THEME, "data"),
    )
    def draw(
        features: FeaturesState | None, scores: ScoresState | None, count: int, theme: Theme
    ) -> tuple[Drawing | Component | list[Component] | str, ...]:
        answered = current(features, scores)
        if not answered:
            nothing = dress(blank(_FINDING if features else _WAITING), theme)
            return (*[nothing] * 7, "", [])
        workspace = services.workspace(ctx.cookies)
        swept = workspace.sweep(request(workspace, answered))
        table = swept.sweep.scores
        labels, silhouettes = swept.partition(count)
        curves = [
            figures.score_curve(table, metric, chosen=count, knee=knee(table["wcss"]))
            for metric in figures.TITLES
        ]
        blades = figures.knife(silhouettes, labels[silhouettes.index], len(labels))
        rows = [_row(k, row) for k, row in table.iterrows()]
        split = structure.clustergram(swept.sweep.heights, swept.sweep.flows)
        return (
            *(dress(figure, theme) for figure in [*curves, blades, _gap(swept.sweep.gaps), split]),
            parts.table(
                [
                    "k",
                    "WCSS",
                    "Silhouette",
                    "Calinski-Harabasz",
                    "Davies-Bouldin",
                    "Smallest",
                    "Best found by",
                ],
                rows,
                "Scores of every number of segments",
            ),
            [
                parts.card(parts.graph(figure=dress(figure, theme)))
                for figure in algorithms.tells(swept.sweep, count)
            ],
        )


def _changed(trigger: Any) -> Changed:  # noqa: ANN401  # an id of either kind
    if trigger in (None, ids.Store.DATASET):
        return "dataset"
    return _CHANGED.get(str(trigger), "scaling")


def _gap(gaps: pd.DataFrame) -> go.Figure:
    if gaps.empty:
        return blank("The gap statistic is told of k-means only.")
    return structure.gap_curve(gaps, sufficient=smallest_sufficient(gaps))


def _offered(available: list[str]) -> Options:
    return [
        {
            "label": approach.title
            + (" (recommended)" if approach.name == approaches.RECOMMENDED else ""),
            "value": approach.name,
            "disabled": approach.name not in available,
        }
        for approach in APPROACHES.values()
    ]


def _instead(scores: Any, count: int) -> str:  # noqa: ANN401  # pandas types frames loosely
    silhouette = text.number(scores["silhouette"].get(count, float("nan")), 3)
    return f"In use are {count} segments (silhouette {silhouette}), not the recommended number."


def _row(k: Any, row: Any) -> list[str]:  # noqa: ANN401  # pandas types rows loosely
    return [
        str(k),
        text.number(row["wcss"]),
        text.uncertain(row["silhouette"], row["silhouette_se"], 3),
        text.number(row["calinski_harabasz"], 1),
        text.number(row["davies_bouldin"], 3),
        text.count(int(row["smallest"]), "customer"),
        _found(row),
    ]


def _found(row: Any) -> str:  # noqa: ANN401  # pandas types rows loosely
    if not row.get("starts", 0):
        return "the algorithm itself" if "starts" not in row else "exact"
    return f"{int(row['found'])} of {int(row['starts'])} starts"

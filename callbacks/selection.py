"""Callbacks of the Model Selection tab: choose features, compare numbers of segments."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from analytics import approaches, headers, prepare
from analytics.approaches import APPROACHES, Changed
from callbacks import algorithms
from callbacks.balance import BALANCING
from callbacks.state import (
    BalanceState,
    DatasetState,
    FeaturesState,
    JobState,
    KeptState,
    MethodState,
    ScoresState,
    first_count,
    method,
    opened,
    question,
)
from layouts import ids, parts

if TYPE_CHECKING:
    from app.services import Services

_CHANGED: dict[str, Changed] = {
    ids.Selection.APPROACH: "approach",
    ids.Selection.FEATURES: "features",
}
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
        Input(ids.Store.BALANCE, "data"),
        Input(ids.parameter(ALL), "value"),
        State(ids.parameter(ALL), "id"),
        State(ids.Store.KEPT, "data"),
    )
    def choose(
        dataset: DatasetState,
        approach: str | None,
        chosen: list[str] | None,
        scaling: str,
        algorithm: str | None,
        noise: str | None,
        balance: BalanceState | None,
        values: list[float | None],
        parameters: list[dict[str, str]],
        kept: KeptState | None,
    ) -> tuple[Options, str, Options, list[str], str, FeaturesState | None]:
        workspace = services.workspace(ctx.cookies)
        columns = workspace.dataset(opened(dataset)).columns
        triggers = ctx.triggered_prop_ids.values()
        changed = _changed(triggers)
        if balance and balance["dataset"] != dataset["key"]:
            balance = None
        if changed == "dataset":
            if kept and set(kept["columns"]) <= {*prepare.usable(columns)}:
                chosen, changed = kept["columns"], "features"
        elif balance and balance["columns"] and ids.Store.BALANCE in triggers:
            chosen, changed = balance["columns"], "features"
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
            coding, weights = _balance(balance, features, given["algorithm"])
            key = workspace.choose(
                dataset["key"], features, scaling, method(workspace, given), coding, weights
            )
            state = FeaturesState(
                key=key,
                dataset=dataset["key"],
                columns=features,
                scaling=scaling,
                coding=coding,
                weights=weights,
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
        State(ids.Store.JOB, "data"),
        running=[
            (Output(ids.Page.WORKING, "children"), "Fitting every number of segments …", ""),
            (Output(ids.Selection.RESULTS, "className"), parts.WORKING, parts.RESULTS),
            (Output(ids.Segments.RESULTS, "className"), parts.WORKING, parts.RESULTS),
        ],
    )
    def compare(
        features: FeaturesState | None,
        counts: list[int] | None,
        _: object,
        __: int,
        before: JobState | None,
    ) -> tuple[Any, JobState | None]:
        workspace = services.workspace(ctx.cookies)
        asked = question(workspace, features, *counts) if features and counts else None
        job = workspace.begin_sweep(asked) if asked else None
        if before and (job is None or job.id != before["id"]):
            workspace.jobs.leave(before["id"])  # else it would keep the new question waiting
        if not features or not asked:
            return None, None
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
        State(ids.Store.KEPT, "data"),
    )
    def suggest(
        scores: ScoresState | None, _: int, approach: str, kept: KeptState | None
    ) -> tuple[int, int, int]:
        if not scores:
            return 2, 10, 5
        accepted = ctx.triggered_id == ids.Selection.ACCEPT
        count = scores["recommended"] if accepted else first_count(scores, approach, kept)
        return scores["low"], scores["high"], count


def _changed(triggers: Collection[Any]) -> Changed:
    """Say what is decisive of all that changed; with the page everything comes at once."""
    if not triggers or ids.Store.DATASET in triggers:
        return "dataset"
    return next((changed for id_, changed in _CHANGED.items() if id_ in triggers), "scaling")


def _balance(
    given: BalanceState | None, features: list[str], algorithm: str
) -> tuple[str, dict[str, float]]:
    """Give how categories count and the weights of the features; some algorithms take none."""
    if not given or algorithm == BALANCING:
        return "indicators", {}
    weights = {n: w for n, w in given["weights"].items() if n in features and w != 1}
    return given["coding"], weights


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

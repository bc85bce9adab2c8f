"""Callbacks of the EDA tab: distributions, group comparison, correlations, findings."""

import json
from itertools import permutations
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component

from analytics import columns, explore, findings, headers
from analytics.errors import NotEnoughData
from analytics.figures import eda as figures
from analytics.figures.theme import Drawing, Theme, blank, dress
from callbacks.state import DatasetState, opened
from layouts import ids, parts

if TYPE_CHECKING:
    from app.answers import Dataset
    from app.services import Services

_MOST_FIGURES = 4
_MOST_CORRELATED = 20
_MOST_POINTS = 20_000
Options = list[dict[str, str]]


def register(app: Dash, services: "Services") -> None:
    """Register the tab's callbacks."""

    @app.callback(
        Output(ids.Eda.COLUMNS, "options"),
        Output(ids.Eda.COLUMNS, "value"),
        Output(ids.Eda.SPLIT, "options"),
        Output(ids.Eda.SPLIT, "value"),
        Output(ids.Eda.VALUE, "options"),
        Output(ids.Eda.VALUE, "value"),
        Output(ids.Eda.GROUP, "options"),
        Output(ids.Eda.GROUP, "value"),
        Input(ids.Store.DATASET, "data"),
    )
    def offer(
        dataset: DatasetState,
    ) -> tuple[Options, list[str], Options, None, Options, str | None, Options, str | None]:
        data = services.workspace(ctx.cookies).dataset(opened(dataset))
        numeric = columns.names(data.columns, "numeric")
        groups = columns.grouping(data.columns)
        return (
            _options(numeric),
            _first_looked_at(data, numeric),
            _options(groups),
            None,
            _options(numeric),
            data.concepts.get("income", numeric[0] if numeric else None),
            _options(groups),
            data.concepts.get("gender", groups[0] if groups else None),
        )

    @app.callback(
        Output(ids.Eda.FINDINGS, "children"),
        Input(ids.Store.DATASET, "data"),
    )
    def find(dataset: DatasetState) -> Component | str:
        said = services.workspace(ctx.cookies).findings(opened(dataset))
        return parts.sentences(said) if said else "There are too few comparable columns."

    @app.callback(
        Output(ids.Eda.DISTRIBUTIONS, "children"),
        Input(ids.Store.DATASET, "data"),
        Input(ids.Eda.COLUMNS, "value"),
        Input(ids.Eda.BINS, "value"),
        Input(ids.Eda.SPLIT, "value"),
        State(ids.Store.THEME, "data"),
    )
    def distribute(
        dataset: DatasetState, chosen: list[str] | None, bins: int, split: str | None, theme: Theme
    ) -> list[Component] | str:
        customers = services.workspace(ctx.cookies).dataset(opened(dataset)).customers
        drawn = [
            figures.histogram(explore.distribution(customers, name, bins=bins, by=split), name)
            for name in (chosen or [])[:_MOST_FIGURES]
        ]
        return [parts.graph(figure=dress(figure, theme)) for figure in drawn] or (
            "Choose a numeric column."
        )

    @app.callback(
        Output(ids.Eda.COMPARISON, "figure"),
        Output(ids.Eda.COMPARED, "children"),
        Input(ids.Store.DATASET, "data"),
        Input(ids.Eda.VALUE, "value"),
        Input(ids.Eda.GROUP, "value"),
        State(ids.Store.THEME, "data"),
    )
    def contrast(
        dataset: DatasetState, value: str | None, group: str | None, theme: Theme
    ) -> tuple[Drawing, str]:
        data = services.workspace(ctx.cookies).dataset(opened(dataset))
        if not columns.grouping(data.columns):
            return dress(blank("No column divides the customers into groups."), theme), ""
        if not value or not group:
            return dress(blank("Choose a number and a grouping column."), theme), ""
        customers = data.customers
        try:
            comparison = explore.compare(customers, value, group)
        except NotEnoughData as error:
            return dress(blank("Nothing to compare."), theme), str(error)
        figure = figures.group_comparison(customers, comparison, value, group)
        return dress(figure, theme), findings.compared(comparison, value, group)

    @app.callback(
        Output(ids.Eda.HEATMAP, "figure"),
        Input(ids.Store.DATASET, "data"),
        Input(ids.Eda.METHOD, "value"),
        State(ids.Store.THEME, "data"),
    )
    def correlate(dataset: DatasetState, method: explore.Method, theme: Theme) -> Drawing:
        data = services.workspace(ctx.cookies).dataset(opened(dataset))
        numeric = columns.names(data.columns, "numeric")[:_MOST_CORRELATED]
        if len(numeric) < 2:
            return dress(blank("A correlation needs two numeric columns."), theme)
        table = explore.correlations(data.customers, numeric, method)
        return dress(figures.correlation_heatmap(table, method), theme)

    @app.callback(
        Output(ids.Eda.SCATTER, "figure"),
        Output(ids.Eda.RELATED, "children"),
        Output(ids.Eda.PAIR, "options"),
        Output(ids.Eda.PAIR, "value"),
        Input(ids.Store.DATASET, "data"),
        Input(ids.Eda.HEATMAP, "clickData"),
        Input(ids.Eda.PAIR, "value"),
        Input(ids.Eda.METHOD, "value"),
        State(ids.Store.THEME, "data"),
    )
    def scatter(
        dataset: DatasetState,
        click: dict[str, Any] | None,
        chosen: str | None,
        method: explore.Method,
        theme: Theme,
    ) -> tuple[Drawing, str, Options, str | None]:
        data = services.workspace(ctx.cookies).dataset(opened(dataset))
        pairs = _pairs(data)
        clicked = _clicked(click)
        wanted = [clicked, chosen] if ctx.triggered_id == ids.Eda.HEATMAP else [chosen, clicked]
        named = next((one for one in [*wanted, _first_pair(data)] if one in pairs), None)
        if named is None:
            return dress(blank("Click a cell of the heatmap."), theme), "", [], None
        pair = pairs[named]
        row = explore.correlations(data.customers, pair, method).loc[pair]
        points = data.customers[list(pair)].dropna()
        drawn = points.sample(min(len(points), _MOST_POINTS), random_state=0)
        figure = figures.pair_scatter(drawn, *pair, len(points))
        options = [
            {"label": f"{headers.label(first)} and {headers.spoken(second)}", "value": name}
            for name, (first, second) in pairs.items()
            if name == named or (first < second and {first, second} != {*pair})
        ]
        said = findings.related(*pair, row, method)
        return dress(figure, theme), said, options, named


def _options(names: list[str]) -> Options:
    return [{"label": headers.label(name), "value": name} for name in names]


def _first_looked_at(data: "Dataset", numeric: list[str]) -> list[str]:
    known = [
        data.concepts[concept]
        for concept in ("age", "income", "spending")
        if concept in data.concepts
    ]
    return known or numeric[:3]


def _pairs(data: "Dataset") -> dict[str, tuple[str, str]]:
    """Give every ordered pair of the columns in the heatmap, by what the browser names it."""
    numeric = columns.names(data.columns, "numeric")[:_MOST_CORRELATED]
    return {_named(*pair): pair for pair in permutations(numeric, 2)}


def _named(first: str, second: str) -> str:
    return json.dumps([first, second])


def _clicked(click: dict[str, Any] | None) -> str:
    if not click:
        return ""
    point = click["points"][0]
    return _named(point["x"], point["y"])


def _first_pair(data: "Dataset") -> str:
    """Name the pair that is shown before any is chosen: income and spending, if there are such."""
    known = [data.concepts[c] for c in ("income", "spending") if c in data.concepts]
    pair = known if len(known) == 2 else columns.names(data.columns, "numeric")[:2]
    return _named(pair[0], pair[1]) if len(pair) == 2 else ""

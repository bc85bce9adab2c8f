"""Callbacks of the Segments tab: fit, describe, cross-filter, download."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx
from dash.dcc.express import send_bytes
from dash.development.base_component import Component

from analytics import columns, headers, profiles, text
from analytics.errors import UnknownChoice
from analytics.figures import segments as figures
from analytics.figures.theme import Theme, blank, dress
from callbacks import grids
from callbacks.state import (
    DatasetState,
    FeaturesState,
    NamedSegment,
    ScoresState,
    SegmentsState,
    current,
    request,
)
from layouts import ids, parts

if TYPE_CHECKING:
    from app.answers import Dataset, Segmentation
    from app.services import Services

_MOST_POINTS = 20_000
_MOST_BOXES = 4
_MOST_PROFILED = 12
_WAITING = "Choose features on the Model Selection tab."


def register(app: Dash, services: "Services") -> None:
    """Register the tab's callbacks."""

    @app.callback(
        Output(ids.Store.SEGMENTS, "data"),
        Input(ids.Store.FEATURES, "data"),
        Input(ids.Store.SCORES, "data"),
        Input(ids.Selection.COUNT, "value"),
    )
    def fit(
        features: FeaturesState | None, scores: ScoresState | None, count: int
    ) -> SegmentsState | None:
        answered = current(features, scores)
        if not answered:
            return None
        workspace = services.workspace(ctx.cookies)
        found = workspace.segment(request(workspace, answered), count)
        named = [
            NamedSegment(segment=segment, name=name, size=found.sizes[segment])
            for segment, name in found.names.items()
        ]
        return SegmentsState(key=found.key, scores=answered, count=count, segments=named)

    @app.callback(
        Output(ids.Segments.HEADLINE, "children"),
        Output(ids.Segments.MAP, "figure"),
        Output(ids.Segments.MAP_NOTE, "children"),
        Output(ids.Segments.SIZES, "figure"),
        Output(ids.Segments.PROFILE, "figure"),
        Output(ids.Segments.BOXES, "children"),
        Output(ids.Segments.CARDS, "children"),
        Input(ids.Store.SEGMENTS, "data"),
        State(ids.Store.THEME, "data"),
    )
    def draw(segments: SegmentsState | None, theme: Theme) -> tuple[Any, ...]:
        if not segments:
            nothing = dress(blank(_WAITING), theme)
            return "", nothing, "", nothing, nothing, [], []
        workspace = services.workspace(ctx.cookies)
        asked = request(workspace, segments["scores"])
        data = workspace.dataset(asked.dataset)
        found = workspace.segment(asked, segments["count"])
        pictures = [_map(found), figures.size_bars(found.sizes, found.names), _heatmap(data, found)]
        map_, sizes, heatmap = (dress(picture, theme) for picture in pictures)
        return (
            _headline(found),
            map_,
            found.projection.note,
            sizes,
            heatmap,
            [parts.graph(figure=dress(figure, theme)) for figure in _boxes(data, found)],
            _cards(found),
        )

    @app.callback(
        Output(ids.Segments.TABLE, "columnDefs"),
        Output(ids.Segments.TABLE, "rowData"),
        Output(ids.Segments.TABLE_NOTE, "children"),
        Input(ids.Store.SEGMENTS, "data"),
    )
    def list_customers(
        segments: SegmentsState | None,
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
        if not segments:
            return [], [], _WAITING
        workspace = services.workspace(ctx.cookies)
        asked = request(workspace, segments["scores"])
        found = workspace.segment(asked, segments["count"])
        listed = _listed(workspace.dataset(asked.dataset).customers, found)
        return grids.columns(listed), grids.rows(listed), grids.note(len(listed))

    app.clientside_callback(
        ClientsideFunction("segments", "pick"),
        Output(ids.Store.SELECTION, "data"),
        Input(ids.Store.SEGMENTS, "data"),
        Input(ids.Segments.MAP, "clickData"),
        Input(ids.Segments.SIZES, "clickData"),
        Input(ids.Segments.PROFILE, "clickData"),
        Input(ids.segment_card(ALL), "n_clicks"),
        Input(ids.Segments.CLEAR, "n_clicks"),
        State(ids.Store.SELECTION, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("segments", "show"),
        Output(ids.Segments.FILTER, "children"),
        Output(ids.Segments.CLEAR, "hidden"),
        Output(ids.Segments.SAVE_SELECTION, "disabled"),
        Output(ids.Segments.SAVE_ALL, "disabled"),
        Output(ids.Segments.TABLE, "filterModel"),
        Input(ids.Store.SELECTION, "data"),
        Input(ids.Store.SEGMENTS, "data"),
    )

    @app.callback(
        Output(ids.Segments.FILE, "data"),
        Input(ids.Segments.SAVE_ALL, "n_clicks"),
        Input(ids.Segments.SAVE_SELECTION, "n_clicks"),
        State(ids.Store.DATASET, "data"),
        State(ids.Store.SEGMENTS, "data"),
        State(ids.Store.SELECTION, "data"),
    )
    def save(
        _: int,
        __: int,
        dataset: DatasetState | None,
        segments: SegmentsState | None,
        selection: list[int] | None,
    ) -> dict[str, Any]:
        if not dataset or not segments:
            raise UnknownChoice("There are no segments to download yet.", _WAITING)
        workspace = services.workspace(ctx.cookies)
        chosen = selection if ctx.triggered_id == ids.Segments.SAVE_SELECTION else None
        content = workspace.export(
            request(workspace, segments["scores"]), segments["count"], chosen
        )
        stem = PurePath(dataset["name"].lower()).stem
        part = f"_{'_'.join(map(str, chosen))}" if chosen else ""
        return dict(send_bytes(content, f"{stem}_segments{part}.csv"))


def _headline(found: "Segmentation") -> str:
    by = text.listing([headers.label(name) for name in found.features])
    return (
        f"{text.count(len(found.labels), 'customer')} in {len(found.names) - (0 in found.names)}"
        f" segments{' and noise' if 0 in found.names else ''} by {by};"
        f" mean silhouette {text.number(found.silhouettes.mean(), 3)}."
    )


def _map(found: "Segmentation") -> go.Figure:
    points = found.projection.points
    centres = points.groupby(found.labels.to_numpy()).mean()
    shown = np.arange(len(points))
    if len(points) > _MOST_POINTS:
        shown = np.sort(np.random.default_rng(0).choice(shown, _MOST_POINTS, replace=False))
    return figures.segment_map(found.projection, found.labels, found.names, centres, shown)


def _heatmap(data: "Dataset", found: "Segmentation") -> go.Figure:
    if found.profiles.empty:
        return blank("No numeric columns to profile.")
    return figures.profile_heatmap(
        found.profiles, found.names, _ranked(data, found)[:_MOST_PROFILED]
    )


def _boxes(data: "Dataset", found: "Segmentation") -> list[go.Figure]:
    chosen = _ranked(data, found)[:_MOST_BOXES]
    values = columns.as_float(data.customers, chosen)
    return [figures.segment_boxes(values[n], found.labels, found.names, n) for n in chosen]


def _ranked(data: "Dataset", found: "Segmentation") -> list[str]:
    """List the numeric columns, those that formed the segments first."""
    numeric = columns.names(data.columns, "numeric")
    return sorted(numeric, key=lambda name: name not in found.features)


def _cards(found: "Segmentation") -> list[Component]:
    total = len(found.labels)
    return [
        parts.segment_card(
            segment,
            name,
            f"{text.count(found.sizes[segment], 'customer')},"
            f" {text.percent(found.sizes[segment] / total, 1)}",
            profiles.traits(found.profiles, segment, found.features)
            if segment in found.profiles.index
            else [],
            profiles.leanings(found.composition, segment),
        )
        for segment, name in found.names.items()
    ]


def _listed(customers: pd.DataFrame, found: "Segmentation") -> pd.DataFrame:
    """Put each customer's segment and silhouette before its own columns."""
    own = pd.DataFrame(
        {
            "segment": found.labels,
            "segment_name": found.labels.map(found.names),
            "silhouette": found.silhouettes.reindex(found.labels.index).round(3),
        }
    )
    own = own.join(found.told)
    rest = customers.drop(columns=[name for name in own if name in customers])
    return pd.concat([own, rest], axis=1)

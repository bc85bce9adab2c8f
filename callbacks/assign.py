"""Callbacks of the section "Assign new customers"."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx
from dash.dcc.express import send_bytes
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from analytics import glossary, headers, text
from analytics import model as model_
from analytics.assign import assign
from analytics.columns import as_float
from analytics.model import Model
from analytics.newcomers import single
from callbacks.state import AssignedState, SegmentsState, TriedState, named
from layouts import assign as layout
from layouts import ids, parts

if TYPE_CHECKING:
    import pandas as pd

    from app.scoring import Scored
    from app.services import Services, Workspace

_STEPS = 100  # of a slider
_SHOWN_NOTES = 8
_COUNTED = ("Segment", "Customers", "Share", "Share before", "Novel", "Mean certainty")
_MOVED = ("Feature", "Stability index", "By chance up to", "Since training")


def register(app: Dash, services: "Services") -> None:
    """Register the section's callbacks."""
    for function, store, outputs in (
        ("scored", ids.Store.ASSIGNED, (ids.Assign.RESULT, ids.Assign.ACTIONS)),
        ("tried", ids.Store.TRIED, (ids.Assign.FORM, ids.Assign.ANSWER)),
    ):
        app.clientside_callback(
            ClientsideFunction("assign", function),
            *[Output(id_, "hidden") for id_ in outputs],
            Input(store, "data"),
            Input(ids.Store.SEGMENTS, "data"),
        )

    @app.callback(
        Output(ids.Assign.RESULT, "children"),
        Output(ids.Store.ASSIGNED, "data"),
        Output(ids.Assign.UPLOAD, "contents"),
        Input(ids.Assign.UPLOAD, "contents"),
        State(ids.Assign.UPLOAD, "filename"),
        State(ids.Store.SEGMENTS, "data"),
        running=[(Output(ids.Page.WORKING, "children"), "Assigning the customers …", "")],
        prevent_initial_call=True,
    )
    def score(
        contents: str | None, name: str | None, segments: SegmentsState | None
    ) -> tuple[list[Component], AssignedState, None]:
        if not contents or not segments:
            raise PreventUpdate
        workspace = services.workspace(ctx.cookies)
        model = _model(workspace, segments)
        scored = workspace.score(model, workspace.decoded(contents))
        file = PurePath((name or "customers").replace("\\", "/")).name[:120]
        state = AssignedState(
            key=workspace.remember_scored(scored), segments=segments["key"], name=file
        )
        # The same file can be chosen again.
        return _result(scored, file), state, None

    @app.callback(
        Output(ids.Assign.FILE, "data"),
        Input(ids.Assign.SAVE, "n_clicks"),
        State(ids.Store.ASSIGNED, "data"),
        prevent_initial_call=True,
    )
    def save(_: int, assigned: AssignedState | None) -> dict[str, Any]:
        if not assigned:
            raise PreventUpdate
        content = services.workspace(ctx.cookies).scored_csv(assigned["key"])
        return dict(send_bytes(content, f"{PurePath(assigned['name'].lower()).stem}_scored.csv"))

    @app.callback(
        Output(ids.Assign.FORM, "children"),
        Output(ids.Store.TRIED, "data"),
        Input(ids.Assign.TRY, "n_clicks"),
        State(ids.Store.SEGMENTS, "data"),
        prevent_initial_call=True,
    )
    def describe(_: int, segments: SegmentsState | None) -> tuple[list[Component], TriedState]:
        if not segments:
            raise PreventUpdate
        workspace = services.workspace(ctx.cookies)
        model = _model(workspace, segments)
        dataset = segments["scores"]["features"]["dataset"]
        customers = workspace.dataset(dataset).customers
        return _fields(model, customers), TriedState(segments=segments["key"])

    @app.callback(
        Output(ids.Assign.ANSWER, "children"),
        Input(ids.assign_field(ALL), "value"),
        State(ids.Store.TRIED, "data"),
        State(ids.Store.SEGMENTS, "data"),
        prevent_initial_call=True,
    )
    def try_out(
        values: list[Any], tried: TriedState | None, segments: SegmentsState | None
    ) -> Component:
        if not values or not tried or not segments or tried["segments"] != segments["key"]:
            raise PreventUpdate
        model = _model(services.workspace(ctx.cookies), segments)
        named = {source.name: v for source, v in zip(model.sources, values, strict=False)}
        return _answer(model, single(named, model))


def _model(workspace: "Workspace", segments: SegmentsState) -> Model:
    asked = named(workspace, segments)
    return model_.read(workspace.model(asked, segments["count"]))


def _result(scored: "Scored", file: str) -> list[Component]:
    customers = len(scored.assigned.table)
    aside = f" + {scored.set_aside:,} set aside" if scored.set_aside else ""
    told = int((scored.assigned.table["told"] != "").sum())
    sentences = [
        f"{file}: {text.count(scored.rows, 'row')} = {customers:,} assigned{aside}.",
        f"{text.percent(scored.novel, 1)} are farther from their segment than 99 % of its own"
        " customers.",
        *([f"{text.count(told, 'customer')} lacked a value or had an unknown one; the file tells"
           " which."] if told else []),
        *scored.notes[:_SHOWN_NOTES],
    ]  # fmt: skip
    counts = [
        [
            f"{row.segment}. {row.segment_name}",
            f"{row.customers:,}",
            text.percent(row.share, 1),
            text.percent(row.training_share, 1),
            f"{row.novel:,}",
            text.number(row.certainty, 2),
        ]
        for row in scored.counts.itertuples()
    ]
    moved = [
        [headers.label(one.name), text.number(one.psi, 3), text.number(one.chance, 3), one.band]
        for one in scored.drifts
    ]
    return [
        parts.sentences(sentences),
        parts.table(
            _COUNTED,
            counts,
            "The new customers in each segment",
            glossary.asked(_COUNTED),
        ),
        parts.table(
            _MOVED,
            moved,
            "How far each feature has moved; from 0.1 it moved, from 0.25 much",
            glossary.asked(_MOVED),
        ),
        *parts.verdict(scored.advice, {}, {}),
    ]


def _fields(model: Model, customers: "pd.DataFrame") -> list[Component]:
    """Build a field for each column, which begins at what is typical."""
    found: list[Component] = []
    for place, source in enumerate(model.sources):
        label, values = source.name, customers[source.name]
        if source.role == "numeric":
            numbers = as_float(customers, [source.name])[source.name]
            low, high = float(numbers.min()), float(numbers.max())
            whole = bool((numbers.dropna() % 1 == 0).all())
            step = max(1.0, (high - low) // _STEPS) if whole else (high - low) / _STEPS
            middle = round(float(numbers.median())) if whole else float(numbers.median())
            found.append(layout.number(place, label, (low, high, step), middle))
        elif source.role == "date":
            found.append(layout.written(place, label, f"{values.median():%Y-%m-%d}"))
        else:
            levels = values.dropna().astype(str).value_counts()
            options = sorted(map(str, levels.index))
            found.append(layout.levels(place, label, options, str(levels.index[0])))
    return found


def _answer(model: Model, customer: "pd.DataFrame") -> Component:
    row = assign(model, customer).table.iloc[0]
    segment, second = int(row["segment"]), int(row["second_choice"])
    sentences = [
        f"Certainty {text.number(row['certainty'], 2)}, from 0 on the border to 1.",
        f"Second choice: {second}. {model.names[second]}.",
    ]
    if row["novel"] == "yes":
        sentences.append("Farther from the segment than 99 % of its customers: unlike any.")
    if row["told"]:
        sentences.append(f"{row['told']}.")
    return layout.answer(segment, str(row["segment_name"]), sentences)

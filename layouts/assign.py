"""The section of the Segments tab that puts other customers into the segments."""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids, parts


def build() -> html.Div:
    """Build the section."""
    return parts.card(
        html.P(
            "Upload another file with the same columns, or describe one customer. Nobody is left"
            " out; what was missing or unknown is told.",
            className="note",
        ),
        dcc.Upload(
            html.Div(
                html.Strong("Drop a file of other customers here, or choose one"),
                className="upload-text",
            ),
            id=ids.Assign.UPLOAD,
            className="upload assign-upload",
            className_active="upload-active",
        ),
        parts.waiting(parts.announced(ids.Assign.RESULT, "li", "assign-result")),
        html.Div(
            [
                dbc.Button(
                    "Download the scored file",
                    id=ids.Assign.SAVE,
                    outline=True,
                    color="primary",
                ),
                dcc.Download(id=ids.Assign.FILE),
            ],
            id=ids.Assign.ACTIONS,
            className="actions",
            hidden=True,
        ),
        html.P(
            dbc.Button("Describe one customer", id=ids.Assign.TRY, color="link", size="sm"),
            className="assign-try",
        ),
        html.Div(id=ids.Assign.FORM, className="assign-form", hidden=True),
        html.Div(id=ids.Assign.ANSWER, hidden=True, **parts.attributes(aria_live="polite")),
        title="Assign new customers",
        words=("certainty", "novelty", "drift"),
    )


def number(place: int, label: str, bounds: tuple[float, float, float], value: float) -> html.Div:
    """Build the slider of a numeric feature.

    Parameters
    ----------
    bounds : tuple of float
        Least, most and step.
    """
    low, high, step = bounds
    slider = dcc.Slider(low, high, step, value=value, marks=None, id=ids.assign_field(place))
    return _field(label, slider)


def levels(place: int, label: str, options: Sequence[str], value: str | None) -> html.Div:
    """Build the dropdown of a feature with levels."""
    return _field(label, dcc.Dropdown(list(options), value, id=ids.assign_field(place)))


def written(place: int, label: str, value: str) -> html.Div:
    """Build the field of a date."""
    field = dbc.Input(id=ids.assign_field(place), value=value, placeholder="YYYY-MM-DD",
                      debounce=True)  # fmt: skip
    return _field(label, field)


def _field(label: str, control: Component) -> html.Div:
    labelled: dict[str, Any] = parts.attributes(aria_label=label)
    return html.Div(
        [html.Span(label, className="field-label"), control],
        className="field",
        role="group",
        **labelled,
    )


def answer(segment: int, name: str, sentences: Sequence[str]) -> html.Div:
    """Say where one customer belongs."""
    return html.Div(
        [
            html.Span(
                [html.Span(str(segment), className="segment-badge"), html.Strong(name)],
                className="segment-title",
            ),
            parts.sentences(sentences),
        ],
        className=f"assign-answer {parts.segment_class(segment)}",
    )

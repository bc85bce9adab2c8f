"""How much each feature counts: weights, warnings and what can be done about them.

``assets/36-balance.js`` listens to these controls.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import glossary, parts

LEAST, MOST = 0.25, 4
CODINGS = {
    "indicators": "As 0 and 1",
    "balanced": "Half as much as a numeric feature",
}


def weights(
    labels: Mapping[str, str], given: Mapping[str, float], coding: str, *, levels: bool
) -> html.Div:
    """Build a field for the weight of each feature, and the choice of how categories count.

    Parameters
    ----------
    labels : mapping of str to str
        By column.
    given : mapping of str to float
        The weights in force; 1 for what is left out.
    coding : str
    levels : bool
        Whether any feature is a category.
    """
    fields = [
        html.Label(
            [
                html.Span(label, className="field-label"),
                dbc.Input(
                    type="number",
                    value=given.get(name, 1),
                    min=min(LEAST, given.get(name, 1)),
                    max=MOST,
                    step="any",
                ),
            ],
            **parts.attributes(data_weight=name),
        )
        for name, label in labels.items()
    ]
    options = [{"value": value, "label": text} for value, text in CODINGS.items()]
    choice = html.Label(
        [
            html.Span("Categories count", className="field-label"),
            dbc.Select(options=options, value=coding),
        ],
        **parts.attributes(data_coding="coding"),
    )
    note = f"Weights in the squared distance, from {LEAST} to {MOST}; 1 is the usual."
    return html.Div(
        [
            html.Div(
                [*fields, *([glossary.beside(choice, ("one-hot",))] if levels else [])],
                className="weights",
            ),
            html.P(note, className="note"),
        ]
    )


def warning(cause: str, remedies: Sequence[tuple[str, Mapping[str, Any]]]) -> html.Div:
    """Warn of a feature that decides too much, with a button for each remedy.

    Parameters
    ----------
    cause : str
    remedies : sequence of (title, what the button changes)
    """
    buttons: list[Component] = [
        html.Button(
            title,
            type="button",
            className="remedy",
            **parts.attributes(data_remedy=json.dumps(change)),
        )
        for title, change in remedies
    ]
    return html.Div(
        [html.P(cause, className="imbalance-cause"), html.Div(buttons, className="remedies")],
        className="imbalance",
    )

"""What may be wrong with the data, as a list with choices."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts import parts


def item(title: str, detail: str, effect: str, shown: str, control: Component | None) -> html.Li:
    """Tell one thing that may be wrong, with its choice and a way to its rows.

    Parameters
    ----------
    effect : str
        How much it matters: large, some, little or none.
    shown : str
        Key by which its rows are shown; empty if it is about none.
    """
    rows = html.Button(
        "Show the rows",
        type="button",
        className="link-button",
        **parts.attributes(data_shown=shown),
    )
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(title, className="alert-title"),
                    html.Span(f"{effect} effect", className=f"effect effect-{effect}"),
                    *([rows] if shown else []),
                ],
                className="alert-head",
            ),
            html.P(detail, className="alert-detail"),
            *([control] if control is not None else []),
        ],
        className="alert-item",
    )


def listed(first: Sequence[Component], rest: Sequence[Component]) -> list[Component]:
    """List alerts, those of little effect folded away."""
    folded = html.Details(
        [
            html.Summary(f"{len(rest)} more, with little effect or already taken care of"),
            html.Ul(rest, className="alert-list"),
        ],
        className="folded",
    )
    return [html.Ul(first, className="alert-list"), *([folded] if rest else [])]

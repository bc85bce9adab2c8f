"""The section of the Segments tab in which segments are edited by hand."""

import dash_bootstrap_components as dbc
from dash import html

from layouts import ids, parts

KINDS = {"merge": "Merge two", "split": "Split one", "minimum": "Set a minimum size"}
MOST_PARTS = 10
_PARTS = {"": "As many as separate best"} | {str(n): str(n) for n in range(2, MOST_PARTS + 1)}


def build() -> html.Div:
    """Build the section."""
    return parts.card(
        html.P(
            "Every edit tells what it costs before it is made, and can be undone. Downloads, the"
            " model and new customers follow the edits.",
            className="note",
        ),
        parts.field(
            "What", dbc.RadioItems(_options(KINDS), "merge", id=ids.Editing.KIND, inline=True)
        ),
        html.Div(
            [
                html.Div(
                    parts.field("Which two, the cheapest first", dbc.Select(id=ids.Editing.PAIR)),
                    id=ids.Editing.PAIR_FIELD,
                ),
                html.Div(
                    [
                        parts.field("Which segment", dbc.Select(id=ids.Editing.SEGMENT)),
                        parts.field(
                            "Into how many", dbc.Select(_options(_PARTS), "", id=ids.Editing.PARTS)
                        ),
                    ],
                    id=ids.Editing.SPLIT_FIELDS,
                    className="edit-fields",
                    hidden=True,
                ),
                html.Div(
                    parts.field(
                        "Customers in every segment, at least",
                        dbc.Input(id=ids.Editing.SIZE, type="number", min=1, step=1),
                    ),
                    id=ids.Editing.SIZE_FIELD,
                    hidden=True,
                ),
                html.Div(
                    [
                        _button("Tell the cost", ids.Editing.PREVIEW, outline=True),
                        _button("Apply", ids.Editing.APPLY),
                    ],
                    className="actions",
                ),
            ],
            className="edit-row",
        ),
        html.P(id=ids.Editing.COST, className="edit-cost", **parts.attributes(aria_live="polite")),
        html.Ol(id=ids.Editing.STEPS, className="edit-steps"),
        html.P(id=ids.Editing.NOTE, className="note", **parts.attributes(aria_live="polite")),
        html.Div(
            [
                _button("Undo the last", ids.Editing.UNDO, outline=True),
                _button("Undo all", ids.Editing.UNDO_ALL, outline=True),
            ],
            className="actions",
        ),
        title="Edit the segments",
        words=("explained variance", "silhouette", "stability (Jaccard)"),
    )


def _options(words: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": word} for value, word in words.items()]


def _button(title: str, id_: str, *, outline: bool = False) -> dbc.Button:
    return dbc.Button(title, id=id_, outline=outline, color="primary", size="sm", disabled=True)

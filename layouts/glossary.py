"""The "?" beside a word that needs explaining, what it opens, and the list of all such words.

``assets/44-glossary.js`` opens both, with the words that the list carries.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import ids

Words = Sequence[Mapping[str, str]]


def ask(term: str) -> html.Button:
    """Build the "?" that stands beside a word.

    Parameters
    ----------
    term : str
        Its name in :data:`analytics.glossary.TERMS`.
    """
    return _button("?", "ask", term)


def beside(component: Component, terms: Sequence[str]) -> Component:
    """Put a "?" for each term beside a heading or a label that holds it."""
    if not terms:
        return component
    return html.Div([component, *map(ask, terms)], className="asked")


def words(terms: Sequence[str]) -> html.Div:
    """List words that stand in a picture or in what follows, each of which opens."""
    return html.Div(
        [_button([term, html.Span("?", className="ask")], "word", term) for term in terms],
        className="words",
    )


def box() -> html.Div:
    """Build what opens near a "?"."""
    return html.Div(id=ids.Glossary.BOX, className="word-box", role="dialog", tabIndex=-1)


def opener() -> html.Button:
    """Build the button that opens the whole list."""
    named: dict[str, Any] = {"data-words": "all"}
    return html.Button("Glossary", type="button", className="link-button", **named)


def whole(terms: Words) -> html.Dialog:
    """Build the list of all words; the browser fills it when it is first opened.

    Parameters
    ----------
    terms : sequence of mappings
        As :func:`analytics.glossary.plain` gives them.
    """
    given: dict[str, Any] = {"data-terms": json.dumps(terms), "aria-label": "Glossary"}
    return html.Dialog(id=ids.Glossary.LIST, className="word-list", **given)


def _button(content: Any, look: str, term: str) -> html.Button:  # noqa: ANN401  # as html takes it
    named: dict[str, Any] = {
        "data-term": term,
        "aria-label": f"What does “{term}” mean?",
        "aria-haspopup": "dialog",
    }
    return html.Button(content, type="button", className=look, **named)

"""The tour through the page; ``assets/14-tour.js`` leads it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dash import html

from layouts import ids, parts


class Step(NamedTuple):
    """A place on the page, by the name of its tab and by its id, with what to do there."""

    tab: str
    place: str
    title: str
    text: str


STEPS: Sequence[Step] = (
    Step(
        "overview",
        ids.Overview.UPLOAD,
        "Bring your customers",
        "Drop a table here, one row for each customer. Until then every tab works on a sample.",
    ),
    Step(
        "overview",
        ids.Overview.ALERTS,
        "See what the file holds",
        "What was read, what looks wrong, and what you decide about it. Everything can be undone.",
    ),
    Step(
        "eda",
        ids.Eda.FINDINGS,
        "Explore the columns",
        "How columns hang together, in words with their uncertainty and in pictures. Select"
        " customers in one picture to see them in the others.",
    ),
    Step(
        "model-selection",
        ids.Selection.SAYS,
        "Find how many segments there are",
        "The recommended number, what speaks for it and what against it. It may be that there are"
        " none. The slider beneath shows every other number at once.",
    ),
    Step(
        "segments",
        ids.Segments.CARDS,
        "Meet the segments",
        "Click a card, a point or a bar: everything shows that segment. Open a card for its rule"
        " and its typical customers.",
    ),
    Step(
        "segments",
        ids.Takeaway.CARD,
        "Take them away",
        "The labelled list, a report that opens anywhere, and a model that puts new customers into"
        " these segments.",
    ),
)


def offer() -> html.Aside:
    """Build the line that offers the tour; the browser shows it until it was taken or declined."""
    return html.Aside(
        [
            html.Span(
                [
                    "New here?",
                    html.Span(
                        " These are sample customers, segmented already; upload your own at any"
                        " time.",
                        id=ids.Tour.SAMPLE,
                        hidden=True,
                    ),
                ]
            ),
            _button("Show me around", "begin", "tour-button"),
            _button("No, thank you", "end", "link-button"),
        ],
        id=ids.Tour.OFFER,
        className="tour-offer",
        hidden=True,
        **parts.attributes(aria_label="Tour"),
    )


def opener() -> html.Button:
    """Build the button of the bar that begins the tour."""
    return html.Button(
        "Tour",
        id=ids.Tour.OPEN,
        className="tour-open",
        type="button",
        title="A short tour of the page",
        **parts.attributes(data_tour="begin"),
    )


def panel() -> html.Section:
    """Build the panel that goes from place to place."""
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [html.Strong(step.title), html.P(step.text)],
                        className="tour-step",
                        hidden=True,
                        **parts.attributes(data_at=step.tab, data_place=step.place),
                    )
                    for step in STEPS
                ],
                **parts.attributes(aria_live="polite"),
            ),
            html.Div(
                [
                    html.Span(id=ids.Tour.PROGRESS, className="tour-progress"),
                    _button("End", "end", "link-button"),
                    _button("Back", "back", "tour-button", ids.Tour.BACK),
                    _button("Next", "next", "tour-button", ids.Tour.NEXT),
                ],
                className="tour-buttons",
            ),
        ],
        id=ids.Tour.PANEL,
        className="tour-panel",
        role="dialog",
        hidden=True,
        tabIndex=-1,
        **parts.attributes(aria_label="Tour"),
    )


def _button(title: str, kind: str, look: str, id_: str | None = None) -> html.Button:
    named: dict[str, Any] = {} if id_ is None else {"id": id_}
    return html.Button(
        title, type="button", className=look, **named, **parts.attributes(data_tour=kind)
    )

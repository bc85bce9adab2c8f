"""The page: the bar, the tabs, the message and what the page remembers."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from layouts import eda, glossary, ids, job, overview, parts, segments, selection, tour


def build(*, max_upload_mb: int, templates: dict[str, Any], terms: glossary.Words) -> html.Div:
    """Build the whole page.

    Parameters
    ----------
    max_upload_mb : int
        Largest file that is accepted.
    templates : dict
        The figures' template per theme, for the browser to switch between, and an empty
        figure under ``blank``.
    terms : sequence of mappings
        The words that need explaining.
    """
    return html.Div(
        [
            _stores(templates),
            html.A("Skip to the content", href="#main", className="skip-link"),
            _bar(),
            html.Main(
                [
                    tour.offer(),
                    _expired(),
                    job.build(),
                    overview.build(max_upload_mb=max_upload_mb),
                    eda.build(),
                    selection.build(),
                    segments.build(),
                    html.P(glossary.opener(), className="page-foot"),
                ],
                id="main",
                className="page-main",
                tabIndex=-1,
            ),
            html.Div(
                dbc.Toast(
                    id=ids.Page.NOTICE,
                    is_open=False,
                    dismissable=True,
                    duration=12_000,
                    icon="warning",
                    className="notice",
                ),
                role="alert",
            ),
            html.Div(id=ids.Page.STATUS, className="visually-hidden", role="status"),
            tour.panel(),
            glossary.box(),
            glossary.whole(terms),
        ]
    )


def _expired() -> html.Div:
    """Build what is offered when the customers in hand are no longer on the server."""
    return html.Div(
        [
            html.Span(
                "The customers of this page are no longer on the server, which keeps them only for"
                " a while."
            ),
            html.Button(
                "Use the sample",
                type="button",
                className="tour-button",
                **parts.attributes(data_press=ids.Overview.SAMPLE),
            ),
            html.A("Upload the file again", href="#overview"),
        ],
        id=ids.Page.EXPIRED,
        className="expired",
        role="alert",
        hidden=True,
    )


def _stores(templates: dict[str, Any]) -> html.Div:
    session = (
        ids.Store.KEPT,  # before the dataset, with which it is read
        ids.Store.BALANCE,
        ids.Store.DATASET,
        ids.Store.NAMES,
        ids.Store.EDITS,
    )
    memory = (
        ids.Store.FEATURES,
        ids.Store.SCORES,
        ids.Store.VIEW,
        ids.Store.BEGUN,
        ids.Store.VIEWS,
        ids.Store.ARRIVED,
        ids.Store.DETAILS,
        ids.Store.NAMED,
        ids.Store.EDITED,
        ids.Store.DRAWN,
        ids.Store.SEGMENTS,
        ids.Store.SELECTION,
        ids.Store.FILTERED,
        ids.Store.DECISION,
        ids.Store.SHOWN,
        ids.Store.JOB,
        ids.Store.ENDED,
        ids.Store.ASSIGNED,
        ids.Store.TRIED,
        ids.Store.THEME,
        ids.Page.BOOT,
    )
    return html.Div(
        [
            *(dcc.Store(id=name, storage_type="session") for name in session),
            *(dcc.Store(id=name, storage_type="memory") for name in memory),
            dcc.Store(id=ids.Store.TEMPLATES, data=templates),
        ],
        hidden=True,
    )


def _bar() -> html.Header:
    tabs = html.Nav(
        html.Div(
            [
                parts.tab("overview", "Overview", ids.Overview.TAB, ids.Overview.PANEL),
                parts.tab("eda", "EDA", ids.Eda.TAB, ids.Eda.PANEL),
                parts.tab(
                    "model-selection", "Model Selection", ids.Selection.TAB, ids.Selection.PANEL
                ),
                parts.tab("segments", "Segments", ids.Segments.TAB, ids.Segments.PANEL),
            ],
            className="tabs",
            role="tablist",
            **parts.attributes(aria_label="Steps of the analysis"),
        )
    )
    return html.Header(
        [
            html.Div(
                [
                    html.Span("Customer Segments", className="brand"),
                    html.Span(
                        id=ids.Page.CHIP, className="chip", **parts.attributes(aria_live="polite")
                    ),
                    html.Span(id=ids.Page.WORKING, className="working", role="status"),
                    tour.opener(),
                    html.Button(
                        html.Span(className="theme-icon"),
                        id=ids.Page.THEME,
                        className="theme-button",
                        type="button",
                        title="Switch between light and dark",
                        **parts.attributes(aria_label="Switch between light and dark"),
                    ),
                ],
                className="bar-row",
            ),
            tabs,
        ],
        className="bar",
    )

"""Where the page meets the services."""

from typing import TYPE_CHECKING

from dash import Dash

from callbacks import (
    algorithms,
    assign,
    balance,
    eda,
    editing,
    jobs,
    names,
    overview,
    page,
    segments,
    selection,
    takeaway,
    views,
)

if TYPE_CHECKING:
    from app.services import Services


def register(app: Dash, services: "Services") -> None:
    """Register every callback of the page."""
    page.register(app)
    first = (overview, eda, algorithms, balance, selection, views)
    for tab in (*first, segments, editing, names, takeaway, assign, jobs):
        tab.register(app, services)

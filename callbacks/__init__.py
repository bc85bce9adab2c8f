"""Where the page meets the services."""

from typing import TYPE_CHECKING

from dash import Dash

from callbacks import (
    algorithms,
    assign,
    eda,
    jobs,
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
    for tab in (overview, eda, algorithms, selection, views, segments, takeaway, assign, jobs):
        tab.register(app, services)

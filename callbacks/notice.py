"""The one message line."""

from dash import set_props

from layouts import ids


def hide() -> None:
    """Take the message away, as what it was about is past."""
    set_props(ids.Page.NOTICE, {"is_open": False})
    set_props(ids.Page.EXPIRED, {"hidden": True})


def expire() -> None:
    """Say that the customers in hand are gone, and offer others."""
    set_props(ids.Page.EXPIRED, {"hidden": False})


def show(title: str, detail: str) -> None:
    """Show a message over the page, from within a callback."""
    set_props(ids.Page.NOTICE, {"header": title, "children": detail, "is_open": True})

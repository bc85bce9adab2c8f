"""The one message line."""

from dash import set_props

from layouts import ids


def hide() -> None:
    """Take the message away, as what it was about is past."""
    set_props(ids.Page.NOTICE, {"is_open": False})


def show(title: str, detail: str) -> None:
    """Show a message over the page, from within a callback."""
    set_props(ids.Page.NOTICE, {"header": title, "children": detail, "is_open": True})

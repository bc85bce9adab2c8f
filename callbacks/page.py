"""Callbacks of the shell: opening the sample at first, and the theme. All run in the browser."""

from dash import ClientsideFunction, Dash, Input, Output

from layouts import ids


def register(app: Dash) -> None:
    """Register the shell's callbacks; their code is in ``assets/20-page.js``."""
    app.clientside_callback(
        ClientsideFunction("page", "boot"),
        Output(ids.Page.BOOT, "data"),
        Input(ids.Page.BOOT, "id"),
        prevent_initial_call=False,
    )
    app.clientside_callback(
        ClientsideFunction("page", "theme"),
        Output(ids.Store.THEME, "data"),
        Input(ids.Page.THEME, "n_clicks"),
        Input(ids.Store.TEMPLATES, "data"),
        prevent_initial_call=False,
    )

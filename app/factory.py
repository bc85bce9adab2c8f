"""Put the application together."""

from functools import partial
from pathlib import Path

import dash_ag_grid
import dash_bootstrap_components  # noqa: F401  # registers its scripts, which the frame names
from apiflask import APIFlask
from dash import Dash, html

from analytics.errors import Expired
from app import api, loading, sending, session
from app.errors import describe
from app.settings import Settings
from app.storage import folder

ASSETS = Path(__file__).parent.parent / "assets"
# The frame leaves out what the grid asks for when it comes near the screen: assets/18-grid.js.
_LATER = "dash_ag_grid.min.js"
_ENVELOPE = 2**20  # of the JSON around an upload, beside its base64


def create_app(settings: Settings | None = None) -> Dash:
    """Build an independent application; call it twice and get two.

    It can serve the page's frame; the rest is loaded when it is first needed (``app.loading``).

    Raises
    ------
    BadSetting
        If the environment holds a value that cannot be meant.
    UnwritableFile
        If the folder of the frames cannot be made.
    """
    settings = settings or Settings.from_environ()
    for script in dash_ag_grid._js_dist:
        if script["relative_package_path"] == _LATER:
            script["dynamic"] = True
    folder.make(settings.cache_dir)
    server = _server(settings)
    app = Dash(
        "customer-segments",
        server=server,  # type: ignore[arg-type]  # Dash's types omit Flask
        assets_folder=str(ASSETS),
        title="Customer Segments",
        update_title="",
        on_error=_tell,
        health_endpoint="health",
        prevent_initial_callbacks=True,
        use_async=False,
    )
    app.index_string = app.index_string.replace("<html>", '<html lang="en">')
    app.layout = html.Div()  # never shown: who asks for the layout waits for the page
    loading.install(server, partial(_fill, app, settings))
    # With its first page Dash sets itself up, which requests and loading must not interrupt, and
    # learns which files of the components it may serve.
    server.test_client().get("/")
    return app


def _fill(app: Dash, settings: Settings) -> None:
    """Give the frame its page and what the page calls; this loads the numerical libraries."""
    import callbacks
    from analytics import glossary
    from analytics.figures.theme import bare, blank, template
    from app.services import Services
    from layouts import page

    app.layout = page.build(
        max_upload_mb=settings.max_upload_mb,
        templates={
            "light": template("light"),
            "dark": template("dark"),
            "blank": bare(blank("")),
        },
        terms=glossary.plain(),
    )
    callbacks.register(app, Services(settings))


def _server(settings: Settings) -> APIFlask:
    # The documentation page of APIFlask loads its scripts from another host; it stays off.
    server = APIFlask("customer-segments", docs_path=None, spec_path=None)
    server.config["MAX_CONTENT_LENGTH"] = settings.max_upload_mb * 2**20 * 4 // 3 + _ENVELOPE
    sending.install(server)
    session.install(server)
    server.register_blueprint(api.blueprint())
    return server


def _tell(error: Exception) -> None:
    from callbacks import notice

    problem = describe(error)
    notice.show(problem.title, problem.detail)
    if isinstance(error, Expired):
        notice.expire()

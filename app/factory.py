"""Put the application together."""

from pathlib import Path

from apiflask import APIFlask
from dash import Dash
from flask_compress import Compress

import callbacks
from analytics.figures.theme import bare, blank, template
from app import api, session
from app.errors import describe
from app.services import Services
from app.settings import Settings
from callbacks import notice
from layouts import page

ASSETS = Path(__file__).parent.parent / "assets"
_YEAR = 365 * 24 * 3600
_ENVELOPE = 2**20  # of the JSON around an upload, beside its base64


def create_app(settings: Settings | None = None) -> Dash:
    """Build an independent application; call it twice and get two.

    Raises
    ------
    BadSetting
        If the environment holds a value that cannot be meant.
    """
    settings = settings or Settings.from_environ()
    app = Dash(
        "customer-segments",
        server=_server(settings),  # type: ignore[arg-type]  # Dash's types omit Flask
        assets_folder=str(ASSETS),
        title="Customer Segments",
        update_title="",
        on_error=_tell,
        health_endpoint="health",
        prevent_initial_callbacks=True,
        use_async=False,
    )
    app.layout = page.build(
        max_upload_mb=settings.max_upload_mb,
        templates={
            "light": template("light"),
            "dark": template("dark"),
            "blank": bare(blank("")),
        },
    )
    callbacks.register(app, Services(settings))
    return app


def _server(settings: Settings) -> APIFlask:
    # The documentation page of APIFlask loads its scripts from another host; it stays off.
    server = APIFlask("customer-segments", docs_path=None, spec_path=None)
    server.config["MAX_CONTENT_LENGTH"] = settings.max_upload_mb * 2**20 * 4 // 3 + _ENVELOPE
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR  # Dash marks every file with its age
    server.config["COMPRESS_STREAMING_ENDPOINT_CONDITIONAL"] = ["static", "_dash_assets.static"]
    Compress(server)
    session.install(server)
    server.register_blueprint(api.blueprint())
    return server


def _tell(error: Exception) -> None:
    problem = describe(error)
    notice.show(problem.title, problem.detail)

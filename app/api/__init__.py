"""The place of the REST API: today it only says that a path does not exist, in JSON."""

from typing import NoReturn

from apiflask import APIBlueprint, abort

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def blueprint() -> APIBlueprint:
    """Build the blueprint of ``/api``; without it the page would answer unknown paths."""
    api = APIBlueprint("api", __name__, url_prefix="/api", enable_openapi=False)

    @api.route("", defaults={"path": ""}, methods=_METHODS)
    @api.route("/", defaults={"path": ""}, methods=_METHODS)
    @api.route("/<path:path>", methods=_METHODS)
    def unknown(path: str) -> NoReturn:
        abort(404, f"There is no /api/{path}.")

    return api

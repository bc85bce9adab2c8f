"""How the files of the page are sent: small, and once."""

from functools import lru_cache

import brotli
from flask import Flask, Response, request
from flask_compress import Compress

_FILES = ("/_dash-component-suites/", "/assets/")
_KINDS = ("text/javascript", "application/javascript", "text/css")
_LEVEL = 9  # of 11, which takes 20 times as long to save another tenth
_YEAR, _DAY = 365 * 24 * 3600, 24 * 3600


def install(server: Flask) -> None:
    """Compress what is sent, and let browsers keep the files of the page."""
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR  # Dash marks every such file with its age
    server.config["COMPRESS_STREAMING_ENDPOINT_CONDITIONAL"] = ["static", "_dash_assets.static"]
    Compress(server)
    server.after_request(_file)  # the last to be named is the first to be called


def _file(response: Response) -> Response:
    if not request.path.startswith(_FILES) or response.status_code not in (200, 304):
        return response
    if response.cache_control.max_age is None:
        # Dash gives the files that a script asks for later no mark: they are kept for a day.
        response.cache_control.public = True
        response.cache_control.max_age = _DAY
    wanted = response.status_code == 200 and response.mimetype in _KINDS
    if wanted and request.accept_encodings["br"] and "Content-Encoding" not in response.headers:
        response.direct_passthrough = False
        response.set_data(_squeezed(response.get_data()))
        response.headers["Content-Encoding"] = "br"
        etag, weak = response.get_etag()
        if etag:
            response.set_etag(f"{etag}:br", weak=bool(weak))
            response.make_conditional(request)
    return response


@lru_cache(maxsize=256)  # more than there are files
def _squeezed(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=_LEVEL))

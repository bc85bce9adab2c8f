"""Who is asking: a random secret in a cookie, to which everything a visitor stores is bound."""

import re
import secrets
from collections.abc import Mapping

from flask import Flask, Response, request

from analytics.errors import Expired

COOKIE = "segments_session"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR = 365 * 24 * 3600


def new_token() -> str:
    """Make a session secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def token(cookies: Mapping[str, str]) -> str:
    """Read the session secret from the cookies.

    Raises
    ------
    Expired
        If there is none.
    """
    found = cookies.get(COOKIE, "")
    if not _TOKEN.fullmatch(found):
        raise Expired(
            "The browser sent no session with its request.",
            "Allow cookies for this page and reload it.",
        )
    return found


def install(server: Flask) -> None:
    """Hand a session secret to every browser that loads the page without one."""

    @server.after_request
    def hand_out(response: Response) -> Response:
        known = _TOKEN.fullmatch(request.cookies.get(COOKIE, ""))
        if response.mimetype == "text/html" and not known:
            response.set_cookie(
                COOKIE,
                new_token(),
                max_age=_YEAR,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
            response.headers["Cache-Control"] = "no-store"
        return response

"""A visitor is known by a secret in a cookie, handed out with the page."""

import re

import pytest

from analytics.errors import Expired
from app import session
from tests.conftest import upload_request

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@pytest.fixture
def stranger(app):
    return app.server.test_client()


def handed_out(answer) -> list[str]:
    return [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(session.COOKIE)]


def test_the_first_page_load_hands_out_a_secret(stranger):
    (cookie,) = handed_out(stranger.get("/"))
    value, *attributes = cookie.removeprefix(f"{session.COOKIE}=").split("; ")
    assert TOKEN.fullmatch(value)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes)
    assert "Secure" not in attributes
    assert not any(attribute.startswith("Domain") for attribute in attributes)


def test_over_https_the_secret_stays_on_https(stranger):
    (cookie,) = handed_out(stranger.get("/", base_url="https://localhost"))
    assert "Secure" in cookie.split("; ")


def test_a_page_with_a_new_secret_is_not_cached(stranger):
    assert stranger.get("/").headers["Cache-Control"] == "no-store"


def test_later_page_loads_keep_the_secret(stranger):
    stranger.get("/")
    known = stranger.get_cookie(session.COOKIE).value
    assert handed_out(stranger.get("/")) == []
    assert stranger.get_cookie(session.COOKIE).value == known


@pytest.mark.parametrize(
    "path",
    [
        "/health",
        "/assets/10-tabs.js",
        "/assets/favicon.svg",
        "/_dash-layout",
        "/_dash-dependencies",
    ],
)
def test_nothing_but_the_page_hands_out_a_secret(stranger, path):
    answer = stranger.get(path, buffered=True)
    assert answer.status_code == 200
    assert handed_out(answer) == []


def test_every_visitor_has_a_secret_of_their_own(app):
    secrets = set()
    for _ in range(20):
        stranger = app.server.test_client()
        stranger.get("/")
        secrets.add(stranger.get_cookie(session.COOKIE).value)
    assert len(secrets) == 20


@pytest.mark.parametrize(
    "malformed", ["", "x", "a" * 42, "a" * 44, "../../../../etc/passwd", "a" * 42 + "!", "é" * 43]
)
def test_a_malformed_secret_is_replaced(stranger, malformed):
    stranger.set_cookie(session.COOKIE, malformed)
    assert len(handed_out(stranger.get("/"))) == 1
    assert TOKEN.fullmatch(stranger.get_cookie(session.COOKIE).value)


def test_a_malformed_secret_opens_nothing():
    for cookies in ({}, {session.COOKIE: "x"}, {session.COOKIE: "a" * 43 + "\n"}):
        with pytest.raises(Expired, match="Allow cookies"):
            session.token(cookies)
    good = session.new_token()
    assert session.token({session.COOKIE: good, "other": "x"}) == good


def test_two_sessions_that_upload_the_same_bytes_get_different_keys(visit, mall_csv):
    one, two = visit().upload(mall_csv), visit().upload(mall_csv)
    assert one["key"] != two["key"]
    assert one["customers"] == two["customers"] == 60


def test_one_session_that_uploads_the_same_bytes_twice_gets_one_key(visitor, mall_csv):
    assert visitor.upload(mall_csv)["key"] == visitor.upload(mall_csv, "copy.csv")["key"]


def test_without_a_cookie_the_page_is_told_to_allow_it(app, mall_csv):
    client = app.server.test_client()
    answer = client.post("/_dash-update-component", json=upload_request(mall_csv)).get_json()
    assert answer["response"] == {}
    assert "Allow cookies for this page" in answer["sideUpdate"]["page-notice"]["children"]

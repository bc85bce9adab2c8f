"""What the server answers beside the page."""

import pytest

from app import session
from app.factory import create_app
from app.settings import Settings
from tests.conftest import full_megabyte, upload_request


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])
@pytest.mark.parametrize("path", ["/api/", "/api/v1", "/api/v1/customers/5", "/api/typo?a=b"])
def test_an_unknown_path_of_the_api_is_not_found_in_json(client, method, path):
    answer = client.open(path, method=method)
    assert answer.status_code == 404
    assert answer.mimetype == "application/json"
    if method != "HEAD":
        assert path.split("?")[0] in answer.get_json()["message"]


def test_the_api_hands_out_no_session(app):
    answer = app.server.test_client().get("/api/v1")
    assert session.COOKIE not in answer.headers.get("Set-Cookie", "")


def test_the_server_says_that_it_is_well(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.get_data()) == (200, b"OK")


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/_mcp"])
def test_no_documentation_with_scripts_of_other_hosts_is_served(client, path):
    text = client.get(path).get_data(as_text=True)
    assert "openapi" not in text
    assert "https://unpkg" not in text
    assert "cdn" not in text


@pytest.fixture
def small(tmp_path):
    """An application that accepts files of up to 1 MB."""
    return create_app(Settings(cache_dir=tmp_path / "small", max_upload_mb=1))


def upload(client, content: bytes):
    return client.post("/_dash-update-component", json=upload_request(content))


def test_a_request_far_over_the_limit_is_refused_unread(small):
    client = small.server.test_client()
    client.get("/")
    assert upload(client, b"x" * (2 * 2**20)).status_code == 413


def test_a_file_of_just_the_limit_comes_through(small):
    client = small.server.test_client()
    client.get("/")
    answer = upload(client, full_megabyte())
    assert answer.status_code == 200
    assert answer.get_json()["response"]["store-dataset"]["data"]["customers"] == 1023


def test_the_page_is_told_the_limit(small):
    layout = small.server.test_client().get("/_dash-layout").get_data(as_text=True)
    assert "up to 1 MB" in layout
    assert '"data-max-mb":"1"' in layout.replace(" ", "")
    assert '"max_size":1048576' in layout.replace(" ", "")

"""The files of the page: small, the same when unpacked, and kept by the browser."""

import re
from importlib.resources import files

import brotli
import pytest

from app.factory import ASSETS

SUITES = "/_dash-component-suites"
PLOTLY = f"{SUITES}/plotly/package_data/plotly.min.js"
STYLE = "00-bootstrap-5.3.8.min.css"
# What Chromium asks for.
ASKED = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture
def get(client):
    """Ask for a file and read all of the answer."""
    return lambda path, **headers: client.get(path, headers=ASKED | headers, buffered=True)


def test_scripts_and_styles_are_sent_with_brotli_and_unpack_to_themselves(get):
    raw = {
        PLOTLY: files("plotly").joinpath("package_data/plotly.min.js").read_bytes(),
        f"/assets/{STYLE}": (ASSETS / STYLE).read_bytes(),
    }
    for path, content in raw.items():
        for _ in range(2):  # packed, and as kept
            answer = get(path)
            assert answer.headers["Content-Encoding"] == "br"
            assert int(answer.headers["Content-Length"]) == len(answer.data) < len(content) / 3.5
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert brotli.decompress(answer.data) == content
    assert len(get(f"/assets/{STYLE}").data) < 60_000


def test_who_cannot_unpack_brotli_gets_what_they_can(client):
    packed = client.get(PLOTLY, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    refused = client.get(PLOTLY, headers={"Accept-Encoding": "gzip, br;q=0"}, buffered=True)
    assert refused.headers["Content-Encoding"] == "gzip"
    plain = client.get(PLOTLY, headers={"Accept-Encoding": "identity"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert len(plain.data) > len(packed.data)


def test_a_marked_file_is_kept_for_a_year_and_one_without_a_mark_for_a_day(get):
    assert get(f"/assets/{STYLE}?m=1").cache_control.max_age == 365 * 24 * 3600
    assert get(PLOTLY).cache_control.max_age == 24 * 3600


def test_a_file_that_has_not_changed_is_not_sent_again(get):
    for path in (PLOTLY, f"/assets/{STYLE}"):
        first = get(path)
        again = get(path, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_what_is_computed_is_not_kept(get):
    for path in ("/", "/_dash-layout", "/api/v1"):
        assert get(path).cache_control.max_age is None


def test_the_frame_leaves_the_grid_for_later(get, client):
    scripts = re.findall(r'<script src="([^"]+)"', client.get("/").get_data(as_text=True))
    assert not any("dash_ag_grid" in script for script in scripts)
    assert any("dash_bootstrap_components" in script for script in scripts)
    for file in ("dash_ag_grid.min.js", "async-community.js"):
        assert get(f"{SUITES}/dash_ag_grid/{file}").status_code == 200

"""Long work in a browser: the bar, its end without a click, Cancel and Try again."""

from dataclasses import replace

import pytest

from app.jobs import start
from tests.conftest import mall_table, written

pytestmark = pytest.mark.browser


@pytest.fixture
def settings(settings, tmp_path):
    yield replace(settings, cache_dir=tmp_path / "cache", max_upload_mb=20)
    start.stop()


def test_long_work_shows_how_far_it_is_can_be_cancelled_and_done_anew(dashboard, tmp_path):
    path = tmp_path / "many.csv"
    path.write_bytes(written(mall_table(customers=200_000)))
    dashboard.visit()
    dashboard.open("model-selection")
    dashboard.upload(path)
    dashboard.wait_for_text("#page-chip", "200,000 customers")
    dashboard.wait(lambda: dashboard.find("#job-cancel").is_displayed(), "the bar is shown")
    dashboard.click("#job-cancel")
    dashboard.wait_for_text("#job-card", "Cancelled.")
    dashboard.click("#job-again")
    dashboard.wait(lambda: not dashboard.find("#job-card").is_displayed(), "the work is done")
    dashboard.open("segments")
    dashboard.wait_for_text("#segments-headline", "200,000 customers in 5 segments")
    assert dashboard.complaints() == []

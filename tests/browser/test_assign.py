"""A visitor assigns other customers, and asks where one would belong."""

import csv
import io

import pytest
from selenium.webdriver.common.keys import Keys

from tests.conftest import mall_table, written

pytestmark = pytest.mark.browser


def test_a_visitor_assigns_a_file_and_a_single_customer(dashboard, tmp_path):
    other = tmp_path / "newcomers.csv"
    other.write_bytes(written(mall_table(3, customers=80)))
    dashboard.visit("segments")
    dashboard.find("#assign-upload input[type=file]").send_keys(str(other))
    dashboard.wait_for_text("#assign-result", "newcomers.csv: 80 rows = 80 assigned.")
    dashboard.click("#assign-save")
    rows = list(csv.DictReader(io.StringIO(dashboard.downloaded("newcomers_scored.csv").decode())))
    assert len(rows) == 80
    assert {row["segment"] for row in rows} == set("12345")
    dashboard.click("#assign-try")
    dashboard.wait_for_text("#assign-answer", "Certainty")
    before = dashboard.text("#assign-answer")
    dashboard.click("#assign-form [role=slider]")
    dashboard.press(Keys.HOME)
    dashboard.wait(lambda: dashboard.text("#assign-answer") != before, "the answer follows")
    assert "Low income" in dashboard.text("#assign-answer")
    # What was assigned to other segments is not shown beside these.
    dashboard.open("model-selection")
    dashboard.find("#selection-count [role=slider]").send_keys(Keys.ARROW_LEFT)
    dashboard.wait_for_text("#segments-headline", "in 4 segments")
    dashboard.open("segments")
    for part in ("#assign-result", "#assign-actions", "#assign-form", "#assign-answer"):
        assert not dashboard.find(part).is_displayed(), part
    assert dashboard.complaints() == []


def test_the_sections_fit_a_telephone_in_the_dark(dashboard):
    dashboard.visit("segments")
    dashboard.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    dashboard.click("#page-theme")
    dashboard.click("#assign-try")
    dashboard.wait_for_text("#assign-answer", "Certainty")
    wide = dashboard.driver.execute_script(
        "return [...document.querySelectorAll('.takeaway, .assign-form, .assign-answer')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth).length"
        " + (document.documentElement.scrollWidth > innerWidth)"
    )
    assert wide == 0

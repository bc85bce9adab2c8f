"""A visitor merges segments, sees what it costs, takes them away and undoes it."""

import csv
import io

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

pytestmark = pytest.mark.browser


def pressed(dashboard, button: str) -> None:
    """Press a button by keyboard once it can be pressed."""
    element = dashboard.find(f"#editing-{button}")
    dashboard.wait(element.is_enabled, f"{button} can be pressed")
    element.send_keys(Keys.ENTER)


def test_a_merge_is_costed_made_taken_away_and_undone(dashboard):
    dashboard.visit("segments")
    before = dashboard.text("#segments-headline")
    assert "in 5 segments" in before
    pair = Select(dashboard.find("#editing-pair"))
    assert "points of explained variance" in pair.first_selected_option.text
    pressed(dashboard, "preview")
    dashboard.wait_for_text("#editing-cost", "come back when customers are drawn anew")
    assert dashboard.text("#editing-cost").startswith("Merging ")
    assert dashboard.text("#segments-headline") == before
    pressed(dashboard, "apply")
    dashboard.wait_for_text("#segments-headline", "in 4 segments")
    dashboard.wait(lambda: len(dashboard.cards()) == 4, "the cards follow")
    dashboard.wait_for_text("#editing-steps", "points less variance")
    assert not dashboard.find("#editing-cost").is_displayed()
    dashboard.click("#segments-save-all")
    name = "sample_segments.csv"
    rows = list(csv.DictReader(io.StringIO(dashboard.downloaded(name).decode())))
    assert {row["segment"] for row in rows} == set("1234")
    # The edits are of five segments, and come back with these and with the page.
    dashboard.open("model-selection")
    dashboard.find("#selection-count [role=slider]").send_keys(Keys.ARROW_LEFT)
    dashboard.wait_for_text("#editing-note", "1 edit of 5 segments")
    assert dashboard.text("#editing-steps") == ""
    dashboard.find("#selection-count [role=slider]").send_keys(Keys.ARROW_RIGHT)
    dashboard.open("segments")
    dashboard.wait_for_text("#editing-steps", "points less variance")
    dashboard.driver.refresh()
    dashboard.wait_for_text("#editing-steps", "points less variance")
    dashboard.wait_for_text("#segments-headline", "in 4 segments")
    pressed(dashboard, "undo")
    dashboard.wait_for_text("#segments-headline", "in 5 segments")
    assert dashboard.text("#segments-headline") == before
    dashboard.wait(lambda: dashboard.text("#editing-steps") == "", "no step is left")
    assert not dashboard.find("#editing-undo").is_enabled()
    assert dashboard.complaints() == []


def test_what_cannot_be_done_is_told_in_words(dashboard):
    dashboard.visit("segments")
    dashboard.click("#editing-kind input[value=minimum]")
    size = dashboard.find("#editing-size")
    dashboard.wait(size.is_displayed, "the field is shown")
    size.clear()
    size.send_keys("200")
    pressed(dashboard, "apply")
    dashboard.wait_for_text("#page-notice", "5 segments of at least 200 customers need 1,000")
    assert "in 5 segments" in dashboard.text("#segments-headline")

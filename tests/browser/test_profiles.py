"""Cards that open, profiles that are chosen, names that are given, features that are weighed."""

import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shared(kept):
    """Open Segments with every view in the browser, and all that the cards open to."""
    kept.visit("segments")
    return kept


@pytest.fixture
def ready(shared):
    """Begin with Segments."""
    shared.begin("segments")
    return shared


def titles(dashboard) -> list[str]:
    return dashboard.driver.execute_script(
        "return [...document.querySelectorAll('.segment-card strong')].map(e => e.innerText)"
    )


def rename(dashboard, place: int, name: str) -> None:
    folded = dashboard.duo.find_elements(".segment-rename")[place]
    dashboard.click(folded.find_element("css selector", "summary"))
    field = folded.find_element("css selector", "input")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(name, Keys.ENTER)


def show(dashboard, kind: str) -> None:
    dashboard.driver.execute_script(
        "dash_clientside.set_props('segments-profile-as', {value: arguments[0]})", kind
    )


def test_a_card_opens_to_its_rule_and_to_why_a_customer_is_in_it(ready):
    box = ready.find(".segment-box.segment-2")
    more = box.find_element("css selector", ".segment-more")
    ready.click(more.find_element("css selector", "summary"))
    assert "of the segment fits." in more.text
    example = more.find_element("css selector", ".examples details")
    ready.click(example.find_element("css selector", "summary"))
    assert f"In “{titles(ready)[1]}” rather than “" in example.text
    assert ready.text("#segments-filter").startswith("All 500 customers")
    assert ready.complaints() == []


def test_every_profile_is_drawn_without_the_server_and_filtered_with_the_others(ready):
    asked = ready.requests()
    ready.click(".segment-card.segment-3")
    for kind in ("zscores", "snake", "parallel", "distances", "composition:Gender", "treemap:size"):
        show(ready, kind)
        ready.wait(
            lambda: {t["segment"] for t in ready.traces("#segments-profile")} >= {1, 2, 3, 4, 5},
            kind,
        )
        assert ready.text("#segments-profile-note")
    show(ready, "radar")
    ready.wait_for_text("#segments-profile", "cannot be read")
    show(ready, "snake")
    ready.wait(lambda: len(ready.traces("#segments-profile")) == 5, "the snake plot")
    ready.press(Keys.ESCAPE)
    ready.wait_for_text("#segments-filter", "All 500 customers")
    ready.click(".segment-card.segment-2")
    ready.wait(
        lambda: (
            {t["segment"] for t in ready.traces("#segments-profile") if t["opacity"] == 1} == {2}
        ),
        "the profile is filtered",
    )
    assert ready.requests() == asked
    assert ready.complaints() == []


def test_a_name_shows_everywhere_outlives_a_refit_and_can_be_taken_back(ready):
    automatic = titles(ready)[1]
    rename(ready, 1, "Careful <b>few</b>")
    ready.wait(lambda: titles(ready)[1] == "Careful <b>few</b>", "the card bears the name")
    ready.wait(
        lambda: (
            {t["name"] for t in ready.traces("#segments-sizes") if t["segment"] == 2}
            == {"Careful &lt;b&gt;few&lt;/b&gt;"}
        ),
        "the figures bear it as text",
    )
    ready.click("#segments-save-all")
    assert b"Careful <b>few</b>" in ready.downloaded("sample_segments.csv")
    before = ready.text("#segments-headline")
    ready.open("model-selection")
    ready.choose("#selection-scaling", "Min-max (0 to 1)")
    ready.wait(
        lambda: ready.text("#segments-headline") not in ("", before), "segments are found anew"
    )
    ready.wait(lambda: "Careful <b>few</b>" in titles(ready), "a refit keeps it")
    ready.open("segments")
    ready.wait(lambda: ready.duo.find_elements("[data-reset]"), "it can be reset")
    ready.wait(lambda: ready.duo.find_elements(".examples"), "nothing is built anew")
    folded = ready.find(".segment-rename:has([data-reset])")
    ready.click(folded.find_element("css selector", "summary"))
    ready.click(folded.find_element("css selector", "[data-reset]"))
    ready.wait(lambda: automatic in titles(ready), "it has its own name again")
    assert not ready.duo.find_elements("[data-reset]")
    assert ready.complaints() == []


def test_a_weight_brings_a_warning_and_one_click_takes_it_away(dashboard):
    dashboard.visit("model-selection")
    dashboard.wait(lambda: dashboard.duo.find_elements("[data-weight] input"), "the weights")
    field = dashboard.find("[data-weight] input")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys("4", Keys.TAB)
    dashboard.wait_for_text("#selection-balance", "Annual Income makes 80 % of the distance")
    dashboard.click("[data-remedy]")
    dashboard.wait(lambda: not dashboard.duo.find_elements("[data-remedy]"), "no warning is left")
    dashboard.wait_for_text("#segments-headline", "500 customers in 5 segments")
    assert dashboard.complaints() == []

"""What only a browser shows: a visitor does the whole job."""

import csv
import io
import json
import shutil

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from benchmarks.browser import scripts
from layouts import tour
from tests.browser.conftest import HOVER

pytestmark = pytest.mark.browser

HEADER = "CustomerID,Genre,Age,Annual_Income,SpendingScore\n"
MOST_SCRIPTS = 1_640_000  # bytes, of a first visit
PLACES = [(20, 20), (20, 80), (55, 50), (90, 15), (90, 85)]


@pytest.fixture
def customers(tmp_path):
    """Write 100 customers in five plain groups of 10 to 30."""
    lines = [HEADER]
    for group, (income, score) in enumerate(PLACES):
        for n in range(10 + 5 * group):
            number = len(lines)
            gender = "Male" if number % 2 else "Female"
            lines.append(f"{number:04},{gender},{20 + n},{income + n % 5},{score + n % 7}\n")
    path = tmp_path / "spring.csv"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


@pytest.fixture(scope="module")
def sample(kept):
    """Open the page with every view of the sample in the browser."""
    kept.visit()
    return kept


def test_the_first_visit_shows_the_sample_segmented_and_asks_no_other_host(dashboard):
    dashboard.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    dashboard.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    dashboard.visit()
    assert dashboard.text("#page-chip") == "Sample: 500 mall customers"
    tiles = dashboard.text("#overview-tiles")
    for part in ("38.85 years", "60.56 k$", "50.20", "56 % female / 44 % male"):
        assert part in tiles
    assert len(dashboard.cards()) == 5
    hosts = dashboard.driver.execute_script(
        "return [...new Set(performance.getEntriesByType('resource')"
        ".map(e => new URL(e.name).host))]"
    )
    assert hosts == [dashboard.url.split("//")[1]]
    assert 1_000_000 < scripts(dashboard.driver) < MOST_SCRIPTS
    dashboard.driver.refresh()
    dashboard.wait(dashboard.cards, "the page is back")
    assert scripts(dashboard.driver) == 0
    assert dashboard.complaints() == []


def test_a_visitor_uploads_segments_and_takes_the_list_away(dashboard, customers):
    dashboard.visit()
    dashboard.upload(customers)
    dashboard.wait_for_text("#page-chip", "spring.csv, 100 customers")
    dashboard.open("segments")
    dashboard.wait_for_text("#segments-headline", "100 customers in 5 segments")
    dashboard.wait_for_text(".segment-1 .segment-size", "30 customers, 30.0 %")
    dashboard.click("#segments-save-all")
    written = rows(dashboard.downloaded("spring_segments.csv"))
    assert [row[:5] for row in written] == rows(customers.read_bytes())
    assert written[0][5:] == ["segment", "segment_name", "certainty"]
    names = {row[6] for row in written[1:]}
    assert len(names) == 5
    assert names > {"High income, low spending", "Low income, high spending"}
    dashboard.click(".segment-card.segment-5")
    dashboard.wait_for_text("#segments-filter", "10 of 100 customers")
    dashboard.click("#segments-save-selection")
    chosen = rows(dashboard.downloaded("spring_segments_5.csv"))
    assert len(chosen) == 11
    assert {row[5] for row in chosen[1:]} == {"5"}
    assert dashboard.complaints() == []


def test_a_click_filters_everything_without_asking_the_server(sample):
    sample.begin("segments")
    asked = sample.requests()

    sample.click(".segment-card.segment-2")
    sample.wait_for_text("#segments-filter", "Showing 2 ")
    for graph in ("#segments-map", "#segments-sizes", "#segments-profile", "#segments-boxes"):
        for trace in sample.traces(graph):
            assert (trace["opacity"] == 1) == (trace["segment"] == 2), graph
    assert sample.find(".segment-card.segment-2").get_attribute("aria-pressed") == "true"
    assert "segment-dimmed" in sample.find(".segment-card.segment-1").get_attribute("class")

    sample.click(".segment-card.segment-4", shift=True)
    sample.wait_for_text("#segments-filter", " + 4 ")
    sample.wait(lambda: sample.shown_segments() == {"2", "4"}, "the table is filtered")

    sample.press(Keys.ESCAPE)
    sample.wait_for_text("#segments-filter", "All 500 customers")
    assert all(trace["opacity"] == 1 for trace in sample.traces("#segments-map"))
    sample.wait(lambda: len(sample.shown_segments()) > 2, "the table shows all again")
    assert sample.requests() == asked
    assert sample.complaints() == []


def test_a_mark_of_a_figure_picks_its_segment_and_a_second_click_lets_go(sample):
    sample.begin("segments")
    for mark in (
        "#segments-sizes .barlayer .trace:nth-of-type(2) path",
        "#segments-map .scatterlayer .trace:nth-of-type(3) .point",
        "#segments-profile .heatmaplayer .hm:nth-of-type(4) image",
    ):
        sample.click(mark)
        sample.wait_for_text("#segments-filter", "Showing ")
        picked = int(sample.text("#segments-filter").split()[1])
        bright = {t["segment"] for t in sample.traces("#segments-map") if t["opacity"] == 1}
        assert bright == {picked}, mark
        sample.click(mark)
        sample.wait_for_text("#segments-filter", "All 500 customers")


def test_the_controls_of_model_selection_change_the_segments(dashboard):
    dashboard.visit("model-selection")
    assert "5 segments" in dashboard.text("#selection-says")
    assert len(dashboard.duo.find_elements("#selection-scores tbody tr")) == 9

    dashboard.choose("#selection-approach", "Univariate")
    dashboard.wait_for_text("#segments-headline", "in 3 segments by Annual Income")
    assert dashboard.text("#selection-features").startswith("Annual Income")

    thumb = dashboard.find("#selection-count [role=slider]")
    thumb.send_keys(Keys.ARROW_RIGHT)
    dashboard.wait_for_text("#segments-headline", "in 4 segments by Annual Income")

    dashboard.click("#selection-accept")
    recommended = dashboard.text("#selection-says").split()[0]
    dashboard.wait_for_text("#segments-headline", f"in {recommended} segments")
    assert dashboard.complaints() == []


def test_a_click_on_the_correlation_heatmap_draws_the_pair(sample):
    sample.begin("eda")
    assert sample.duo.find_elements("#eda-distributions .js-plotly-plot")[2]
    before = sample.text("#eda-related")
    heatmap = sample.find("#eda-heatmap .nsewdrag")
    sample.driver.execute_script(
        "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", heatmap
    )
    size = heatmap.size
    ActionChains(sample.driver).move_to_element_with_offset(
        heatmap, -size["width"] // 3, size["height"] // 3
    ).pause(HOVER).click().perform()
    sample.wait(lambda: sample.text("#eda-related") != before)
    assert "Age" in sample.text("#eda-scatter")
    assert sample.complaints() == []


def test_a_broken_file_is_refused_in_words_and_nothing_is_lost(sample, tmp_path):
    sample.begin("overview")
    broken = tmp_path / "broken.csv"
    broken.write_text('a,b\n1,2\n3,"4\n5,6\n', encoding="utf-8")
    sample.upload(broken)
    sample.wait_for_text(".notice", "Line 3 opens a quote that is never closed.")
    assert sample.text("#page-chip") == "Sample: 500 mall customers"


def test_a_file_over_the_limit_is_refused_before_it_is_sent(sample, tmp_path):
    sample.begin("overview")
    large = tmp_path / "large.csv"
    large.write_bytes(b"a,b\n" + b"1,2\n" * 400_000)
    asked = sample.requests()
    sample.upload(large)
    sample.wait_for_text(".notice", "the limit is 1 MB")
    assert sample.requests() == asked


def test_reload_and_the_address_keep_everything_until_it_has_expired(
    dashboard, customers, settings
):
    dashboard.visit(every_view=False)
    dashboard.upload(customers)
    dashboard.wait_for_text("#page-chip", "spring.csv")
    dashboard.open("model-selection")
    dashboard.wait_for_text("#segments-headline", "100 customers in 5 segments")
    dashboard.find("#selection-count [role=slider]").send_keys(Keys.ARROW_LEFT)
    dashboard.open("segments")
    dashboard.wait_for_text("#segments-headline", "in 4 segments")
    dashboard.wait(lambda: dashboard.find(".examples"), "the cards are whole")
    dashboard.wait(lambda: not dashboard.duo.redux_state_is_loading, "nothing is still to come")
    dashboard.click(".segment-card.segment-2")
    dashboard.wait_for_text("#segments-filter", "Showing 2 ")
    told = dashboard.text("#segments-filter")
    dashboard.wait(lambda: "?k=4&show=2&of=" in dashboard.driver.current_url)
    address = dashboard.driver.current_url
    dashboard.driver.refresh()
    dashboard.wait(lambda: dashboard.text("#segments-filter") == told, "the selection is back")
    assert "spring.csv" in dashboard.text("#page-chip")
    assert dashboard.find("#segments-panel").is_displayed()
    dashboard.driver.back()
    dashboard.wait(lambda: dashboard.find("#selection-panel").is_displayed())
    assert dashboard.complaints() == []
    # The same address in another tab shows the same; that tab then goes its own way.
    first = dashboard.driver.current_window_handle
    dashboard.driver.switch_to.new_window("tab")
    dashboard.driver.get(address)
    dashboard.wait(lambda: dashboard.text("#segments-filter") == told, "the second tab follows")
    assert "in 4 segments" in dashboard.text("#segments-headline")
    stored = dashboard.driver.execute_script("return sessionStorage.getItem('store-dataset')")
    [place] = settings.cache_dir.glob(f"*-{json.loads(stored)['key']}")
    shutil.rmtree(place)
    dashboard.driver.refresh()
    dashboard.wait(dashboard.find("#page-expired").is_displayed, "it is said that they are gone")
    dashboard.click("#page-expired button")
    dashboard.wait_for_text("#segments-headline", "500 customers")
    assert not dashboard.find("#page-expired").is_displayed()
    dashboard.driver.close()
    dashboard.driver.switch_to.window(first)
    assert "spring.csv" in dashboard.text("#page-chip")


def test_tabs_answer_to_the_keyboard(sample):
    sample.begin("overview")
    sample.find("#overview-tab").send_keys(Keys.ARROW_RIGHT)
    sample.wait(lambda: sample.find("#eda-panel").is_displayed())
    sample.press(Keys.END)
    sample.wait(lambda: sample.find("#segments-panel").is_displayed())
    sample.press(Keys.HOME)
    sample.wait(lambda: sample.find("#overview-panel").is_displayed())


def test_the_tour_is_offered_once_and_goes_by_keyboard(dashboard):
    dashboard.visit(every_view=False)
    dashboard.find("#tour-offer [data-tour=begin]").send_keys(Keys.ENTER)
    place = "return (document.querySelector('.toured') || {}).id"
    seen = []
    while dashboard.find("#tour-panel").is_displayed():
        dashboard.wait(lambda: dashboard.driver.execute_script(place) not in (None, *seen))
        seen.append(dashboard.driver.execute_script(place))
        assert dashboard.find(f"#{seen[-1]}").is_displayed()
        dashboard.find("#tour-next").send_keys(Keys.ENTER)
    assert seen == [step.place for step in tour.STEPS]
    assert dashboard.driver.switch_to.active_element.get_attribute("id") == "tour-open"
    dashboard.press(Keys.ENTER)
    assert dashboard.text("#tour-progress") == "1 of 6"
    dashboard.press(Keys.ESCAPE)
    assert not dashboard.find("#tour-panel").is_displayed()
    dashboard.driver.refresh()
    dashboard.wait(dashboard.cards, "the page is back")
    assert not dashboard.find("#tour-offer").is_displayed()


def test_the_theme_reaches_the_figures_and_is_remembered(dashboard):
    dashboard.visit("segments")
    ink = (
        "return document.querySelector('#segments-map .js-plotly-plot').layout.template.layout"
        ".font.color"
    )
    before = dashboard.driver.execute_script(ink)
    dashboard.click("#page-theme")
    dashboard.wait(lambda: dashboard.driver.execute_script(ink) != before)
    after = dashboard.driver.execute_script(ink)
    dashboard.driver.refresh()
    dashboard.wait(lambda: dashboard.drawn("#segments-map"))
    assert dashboard.driver.execute_script(ink) == after


def test_a_narrow_screen_loses_nothing(dashboard):
    screen = {"height": 844, "deviceScaleFactor": 1, "mobile": True}
    override = "Emulation.setDeviceMetricsOverride"
    dashboard.driver.execute_cdp_cmd(override, screen | {"width": 360})
    dashboard.visit()
    for width in (360, 390, 768):
        dashboard.driver.execute_cdp_cmd(override, screen | {"width": width})
        for tab in ("overview", "eda", "model-selection", "segments"):
            dashboard.open(tab)
            wide = dashboard.driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, (width, tab)
    assert dashboard.complaints() == []

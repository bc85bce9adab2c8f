"""After a sweep the slider redraws everything in the browser, without the server."""

import threading

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from analytics import packing
from app import shown

pytestmark = pytest.mark.browser

COUNT_REQUESTS = """
window.asked = 0;
var fetched = window.fetch;
window.fetch = function (resource) {
  if (String((resource && resource.url) || resource).includes("_dash-update-component")) asked += 1;
  return fetched.apply(this, arguments);
};
"""
CURVES = ("elbow", "silhouette", "calinski", "davies")
TOUCH = """
var done = arguments[arguments.length - 1];
var keys = Array.from(arguments).slice(0, -1);
var thumb = document.querySelector("#selection-count [role=slider]");
thumb.scrollIntoView({block: "center", behavior: "instant"});
thumb.focus({preventScroll: true});
(function press() {
  var key = keys.shift();
  if (key) thumb.dispatchEvent(new KeyboardEvent("keydown", {key: key, bubbles: true}));
  if (key) setTimeout(press);
  else done({
    elbow: document.querySelector("#selection-elbow .js-plotly-plot").layout.shapes
      .find(shape => shape.opacity).x0,
    knife: document.querySelector("#selection-knife .js-plotly-plot").data.length,
    later: document.querySelector("#selection-knife").closest(".graph-later") !== null,
  });
})();
"""


@pytest.fixture(scope="module")
def shared(kept):
    """Open Model Selection with every view in the browser, and count what is asked from then on."""
    kept.visit("model-selection")
    kept.driver.execute_script(COUNT_REQUESTS)
    return kept


@pytest.fixture
def ready(shared):
    """Begin with Model Selection."""
    shared.begin("model-selection")
    shared.driver.execute_script("window.asked = 0")
    return shared


def move(dashboard, *keys: str) -> None:
    dashboard.find("#selection-count [role=slider]").send_keys(*keys)


def asked(dashboard) -> int:
    return dashboard.driver.execute_script("return window.asked")


def marks(dashboard) -> list[list]:
    """Give where the mark and the line of each curve are seen."""
    return [
        dashboard.driver.execute_script(
            "var g = document.querySelector(arguments[0]);"
            "var seen = g.layout.shapes.slice(0, 2 * g.data[0].x.length).filter(s => s.opacity);"
            "return [seen[1].xanchor, seen[0].x0].concat(seen.slice(2));",
            f"#selection-{curve} .js-plotly-plot",
        )
        for curve in CURVES
    ]


def blades(dashboard) -> list[str]:
    return [trace["name"] for trace in dashboard.traces("#selection-knife")]


def test_the_slider_redraws_every_picture_without_the_server(ready):
    for count, key in (
        (6, Keys.ARROW_RIGHT),
        (7, Keys.ARROW_RIGHT),
        (10, Keys.END),
        (2, Keys.HOME),
    ):
        ready.open("model-selection")
        move(ready, key)
        ready.wait(lambda: marks(ready) == [[count, count]] * 4, "the curves mark it")  # noqa: B023
        assert blades(ready) == [f"Segment {n}" for n in range(1, count + 1)]
        ready.wait_for_text("#segments-headline", f"in {count} segments by")
        if count == 5:
            assert "segments (silhouette" not in ready.text("#selection-says")
        else:
            assert f"{count} segments (silhouette" in ready.text("#selection-says")
        ready.wait(lambda: len(ready.cards()) == count, "the cards are there")  # noqa: B023
        ready.open("segments")
        ready.settled()
        segments = [trace["segment"] for trace in ready.traces("#segments-map")]
        assert segments == [*range(1, count + 1)] * 2
        for graph in ("#segments-sizes", "#segments-profile", "#segments-box-first"):
            shown = [trace["segment"] for trace in ready.traces(graph)]
            assert shown == [*range(1, count + 1)], graph
        drawn = ready.driver.execute_script(
            "return document.querySelector('#segments-map .js-plotly-plot').data"
            ".slice(0, arguments[0]).reduce((sum, t) => sum + t.x.length, 0)",
            count,
        )
        assert drawn == 500
        names = rows_of_the_table(ready)
        assert {int(segment) for segment, _ in names} <= set(range(1, count + 1))
        titles = [card.find_element("css selector", "strong").text for card in ready.cards()]
        assert all(titles[int(segment) - 1] == name for segment, name in names)
    assert asked(ready) == 0
    assert ready.complaints() == []


def test_the_thumb_can_be_dragged_clicked_to_and_leapt_with(ready):
    thumb = ready.find("#selection-count [role=slider]")
    track = ready.find("#selection-count .dash-slider-root")
    step = track.rect["width"] / 8
    ready.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", thumb)

    def arrives(count: int) -> None:
        ready.wait_for_text("#segments-headline", f"in {count} segments by")
        ready.wait(lambda: marks(ready) == [[count, count]] * 4, "the curves mark it")
        middle = thumb.rect["x"] + thumb.rect["width"] / 2 - track.rect["x"]
        assert abs(middle - step * (count - 2)) < step / 2
        assert thumb.get_attribute("aria-valuenow") == str(count)

    hand = ActionChains(ready.driver).click_and_hold(thumb)
    for _ in range(6):
        hand = hand.move_by_offset(round(step / 2), 0)
    hand.release().perform()
    arrives(8)
    move(ready, Keys.ARROW_LEFT)  # from where the hand left it
    arrives(7)
    ActionChains(ready.driver).move_to_element(track).click().perform()
    arrives(6)
    move(ready, Keys.PAGE_UP)
    arrives(10)
    move(ready, Keys.SHIFT + Keys.ARROW_LEFT)
    arrives(2)
    assert asked(ready) == 0
    assert ready.complaints() == []


def test_a_table_that_cannot_be_loaded_says_so_and_is_tried_again(dashboard):
    dashboard.driver.execute_cdp_cmd("Network.enable", {})
    dashboard.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*dash_ag_grid*"]})
    dashboard.visit("segments", every_view=False)
    dashboard.shown_segments()
    dashboard.wait_for_text("#segments-table", "The table could not be loaded.")
    dashboard.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    dashboard.driver.execute_script("window.scrollTo({top: 0, behavior: 'instant'})")
    dashboard.wait(lambda: len(dashboard.shown_segments()) > 2, "the table is here")


def rows_of_the_table(dashboard) -> set[tuple[str, str]]:
    table = dashboard.find("#segments-table")
    dashboard.driver.execute_script("arguments[0].scrollIntoView({behavior: 'instant'})", table)
    script = (
        "return [...document.querySelectorAll('#segments-table .ag-center-cols-container .ag-row')]"
        ".map(r => ['segment', 'segment_name'].map(c => {"
        "  var cell = r.querySelector('[col-id=' + c + ']');"
        "  return cell ? cell.innerText.trim() : '';"
        "}))"
    )
    found: list[list[str]] = []

    def filled() -> bool:
        found[:] = dashboard.driver.execute_script(script)
        return bool(found) and all(all(row) for row in found)

    dashboard.wait(filled, "the table has rows")
    return {tuple(row) for row in found}


def test_a_move_lets_go_of_the_selection_and_the_cross_filter_goes_on(ready):
    ready.open("segments")
    ready.settled()
    ready.click(".segment-card.segment-2")
    ready.wait_for_text("#segments-filter", "Showing 2 ")
    ready.open("model-selection")
    move(ready, Keys.ARROW_LEFT)
    ready.wait_for_text("#segments-filter", "All 500 customers")
    ready.open("segments")
    ready.settled()
    assert {trace["opacity"] for trace in ready.traces("#segments-map")} == {1}
    ready.click(".segment-card.segment-3")
    ready.wait_for_text("#segments-filter", "Showing 3 ")
    for graph in ("#segments-map", "#segments-sizes", "#segments-profile", "#segments-box-first"):
        bright = {t["segment"] for t in ready.traces(graph) if t["opacity"] == 1}
        assert bright == {3}, graph
    ready.wait(lambda: ready.shown_segments() == {"3"}, "the table is filtered")
    ready.press(Keys.ESCAPE)
    ready.wait_for_text("#segments-filter", "All 500 customers")
    assert asked(ready) == 0
    assert ready.complaints() == []


def test_hidden_figures_are_drawn_when_their_tab_opens_and_not_before(ready):
    ready.open("segments")
    ready.settled()
    ready.open("model-selection")
    move(ready, Keys.ARROW_RIGHT)
    ready.wait_for_text("#segments-headline", "in 6 segments")
    assert len(ready.traces("#segments-map")) == 10
    hidden = "return document.querySelector('#segments-map').closest('.graph-due') !== null"
    assert ready.driver.execute_script(hidden)
    ready.open("segments")
    ready.settled()
    assert len(ready.traces("#segments-map")) == 12
    assert not ready.driver.execute_script(hidden)


def test_what_is_on_the_screen_answers_first_and_what_is_below_it_soon(ready):
    at_once = ready.driver.execute_async_script(TOUCH, "ArrowRight")
    assert at_once == {"elbow": 6, "knife": 5, "later": True}
    ready.wait(lambda: len(blades(ready)) == 6, "the knife is drawn without being scrolled to")
    ready.settled()
    assert marks(ready) == [[6, 6]] * 4
    ready.wait_for_text("#segments-headline", "in 6 segments")
    assert asked(ready) == 0
    assert ready.complaints() == []


def test_a_figure_that_is_scrolled_to_is_never_of_another_number(ready):
    script = (
        "var done = arguments[0], seen = [], knife = document.querySelector('#selection-knife');"
        "knife.scrollIntoView({block: 'center', behavior: 'instant'});"
        "(function look() {"  # in the frame that shows it
        "  requestAnimationFrame(() => {"
        "    seen.push(knife.querySelector('.js-plotly-plot').data.length);"
        "    if (seen.length < 5) look(); else done(seen);"
        "  });"
        "})();"
    )
    for key, count in (("ArrowRight", 6), ("ArrowRight", 7), ("Home", 2)):
        ready.driver.execute_async_script(TOUCH, key)
        assert ready.driver.execute_async_script(script) == [count] * 5


def test_of_quick_moves_the_last_one_stays_everywhere(ready):
    ready.driver.execute_async_script(TOUCH, "ArrowRight", "End", "ArrowLeft", "ArrowLeft")
    ready.driver.execute_async_script(TOUCH, "Home", "ArrowRight")
    ready.wait_for_text("#segments-headline", "in 3 segments")
    ready.settled()
    assert marks(ready) == [[3, 3]] * 4
    ready.wait(lambda: len(ready.cards()) == 3, "the cards are there")
    assert len(blades(ready)) == 3
    assert "3 segments (silhouette" in ready.text("#selection-says")
    ready.open("segments")
    ready.settled()
    for graph in ("#segments-sizes", "#segments-profile", "#segments-box-third"):
        assert [trace["segment"] for trace in ready.traces(graph)] == [1, 2, 3], graph
    assert {int(segment) for segment, _ in rows_of_the_table(ready)} <= {1, 2, 3}
    assert asked(ready) == 0
    assert ready.complaints() == []


def test_of_quick_clicks_the_last_one_stays_everywhere(ready):
    ready.open("segments")
    ready.settled()
    cards = "[1, 3, 2].forEach(n => document.querySelector(`[data-segment='${n}']`).click())"
    ready.driver.execute_script(cards)
    ready.wait_for_text("#segments-filter", "Showing 2 ")
    for graph in ("#segments-map", "#segments-sizes", "#segments-profile", "#segments-box-third"):
        bright = {t["segment"] for t in ready.traces(graph) if t["opacity"] == 1}
        assert bright == {2}, graph
    ready.find(".segment-card.segment-4").send_keys(Keys.ENTER)
    ready.wait_for_text("#segments-filter", "Showing 4 ")
    assert asked(ready) == 0


def test_a_profile_that_is_chosen_while_some_segments_are_picked_shows_only_these(ready):
    ready.open("segments")
    ready.settled()
    ready.click(".segment-card.segment-2")
    ready.wait_for_text("#segments-filter", "Showing 2 ")
    for kind in ("snake", "zscores"):
        ready.driver.execute_script(
            "dash_clientside.set_props('segments-profile-as', {value: arguments[0]})", kind
        )
        ready.wait(
            lambda: (
                [t["opacity"] == 1 for t in ready.traces("#segments-profile")]
                == [False, True, False, False, False]
            ),
            kind,
        )


def test_a_zoom_and_another_theme_leave_the_figures_as_they_are(ready):
    ready.open("segments")
    ready.settled()
    zoom = (
        "Plotly.relayout(document.querySelector('#segments-map .js-plotly-plot'),"
        " {'xaxis.range': [40, 80]})"
    )
    ready.driver.execute_script(zoom)
    ready.click("#page-theme")
    ready.driver.execute_async_script("setTimeout(arguments[0], 500)")  # Dash would redraw by then
    for graph, traces in (("map", 10), ("sizes", 5), ("profile", 5), ("box-first", 5)):
        assert len(ready.traces(f"#segments-{graph}")) == traces, graph
    ranges = "return document.querySelector('#segments-map .js-plotly-plot').layout.xaxis.range"
    assert ready.driver.execute_script(ranges) == [40, 80]


def test_figures_drawn_after_the_theme_changed_take_the_new_one(ready):
    ink = "return document.querySelector(arguments[0]).layout.template.layout.font.color"
    ready.click("#page-theme")
    move(ready, Keys.ARROW_RIGHT)
    ready.wait_for_text("#segments-headline", "in 6 segments")
    curve = ready.driver.execute_script(ink, "#selection-elbow .js-plotly-plot")
    assert ready.driver.execute_script(ink, "#selection-knife .js-plotly-plot") == curve
    ready.open("segments")
    ready.settled()
    for graph in ("map", "sizes", "profile", "box-first"):
        assert ready.driver.execute_script(ink, f"#segments-{graph} .js-plotly-plot") == curve


def test_other_features_bring_other_views(dashboard):
    dashboard.visit("model-selection")
    move(dashboard, Keys.ARROW_RIGHT)
    dashboard.choose("#selection-approach", "Univariate")
    dashboard.wait_for_text("#segments-headline", "in 3 segments by Annual Income;")
    dashboard.settled()
    assert len(blades(dashboard)) == 3
    assert marks(dashboard) == [[3, 3]] * 4


def test_a_view_that_is_still_on_its_way_dims_the_page_and_is_shown_when_it_comes(
    dashboard, monkeypatch
):
    sent, difference = threading.Event(), packing.difference

    def late(*given):
        sent.wait(60)
        return difference(*given)

    monkeypatch.setattr(shown, "program", lambda: "one that has shown nothing yet")
    monkeypatch.setattr(packing, "difference", late)
    dashboard.visit("model-selection", every_view=False)
    move(dashboard, Keys.ARROW_RIGHT)
    missing = "return document.documentElement.classList.contains('view-missing')"
    dashboard.wait(lambda: dashboard.driver.execute_script(missing), "the page is dimmed")
    assert not dashboard.find("#segments-save-all").is_enabled()
    move(dashboard, Keys.ARROW_LEFT)
    dashboard.wait(lambda: not dashboard.driver.execute_script(missing), "the first is there")
    move(dashboard, Keys.ARROW_RIGHT)
    dashboard.wait(lambda: dashboard.driver.execute_script(missing), "the page is dimmed again")
    sent.set()
    dashboard.wait_for_text("#segments-headline", "in 6 segments")
    dashboard.wait(lambda: marks(dashboard) == [[6, 6]] * 4, "the curves mark it")
    assert not dashboard.driver.execute_script(missing)
    assert len(blades(dashboard)) == 6

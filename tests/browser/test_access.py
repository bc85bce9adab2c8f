"""Nobody is kept out: WCAG 2.2 AA by axe-core, by keyboard alone, on a narrow page, read out."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

TABS = ("overview", "eda", "model-selection", "segments")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The drawings themselves are left out: they have no parts to be named, and are many.
RUN = """
var done = arguments[arguments.length - 1];
axe.run({include: arguments[1], exclude: [".main-svg"]},
        {runOnly: arguments[0], rules: {"target-size": {enabled: true}}, preload: false,
         resultTypes: ["violations"]})
  .then(found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
    rule.id + ": " + node.html.slice(0, 200) + "\\n      " + node.failureSummary))));
"""
THEME = "return document.documentElement.dataset.bsTheme"
OPEN = "document.querySelectorAll('.panel-open details').forEach(part => { part.open = true; })"
# Where the focus is: what it is on, whether it is marked, and whether it can be seen.
FOCUS = """
var it = document.activeElement;
if (!it || it === document.body) return null;
var area = it.getBoundingClientRect();
var x = area.left + area.width / 2, y = area.top + Math.min(area.height, 40) / 2;
var on = document.elementFromPoint(x, y);
var file = it.type === "file" ? it.parentElement : it;
var style = getComputedStyle(it.type === "file" ? file.querySelector(".upload-text") : it);
return {
  is: it.outerHTML.slice(0, 160),
  seen: Boolean(on && (file.contains(on) || on.contains(it))),
  marked: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
};
"""
# Words that are cut off, though nothing can be scrolled to see them.
CUT = """
var OWN = "svg, .graph, .ag-root-wrapper, .visually-hidden";
return [...document.querySelectorAll(".panel-open *, .bar *")].filter(part => {
  var style = getComputedStyle(part);
  return part.clientWidth && !part.closest(OWN)
    && style.overflowX === "hidden" && part.scrollWidth > part.clientWidth + 1
    && style.clipPath === "none" && style.textOverflow !== "ellipsis";
}).map(part => part.outerHTML.slice(0, 160));
"""
TITLES = """
return [...document.querySelectorAll(".panel-open .js-plotly-plot")].flatMap(plot => {
  var edge = plot.getBoundingClientRect().right;
  return [...plot.querySelectorAll(".gtitle, .gtitle-subtitle")]
    .filter(title => title.getBoundingClientRect().right > edge + 1)
    .map(title => title.textContent);
});
"""


def axe() -> str:
    """Read axe-core from the package that carries it, without importing that."""
    (folder,) = find_spec("axe_playwright_python").submodule_search_locations
    return (Path(folder) / "axe.min.js").read_text(encoding="utf-8")


def resize(dashboard, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    dashboard.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def go(dashboard, tab: str) -> None:
    dashboard.driver.execute_script("location.hash = arguments[0]", tab)
    dashboard.settled()


def barriers(dashboard, where: str, *parts: str) -> list[str]:
    """Tell what axe-core finds on the page, or on parts of it."""
    found = dashboard.driver.execute_async_script(RUN, TAGS, parts or ["html"])
    return [f"{where}: {one}" for one in found]


def press_button(dashboard, selector: str) -> None:
    dashboard.driver.execute_script("document.querySelector(arguments[0]).click()", selector)


def test_no_tab_has_a_barrier_in_light_or_dark(dashboard):
    dashboard.driver.set_script_timeout(60)
    dashboard.visit("segments")
    dashboard.driver.execute_script(axe())
    press_button(dashboard, "#assign-try")
    dashboard.wait(lambda: dashboard.driver.execute_script(
        "return document.querySelector('#assign-form').children.length > 1"
    ))  # fmt: skip
    found = []
    for theme in ("light", "dark"):
        if (
            dashboard.driver.execute_script("return document.documentElement.dataset.bsTheme")
            != theme
        ):
            press_button(dashboard, "#page-theme")
        for tab in TABS:
            go(dashboard, tab)
            dashboard.driver.execute_script(OPEN)
            found += barriers(dashboard, f"{theme}, {tab}")
        press_button(dashboard, "#segments-panel [data-term=index]")
        press_button(dashboard, ".segment-card.segment-2")
        dashboard.wait_for_text("#segments-filter", "Showing 2 ")
        found += barriers(
            dashboard,
            f"{theme}, a word and a filter",
            "#glossary-box",
            "#segments-cards",
            ".filter-bar",
        )
        press_button(dashboard, "#segments-clear")
        press_button(dashboard, "[data-words=all]")
        found += barriers(dashboard, f"{theme}, glossary", "#glossary-list")
        dashboard.press(Keys.ESCAPE)
        press_button(dashboard, "#tour-open")
        dashboard.driver.execute_script("dash_clientside.page.notice('A title', 'A detail.')")
        dashboard.wait(lambda: dashboard.text(".notice"), "the message is shown")
        found += barriers(dashboard, f"{theme}, tour and message", "#tour-panel", ".notice")
        press_button(dashboard, "[data-tour=end]")
        go(dashboard, "eda")
        press_button(dashboard, "#eda-columns")
        found += barriers(dashboard, f"{theme}, a list of choices", ".dash-dropdown-content")
        dashboard.press(Keys.ESCAPE)
    assert not found, "\n" + "\n".join(found)
    assert dashboard.complaints() == []


def test_a_narrow_or_enlarged_page_loses_nothing(dashboard):
    dashboard.visit("segments")
    ask = dashboard.find("#segments-panel [data-term=silhouette]")
    dashboard.click(ask)
    assert dashboard.find("#glossary-box").is_displayed()
    dashboard.click(".brand")
    assert not dashboard.find("#glossary-box").is_displayed()
    assert dashboard.driver.switch_to.active_element == ask
    for width, height in ((360, 640), (720, 450)):
        resize(dashboard, width, height)
        for tab in TABS:
            go(dashboard, tab)
            wide = dashboard.driver.execute_script(
                "return document.documentElement.scrollWidth - innerWidth"
            )
            assert wide <= 0, (tab, width)
            assert dashboard.driver.execute_script(CUT) == [], (tab, width)
            dashboard.wait(
                lambda: dashboard.driver.execute_script(TITLES) == [], f"titles of {tab}"
            )
        tabs = dashboard.find(".tabs")
        assert tabs.get_property("scrollWidth") <= tabs.get_property("clientWidth")
        for one in dashboard.duo.find_elements("#segments-panel [data-term]"):
            dashboard.driver.execute_script("arguments[0].click()", one)
            box = dashboard.find("#glossary-box").rect
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            dashboard.press(Keys.ESCAPE)


def test_the_whole_way_can_be_gone_by_keyboard(dashboard):
    dashboard.visit("overview")

    def focus():
        return dashboard.driver.execute_script(FOCUS)

    def tab_to(selector: str, most: int = 120, *, back: bool = False) -> None:
        for _ in range(most):
            keys = ActionChains(dashboard.driver)
            keys = keys.key_down(Keys.SHIFT) if back else keys
            keys = keys.send_keys(Keys.TAB)
            (keys.key_up(Keys.SHIFT) if back else keys).perform()
            here = focus()
            assert here, f"the focus left the page before {selector}"
            assert here["seen"], f"hidden: {here['is']}"
            assert here["marked"], f"not marked: {here['is']}"
            if dashboard.driver.execute_script(
                "return document.activeElement.matches(arguments[0])", selector
            ):
                return
        raise AssertionError(f"{selector} is not reached")

    tab_to(".skip-link")
    tab_to("[data-tab=overview]")
    dashboard.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    dashboard.settled()
    # A word opens, is read, and gives the focus back.
    tab_to("[data-term=k]")
    dashboard.press(Keys.ENTER)
    dashboard.wait_for_text("#glossary-box", "The number of segments.")
    dashboard.press(Keys.ESCAPE)
    assert not dashboard.find("#glossary-box").is_displayed()
    assert 'data-term="k"' in focus()["is"]
    # Another number of segments.
    tab_to("#selection-count [role=slider]")
    dashboard.press(Keys.ARROW_LEFT)
    dashboard.wait(lambda: len(dashboard.cards()) == 4, "four segments")
    dashboard.wait_for_text("#page-status", "in 4 segments by")
    # Their cards filter the page.
    tab_to("[data-tab=model-selection]", back=True)
    dashboard.press(Keys.ARROW_RIGHT)
    dashboard.settled()
    tab_to("#segments-save-all")
    tab_to(".segment-card")
    dashboard.press(Keys.ENTER)
    dashboard.wait_for_text("#segments-filter", "Showing ")
    assert dashboard.driver.switch_to.active_element.get_attribute("aria-pressed") == "true"
    dashboard.press(Keys.ESCAPE)
    dashboard.wait_for_text("#segments-filter", "All 500 customers")
    # Tab passes the table by, and comes to the files and to the end of the page.
    tab_to("#segments-table")  # which is loaded when somebody comes near
    dashboard.wait(lambda: dashboard.find("#segments-table .ag-header-cell"), "the table is here")
    tab_to("#segments-table .ag-header-cell")
    dashboard.press(Keys.ARROW_DOWN)
    assert "ag-cell" in dashboard.driver.switch_to.active_element.get_attribute("class")
    tab_to("#takeaway-csv", 20)
    dashboard.press(Keys.ENTER)
    assert dashboard.downloaded("sample_segments.csv")
    # The whole list.
    tab_to("[data-words=all]")
    dashboard.press(Keys.ENTER)
    dashboard.press("inertia")
    dashboard.wait_for_text("#glossary-list [role=status]", "1 word")
    dashboard.press(Keys.ESCAPE)
    assert not dashboard.find("#glossary-list").is_displayed()
    assert 'data-words="all"' in focus()["is"]
    assert dashboard.complaints() == []

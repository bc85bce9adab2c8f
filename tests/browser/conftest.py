"""The dashboard, served to a real Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from dash.testing.browser import Browser
from dash.testing.wait import until
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.common.keys import Keys

from app.factory import create_app
from app.session import COOKIE, new_token
from app.settings import Settings
from benchmarks.browser import ARGUMENTS, SIZE, served

PATIENCE = 30  # seconds; software rendering on a busy machine is slow
# Nothing is in transition then, and every scroll arrives at once.
STILL = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
HOVER = 0.3  # seconds; a figure learns of the point under the mouse with a delay, as people do


def pytest_setup_options():
    options = Options()
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options


class Dashboard:
    """What a visitor does, in a visitor's words."""

    def __init__(self, duo: Browser, url: str, window: str) -> None:
        self.duo = duo
        self.driver = duo.driver
        self.url = url
        self.window = window

    def be(self, token: str) -> None:
        """Come with the secret of a visitor."""
        cookie = {"name": COOKIE, "value": token, "url": self.url, "httpOnly": True}
        self.driver.execute_cdp_cmd("Network.setCookie", cookie)

    def visit(self, tab: str = "overview", *, every_view: bool = True) -> None:
        self.driver.get(f"{self.url}/#{tab}")
        self.wait(self.cards, "the sample is segmented")
        self.settled()
        here = (
            "return Boolean(document.querySelector('#segments-results').dataset.views"
            " && document.querySelector('.examples'))"
        )
        if every_view:
            self.wait(lambda: self.driver.execute_script(here), "every view is here")

    def settled(self) -> None:
        """Wait until every figure of the open tab that the views fill is drawn."""
        self.wait(
            lambda: self.driver.execute_script(
                "var due = document.querySelector('.panel-open :is(.graph-due, .graph-later)');"
                "var bare = [...document.querySelectorAll('.panel-open .results .graph')]"
                ".filter(g => !g.hidden).find(g => {"
                "  var plot = g.querySelector('.js-plotly-plot');"
                "  return !plot || !plot.data || !(plot.data.length || plot.layout.annotations);"
                "});"
                "return !due && !bare;"
            ),
            "the figures are drawn",
        )

    def begin(self, tab: str) -> None:
        """Go on as from a fresh visit: five segments, none of them picked, in the light."""
        self.driver.switch_to.window(self.window)
        self.driver.execute_script(
            "var set = dash_clientside.set_props;"
            "set('selection-count', {value: 5});"
            "set('segments-profile-as', {value: 'index'});"
            "document.querySelector('#segments-clear').click();"
            "if (document.documentElement.dataset.bsTheme !== 'light')"
            "  document.querySelector('#page-theme').click();"
            "window.scrollTo({top: 0, behavior: 'instant'});"
        )
        self.wait_for_text("#segments-headline", "in 5 segments by Annual Income and Spending")
        self.wait_for_text("#segments-filter", "All 500 customers")
        self.open(tab)
        self.settled()
        self.complaints()  # those until now

    def open(self, tab: str) -> None:
        self.duo.find_element(f"[data-tab={tab}]").click()
        self.wait(lambda: self.find(f"[data-tab={tab}]").get_attribute("aria-selected") == "true")

    def wait(self, condition, what: str = "") -> None:
        until(condition, timeout=PATIENCE, msg=what or "waited in vain")

    def find(self, selector: str):
        return self.duo.find_element(selector)

    def text(self, selector: str) -> str:
        return self.driver.execute_script(
            "var e = document.querySelector(arguments[0]); return e ? e.innerText : '';", selector
        )

    def wait_for_text(self, selector: str, part: str) -> None:
        self.wait(lambda: part in self.text(selector), f"{selector} says {part!r}")

    def cards(self):
        return self.duo.find_elements(".segment-card")

    def drawn(self, graph: str) -> bool:
        return self.driver.execute_script(
            "var g = document.querySelector(arguments[0] + ' .js-plotly-plot');"
            "return Boolean(g && g.data && g.data.length);",
            graph,
        )

    def traces(self, graph: str) -> list[dict]:
        """Give the traces of a figure; one beneath a veil is as strong as that lets it be."""
        return self.driver.execute_script(
            "var g = document.querySelector(arguments[0] + ' .js-plotly-plot');"
            "var veils = {};"
            "(g.layout.shapes || []).forEach(s => { if (s.name) veils[s.name] = s.opacity; });"
            "return g.data.map(t => ({segment: t.meta && t.meta.segment, name: t.name,"
            " opacity: t.meta && t.meta.veiled ? 1 - veils[t.meta.segment]"
            " : t.opacity === undefined ? 1 : t.opacity}))",
            graph,
        )

    def shown_segments(self) -> set[str]:
        """Give the segments of the table's rows, which are filled when it is on the screen."""
        return set(
            self.driver.execute_script(
                "var table = document.querySelector('#segments-table');"
                "if (!table) return [];"  # it is being loaded
                "table.scrollIntoView({behavior: 'instant'});"
                "return [...table.querySelectorAll('.ag-row [col-id=segment]')]"
                ".map(cell => cell.innerText.trim())"
            )
        )

    def upload(self, path) -> None:
        self.find("#overview-upload input[type=file]").send_keys(str(path))

    def click(self, what, *, shift: bool = False) -> None:
        """Click an element, or the first that a selector finds, in the middle of the screen."""
        element = self.find(what) if isinstance(what, str) else what
        self.driver.execute_script(
            "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element
        )
        actions = ActionChains(self.driver)
        if shift:
            actions = actions.key_down(Keys.SHIFT)
        actions = actions.move_to_element(element).pause(HOVER).click()
        if shift:
            actions = actions.key_up(Keys.SHIFT)
        actions.perform()

    def choose(self, selector: str, value: str) -> None:
        """Take a choice of a list."""
        self.click(selector)
        options = self.duo.find_elements(".dash-dropdown-options .dash-dropdown-option")
        next(option for option in options if option.text == value).click()

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def downloaded(self, name: str) -> bytes:
        path = Path(self.duo.download_path, name)
        self.wait(path.exists, f"{name} is downloaded")
        return path.read_bytes()

    def requests(self) -> int:
        return self.driver.execute_script(
            "return performance.getEntriesByType('resource')"
            ".filter(e => e.name.includes('_dash-update-component')).length"
        )

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="session")
def visitor(tmp_path_factory):
    """Keep what is found for one visitor, so that the sample is segmented once for all tests."""
    return new_token(), tmp_path_factory.mktemp("visitor")


@pytest.fixture(scope="session")
def usual(visitor):
    """Give the settings of the server that the tests share."""
    return Settings(cache_dir=visitor[1], max_upload_mb=1)


@pytest.fixture(scope="session")
def site(usual):
    """Serve the dashboard to all tests."""
    with served(create_app(usual)) as url:
        yield url


@pytest.fixture(scope="session")
def chromium(request, tmp_path_factory):
    """Start a browser for all tests; each has a window of its own."""
    with Browser(
        browser=request.config.getoption("webdriver"),
        headless=True,
        options=pytest_setup_options(),
        download_path=str(tmp_path_factory.mktemp("saved")),
    ) as one:
        saving = {"behavior": "allow", "downloadPath": one.download_path}
        one.driver.execute_cdp_cmd("Browser.setDownloadBehavior", saving)
        yield one


@contextmanager
def window(chromium: Browser) -> Iterator[str]:
    """Open a window, and close it with all that were opened from it."""
    driver = chromium.driver
    before = driver.window_handles
    driver.switch_to.new_window("window")
    driver.set_window_size(*SIZE)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", STILL)
    try:
        yield driver.current_window_handle
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        for handle in set(driver.window_handles) - set(before):
            driver.switch_to.window(handle)
            driver.close()
        driver.switch_to.window(before[-1])


@contextmanager
def visiting(chromium: Browser, url: str, token: str) -> Iterator[Dashboard]:
    """Come as a visitor whose browser remembers nothing but who they are."""
    for path in Path(chromium.download_path).iterdir():
        path.unlink()
    with window(chromium) as handle:
        driver = chromium.driver
        forgotten = {"origin": url, "storageTypes": "local_storage,session_storage"}
        driver.execute_cdp_cmd("Storage.clearDataForOrigin", forgotten)
        page = Dashboard(chromium, url, handle)
        page.be(token)
        page.complaints()  # those until now
        yield page
        until(lambda: not chromium.redux_state_is_loading, timeout=PATIENCE)
        page.be(token)


@pytest.fixture
def settings(usual):
    return usual


@pytest.fixture
def dashboard(chromium, site, usual, settings, visitor):
    own = nullcontext(site) if settings == usual else served(create_app(settings))
    with own as url, visiting(chromium, url, visitor[0]) as page:
        yield page


@pytest.fixture(scope="module")
def kept(chromium, site, visitor):
    """Open a page that the tests of a module share; each is to begin as if it were fresh.

    To open a page takes some seconds, mostly of drawing by software.
    """
    with visiting(chromium, site, visitor[0]) as page:
        yield page

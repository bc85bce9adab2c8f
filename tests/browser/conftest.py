"""The dashboard, served to a real Chromium."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from dash.testing.application_runners import BaseDashRunner, ThreadedRunner
from dash.testing.composite import DashComposite
from dash.testing.wait import until
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.common.keys import Keys

from analytics.engine import threads
from app.factory import create_app
from app.session import COOKIE, new_token
from app.settings import Settings
from benchmarks.browser import ARGUMENTS

PATIENCE = 30  # seconds; software rendering on a busy machine is slow
PORTS = 200  # more than there are tests
HOVER = 0.3  # seconds; a figure learns of the point under the mouse with a delay, as people do


def pytest_setup_options():
    options = Options()
    for argument in ARGUMENTS:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return options


class Dashboard:
    """What a visitor does, in a visitor's words."""

    def __init__(self, duo: DashComposite) -> None:
        self.duo = duo
        self.driver = duo.driver

    def visit(self, tab: str = "overview", *, every_view: bool = True) -> None:
        self.driver.get(f"{self.duo.server.url}/#{tab}")
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
        path = os.path.join(self.duo.download_path, name)  # noqa: PTH118
        self.wait(lambda: os.path.exists(path), f"{name} is downloaded")  # noqa: PTH110
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()

    def requests(self) -> int:
        return self.driver.execute_script(
            "return performance.getEntriesByType('resource')"
            ".filter(e => e.name.includes('_dash-update-component')).length"
        )

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="session", autouse=True)
def ports(worker_id):
    """Give each process of the tests ports of its own."""
    BaseDashRunner._next_port += PORTS * int(worker_id.removeprefix("gw").replace("master", "0"))


@pytest.fixture(scope="session")
def visitor(tmp_path_factory):
    """Keep what is found for one visitor, so that the sample is segmented once for all tests."""
    return new_token(), tmp_path_factory.mktemp("visitor")


@pytest.fixture
def settings(visitor):
    return Settings(cache_dir=visitor[1], max_upload_mb=1)


@pytest.fixture(autouse=True)  # hence begun before the server, and ended after it
def kernels():
    """Give the kernels new threads at the end.

    A server is stopped by ending every thread of this process, those that they keep too.
    """
    yield
    threads._pool.cache_clear()


@contextmanager
def serving(duo: DashComposite, settings: Settings, token: str) -> Iterator[Dashboard]:
    duo.start_server(create_app(settings), navigate=False)
    cookie = {"name": COOKIE, "value": token, "url": duo.server.url, "httpOnly": True}
    duo.driver.execute_cdp_cmd("Network.setCookie", cookie)
    yield Dashboard(duo)
    # A server that is stopped while it answers ends in an error of its own.
    until(lambda: not duo.redux_state_is_loading, timeout=PATIENCE)
    duo.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture
def dashboard(dash_duo, settings, visitor):
    with serving(dash_duo, settings, visitor[0]) as page:
        yield page


@pytest.fixture(scope="module")
def kept(request, visitor, tmp_path_factory):
    """Serve a page that the tests of a module share; each is to begin as if it were fresh.

    To open a page takes some seconds, mostly of drawing by software.
    """
    with (
        ThreadedRunner() as runner,
        DashComposite(
            runner,
            browser=request.config.getoption("webdriver"),
            headless=True,
            options=request.config.hook.pytest_setup_options(),
            download_path=str(tmp_path_factory.mktemp("saved")),
        ) as duo,
        serving(duo, Settings(cache_dir=visitor[1], max_upload_mb=1), visitor[0]) as page,
    ):
        yield page
    threads._pool.cache_clear()

"""The page that is handed on, opened from disk without a network."""

import pytest
from dash.testing.wait import until

from analytics.figures.theme import template
from app.services import Services
from app.session import new_token
from tests.browser.conftest import window
from tests.conftest import mall_table, written

pytestmark = pytest.mark.browser

DRAWN = (
    "var plots = [...document.querySelectorAll('.plot')];"
    "return plots.length > 10 && plots.every(p => p._fullLayout && p.querySelector('.main-svg')"
    " && p._fullData.length);"
)
GROUND = (
    "return '#' + getComputedStyle(document.body).color.match(/\\d+/g)"
    ".map(part => Number(part).toString(16).padStart(2, '0')).join('')"
)
INK = "return document.querySelector('.plot')._fullLayout.font.color.toLowerCase()"
INKS = {look: template(look)["layout"]["font"]["color"].lower() for look in ("light", "dark")}
PATIENCE = 30  # seconds
SEVERED = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}


@pytest.fixture
def driver(chromium):
    with window(chromium):
        yield chromium.driver


def drawn(driver) -> None:
    until(lambda: driver.execute_script(DRAWN), timeout=PATIENCE, msg="every figure is drawn")


def report(settings, tmp_path, table, names=None) -> str:
    workspace = Services(settings).of(new_token())
    dataset = workspace.open_file("mall.csv", written(table))
    asked = workspace.ask(dataset.key, list(table.columns[3:5]), names=names)
    path = tmp_path / "report.html"
    path.write_bytes(workspace.report(asked, 5, "mall.csv"))
    return path.as_uri()


def test_it_is_drawn_without_a_network(driver, settings, tmp_path):
    address = report(settings, tmp_path, mall_table())
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", SEVERED)
    for width, theme in ((1440, "light"), (360, "dark")):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        driver.get(address)
        drawn(driver)
        assert driver.execute_script("return performance.getEntriesByType('resource')") == []
        assert driver.get_log("browser") == []
        wide = "return document.documentElement.scrollWidth - innerWidth"
        assert driver.execute_script(wide) <= 0
        assert driver.execute_script(GROUND) == INKS[theme]
        assert driver.execute_script(INK) == INKS[theme]
    driver.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert driver.execute_script(INK) == INKS["light"]  # on paper
    driver.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert driver.execute_script(INK) == INKS["dark"]


def test_no_name_in_it_is_carried_out(driver, settings, tmp_path):
    evil = "</script><img src=x onerror='window.hit=1'><script>window.hit=1</script>"
    table = mall_table()
    table["Gender"] = table["Gender"].replace({"Male": evil})
    table = table.rename(columns={table.columns[3]: f"Income {evil}"})
    driver.get(report(settings, tmp_path, table, {1: evil, 2: "<a href='https://x.y'>z</a>"}))
    drawn(driver)
    assert driver.execute_script("return window.hit") is None
    assert driver.execute_script("return document.images.length") == 0
    links = "return [...document.querySelectorAll('a')].map(a => a.getAttribute('href') || '')"
    links = driver.execute_script(links)
    assert all(link.startswith(("#", "https://doi.org/")) for link in links)
    assert driver.execute_script("return performance.getEntriesByType('resource')") == []
    assert driver.get_log("browser") == []
    assert evil in driver.execute_script("return document.querySelector('.card h3').innerText")

"""Take the pictures of the page that README and docs show, of the built-in sample.

``python -m docs.screenshots`` writes ``docs/pictures`` anew. Theme, size and motion are set and the
sample is always the same, so that the pictures differ by what was changed alone.
"""

import base64
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver

from benchmarks.browser import chromium, serving, wait

FOLDER = Path(__file__).parent / "pictures"
MOST = 250_000  # bytes
# As on a desk, where the buttons in a figure come with the pointer.
MOUSE = (
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,"
    "primaryPointerType=4,availablePointerTypes=4"
)
QUALITY, PATIENCE = 90, 120.0
WIDE, NARROW = (1440, 1200), (390, 844)
EVERY_VIEW = (
    "document.querySelector('#segments-results')?.dataset.views"
    " && document.querySelector('.examples')"
)
DRAWN = (
    "!document.querySelector('.panel-open :is(.graph-due, .graph-later)')"
    " && [...document.querySelectorAll('.panel-open .chart')].filter(chart => chart.offsetParent)"
    ".every(chart => chart.querySelector('.chart-words').textContent)"
)


@dataclass(frozen=True)
class Picture:
    """What a picture shows."""

    tab: str
    theme: str = "light"
    size: tuple[int, int] = WIDE
    at: str = "main"
    act: str = ""
    """What is clicked before, as a selector."""

    @property
    def path(self) -> Path:
        """Where it is kept, under a name that says what it shows."""
        told = [self.tab, "dark" if self.theme == "dark" else "", "phone" * (self.size == NARROW)]
        told.append("table" if self.act else "")
        return FOLDER / f"{'-'.join(part for part in told if part)}.webp"


CHART = ".chart:has(#segments-sizes)"
PICTURES = (
    Picture("overview"),
    Picture("eda"),
    Picture("model-selection", at="#selection-results"),
    Picture("segments"),
    Picture("segments", theme="dark"),
    Picture("segments", size=NARROW, at=".chart:has(#segments-map)"),
    Picture("segments", at=CHART, act=f"{CHART} [data-chart=table]"),
)


class Camera:
    """A browser with the dashboard in it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._driver: webdriver.Chrome = chromium(MOUSE)
        self._driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})

    def wait(self, condition: str) -> None:
        """Wait until something is so in the page."""
        wait(self._driver, condition, PATIENCE)

    def take(self, picture: Picture) -> bytes:
        """Open the page as a new visitor who wants no tour, and take a picture."""
        features = {
            "prefers-color-scheme": picture.theme,
            "prefers-reduced-motion": "reduce",
        }
        self._command(
            "Emulation.setEmulatedMedia",
            features=[{"name": name, "value": value} for name, value in features.items()],
        )
        width, height = picture.size
        self._command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=picture.size == NARROW,
        )
        self._driver.get("about:blank")
        self._driver.get(f"{self._url}/#{picture.tab}")
        self.wait(EVERY_VIEW)
        self._driver.execute_script("document.querySelector('#tour-offer .link-button')?.click()")
        if picture.act:
            self.wait(DRAWN)
            self._driver.execute_script(f"document.querySelector('{picture.act}').click()")
        self._driver.execute_script(
            f"var place = document.querySelector('{picture.at}').getBoundingClientRect();"
            "if (place.top > 200) scrollBy(0, place.top - 200)"
        )
        self.wait(DRAWN)
        time.sleep(2)  # what is told in idle time, and the last frame
        taken = self._command("Page.captureScreenshot", format="webp", quality=QUALITY)
        return base64.b64decode(taken["data"])

    def close(self) -> None:
        """End the browser."""
        self._driver.quit()

    def _command(self, name: str, **given: object) -> dict[str, str]:
        return dict(self._driver.execute_cdp_cmd(name, given))


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(folder) as url:
        camera = Camera(url)
        try:
            for picture in PICTURES:
                taken = camera.take(picture)
                if len(taken) > MOST:
                    raise RuntimeError(f"{picture.path.name} has {len(taken):,} bytes")
                picture.path.write_bytes(taken)
        finally:
            camera.close()


if __name__ == "__main__":
    main()

"""Touch the page: a move of the slider, a click on a segment, and a bare redraw beside them.

A headless Chromium shows customers that were swept. In turn the page is touched and
``Plotly.restyle`` alone is called on the same figures: setting an opacity, as the click on a
segment does, or making plotly calculate all anew, as other data do. Each is timed from the touch
to the second frame after the last figure was drawn.
"""

import argparse
import contextlib
import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.common.by import By
from werkzeug.serving import make_server

from app.factory import create_app
from app.settings import Settings
from benchmarks.customers import mixture
from benchmarks.measure import Table, Timed, machine, ratios, spread

SIZES, ROUNDS, PATIENCE = (10_000, 100_000), 8, 180.0
COUNTS = (4, 7)  # between which the slider goes back and forth
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--window-size=1440,1000",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SLIDE = "dash_clientside.set_props('selection-count', {value: %d})"
CLICK = "document.querySelector('.segment-card.segment-%d').click()"
OPACITY = "touched().forEach(g => Plotly.restyle(g, {opacity: %s}))"
ANEW = "touched().forEach(g => Plotly.restyle(g, {visible: true}))"


class Page:
    """The dashboard in a browser."""

    def __init__(self, url: str) -> None:
        options = Options()
        for argument in ARGUMENTS:
            options.add_argument(argument)
        self._driver = webdriver.Chrome(options=options)
        self._driver.set_script_timeout(PATIENCE)
        self._url = url

    def upload(self, path: Path, many: int) -> None:
        """Open a file and wait for its segments."""
        self._driver.get(f"{self._url}/#segments")
        self.wait("document.querySelectorAll('.segment-card').length")
        self._driver.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(path))
        self.wait(f"document.querySelector('#segments-headline').innerText.startsWith('{many:,} ')")
        self.wait("window.dash_clientside && !document.querySelector('.panel-open .graph-due')")
        time.sleep(3)  # the views of the other numbers
        self._driver.execute_script(Path(__file__).with_suffix(".js").read_text("utf-8"))

    def open(self, tab: str) -> None:
        self._driver.execute_script(f"location.hash = '{tab}'")
        time.sleep(2)

    def wait(self, condition: str) -> None:
        late = time.monotonic() + PATIENCE
        while not self._driver.execute_script(f"return {condition}"):
            if time.monotonic() > late:
                raise RuntimeError(f"Waited in vain for {condition}")
            time.sleep(0.1)

    def touch(self, act: str) -> dict[str, Any]:
        """Do something in the page; give its seconds, those of our script and how many drew."""
        script = f"touch(function () {{ {act} }}, arguments[0])"
        return dict(self._driver.execute_async_script(script))

    def close(self) -> None:
        self._driver.quit()


@contextlib.contextmanager
def serving(folder: str) -> Iterator[str]:
    """Serve the dashboard."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = Settings(cache_dir=Path(folder), max_upload_mb=100)
    server = make_server("127.0.0.1", 0, create_app(settings).server, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def in_turn(page: Page, ways: dict[str, Callable[[int], str]], rounds: int) -> dict[str, Timed]:
    """Touch in every way in turn; the first round does not count."""
    timed = {name: Timed(result=[]) for name in ways}
    for turn in range(rounds + 1):
        for name, act in ways.items():
            found = page.touch(act(turn))
            if turn:
                timed[name].seconds.append(found["seconds"])
                timed[name].result.append(found)
    return timed


def report(page: Page, rounds: int, table: Table, many: int) -> None:
    """Print the rows of one number of customers."""
    bare: dict[str, Callable[[int], str]] = {
        "restyle, opacity": lambda turn: OPACITY % (0.9 if turn % 2 else 1),
        "restyle, calculating": lambda _: ANEW,
    }
    slide = {"slider": lambda turn: SLIDE % COUNTS[turn % 2]}
    click = {"click": lambda turn: CLICK % (1 + turn % 3)}
    for tab, title, way in (
        ("model-selection", "slider, Model Selection open", slide),
        ("segments", "slider, Segments open", slide),
        ("segments", "click on a segment", click),
    ):
        page.open(tab)
        page.touch(SLIDE % COUNTS[0])
        timed = in_turn(page, {**way, **bare}, rounds)
        (name,) = way
        script = [found["script"] * 1000 for found in timed[name].result]
        peers = [spread([s * 1000 for s in timed[peer].seconds], 0) for peer in bare]
        compared = [spread(ratios(timed[name], timed[peer])) for peer in bare]
        table.row(
            f"{many:,}",
            title,
            str(timed[name].result[0]["drawn"]),
            spread([s * 1000 for s in timed[name].seconds], 0),
            spread(script, 1),
            *(cell for pair in zip(peers, compared, strict=True) for cell in pair),
        )


def main() -> None:
    """Measure every size in a browser and a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    print(f"Touch to repaint, ms, median [spread]; {machine('dash', 'plotly')}\n")
    table = Table(
        "customers",
        f"{'touch':28}",
        "figures",
        f"{'ms':16}",
        f"{'our script, ms':16}",
        f"{'restyle, opacity':16}",
        f"{'ratio':20}",
        f"{'calculating':16}",
        f"{'ratio':20}",
    )
    for many in options.sizes:
        with tempfile.TemporaryDirectory() as folder, serving(folder) as url:
            path = Path(folder) / "customers.csv"
            mixture(many, 4).round(4).to_csv(path, index=False)
            page = Page(url)
            try:
                page.upload(path, many)
                report(page, options.rounds, table, many)
            finally:
                page.close()


if __name__ == "__main__":
    main()

"""Touch the page: a move of the slider, a click on a segment, and a bare redraw beside them.

A headless Chromium shows customers that were swept. In turn the page is touched and
``Plotly.restyle`` alone is called on the same figures: setting an opacity, as the click on a
segment does, or making plotly calculate all anew, as other data do. Each is timed from the touch
to the second frame after the last figure was drawn, both of those on the screen, which the page
draws first, and of all. The bytes that the page loads are told as well.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By

from benchmarks.browser import chromium, serving, wait
from benchmarks.customers import mixture
from benchmarks.measure import Table, Timed, machine, ratios, spread

SIZES, ROUNDS, PATIENCE = (10_000, 100_000), 8, 180.0
COUNTS, KEYS = (4, 7), ("ArrowRight", "ArrowLeft")  # back and forth
SLIDE = "dash_clientside.set_props('selection-count', {value: %d})"
VIEWS = "document.querySelector('#segments-results')?.dataset.views"
PRESS = "press('%s')"
CLICK = "document.querySelector('.segment-card.segment-%d').click()"
OPACITY = "touched('%s').forEach(g => Plotly.restyle(g, {opacity: %s}))"
ANEW = "touched('%s').forEach(g => Plotly.restyle(g, {visible: true}))"
CENTRED = "document.querySelector('%s').scrollIntoView({block: 'center', behavior: 'instant'})"
TOUCHED = {"model-selection": "#selection-count", "segments": "#segments-map"}
SCOPES = {"seen": "on the screen", "every": "all"}


class Page:
    """The dashboard in a browser."""

    def __init__(self, url: str) -> None:
        self._driver = chromium()
        self._driver.set_script_timeout(PATIENCE)
        self._url = url

    def visit(self) -> None:
        """Open the page, and wait for every view of its sample."""
        self._driver.get(f"{self._url}/#segments")
        self.wait(f"{VIEWS} && document.querySelector('.examples')")
        time.sleep(1)
        self._driver.execute_script(Path(__file__).with_suffix(".js").read_text("utf-8"))

    def upload(self, path: Path, many: int) -> None:
        """Open a file, and wait for every view of its segments."""
        sample = self._driver.execute_script(f"return {VIEWS}")
        self._driver.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(path))
        self.wait(f"document.querySelector('#segments-headline').innerText.startsWith('{many:,} ')")
        self.wait(f"{VIEWS} && {VIEWS} !== '{sample}' && document.querySelector('.examples')")
        time.sleep(2)

    def open(self, tab: str) -> None:
        """Open a tab, scrolled as far as one does to touch it."""
        self._driver.execute_script(f"location.hash = '{tab}'")
        time.sleep(2)
        self._driver.execute_script(CENTRED % TOUCHED[tab])
        time.sleep(1)

    def loaded(self) -> dict[str, float]:
        """Give the kB that the page has loaded: all, compressed or not, and the answers to it."""
        found = self._driver.execute_script("return loaded()")
        return {name: size / 1000 for name, size in found.items()}

    def wait(self, condition: str) -> None:
        wait(self._driver, condition, PATIENCE)

    def touch(self, act: str) -> dict[str, Any]:
        """Do something in the page; give its seconds, those of our script and how many drew."""
        script = f"touch(function () {{ {act} }}, arguments[0])"
        return dict(self._driver.execute_async_script(script))

    def close(self) -> None:
        self._driver.quit()


def in_turn(page: Page, ways: dict[str, Callable[[int], str]], rounds: int) -> list[dict[str, Any]]:
    """Touch in every way in turn; the first round does not count."""
    found = [
        {name: page.touch(act(turn)) for name, act in ways.items()} for turn in range(rounds + 1)
    ]
    for turn in found[1:]:
        if not all(each["drawn"]["every"] for each in turn.values()):
            raise RuntimeError(f"A touch drew nothing: {turn}")
    return found[1:]


def bare(scope: str) -> dict[str, Callable[[int], str]]:
    """Give the bare redraws of the figures on the screen, or of all."""
    return {
        f"opacity {scope}": lambda turn: OPACITY % (scope, 0.9 if turn % 2 else 1),
        f"anew {scope}": lambda _: ANEW % scope,
    }


def report(page: Page, rounds: int, table: Table, many: int) -> None:
    """Print the rows of one number of customers."""
    for tab, title, act in (
        ("model-selection", "slider", lambda turn: PRESS % KEYS[turn % 2]),
        ("segments", "k, Segments open", lambda turn: SLIDE % COUNTS[turn % 2]),
        ("segments", "click on a segment", lambda turn: CLICK % (1 + turn % 3)),
    ):
        page.open(tab)
        page.touch(SLIDE % COUNTS[0])
        turns = in_turn(page, {"touch": act, **bare("seen"), **bare("every")}, rounds)
        for scope, named in SCOPES.items():
            timed = {
                name: Timed([turn[name][scope] for turn in turns])
                for name in ("touch", *bare(scope))
            }
            cells = [
                (spread([s * 1000 for s in peer.seconds], 0), spread(ratios(timed["touch"], peer)))
                for peer in (timed[name] for name in bare(scope))
            ]
            table.row(
                f"{many:,}",
                title,
                f"{turns[0]['touch']['drawn'][scope]} {named}",
                spread([s * 1000 for s in timed["touch"].seconds], 0),
                spread([turn["touch"]["script"] * 1000 for turn in turns], 1),
                *(cell for pair in cells for cell in pair),
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
        f"{'touch':18}",
        f"{'figures':15}",
        f"{'ms':16}",
        f"{'our script, ms':16}",
        f"{'restyle, opacity':16}",
        f"{'ratio':20}",
        f"{'calculating':16}",
        f"{'ratio':20}",
    )
    loads: list[str] = []
    for many in options.sizes:
        with tempfile.TemporaryDirectory() as folder, serving(folder) as url:
            path = Path(folder) / "customers.csv"
            mixture(many, 4).add(20).round(4).to_csv(path, index=False)
            page = Page(url)
            try:
                page.visit()
                sample = page.loaded()
                page.upload(path, many)
                answers = page.loaded()["answers"] - sample["answers"]
                loads.append(f"{answers:,.0f} kB for {many:,} customers")
                report(page, options.rounds, table, many)
            finally:
                page.close()
    print(
        f"\nThe page loads {sample['decoded']:,.0f} kB, {sample['encoded']:,.0f} as sent, of which"
        f" {sample['answers']:,.0f} kB are the server's answers about the sample; then it answers"
        f" with {', '.join(loads)}."
    )


if __name__ == "__main__":
    main()

"""Load the page: bytes of scripts, first paint and first figure, beside a bare Dash page.

The peer is a page of Dash with one figure of as many points, and compression. Each page is opened
in turn in a fresh browser, and then once more by the same browser: a first and a repeat visit of a
server, in a process of its own, that has been visited before. The first paint is the first
contentful one.
"""

import argparse
import tempfile
from collections import defaultdict
from contextlib import ExitStack

from benchmarks.browser import chromium, scripts, wait
from benchmarks.measure import Table, Timed, machine, ratios, spread
from benchmarks.start import running

ROUNDS, PATIENCE = 7, 90.0
OURS, PEER = "dashboard, Segments", "Dash, one figure"
VISITS = ("first", "repeat")
ONE_FIGURE = """
import os
import dash_bootstrap_components as dbc, numpy as np, plotly.graph_objects as go
from dash import Dash, dcc, html
x, y = np.random.default_rng(42).standard_normal((2, 500))
figure = go.Figure(go.Scatter(x=x, y=y, mode="markers"))
app = Dash(compress=True)
app.layout = dbc.Container([html.H1("Customers"), dcc.Graph(figure=figure)])
app.run(port=os.environ["PORT"])
"""
COMMANDS = {OURS: ("-m", "app"), PEER: ("-c", ONE_FIGURE)}
TABS = {OURS: "/#segments", PEER: "/"}
# In the page: when the first figure that can be seen has its points.
WATCH = """
(function look() {
  var plots = Array.from(document.querySelectorAll(".js-plotly-plot"));
  var seen = plots.some(function (plot) {
    return plot.offsetParent && plot.data && plot.data.length && plot.querySelector(".main-svg");
  });
  if (seen) window.figureSeen = performance.now();
  else requestAnimationFrame(look);
})();
"""
TOLD = """
return {
  paint: performance.getEntriesByName("first-contentful-paint")[0].startTime / 1000,
  figure: window.figureSeen / 1000,
};
"""


def visit(url: str) -> dict[str, dict[str, float]]:
    """Visit a page twice in one browser; give what each visit took."""
    driver = chromium()
    try:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        found = {}
        for name in VISITS:
            driver.get("about:blank")
            driver.get(url)
            wait(driver, "window.figureSeen", PATIENCE)
            found[name] = driver.execute_script(TOLD) | {"scripts": scripts(driver)}
        return found
    finally:
        driver.quit()


def main() -> None:
    """Visit both in turn; the first round, with which the servers get to work, does not count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    found: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        urls = {
            name: stack.enter_context(running(command, folder))[0]
            for name, command in COMMANDS.items()
        }
        for turn in range(rounds + 1):
            for name, url in urls.items():
                for visited, told in visit(url + TABS[name]).items():
                    if turn:
                        found[name, visited].append(told)
    print(f"Loading, medians [spread] of {rounds} rounds in turn; {machine('dash', 'plotly')}\n")
    table = Table(
        f"{'page':19}",
        f"{'visit':6}",
        "scripts, kB",
        f"{'first paint, ms':16}",
        f"{'ratio':18}",
        f"{'first figure, ms':18}",
        f"{'ratio':18}",
    )
    for name, visited in found:
        cells = []
        for what in ("paint", "figure"):
            own, other = (
                Timed([told[what] for told in found[each, visited]]) for each in (name, PEER)
            )
            cells += [spread([s * 1000 for s in own.seconds], 0), spread(ratios(own, other))]
        most = max(told["scripts"] for told in found[name, visited])
        table.row(name, visited, f"{most / 1000:,.0f}", *cells)


if __name__ == "__main__":
    main()

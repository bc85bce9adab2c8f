"""Charts in words, as tables and as pictures."""

import re
from base64 import b64encode
from datetime import date

import numpy as np
import pytest

pytestmark = pytest.mark.browser

CUSTOMERS = 3_200  # enough for WebGL
CHART = "document.querySelector(arguments[0]).closest('.chart')"
TABS = ("overview", "eda", "model-selection", "segments")
BLUE = """
var image = new Image(), done = arguments[1];
image.onload = function () {
  var canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  var context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  var data = context.getImageData(0, 0, image.width, image.height).data;
  var blue = 0;
  for (var n = 0; n < data.length; n += 4) blue += data[n + 2] > data[n] + 60;
  done(blue / (image.width * image.height));
};
image.src = arguments[0];
"""


def charts(dashboard) -> list[dict]:
    return dashboard.driver.execute_script(
        "return [...document.querySelectorAll('.panel-open .chart')]"
        ".filter(chart => chart.offsetParent).map(chart => ({"
        "  name: chart.getAttribute('aria-label'),"
        "  words: document.getElementById(chart.getAttribute('aria-describedby'))?.textContent,"
        "  title: chart.querySelector('.gtitle')?.textContent}))"
    )


def press(dashboard, chart: str, tool: str) -> None:
    button = dashboard.driver.execute_script(
        f"return {CHART}.querySelector('[data-chart=' + arguments[1] + ']')", chart, tool
    )
    dashboard.click(button)


def rows(dashboard, chart: str) -> list[list[str]]:
    return dashboard.driver.execute_script(
        f"return [...{CHART}.querySelectorAll('.chart-table tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))",
        chart,
    )


def told(dashboard, chart: str) -> str:
    return dashboard.driver.execute_script(
        f"return {CHART}.querySelector('.chart-words').textContent", chart
    )


def saved(dashboard, chart: str, kind: str, name: str) -> bytes:
    press(dashboard, chart, kind)
    return dashboard.downloaded(f"{name}_{date.today().isoformat()}.{kind}")


def test_charts_are_told_in_words_as_tables_and_as_pictures(dashboard):
    dashboard.visit("segments")
    for tab in TABS:
        dashboard.open(tab)
        dashboard.settled()
        dashboard.wait(lambda: all(chart["words"] for chart in charts(dashboard)), tab)
        for chart in charts(dashboard):
            assert chart["title"] == chart["name"]
            assert re.search(r"\d.*\.$", chart["words"]), chart

    sizes = dashboard.driver.execute_script(
        "return document.querySelector('#segments-sizes .js-plotly-plot').data"
        ".map(t => [t.meta.segment + ' ' + t.name, t.x[0].toLocaleString('en')])"
    )
    press(dashboard, "#segments-sizes", "table")
    listed = rows(dashboard, "#segments-sizes")
    assert listed[0] == ["Segment", "Customers", "Share"]
    assert [row[:2] for row in listed[1:]] == sizes
    dashboard.click(".segment-card.segment-2")
    dashboard.wait(lambda: len(rows(dashboard, "#segments-sizes")) == 2, "the picked segment alone")
    assert "Only what is picked out is told: 2 " in told(dashboard, "#segments-sizes")

    picture = saved(dashboard, "#segments-map", "svg", "map-of-customers_sample")
    drawing = picture.decode("utf-8")
    title, source = ">Map of customers<", "Sample: 500 mall customers"
    assert title in drawing and source in drawing and "picked out: 2 " in drawing
    assert date.today().isoformat() in drawing

    dashboard.open("eda")
    histogram = "#eda-distributions .graph"
    bins = dashboard.driver.execute_script(
        f"return [...{CHART}.querySelector('.js-plotly-plot')._fullData[0].customdata]"
        ".map(bin => Math.round(bin[2]))",
        histogram,
    )
    press(dashboard, histogram, "table")
    listed = rows(dashboard, histogram)
    assert listed[0] == ["From", "To", "Customers"]
    assert [int(row[2]) for row in listed[1:]] == bins
    assert sum(bins) == 500
    assert dashboard.complaints() == []


def test_a_picture_and_a_table_of_many_points_drawn_by_webgl(dashboard, tmp_path):
    dashboard.visit("eda", every_view=False)
    random = np.random.default_rng(0)
    values = random.normal([[45, 60]], [[7, 9]], (CUSTOMERS, 2)).round(1)
    path = tmp_path / "many.csv"
    path.write_text("age,income\n" + "\n".join(f"{a},{b}" for a, b in values))
    dashboard.open("overview")
    dashboard.upload(path)
    dashboard.wait_for_text("#page-chip", "many.csv")
    dashboard.open("eda")
    kind = "return document.querySelector('#eda-scatter .js-plotly-plot').data[0].type"
    dashboard.wait(lambda: dashboard.driver.execute_script(kind) == "scattergl", "WebGL")
    dashboard.wait(lambda: f"{CUSTOMERS:,} points" in told(dashboard, "#eda-scatter"), "words")

    press(dashboard, "#eda-scatter", "table")
    headings, *listed = rows(dashboard, "#eda-scatter")
    assert headings == ["Column", "Customers", "Mean", "Lowest", "Highest"]
    for row, column in zip(listed, values.T, strict=True):
        assert row[1] == f"{CUSTOMERS:,}"
        assert row[3:] == [f"{end:g}" for end in (column.min(), column.max())]

    picture = saved(dashboard, "#eda-scatter", "png", "income-against-age_many")
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    address = "data:image/png;base64," + b64encode(picture).decode()
    assert dashboard.driver.execute_async_script(BLUE, address) > 0.01

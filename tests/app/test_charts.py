"""Every chart stands in a frame with its words, its table and its pictures."""

import re
from pathlib import Path

import pytest

from layouts import parts
from layouts.plain import plain
from tests.conftest import components

ROOT = Path(__file__).parents[2]
TOOLS = {"table", "png", "svg"}
KINDS = {"bar", "box", "heatmap", "scatter", "scattergl", "scatterpolar"}


def graphs(tree) -> list[dict]:
    return [part for part in components(tree) if part["type"] == "Graph"]


def charts(tree) -> list[dict]:
    figures = [part for part in components(tree) if part["type"] == "Figure"]
    return [part for part in figures if part["props"]["className"] == "chart"]


def framed(tree) -> list[dict]:
    """Give the frames, each with one graph and all that it offers."""
    found = charts(tree)
    for chart in found:
        assert len(graphs(chart)) == 1
        inside = list(components(chart))
        assert {part["props"].get("data-chart") for part in inside} - {None} == TOOLS
        classes = " ".join(part["props"].get("className", "") for part in inside).split()
        assert {"graph", "chart-words", "chart-table"} <= set(classes)
        for part in inside:
            if part["type"] == "Button":
                shown = part["props"]["children"]
                assert shown in part["props"]["aria-label"]
    return found


def test_every_graph_of_the_page_has_its_frame(client):
    layout = client.get("/_dash-layout").get_json()
    assert len(framed(layout)) == len(graphs(layout)) > 15


def test_graphs_made_later_have_their_frames(visitor, given):
    given["eda-columns.value"], given["eda-bins.value"] = ["Age", "Annual Income (k$)"], 10
    filled = visitor.filled("eda-distributions.children", by="store-dataset.data", given=given)
    assert len(framed(filled)) == len(graphs(filled)) == 2
    assert len(framed(plain(parts.graph()))) == 1


def test_no_graph_is_made_elsewhere():
    sources = [
        path for folder in ("layouts", "callbacks") for path in (ROOT / folder).rglob("*.py")
    ]
    makers = {path.name for path in sources if "dcc.Graph(" in path.read_text("utf-8")}
    assert makers == {"parts.py"}


def test_plotly_s_own_button_for_a_picture_is_gone():
    (graph,) = graphs(plain(parts.graph()))
    assert "toImage" in graph["props"]["config"]["modeBarButtonsToRemove"]


@pytest.mark.parametrize("path", sorted((ROOT / "analytics" / "figures").glob("*.py")), ids=str)
def test_every_kind_of_trace_can_be_told(path):
    code = path.read_text("utf-8")
    drawn = set(re.findall(r"\.add_(?!trace|shape|annotation|vline|hline)([a-z]+)\(", code))
    drawn |= {name.lower() for name in re.findall(r"\bgo\.([A-Z]\w+)\(", code)} - {"figure"}
    assert drawn <= KINDS

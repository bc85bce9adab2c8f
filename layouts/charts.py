"""The frame of a chart: what it says in words and as a table, and what it is saved as.

The browser fills it from what plotly has drawn (``assets/43-alternatives.js``), so that it goes
for every figure, wherever that was made.
"""

from typing import Any

from dash import dcc, html

_TOOLS = {"table": "Show as table", "png": "PNG", "svg": "SVG"}
_NAMES = {
    "table": "Show as table",
    "png": "Save the chart as PNG",
    "svg": "Save the chart as SVG",
}


def framed(graph: dcc.Graph, *, tall: bool) -> html.Figure:
    """Put a graph above its tools, with a place for its words and one for its table."""
    return html.Figure(
        [
            html.Div(graph, className="graph graph-tall" if tall else "graph"),
            html.P(className="chart-words visually-hidden"),
            html.Div([_tool(kind) for kind in _TOOLS], className="chart-tools"),
            html.Div(className="chart-table", hidden=True),
        ],
        className="chart",
    )


def _tool(kind: str) -> html.Button:
    told: dict[str, Any] = {"data-chart": kind, "aria-label": _NAMES[kind]}
    if kind == "table":
        told["aria-expanded"] = "false"
    return html.Button(_TOOLS[kind], type="button", className="chart-tool", **told)

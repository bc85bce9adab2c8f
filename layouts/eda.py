"""The EDA tab: what the columns look like together."""

import dash_bootstrap_components as dbc
from dash import dcc, html

from layouts import ids, parts


def build() -> html.Section:
    """Build the tab."""
    bins = dcc.Slider(
        5, 50, 1, value=20, id=ids.Eda.BINS, marks={n: str(n) for n in (5, 10, 20, 30, 40, 50)}
    )
    method = dbc.RadioItems(
        [{"label": "Pearson", "value": "pearson"}, {"label": "Spearman", "value": "spearman"}],
        "pearson",
        id=ids.Eda.METHOD,
        inline=True,
    )
    return parts.panel(
        ids.Eda.TAB,
        ids.Eda.PANEL,
        html.H1("What do the columns look like together?", className="panel-title"),
        parts.card(parts.waiting(parts.says(ids.Eda.FINDINGS, live=False)), title="What this says"),
        parts.card(
            parts.controls(
                parts.field(
                    "Columns (up to four)",
                    dcc.Dropdown(
                        id=ids.Eda.COLUMNS, multi=True, placeholder="Choose numeric columns"
                    ),
                    wide=True,
                ),
                parts.field(
                    "Split by",
                    dcc.Dropdown(id=ids.Eda.SPLIT, placeholder="No split", clearable=True),
                ),
                parts.field("Bins", bins),
            ),
            parts.waiting(html.Div(id=ids.Eda.DISTRIBUTIONS, className="figure-row")),
            title="Distributions",
            words=("skewness",),
        ),
        parts.card(
            parts.controls(
                parts.field("Compare", dcc.Dropdown(id=ids.Eda.VALUE, clearable=False)),
                parts.field(
                    "Between the groups of", dcc.Dropdown(id=ids.Eda.GROUP, clearable=False)
                ),
            ),
            parts.waiting(parts.graph(ids.Eda.COMPARISON), parts.says(ids.Eda.COMPARED)),
            title="Group comparison",
            asks=("effect size",),
            words=("confidence interval",),
        ),
        parts.card(
            parts.controls(
                parts.field("Kind", method),
                parts.field("Scatter of", dcc.Dropdown(id=ids.Eda.PAIR, clearable=False)),
            ),
            parts.waiting(
                html.Div(
                    [
                        parts.graph(ids.Eda.HEATMAP, tall=True),
                        html.Div(
                            [parts.graph(ids.Eda.SCATTER, tall=True), parts.says(ids.Eda.RELATED)]
                        ),
                    ],
                    className="figure-row",
                )
            ),
            title="Correlations: click a cell or choose a pair for its scatter",
            asks=("correlation",),
        ),
        parts.onward("Choose the number of segments", "model-selection"),
    )

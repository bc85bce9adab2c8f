"""The Model Selection tab: how many segments, by which features."""

import dash_bootstrap_components as dbc
from dash import dcc, html

from layouts import ids, parts

SCALINGS = {
    "standard": "Standard (mean 0, deviation 1)",
    "robust": "Robust (median 0, middle half 1)",
    "minmax": "Min-max (0 to 1)",
    "none": "None (original units)",
}
NOISES = {
    "keep": "Keep as a grey segment",
    "nearest": "Give to the nearest segment, marked as weak",
}
LEAST, MOST = 2, 10


def build() -> html.Section:
    """Build the tab."""
    marks = {n: str(n) for n in range(LEAST, MOST + 1)}
    return parts.panel(
        ids.Selection.TAB,
        ids.Selection.PANEL,
        html.H1("How many segments, and are they real?", className="panel-title"),
        parts.card(
            parts.controls(
                parts.field("Approach", dcc.Dropdown(id=ids.Selection.APPROACH, clearable=False)),
                parts.field(
                    "Features",
                    dcc.Dropdown(
                        id=ids.Selection.FEATURES, multi=True, placeholder="Choose columns"
                    ),
                    wide=True,
                ),
                parts.field(
                    "Scaling of numeric features",
                    dcc.Dropdown(
                        SCALINGS,
                        "standard",
                        id=ids.Selection.SCALING,
                        clearable=False,
                        **parts.KEPT,
                    ),
                    asks=("standardised",),
                ),
                parts.field(
                    "Numbers of segments to try (k)",
                    dcc.RangeSlider(
                        LEAST,
                        MOST,
                        1,
                        value=[LEAST, MOST],
                        id=ids.Selection.RANGE,
                        marks=marks,
                        allow_direct_input=False,
                        **parts.KEPT,
                    ),
                    asks=("k",),
                ),
            ),
            html.P(id=ids.Selection.USE, className="note"),
            title="What makes customers alike",
        ),
        parts.card(
            html.Div(
                [
                    parts.graph(ids.Selection.INFLUENCE),
                    html.Div(id=ids.Selection.BALANCE, className="balance"),
                ],
                className="figure-row",
            ),
            title="How much each feature counts",
            asks=("share of the distance",),
        ),
        parts.card(
            parts.controls(
                parts.field(
                    "Algorithm",
                    dcc.Dropdown(
                        id=ids.Selection.ALGORITHM, clearable=False, value="kmeans", **parts.KEPT
                    ),
                ),
                html.Div(id=ids.Selection.PARAMETERS, className="parameters"),
                html.Div(
                    parts.field(
                        "Noise",
                        dcc.Dropdown(
                            NOISES, "keep", id=ids.Selection.NOISE, clearable=False, **parts.KEPT
                        ),
                        asks=("noise",),
                    ),
                    id=ids.Selection.NOISE_FIELD,
                    hidden=True,
                ),
            ),
            html.P(id=ids.Selection.ABOUT, className="note"),
            title="How segments are found",
        ),
        parts.results(
            ids.Selection.RESULTS,
            parts.card(
                parts.waiting(parts.says(ids.Selection.SAYS, live=False)),
                parts.controls(
                    parts.field(
                        "Segments to use",
                        dcc.Slider(
                            LEAST,
                            MOST,
                            1,
                            value=5,
                            id=ids.Selection.COUNT,
                            marks=marks,
                            updatemode="drag",
                            allow_direct_input=False,
                        ),
                        wide=True,
                    ),
                    dbc.Button(
                        "Use the recommended number",
                        id=ids.Selection.ACCEPT,
                        outline=True,
                        color="primary",
                    ),
                ),
                title="What this says",
                words=("silhouette", "stability (Jaccard)", "Hopkins statistic", "by chance"),
            ),
            parts.waiting(
                parts.grid(
                    parts.card(parts.graph(ids.Selection.ELBOW), words=("WCSS", "elbow")),
                    parts.card(
                        parts.graph(ids.Selection.SILHOUETTE),
                        words=("silhouette", "standard error", "by chance"),
                    ),
                    parts.card(
                        parts.graph(ids.Selection.STABILITY), words=("stability (Jaccard)",)
                    ),
                    parts.card(
                        parts.graph(ids.Selection.PREDICTION), words=("prediction strength",)
                    ),
                    parts.card(
                        parts.graph(ids.Selection.CALINSKI), words=("Calinski-Harabasz index",)
                    ),
                    parts.card(parts.graph(ids.Selection.DAVIES), words=("Davies-Bouldin index",)),
                    parts.card(parts.graph(ids.Selection.KNIFE), words=("silhouette",)),
                    parts.card(
                        parts.graph(ids.Selection.GAP), words=("gap statistic", "standard error")
                    ),
                    parts.card(parts.graph(ids.Selection.CLUSTERGRAM), words=("clustergram",)),
                    html.Div(id=ids.Selection.TELLS),
                ),
                parts.card(
                    html.Div(id=ids.Selection.SCORES), title="Every k, side by side", asks=("k",)
                ),
            ),
            parts.card(
                dbc.Button(
                    "Compare all algorithms",
                    id=ids.Selection.SIDE,
                    outline=True,
                    color="primary",
                ),
                parts.waiting(parts.announced(ids.Selection.SIDE_BY_SIDE, "caption")),
                title="Every algorithm, side by side",
            ),
        ),
        parts.onward("Meet the segments", "segments"),
    )

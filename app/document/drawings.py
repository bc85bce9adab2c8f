"""The figures of the page, each with its title and what it shows in words."""

from html import unescape
from itertools import count

import numpy as np
import plotly.graph_objects as go

from analytics import captions, columns
from analytics.algorithms.rows import drawn
from analytics.crowding import MANY, crowding
from analytics.distances import apart
from analytics.figures import algorithms, areas, profiles, segments, selection, structure
from analytics.figures.theme import bare
from analytics.gap import smallest_sufficient
from analytics.knee import knee
from analytics.spread import ascending, summarise
from app.document.matter import Drawing, Matter

MOST_POINTS = 2_500  # drawn sharp on paper, and without the help of a graphics card
MOST_PROFILED, MOST_BOXES, MOST_CATEGORIES = 12, 4, 2
_CURVES: dict[selection.Metric, int | None] = {
    "silhouette": 3,
    "jaccard": 2,
    "prediction_strength": 2,
    "wcss": None,
    "calinski_harabasz": 1,
    "davies_bouldin": 3,
}


class _Hand:
    """Turns figures into drawings, each with an id of its own."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, figure: go.Figure, said: str, *, wide: bool = False) -> Drawing:
        drawing = bare(figure)
        layout = drawing["layout"]
        title = layout.pop("title", {})  # stands above the figure, where it can be wrapped
        layout["margin"] = {"l": 48, "r": 16, "t": 28, "b": 48}
        return Drawing(
            f"figure-{next(self._numbers)}",
            unescape(title.get("text", "")),
            unescape(title.get("subtitle", {}).get("text", "")),
            drawing,
            (layout.pop("meta", None) or {}).get("reading", ""),
            said,
            wide,
        )


def drawings(matter: Matter) -> dict[str, list[Drawing]]:
    """Draw the figures of every section: ``map``, ``profiles``, ``chosen`` and ``tells``."""
    hand = _Hand()
    return {
        "map": _map(matter, hand),
        "profiles": _profiles(matter, hand),
        "chosen": _chosen(matter, hand),
        "tells": _tells(matter, hand),
    }


def _map(matter: Matter, hand: _Hand) -> list[Drawing]:
    found = matter.found
    projection, labels = found.projection, found.labels.to_numpy()
    middle = projection.points.groupby(labels).mean()
    places = drawn(len(labels), MOST_POINTS, 0)
    ground = crowding(projection.points) if len(labels) > MANY else None
    figure = segments.segment_map(
        projection, found.marked, middle, len(places), len(labels), ground
    )
    shown = {
        "x": projection.points["x"].to_numpy()[places].astype(np.float32),
        "y": projection.points["y"].to_numpy()[places].astype(np.float32),
        "row": (places + 1).astype(np.int32),
    }
    for trace in figure.select_traces(lambda trace: trace.meta):
        mine = labels[places] == trace.meta["segment"]
        for name, array in trace.meta.get("of", {}).items():
            trace[name] = shown[array][mine]
    where = captions.centres(projection.points, found.labels, (projection.x, projection.y))
    away = apart(matter.described.matrix, found.labels)
    return [
        hand(figure, f"{projection.note} {where}", wide=True),
        hand(
            segments.size_bars(found.sizes, found.marked), captions.sizes(found.sizes, found.names)
        ),
        hand(
            areas.distance_map(away, found.sizes, found.marked),
            captions.distances(away, found.names),
        ),
    ]


def _profiles(matter: Matter, hand: _Hand) -> list[Drawing]:
    found, data = matter.found, matter.described.data
    numeric = columns.ranked(data.columns, found.features)
    told = [
        hand(
            profiles.index_heatmap(matter.facts, found.marked, MOST_PROFILED),
            captions.strongest(matter.facts, found.names),
            wide=True,
        )
    ]
    if numeric:
        told.append(
            hand(
                profiles.snake(found.profiles, found.marked, numeric),
                captions.farthest(found.profiles, found.names),
                wide=True,
            )
        )
    for name in numeric[:MOST_BOXES]:
        values, order = ascending(columns.as_float(data.customers, [name])[name].to_numpy())
        summary = summarise(values, found.labels.to_numpy()[order])
        told.append(
            hand(
                segments.segment_boxes_summary(summary, found.marked, name),
                captions.medians(summary, name),
            )
        )
    told += [
        hand(
            profiles.composition(matter.facts, found.marked, name),
            captions.strongest(matter.facts, found.names, name),
        )
        for name in columns.grouping(data.columns)[:MOST_CATEGORIES]
    ]
    return told


def _chosen(matter: Matter, hand: _Hand) -> list[Drawing]:
    swept, k = matter.described.swept, matter.count
    scores = matter.scores
    told = []
    if len(scores) > 1:
        elbow = knee(scores["wcss"])
        told += [
            hand(
                selection.score_curve(scores, metric, chosen=k, knee=elbow),
                captions.curve(scores, metric, k, digits),
            )
            for metric, digits in _CURVES.items()
            if metric in scores
        ]
    if not swept.sweep.gaps.empty:
        gaps = swept.sweep.gaps
        stop = smallest_sufficient(gaps)
        told.append(hand(structure.gap_curve(gaps, sufficient=stop), captions.gap(gaps, k)))
    if len(scores) > 1:
        heights = swept.sweep.heights
        split = structure.clustergram(heights, swept.sweep.flows, swept.all_unreliable)
        told.append(hand(split, captions.splits(heights, k)))
    values = matter.found.silhouettes
    labels = matter.found.labels[values.index]
    everyone, unsure = len(matter.found.labels), matter.found.unreliable
    figure = selection.knife(values, labels, everyone, unsure)
    return [*told, hand(figure, captions.knife(values, labels), wide=True)]


def _tells(matter: Matter, hand: _Hand) -> list[Drawing]:
    sweep, k = matter.described.swept.sweep, matter.count
    told = zip(algorithms.tells(sweep, k), captions.tells(sweep, k), strict=True)
    return [hand(figure, said) for figure, said in told]

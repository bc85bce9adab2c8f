"""What the Segments tab shows of every number of segments."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from analytics import columns, facts, portrait
from analytics.algorithms.rows import drawn
from analytics.crowding import MANY, Crowding, crowding
from analytics.editing.costs import pairs
from analytics.figures import segments as figures
from analytics.figures import theme
from analytics.figures.theme import bare
from analytics.packing import Packed, packed
from analytics.spread import ascending, summarise
from callbacks import grids
from callbacks.views import cards, profiles
from layouts import ids

if TYPE_CHECKING:
    from app.answers import Segmentation
    from app.described import Described

_MOST_POINTS = 20_000
_MOST_ON_SHADE = 5_000  # where a shade shows all of them
_BOXES = (
    ids.Segments.BOX_FIRST,
    ids.Segments.BOX_SECOND,
    ids.Segments.BOX_THIRD,
    ids.Segments.BOX_FOURTH,
)


@dataclass(frozen=True)
class Sample:
    """What is drawn of the customers, whatever the number of segments.

    Attributes
    ----------
    drawn : array of int
        Positions of the customers on the map.
    boxed : dict
        The columns whose spread is drawn, each with the order of its values, ascending and
        without the missing ones; empty where the browser has the values themselves.
    lines : Lines
        The customers who are drawn as lines.
    crowding : Crowding or None
        Where all customers lie, if they are too many to draw.
    """

    drawn: NDArray[np.int64]
    boxed: dict[str, tuple[NDArray[np.float64], NDArray[np.int64]] | None]
    lines: profiles.Lines
    crowding: Crowding | None

    @classmethod
    def of(cls, described: "Described") -> "Sample":
        """Choose what is drawn."""
        everyone = len(described.data.customers)
        many = everyone > MANY
        places = drawn(everyone, _MOST_ON_SHADE if many else _MOST_POINTS, 0)
        ranked = columns.ranked(described.data.columns, described.features)
        chosen = ranked[: len(_BOXES)]
        values = columns.as_float(described.data.customers, chosen)
        small = everyone <= theme.WEBGL_FROM
        boxed = {n: None if small else ascending(values[n].to_numpy()) for n in chosen}
        lines = profiles.Lines.of(described.data, ranked, places)
        return cls(places, boxed, lines, crowding(described.projection.points) if many else None)


def shared(described: "Described", sample: Sample) -> dict[str, Any]:
    """Build what is the same for every number of segments: the arrays, and the customers."""
    customers = described.data.customers
    points = described.projection.points.iloc[sample.drawn]
    raw = [name for name, order in sample.boxed.items() if order is None]
    told = described.swept.told(int(described.swept.sweep.scores.index[0]))
    return {
        "arrays": {
            "x": _floats(points["x"]),
            "y": _floats(points["y"]),
            "row": packed((sample.drawn + 1).astype(np.int32)),
            **{f"column:{n}": _floats(columns.as_float(customers, [n])[n]) for n in raw},
        },
        "note": described.projection.note,
        "profiles": profiles.shared(described, sample.lines),
        "claims": described.claims(),
        "table": grids.listed(customers, told, len(described.swept.sweep.silhouettes)),
    }


def view(
    described: "Described", sample: Sample, found: "Segmentation", count: int, *, whole: bool
) -> dict[str, Any]:
    """Build what changes with the number of segments; unless whole, one profile figure."""
    swept = described.swept
    cautions = swept.recommendation.cautions(swept.sweep.scores, count)
    labels = found.labels.to_numpy().astype(np.int8)
    own = pd.DataFrame(
        {"silhouette": found.silhouettes.reindex(found.labels.index[: grids.MOST_ROWS])}
    ).join(found.told)
    rows = min(len(labels), grids.MOST_ROWS)
    beside = len(labels) > len(sample.drawn)
    table = facts.facts(described.data.customers, described.data.columns, found.labels)
    pictures = {
        ids.Segments.MAP: _map(found, sample),
        ids.Segments.SIZES: figures.size_bars(found.sizes, found.marked),
        **dict(zip(_BOXES, _boxes(sample, found), strict=False)),
    }
    return {
        "key": found.key,
        "headline": portrait.headline(
            len(found.labels), found.names, found.features, found.silhouettes.mean()
        ),
        "segments": [
            {"segment": segment, "name": name, "size": found.sizes[segment]}
            for segment, name in found.names.items()
        ],
        "pairs": pairs(described.matrix, found.labels).to_numpy().tolist(),
        "overview": [*cautions, *cards.overview(described, found)],
        "cards": cards.told(described, found, table),
        "labels": packed(labels[sample.drawn]),
        "listed": packed(labels[:rows]) if beside else None,
        "told": {str(name): _told(own[name]) for name in own},
        "profiles": profiles.view(described, found, table, sample.lines, whole=whole),
        "figures": {id_: bare(figure) for id_, figure in pictures.items()},
    }


def _floats(values: pd.Series) -> Packed:
    return packed(values.to_numpy(dtype=np.float32))


def _told(column: pd.Series) -> Packed | list[Any]:
    if pd.api.types.is_numeric_dtype(column):
        return _floats(column)
    return [None if value is None else str(value) for value in column]


def _map(found: "Segmentation", sample: Sample) -> go.Figure:
    points = found.projection.points
    centres = points.groupby(found.labels.to_numpy()).mean()
    return figures.segment_map(
        found.projection,
        found.marked,
        centres,
        len(sample.drawn),
        len(found.labels),
        sample.crowding,
    )


def _boxes(sample: Sample, found: "Segmentation") -> list[go.Figure]:
    labels = found.labels.to_numpy()
    return [
        figures.segment_boxes(found.marked, name)
        if ascending is None
        else figures.segment_boxes_summary(
            summarise(ascending[0], labels[ascending[1]]), found.marked, name
        )
        for name, ascending in sample.boxed.items()
    ]

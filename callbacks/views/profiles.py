"""The profile figures of the Segments tab, of which the page shows one at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics import columns, headers
from analytics.algorithms.rows import drawn
from analytics.behaviour import money
from analytics.columns import as_float, grouping, ranked
from analytics.distances import apart
from analytics.figures import areas, profiles, segments
from analytics.figures.theme import bare, blank
from analytics.members import members
from analytics.packing import packed

if TYPE_CHECKING:
    from app.answers import Dataset, Segmentation
    from app.described import Described

FIRST = "index"
_MOST_PROFILED = 12
_MOST_LINES = 300
_MOST_AXES = 8
_MOST_CATEGORIES = 4
_MOST_SUMS = 3
_SIZE = "size"
_TITLES = {
    FIRST: "Index heatmap (100 = average)",
    "zscores": "Heatmap of z-scores",
    "snake": "Snake plot",
    "radar": "Radar (at most four segments)",
    "parallel": "Parallel coordinates",
    "distances": "Distances of the segments",
}


@dataclass(frozen=True)
class Lines:
    """The customers that are drawn as lines, whatever the number of segments.

    Attributes
    ----------
    places : array of int
        Where they stand among the customers on the map.
    scaled : DataFrame
        Their values, from 0 to 1.
    axes : DataFrame indexed by column, columns ``low`` and ``high``
    """

    places: NDArray[np.int32]
    scaled: pd.DataFrame
    axes: pd.DataFrame

    @classmethod
    def of(cls, data: "Dataset", ranked: list[str], mapped: NDArray[np.int64]) -> "Lines":
        """Choose some of the customers on the map."""
        chosen = drawn(len(mapped), _MOST_LINES, 0).astype(np.int32)
        values = as_float(data.customers, ranked[:_MOST_AXES])
        axes = pd.DataFrame({"low": values.min(), "high": values.max()})
        own = values.iloc[mapped[chosen]]
        return cls(chosen, (own - axes["low"]) / (axes["high"] - axes["low"]), axes)


def shared(described: "Described", lines: Lines) -> dict[str, Any]:
    """Give what the figures of every number of segments share, and which of them there are."""
    data = described.data
    offered = dict(_TITLES)
    offered |= {
        _composed(name): f"Composition by {headers.label(name)}" for name in _categories(data)
    }
    offered |= {_summed(name): f"Treemap by {_what(name)}" for name in _summable(data)}
    return {
        "offered": [{"label": title, "value": kind} for kind, title in offered.items()],
        "lines": {
            "places": packed(lines.places),
            "values": packed(lines.scaled.to_numpy(dtype=np.float32).ravel()),
            "low": lines.axes["low"].tolist(),
            "high": lines.axes["high"].tolist(),
        },
    }


def view(
    described: "Described", found: "Segmentation", facts: pd.DataFrame, lines: Lines, *, whole: bool
) -> dict[str, Any]:
    """Build the figures of one number of segments; unless whole, only the first of them."""
    data = described.data
    first = {FIRST: profiles.index_heatmap(facts, found.marked, _MOST_PROFILED)}
    if not whole:
        return {kind: bare(figure) for kind, figure in first.items()}
    numeric = ranked(data.columns, found.features)
    everyone = len(found.labels)
    figures = first | {
        "zscores": segments.profile_heatmap(found.profiles, found.marked, numeric[:_MOST_PROFILED])
        if numeric
        else blank("No numeric columns to profile."),
        "snake": profiles.snake(found.profiles, found.marked, numeric),
        "radar": profiles.radar(found.profiles, found.marked, numeric),
        "parallel": areas.parallel(found.marked, lines.axes, len(lines.places), everyone),
        "distances": areas.distance_map(
            apart(described.matrix, found.labels), found.sizes, found.marked
        ),
    }
    figures |= {
        _composed(name): profiles.composition(facts, found.marked, name)
        for name in _categories(data)
    }
    figures |= {
        _summed(name): areas.treemap(
            _sums(data, found, name), found.marked, _what(name), _unit(name)
        )
        for name in _summable(data)
    }
    return {kind: bare(figure) for kind, figure in figures.items()}


def _composed(column: str) -> str:
    return f"composition:{column}"


def _summed(column: str) -> str:
    return f"treemap:{column}"


def _categories(data: "Dataset") -> list[str]:
    return grouping(data.columns)[:_MOST_CATEGORIES]


def _summable(data: "Dataset") -> list[str]:
    """List what areas can stand for: the size, and columns that can be added up, money first."""
    paid = money(data.columns)
    values = as_float(data.customers, columns.names(data.columns, "numeric"))
    adding = [
        name
        for name in values
        if not headers.is_scale(name)
        and name != data.concepts.get("age")
        and (values[name].dropna() >= 0).all()
    ]
    ordered = sorted(adding, key=lambda name: name != paid)
    return [_SIZE, *ordered[:_MOST_SUMS]]


def _what(column: str) -> str:
    return "number of customers" if column == _SIZE else headers.spoken(column)


def _unit(column: str) -> str:
    return "customers" if column == _SIZE else headers.unit(column)


def _sums(data: "Dataset", found: "Segmentation", column: str) -> pd.Series:
    own = members(found.labels)
    if column == _SIZE:
        return pd.Series(own.sizes.astype(float), list(own.segments))
    values = as_float(data.customers, [column]).fillna(0.0).to_numpy()
    return pd.Series(own.sums(values)[: len(own.segments), 0], list(own.segments))

import numpy as np
import pandas as pd
import pytest

from analytics.columns import names as columns_of
from analytics.figures import theme
from analytics.figures.segments import profile_heatmap, segment_boxes, segment_map, size_bars
from analytics.prepare import FeatureSpec, prepare
from analytics.profiles import profile
from analytics.projection import Projection, project

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
NAMES = {1: "First", 2: "Second", 3: "Third", 4: "Fourth", 5: "Fifth"}


@pytest.fixture(scope="module")
def labels(mall_sweep):
    return mall_sweep.labels["5"]


@pytest.fixture(scope="module")
def projection(mall):
    matrix = prepare(*mall, FeatureSpec((INCOME, SPENDING))).matrix
    return project(mall[0], matrix, [INCOME, SPENDING])


@pytest.fixture(scope="module")
def centres(projection, labels):
    return projection.points.astype(float).groupby(labels).mean()


@pytest.fixture(scope="module")
def profiles(mall, labels):
    return profile(*mall, labels)


@pytest.fixture(scope="module")
def mapped(projection, labels, centres):
    return segment_map(projection, labels, NAMES, centres, np.arange(200))


@pytest.fixture(scope="module")
def every_figure(mall, mapped, profiles, labels):
    sizes = labels.value_counts().sort_index().to_dict()
    measures = columns_of(mall[1], "numeric")
    return {
        "map": mapped,
        "sizes": size_bars(sizes, NAMES),
        "profile": profile_heatmap(profiles, NAMES, measures),
        "boxes": segment_boxes(mall[0][INCOME], labels, NAMES, INCOME),
    }


@pytest.mark.parametrize("name", ["map", "sizes", "profile", "boxes"])
def test_every_trace_says_which_segment_it_belongs_to(every_figure, name):
    segments = [trace.meta["segment"] for trace in every_figure[name].data]
    assert set(segments) == set(NAMES)
    assert len(segments) == (10 if name == "map" else 5)


@pytest.mark.parametrize("name", ["map", "sizes", "boxes"])
def test_a_segment_has_one_colour_in_every_figure(every_figure, name):
    for trace in every_figure[name].data:
        assert trace.marker.color == theme.colour(trace.meta["segment"])


def test_the_map_draws_each_customer_in_its_segment(mapped, mall, labels):
    for trace in mapped.data[:5]:
        mine = labels == trace.meta["segment"]
        assert list(trace.x) == mall[0].loc[mine, INCOME].tolist()
        assert list(trace.y) == mall[0].loc[mine, SPENDING].tolist()
        assert list(trace.customdata) == (np.flatnonzero(mine) + 1).tolist()
        assert trace.name == NAMES[trace.meta["segment"]]
        assert trace.marker.symbol == theme.marker(trace.meta["segment"])
    assert mapped.layout.title.text == "Map of customers"
    assert not mapped.layout.title.subtitle.text
    assert (mapped.layout.xaxis.title.text, mapped.layout.yaxis.title.text) == (INCOME, SPENDING)


def test_the_map_draws_each_centroid_with_its_number(mapped, centres):
    for trace in mapped.data[5:]:
        segment = trace.meta["segment"]
        assert (trace.x[0], trace.y[0]) == tuple(centres.loc[segment, ["x", "y"]])
        assert list(trace.text) == [f"<b>{segment}</b>"]
        assert trace.name == f"Centroid of {NAMES[segment]}"


def test_the_map_draws_only_the_customers_to_be_shown_and_says_so(projection, labels, centres):
    shown = np.array([3, 50, 120, 199])
    figure = segment_map(projection, labels, NAMES, centres, shown)
    drawn = [row for trace in figure.data[:5] for row in trace.customdata]
    assert sorted(drawn) == [4, 51, 121, 200]
    assert figure.layout.title.subtitle.text == "4 of 200 customers drawn"


def test_a_map_of_one_feature_has_no_vertical_axis(projection, labels, centres):
    flat = Projection(projection.points, INCOME, "", "")
    figure = segment_map(flat, labels, NAMES, centres, np.arange(200))
    assert figure.layout.yaxis.visible is False


def test_a_map_of_many_customers_is_drawn_by_webgl():
    rows = theme.WEBGL_FROM
    points = pd.DataFrame({"x": np.arange(rows) * 1.0, "y": 0.0})
    centres = pd.DataFrame({"x": [0.0], "y": [0.0]}, index=[1])
    labels = pd.Series(np.ones(rows, dtype=int))
    figure = segment_map(
        Projection(points, "a", "b", ""), labels, {1: "All"}, centres, np.arange(rows)
    )
    assert [trace.type for trace in figure.data] == ["scattergl", "scatter"]


def test_a_bar_is_as_long_as_its_segment_is_large(every_figure):
    bars = every_figure["sizes"].data
    assert [bar.x[0] for bar in bars] == [81, 39, 35, 23, 22]
    assert [bar.y[0] for bar in bars] == ["1", "2", "3", "4", "5"]
    assert bars[1].text[0] == "39 (20%)"
    assert [bar.name for bar in bars] == list(NAMES.values())


def test_the_heatmap_shows_the_distances_of_the_profiles(every_figure, profiles):
    figure = every_figure["profile"]
    for row in figure.data:
        segment = row.meta["segment"]
        z = profiles.loc[segment].loc[["Age", INCOME, SPENDING], "z"]
        assert list(row.z[0]) == z.tolist()
        assert list(row.x) == ["Age", "Annual Income", "Spending Score"]
        assert list(row.y) == [segment]
    assert (
        "86.5 k$ (95 % interval 81.4 to 91.7); all customers 60.6"
        in (figure.data[1].customdata[0][1])
    )


def test_the_colours_of_the_heatmap_are_even_about_the_average(every_figure, profiles):
    axis = every_figure["profile"].layout.coloraxis
    widest = profiles["z"].abs().max()
    assert (axis.cmin, axis.cmid, axis.cmax) == (-widest, 0, widest)
    assert all(row.coloraxis == "coloraxis" for row in every_figure["profile"].data)


def test_the_heatmap_shows_the_columns_it_is_asked_for(profiles):
    figure = profile_heatmap(profiles, NAMES, [SPENDING])
    assert [list(row.x) for row in figure.data] == [["Spending Score"]] * 5
    assert figure.data[1].z[0][0] == profiles.loc[(2, SPENDING), "z"]


def test_a_box_holds_the_values_of_its_segment(every_figure, mall, labels):
    for box in every_figure["boxes"].data:
        mine = mall[0].loc[labels == box.meta["segment"], INCOME]
        assert list(box.y) == mine.tolist()
    assert every_figure["boxes"].layout.yaxis.title.text == INCOME


def test_missing_values_are_in_no_box():
    figure = segment_boxes(
        pd.Series([1.0, np.nan, 3, 4]), pd.Series([1, 1, 2, 2]), {1: "a", 2: "b"}, "x"
    )
    assert [list(box.y) for box in figure.data] == [[1], [3, 4]]


def test_a_box_of_many_values_states_their_quantiles(monkeypatch):
    monkeypatch.setattr(theme, "WEBGL_FROM", 100)
    values = pd.Series(np.arange(101.0))
    (box,) = segment_boxes(values, pd.Series([1] * 101), {1: "All"}, "x").data
    found = (box.lowerfence[0], box.q1[0], box.median[0], box.q3[0], box.upperfence[0])
    assert found == (5, 25, 50, 75, 95)
    assert box.y is None

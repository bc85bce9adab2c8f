import pandas as pd
import pytest

from analytics.columns import names as columns_of
from analytics.crowding import crowding
from analytics.figures import theme
from analytics.figures.segments import (
    profile_heatmap,
    segment_boxes,
    segment_boxes_summary,
    segment_map,
    size_bars,
)
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
def mapped(projection, centres):
    return segment_map(projection, NAMES, centres, 200, 200)


@pytest.fixture(scope="module")
def every_figure(mall, mapped, profiles, labels):
    sizes = labels.value_counts().sort_index().to_dict()
    measures = columns_of(mall[1], "numeric")
    return {
        "map": mapped,
        "sizes": size_bars(sizes, NAMES),
        "profile": profile_heatmap(profiles, NAMES, measures),
        "boxes": segment_boxes(NAMES, INCOME),
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


def test_the_map_leaves_the_places_of_its_customers_to_the_browser(mapped):
    for trace in mapped.data[:5]:
        assert trace.meta["of"] == {"x": "x", "y": "y", "customdata": "row"}
        assert trace.x is trace.y is trace.customdata is None
        assert trace.name == NAMES[trace.meta["segment"]]
        assert trace.marker.symbol == theme.marker(trace.meta["segment"])
    assert mapped.layout.title.text == "Map of customers"
    assert not mapped.layout.title.subtitle.text
    assert (mapped.layout.xaxis.title.text, mapped.layout.yaxis.title.text) == (INCOME, SPENDING)


def test_the_map_draws_each_centroid_with_its_number(mapped, centres):
    for trace in mapped.data[5:]:
        segment = trace.meta["segment"]
        assert (trace.x[0], trace.y[0]) == tuple(centres.loc[segment, ["x", "y"]])
        assert list(trace.text) == [str(segment)]
        assert trace.name == NAMES[segment]
        assert trace.hovertemplate.startswith("<b>Centroid: %{fullData.name}</b>")


def test_the_map_says_how_many_customers_it_draws(projection, centres):
    figure = segment_map(projection, NAMES, centres, 4, 200)
    assert figure.layout.title.subtitle.text == "4 of 200 customers drawn"


def test_a_shade_beneath_shows_where_all_customers_lie(projection, centres):
    everywhere = crowding(projection.points.astype(float))
    figure = segment_map(projection, NAMES, centres, 4, 200, everywhere)
    assert figure.layout.title.subtitle.text.endswith("; shade: all")
    shade = figure.data[0]
    assert shade.meta is None  # the cross-filter leaves it as it is
    assert ((shade.z > 0) == (everywhere.counts > 0)).all()
    assert shade.z[everywhere.counts == everywhere.counts.max()].min() == 100
    assert shade.x0 == pytest.approx(projection.points["x"].min() + shade.dx / 2)


def test_an_unstable_segment_is_marked_on_every_axis(labels):
    marked = NAMES | {4: "Fourth (unstable)"}
    bars = size_bars(labels.value_counts().to_dict(), marked).data
    boxes = segment_boxes(marked, INCOME).data
    places = ["1", "2", "3", "4 unstable", "5"]
    assert [bar.y[0] for bar in bars] == places
    assert [box.x0 for box in boxes] == places


def test_noise_lies_grey_and_small_beneath_the_others_and_has_no_middle(projection, centres):
    figure = segment_map(projection, NAMES | {0: "Noise"}, centres, 200, 200)
    noise, first = figure.data[:2]
    assert (noise.name, noise.marker.color) == ("Noise", theme.MUTED)
    assert noise.marker.size < first.marker.size
    assert len(figure.data) == 11


def test_a_map_of_one_feature_has_no_vertical_axis(projection, centres):
    flat = Projection(projection.points, INCOME, "", "")
    figure = segment_map(flat, NAMES, centres, 200, 200)
    assert figure.layout.yaxis.visible is False


def test_a_map_of_many_customers_is_drawn_by_webgl():
    centres = pd.DataFrame({"x": [0.0], "y": [0.0]}, index=[1])
    nowhere = Projection(pd.DataFrame({"x": [], "y": []}), "a", "b", "")
    rows = theme.WEBGL_FROM
    figure = segment_map(nowhere, {1: "All"}, centres, rows, rows)
    assert [trace.type for trace in figure.data] == ["scattergl", "scattergl"]


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
        assert list(row.z[0]) == pytest.approx(z.tolist(), abs=1e-3)
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
    assert figure.data[1].z[0][0] == pytest.approx(profiles.loc[(2, SPENDING), "z"], abs=1e-3)


def test_a_box_of_few_customers_takes_its_values_in_the_browser(every_figure):
    for box in every_figure["boxes"].data:
        assert box.meta["of"] == {"y": f"column:{INCOME}"}
        assert (box.x0, box.y) == (str(box.meta["segment"]), None)
        assert box.name == NAMES[box.meta["segment"]]
    assert every_figure["boxes"].layout.yaxis.title.text == INCOME


def test_a_box_of_many_customers_states_its_summary_and_says_so():
    parts = {"q1": [2.0], "median": [3.0], "q3": [4.0], "lowerfence": [1.0], "upperfence": [6.0]}
    summary = pd.DataFrame(parts, index=[1])
    figure = segment_boxes_summary(summary, {1: "All", 2: "Nobody with a value"}, "x")
    (box,) = figure.data
    assert {name: list(box[name]) for name in parts} == parts
    assert list(box.x) == ["1"]
    assert "1.5 interquartile ranges" in figure.layout.title.subtitle.text

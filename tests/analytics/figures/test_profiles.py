"""Profile figures: what is drawn of which segment."""

import numpy as np
import pandas as pd
import pytest

from analytics.columns import Column
from analytics.distances import apart
from analytics.facts import facts
from analytics.figures import areas, profiles, theme
from analytics.profiles import profile

SIZES = {1: 40, 2: 30, 3: 20}
NAMES = {1: "First", 2: "<b>Second</b>", 3: "Third"}
COLUMNS = (
    Column("Age (years)", "numeric", "integer", 0, 50, ""),
    Column("Revenue", "numeric", "decimal", 0, 50, ""),
    Column("Debt", "numeric", "decimal", 0, 50, ""),
    Column("Plan", "categorical", "text", 0, 3, ""),
)


@pytest.fixture
def labels():
    return pd.Series(np.repeat(list(SIZES), list(SIZES.values())))


@pytest.fixture
def customers(labels):
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "Age (years)": rng.normal(40, 5, 90),
            "Revenue": 100.0 * labels + rng.normal(0, 5, 90),
            "Debt": rng.normal(0, 1, 90),
            "Plan": np.where(labels == 1, "gold", np.where(rng.random(90) < 0.5, "basic", "plus")),
        }
    )


@pytest.fixture
def table(customers, labels):
    return facts(customers, COLUMNS, labels)


@pytest.fixture
def described(customers, labels):
    return profile(customers, COLUMNS, labels)


def segments(figure) -> list[int]:
    return [trace.meta["segment"] for trace in figure.data if trace.meta]


def test_of_more_columns_than_can_be_written_in_those_that_differ_nowhere_are_left_out(labels):
    rng = np.random.default_rng(1)
    noise = {f"Noise {place}": rng.normal(100, 1, 90) for place in range(10)}
    customers = pd.DataFrame({"Revenue": 100.0 * labels, **noise})
    columns = [Column(name, "numeric", "decimal", 0, 90, "") for name in customers]
    told = facts(customers, columns, labels)
    assert told.loc[told["column"] != "Revenue", "trivial"].all()
    figure = profiles.index_heatmap(told, NAMES, 12)
    assert [list(trace.x) for trace in figure.data] == [["Revenue"]] * 3
    assert figure.layout.meta["reading"].endswith(": 10 columns or levels.")
    few = profiles.index_heatmap(told[told["column"] != "Noise 9"], NAMES, 12)
    assert all(len(trace.x) == 10 for trace in few.data)


def test_the_index_is_coloured_by_doublings_and_trivial_cells_are_grey(table):
    figure = profiles.index_heatmap(table, NAMES, 12)
    assert segments(figure) == [1, 2, 3]
    known = table.set_index(["segment", "column", "level"])
    for trace in figure.data:
        for label, z, text in zip(trace.x, trace.z[0], trace.text[0], strict=True):
            column, _, level = label.partition(": ")
            column = {"Age": "Age (years)"}.get(column, column)
            row = known.loc[(trace.meta["segment"], column, level)]
            assert text.strip("()") == f"{row['index']:.0f}"
            assert text.startswith("(") == row["trivial"]
            expected = 0 if row["trivial"] else np.clip(np.log2(max(row["index"], 1) / 100), -2, 2)
            assert z == pytest.approx(expected, abs=1e-3)
    assert "Debt" not in figure.data[0].x  # an average of 0 is no measure
    assert figure.layout.coloraxis.cmid == 0


def test_names_stand_in_the_traces_alone_and_are_no_markup(table, described):
    for figure in (
        profiles.index_heatmap(table, NAMES, 12),
        profiles.snake(described, NAMES, ["Age (years)", "Revenue"]),
        profiles.composition(table, NAMES, "Plan"),
        areas.treemap(pd.Series(SIZES, dtype=float), NAMES, "customers"),
    ):
        names = {t.meta["segment"]: t.name for t in figure.data if t.meta}
        assert names[2] == "&lt;b&gt;Second&lt;/b&gt;"
        rest = [{k: v for k, v in t.to_plotly_json().items() if k != "name"} for t in figure.data]
        assert "Second" not in str(rest)


def test_a_snake_has_at_most_eight_segments_and_says_so(described):
    many = pd.concat(dict.fromkeys(range(1, 11), described.loc[1]), names=["segment"])
    figure = profiles.snake(many, {n: str(n) for n in range(1, 11)}, ["Revenue"])
    assert segments(figure) == list(range(1, 9))
    assert figure.layout.title.subtitle.text == "the 8 largest segments; 2 left out"
    assert figure.data[0].y == pytest.approx([described.loc[(1, "Revenue"), "z"]], abs=1e-3)


def test_a_radar_is_for_few_segments_and_enough_columns(described):
    chosen = ["Age (years)", "Revenue", "Debt"]
    figure = profiles.radar(described, NAMES, chosen)
    assert segments(figure) == [1, 2, 3]
    assert figure.data[0].r[0] == figure.data[0].r[-1]
    few = profiles.radar(described, NAMES, chosen[:2])
    assert "at least" in few.layout.annotations[0].text
    many = profiles.radar(described, dict.fromkeys(range(1, 6), "x"), chosen)
    assert "cannot be read" in many.layout.annotations[0].text


def test_the_levels_of_a_segment_fill_its_bar_in_shades_of_its_colour(table, customers, labels):
    figure = profiles.composition(table, NAMES, "Plan")
    assert [trace.x[0] for trace in figure.data] == ["All", "1", "2", "3"]
    for trace in figure.data[1:]:
        own = customers["Plan"][labels == trace.meta["segment"]]
        assert sum(trace.y) == pytest.approx(1, abs=1e-3)
        assert trace.base == pytest.approx(np.cumsum([0, *trace.y[:-1]]), abs=1e-3)
        shares = [float(share.split(" %")[0]) for _, share in trace.customdata]
        levels = [word for word, _ in trace.customdata]
        known = own.value_counts(normalize=True)
        assert shares == pytest.approx([100 * known.get(one, 0) for one in levels], abs=0.05)
        assert trace.marker.color[0] == theme.colour(trace.meta["segment"]).upper()
        assert all("95 % interval" in share for _, share in trace.customdata)


def test_the_areas_of_the_distance_map_are_the_sizes_and_the_distances_are_stated(labels):
    matrix = pd.DataFrame({"x": labels * 3.0, "y": (labels == 3) * 4.0})
    figure = areas.distance_map(apart(matrix, labels), SIZES, NAMES)
    sizes = {t.meta["segment"]: t.marker.size for t in figure.data if t.meta}
    assert (sizes[1] / sizes[3]) ** 2 == pytest.approx(2, rel=0.01)
    assert [float(one) for one in figure.data[1].text] == pytest.approx([3.0, 7.2, 5.0])
    assert "to 2: 3.00, to 3: 7.21" in figure.data[2].customdata[0]
    alone = areas.distance_map(apart(matrix[:40], labels[:40]), SIZES, NAMES)
    assert "no distance" in alone.layout.annotations[0].text


def test_the_parts_of_a_treemap_are_in_proportion():
    figure = areas.treemap(pd.Series({1: 30.0, 2: 60.0, 3: 0.0}), NAMES, "revenue", "€")
    parts = {t.meta["segment"]: t.width[0] * t.y[0] for t in figure.data}
    assert parts[2] / parts[1] == pytest.approx(2, rel=1e-3)
    assert 3 not in parts
    assert figure.data[0].customdata[0] == "60 €, 66.7 %"
    none = areas.treemap(pd.Series({1: 0.0}), NAMES, "revenue")
    assert "not positive" in none.layout.annotations[0].text


def test_parallel_lines_are_left_to_the_browser_and_their_number_is_stated():
    axes = pd.DataFrame({"low": [18, 1], "high": [70, 99]}, ["Age (years)", "Score"])
    figure = areas.parallel(NAMES, axes, 300, 500)
    assert [trace.meta for trace in figure.data] == [{"segment": n, "lines": True} for n in NAMES]
    assert figure.layout.title.subtitle.text == "300 of 500 customers drawn"
    assert figure.layout.xaxis.ticktext[0] == "Age<br>18 to 70 years"
    assert "at least two" in areas.parallel(NAMES, axes[:1], 3, 3).layout.annotations[0].text


def test_an_empty_profile_says_why(table):
    none = profiles.index_heatmap(table.assign(index=np.nan), NAMES, 12)
    assert none.layout.annotations[0].text.startswith("No column has an average")


def test_an_unstable_segment_is_marked_in_every_profile(described, table):
    marked = NAMES | {3: "Third (unstable)"}
    numeric = ["Age (years)", "Revenue", "Debt"]
    for draw in (profiles.snake, profiles.radar):
        lines = [trace.line.dash for trace in draw(described, marked, numeric).data]
        assert lines == ["solid", "solid", "dot"]
    assert profiles.snake(described, marked, numeric).data[2].text[-1] == " 3?"
    heatmap = profiles.index_heatmap(table, marked, 8)
    assert heatmap.layout.yaxis.ticktext[2] == "3 unstable"
    assert profiles.composition(table, marked, "Plan").data[3].x[0] == "3 unstable"
    areas_ = areas.treemap(pd.Series(SIZES), marked, "customers", "")
    assert [trace.text[0].split()[0] for trace in areas_.data] == [
        "<b>1</b>",
        "<b>2</b>",
        "<b>3?</b>",
    ]

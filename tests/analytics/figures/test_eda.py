import numpy as np
import pandas as pd
import pytest

from analytics.explore import compare, correlations, distribution
from analytics.figures import theme
from analytics.figures.eda import (
    correlation_heatmap,
    group_comparison,
    histogram,
    pair_scatter,
    titled,
)

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (INCOME, INCOME),
        (AGE, "Age (years)"),
        (SPENDING, SPENDING),
        ("Height [cm]", "Height (cm)"),
        ("plain", "plain"),
    ],
)
def test_an_axis_states_the_unit(header, title):
    assert titled(header) == title


def test_a_histogram_has_a_bar_per_bin_as_high_as_its_customers(mall):
    bins = distribution(mall[0], INCOME, bins=9)
    figure = histogram(bins, INCOME)
    (bars,) = figure.data
    assert list(bars.y) == bins["customers"].tolist()
    assert list(bars.x) == ((bins["left"] + bins["right"]) / 2).tolist()
    assert np.asarray(bars.customdata)[:, 2].sum() == 200
    assert figure.layout.showlegend is False
    assert figure.layout.xaxis.title.text == INCOME
    assert figure.layout.yaxis.title.text == "Customers"


def test_a_histogram_of_groups_draws_shares_in_a_colour_each(mall):
    bins = distribution(mall[0], INCOME, by="Gender")
    figure = histogram(bins, INCOME)
    assert [bars.name for bars in figure.data] == ["Female", "Male"]
    assert [sum(bars.y) for bars in figure.data] == pytest.approx([100, 100])
    assert len({bars.marker.color for bars in figure.data}) == 2
    assert figure.layout.showlegend is True
    assert figure.layout.yaxis.title.text == "% of the group"


def test_groups_are_compared_by_a_box_and_a_mean_each(mall):
    comparison = compare(mall[0], SPENDING, "Gender")
    figure = group_comparison(mall[0], comparison, SPENDING, "Gender")
    boxes = [trace for trace in figure.data if trace.type == "box"]
    means = [trace for trace in figure.data if trace.type == "scatter"]
    assert [box.name for box in boxes] == ["Female", "Male"]
    for box in boxes:
        theirs = mall[0].loc[mall[0]["Gender"] == box.name, SPENDING]
        assert sorted(box.y) == sorted(theirs)
    groups = comparison.groups
    assert [mean.y[0] for mean in means] == groups["mean"].tolist()
    margins = [mean.error_y.array[0] for mean in means]
    assert margins == pytest.approx((groups["high"] - groups["mean"]).tolist())
    assert figure.layout.title.text == "Spending Score by gender"


def test_the_boxes_of_zeros_and_ones_hold_their_customers():
    customers = pd.DataFrame(
        {"x": [1.0, 2, 3, 4, np.nan], "member": pd.array([0, 1, 0, 1, 1], dtype="Int64")}
    )
    figure = group_comparison(customers, compare(customers, "x", "member"), "x", "member")
    assert {box.name: list(box.y) for box in figure.data if box.type == "box"} == {
        "0": [1, 3],
        "1": [2, 4],
    }


def test_the_heatmap_shows_every_correlation_and_an_empty_diagonal(mall):
    table = correlations(mall[0], [AGE, INCOME, SPENDING])
    figure = correlation_heatmap(table, "pearson")
    (heat,) = figure.data
    assert list(heat.x) == list(heat.y) == [AGE, INCOME, SPENDING]
    z = np.asarray(heat.z)
    assert np.isnan(np.diag(z)).all()
    assert z[0, 2] == z[2, 0] == table.loc[(AGE, SPENDING), "r"]
    assert z[1, 2] == table.loc[(INCOME, SPENDING), "r"]
    assert (heat.zmin, heat.zmax) == (-1, 1)
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        assert list(axis.tickvals) == [AGE, INCOME, SPENDING]
        assert list(axis.ticktext) == ["Age", "Annual Income", "Spending Score"]
    assert "r = -0.33, 95 % interval -0.45 to -0.20<br>200 customers" in heat.text[0][2]
    assert heat.text[1][1] == ""


def test_the_heatmap_is_titled_by_its_method(mall):
    table = correlations(mall[0], [AGE, INCOME])
    titles = [
        correlation_heatmap(table, name).layout.title.text for name in ("pearson", "spearman")
    ]
    assert titles == ["Pearson correlation", "Spearman's rank correlation"]


def test_a_pair_is_drawn_with_a_point_per_customer(mall):
    figure = pair_scatter(mall[0], INCOME, SPENDING, 200)
    (points,) = figure.data
    assert points.type == "scatter"
    assert list(points.x) == mall[0][INCOME].tolist()
    assert list(points.y) == mall[0][SPENDING].tolist()
    assert figure.layout.title.text == "Spending Score against annual income"
    assert not figure.layout.title.subtitle.text
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == (INCOME, SPENDING)


def test_a_pair_says_when_only_some_customers_are_drawn(mall):
    figure = pair_scatter(mall[0].head(50), INCOME, SPENDING, 200)
    assert figure.layout.title.subtitle.text == "50 of 200 customers drawn"


def test_many_points_are_drawn_by_webgl():
    many = pd.DataFrame({"a": np.arange(theme.WEBGL_FROM), "b": 1.0})
    assert pair_scatter(many, "a", "b", len(many)).data[0].type == "scattergl"
    assert pair_scatter(many[1:], "a", "b", len(many)).data[0].type == "scatter"

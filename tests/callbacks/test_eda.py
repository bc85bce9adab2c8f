"""The EDA tab: distributions, group comparison, correlations, findings."""

import base64
import json

import numpy as np
import pandas as pd
import pytest

from tests.conftest import components, mall_table, texts, written

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
OPEN = "store-dataset.data"


@pytest.fixture
def given(visitor, mall_csv):
    return {
        "store-dataset.data": visitor.upload(mall_csv),
        "store-theme.data": "dark",
        "eda-bins.value": 10,
        "eda-columns.value": ["Age", INCOME],
        "eda-value.value": INCOME,
        "eda-group.value": "Gender",
        "eda-method.value": "pearson",
    }


def opened(visitor, table: pd.DataFrame) -> dict:
    return {"store-dataset.data": visitor.upload(written(table)), "eda-method.value": "pearson"}


def click(first: str, second: str) -> dict:
    return {"points": [{"curveNumber": 0, "x": first, "y": second, "z": 0.5}]}


def annotation(figure: dict) -> str:
    assert figure["data"] == []
    (said,) = figure["layout"]["annotations"]
    return said["text"]


def test_the_controls_offer_the_columns_by_role(fire, given):
    offered = fire("eda-columns.options", by=OPEN, given=given)["response"]
    numeric = [
        {"label": "Age", "value": "Age"},
        {"label": "Annual Income", "value": INCOME},
        {"label": "Spending Score", "value": SPENDING},
    ]
    assert offered["eda-columns"] == {"options": numeric, "value": ["Age", INCOME, SPENDING]}
    assert offered["eda-value"] == {"options": numeric, "value": INCOME}
    groups = [{"label": "Gender", "value": "Gender"}]
    assert offered["eda-split"] == {"options": groups, "value": None}
    assert offered["eda-group"] == {"options": groups, "value": "Gender"}


def test_a_file_without_known_headers_offers_what_it_has(visitor):
    table = mall_table().rename(columns={INCOME: "x", SPENDING: "y", "Age": "z", "Gender": "w"})
    offered = visitor.fire("eda-columns.options", by=OPEN, given=opened(visitor, table))["response"]
    assert offered["eda-columns"]["value"] == ["z", "x", "y"]
    assert offered["eda-value"]["value"] == "z"
    assert offered["eda-group"]["value"] == "w"


def test_a_file_without_groups_offers_none(visitor):
    given = opened(visitor, mall_table()[["Age", INCOME]])
    offered = visitor.fire("eda-columns.options", by=OPEN, given=given)["response"]
    assert offered["eda-group"] == {"options": [], "value": None}
    figure = visitor.filled("eda-comparison.figure", by=OPEN, given=given | {"eda-value.value": 1})
    assert annotation(figure) == "No column divides the customers into groups."


def test_a_comparison_waits_for_both_columns(visitor, given):
    given = given | {"eda-group.value": None}
    figure = visitor.filled("eda-comparison.figure", by=OPEN, given=given)
    assert annotation(figure) == "Choose a number and a grouping column."


def test_findings_are_sentences_about_the_columns(visitor, given):
    said = visitor.filled("eda-findings.children", by=OPEN, given=given)
    sentences = [texts(part) for part in components(said) if part["type"] == "Li"]
    assert 1 <= len(sentences) <= 4
    assert sentences[0].startswith("Annual Income and Spending Score are ")
    assert "60 customers" in sentences[0]


def test_a_file_with_nothing_to_compare_says_so(visitor):
    given = opened(visitor, mall_table()[["CustomerID", "Gender"]])
    said = visitor.filled("eda-findings.children", by=OPEN, given=given)
    assert said == "There are too few comparable columns."


def graphs(tree: object) -> list[dict]:
    return [part["props"]["figure"] for part in components(tree) if part["type"] == "Graph"]


def test_each_chosen_column_has_a_distribution_of_all_customers(visitor, given):
    figures = graphs(
        visitor.filled("eda-distributions.children", by="eda-columns.value", given=given)
    )
    assert [figure["layout"]["title"]["text"] for figure in figures] == ["Age", "Annual Income"]
    for figure in figures:
        (bars,) = figure["data"]
        assert len(counts(bars["y"])) == 10
        assert sum(counts(bars["y"])) == 60


def counts(values: object) -> list[float]:
    """Decode an array as plotly sends it."""
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"]).tolist()
    return list(values)


def test_a_split_draws_one_distribution_for_each_group(visitor, given):
    given |= {"eda-split.value": "Gender", "eda-columns.value": ["Age"]}
    (figure,) = graphs(
        visitor.filled("eda-distributions.children", by="eda-split.value", given=given)
    )
    assert {bars["name"] for bars in figure["data"]} == {"Female", "Male"}
    for bars in figure["data"]:
        assert sum(counts(bars["y"])) == pytest.approx(100)


def test_at_most_four_distributions_are_drawn(visitor):
    table = pd.concat([mall_table(n)[["Age"]].add_suffix(str(n)) for n in range(6)], axis=1)
    given = opened(visitor, table) | {"eda-bins.value": 5, "eda-columns.value": list(table)}
    filled = visitor.filled("eda-distributions.children", by="eda-bins.value", given=given)
    assert len(graphs(filled)) == 4


@pytest.mark.parametrize("chosen", [None, []])
def test_without_columns_nothing_is_drawn_but_a_hint(visitor, given, chosen):
    given["eda-columns.value"] = chosen
    filled = visitor.filled("eda-distributions.children", by="eda-columns.value", given=given)
    assert filled == "Choose a numeric column."


def test_groups_are_compared_in_figure_and_words(fire, given):
    answer = fire("eda-comparison.figure", by="eda-value.value", given=given)["response"]
    figure = answer["eda-comparison"]["figure"]
    boxes = [trace for trace in figure["data"] if trace["type"] == "box"]
    table = mall_table()
    assert {box["name"]: len(counts(box["y"])) for box in boxes} == (
        table["Gender"].value_counts().to_dict()
    )
    said = answer["eda-compared"]["children"]
    assert said.startswith("Annual Income ")
    for mean in table.groupby("Gender")[INCOME].mean():
        assert f"{mean:.1f} k$" in said
    assert "Hedges' g" in said


def test_groups_that_cannot_be_compared_are_told(visitor):
    table = mall_table(customers=20)
    table["Gender"] = ["Female"] * 19 + ["Male"]
    given = opened(visitor, table) | {"eda-value.value": "Age", "eda-group.value": "Gender"}
    said = visitor.filled("eda-compared.children", by="eda-group.value", given=given)
    assert said.startswith("“Age” cannot be compared between the groups of")
    figure = visitor.filled("eda-comparison.figure", by="eda-group.value", given=given)
    assert figure["data"] == []


@pytest.mark.parametrize(
    ("method", "title"),
    [("pearson", "Pearson correlation"), ("spearman", "Spearman's rank correlation")],
)
def test_the_heatmap_shows_every_pair_by_the_chosen_method(visitor, given, method, title):
    given["eda-method.value"] = method
    figure = visitor.filled("eda-heatmap.figure", by="eda-method.value", given=given)
    (trace,) = figure["data"]
    assert figure["layout"]["title"]["text"] == title
    assert trace["x"] == trace["y"] == ["Age", INCOME, SPENDING]
    for axis in ("xaxis", "yaxis"):
        labels = figure["layout"][axis]["ticktext"]
        assert labels == ["Age", "Annual Income", "Spending Score"]
    cells = counts(trace["z"])
    wanted = mall_table()[INCOME].corr(mall_table()[SPENDING], method=method)
    assert cells[1 * 3 + 2] == pytest.approx(wanted)


def test_one_numeric_column_has_no_heatmap(visitor):
    given = opened(visitor, mall_table()[["Age", "Gender"]])
    figure = visitor.filled("eda-heatmap.figure", by=OPEN, given=given)
    assert annotation(figure) == "A correlation needs two numeric columns."
    scatter = visitor.filled("eda-scatter.figure", by=OPEN, given=given)
    assert annotation(scatter) == "Click a cell of the heatmap."


def test_the_scatter_shows_income_and_spending_before_any_click(fire, given):
    answer = fire("eda-scatter.figure", by=OPEN, given=given)["response"]
    figure = answer["eda-scatter"]["figure"]
    assert figure["layout"]["title"]["text"] == "Spending Score against annual income"
    assert "Pearson r = " in answer["eda-related"]["children"]


def test_a_click_on_the_heatmap_draws_its_pair(fire, given):
    given["eda-heatmap.clickData"] = click("Age", SPENDING)
    answer = fire("eda-scatter.figure", by="eda-heatmap.clickData", given=given)["response"]
    figure = answer["eda-scatter"]["figure"]
    (trace,) = figure["data"]
    assert sorted(counts(trace["x"])) == sorted(mall_table()["Age"])
    assert sorted(counts(trace["y"])) == sorted(mall_table()[SPENDING])
    r = mall_table()["Age"].corr(mall_table()[SPENDING])
    assert f"Pearson r = {r:.2f}".replace("-", "−") in answer["eda-related"]["children"]


def test_a_pair_can_be_chosen_without_a_mouse_and_follows_a_click(fire, given):
    first = fire("eda-scatter.figure", by=OPEN, given=given)["response"]["eda-pair"]
    assert first["value"] == json.dumps([INCOME, SPENDING])
    offered = {one["label"]: one["value"] for one in first["options"]}
    assert list(offered) == [
        "Age and annual income",
        "Age and spending score",
        "Annual Income and spending score",
    ]
    given |= {"eda-pair.value": offered["Age and spending score"]}
    given["eda-heatmap.clickData"] = click("Age", INCOME)  # an earlier one
    answer = fire("eda-scatter.figure", by="eda-pair.value", given=given)["response"]
    title = answer["eda-scatter"]["figure"]["layout"]["title"]["text"]
    assert title == "Spending Score against age"
    given["eda-heatmap.clickData"] = click(SPENDING, "Age")
    answer = fire("eda-scatter.figure", by="eda-heatmap.clickData", given=given)["response"]
    assert answer["eda-pair"]["value"] == json.dumps([SPENDING, "Age"])
    assert answer["eda-pair"]["value"] in [o["value"] for o in answer["eda-pair"]["options"]]


def test_the_method_holds_for_the_scatter_too(fire, given):
    given |= {"eda-heatmap.clickData": click("Age", SPENDING), "eda-method.value": "spearman"}
    answer = fire("eda-scatter.figure", by="eda-method.value", given=given)["response"]
    assert "Spearman's rho = " in answer["eda-related"]["children"]


@pytest.mark.parametrize(
    "clicked", [click("Age", "Age"), click("Height", "Age"), click("Gender", "Age")]
)
def test_a_click_on_what_is_no_pair_of_this_file_shows_the_first_pair(fire, given, clicked):
    given["eda-heatmap.clickData"] = clicked
    answer = fire("eda-scatter.figure", by="eda-heatmap.clickData", given=given)["response"]
    figure = answer["eda-scatter"]["figure"]
    assert figure["layout"]["title"]["text"] == "Spending Score against annual income"


def test_customers_without_one_of_two_values_are_left_out_of_the_scatter(visitor):
    table = mall_table().astype({"Age": "Int64"})
    table.loc[:4, "Age"] = pd.NA
    given = opened(visitor, table) | {"eda-heatmap.clickData": click("Age", INCOME)}
    answer = visitor.fire("eda-scatter.figure", by=OPEN, given=given)["response"]
    assert len(counts(answer["eda-scatter"]["figure"]["data"][0]["x"])) == 55
    assert "55 customers" in answer["eda-related"]["children"]


@pytest.mark.parametrize(("theme", "ink"), [("dark", "#E6E9EE"), ("light", "#1F2937")])
def test_figures_are_drawn_for_the_theme_in_use(visitor, given, theme, ink):
    given["store-theme.data"] = theme
    figure = visitor.filled("eda-heatmap.figure", by=OPEN, given=given)
    assert figure["layout"]["template"]["layout"]["font"]["color"] == ink


def test_figures_are_light_before_the_theme_is_known(visitor, given):
    given["store-theme.data"] = None
    figure = visitor.filled("eda-heatmap.figure", by=OPEN, given=given)
    assert figure["layout"]["template"]["layout"]["font"]["color"] == "#1F2937"

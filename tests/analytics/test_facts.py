import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.columns import Column
from analytics.effects import cohens_h, hedges_g, strength, wilson
from analytics.explore import compare
from analytics.facts import facts, leading, sentence
from analytics.members import members

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture(scope="module")
def told(mall, mall_sweep):
    return facts(*mall, mall_sweep.labels["5"])


def of(table, segment, column, level=""):
    chosen = (table["segment"] == segment) & (table["column"] == column)
    return table[chosen & (table["level"] == level)].iloc[0]


@pytest.mark.parametrize("segment", range(1, 6))
@pytest.mark.parametrize("column", [AGE, INCOME, SPENDING])
def test_the_effect_is_that_of_a_comparison_with_the_rest(mall, mall_sweep, told, segment, column):
    inside = mall_sweep.labels["5"] == segment
    by = mall[0].assign(inside=np.where(inside, "yes", "no"))
    other = compare(by, column, "inside")
    fact = of(told, segment, column)
    sign = 1 if other.groups.index[0] == "yes" else -1
    assert fact["effect"] == pytest.approx(sign * other.effect)
    bounds = sorted([sign * other.low, sign * other.high])
    assert [fact["effect_low"], fact["effect_high"]] == pytest.approx(bounds)
    assert fact["value"] == pytest.approx(mall[0].loc[inside, column].mean())
    assert fact["rest"] == pytest.approx(mall[0].loc[~inside, column].mean())
    assert fact["index"] == pytest.approx(100 * fact["value"] / mall[0][column].mean())


def test_shares_of_levels_have_the_score_interval(told):
    women = of(told, 2, "Gender", "Female")
    assert women["value"] == pytest.approx(21 / 39)
    assert women["overall"] == pytest.approx(0.56)
    assert women["index"] == pytest.approx(100 * 21 / 39 / 0.56)
    assert women["rest"] == pytest.approx(91 / 161)
    assert women["trivial"]
    # Wilson's interval of 21 of 39 by the textbook formula.
    assert [women["low"], women["high"]] == pytest.approx([0.386, 0.684], abs=0.0015)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)


def test_the_largest_segment_comes_first_and_in_it_the_largest_effect(told):
    assert list(dict.fromkeys(told["segment"])) == [1, 2, 3, 4, 5]
    for _, own in told.groupby("segment"):
        assert own["effect"].abs().is_monotonic_decreasing
    assert leading(told, 2)["column"].tolist() == [SPENDING, INCOME, AGE]
    assert leading(told, 1, 9)["column"].tolist() == [AGE, INCOME]


def test_facts_are_said_in_the_units_of_the_customers(told):
    assert sentence(of(told, 2, INCOME)) == (
        "Annual Income 86.5 k$, index 143 (134 to 152), far above the rest"
    )
    assert sentence(of(told, 5, AGE)) == "Age 25.3 years, index 65 (59 to 71), far below the rest"
    assert sentence(of(told, 1, SPENDING)).endswith(", much like the rest")
    assert sentence(of(told, 3, "Gender", "Male")) == (
        "Gender 54 % Male, index 123 (87 to 158), much like the rest"
    )


def test_a_level_that_is_rare_elsewhere_is_said_to_be_more_frequent(column):
    customers = pd.DataFrame({"town": ["x"] * 40 + ["y"] * 60})
    labels = pd.Series([1] * 45 + [2] * 55)
    table = facts(customers, (column("town", "categorical"),), labels)
    assert sentence(of(table, 1, "town", "x")).endswith("far more often than the rest")
    assert sentence(of(table, 2, "town", "x")).endswith("far less often than the rest")
    assert leading(table, 1).shape[0] == 1


@pytest.mark.parametrize(
    "values", [[-1.0, 2, 3, 4, 5, 6], [0.0, 0, 0, 0, 0, 9], [-1.0, 1, -1, 1, -1, 1]]
)
def test_there_is_no_index_of_what_may_be_negative_or_none(column, values):
    table = facts(pd.DataFrame({"n": values}), (column("n"),), pd.Series([1, 1, 1, 2, 2, 2]))
    assert table["index"].isna().all()
    assert "index" not in sentence(table.iloc[0])


def test_the_interval_of_an_index_covers_the_true_one():
    rng = np.random.default_rng(5)
    labels = pd.Series(np.repeat([1, 2], [60, 40]))
    truth, hits = 100 * 12 / (0.6 * 8 + 0.4 * 12), 0
    columns = (Column("n", "numeric", "decimal", 0, 9, ""),)
    for _ in range(400):
        values = np.where(labels == 1, rng.gamma(4, 2, 100), rng.gamma(4, 3, 100))
        fact = of(facts(pd.DataFrame({"n": values}), columns, labels), 2, "n")
        hits += fact["index_low"] <= truth <= fact["index_high"]
    assert 0.91 <= hits / 400 <= 0.98


def test_missing_values_take_no_part(column):
    customers = pd.DataFrame(
        {"n": [1.0, 3, np.nan, 5, 7, 9], "town": ["x", None, "x", "y"] + ["y"] * 2}
    )
    columns = (column("n"), column("town", "categorical"))
    table = facts(customers, columns, pd.Series([1, 1, 1, 2, 2, 2]))
    assert of(table, 1, "n")[["customers", "value", "rest"]].tolist() == [2, 2, 7]
    assert of(table, 1, "town", "x")[["customers", "value", "overall"]].tolist() == [2, 1, 0.4]


def test_noise_has_no_facts_but_counts_among_the_rest(mall, mall_sweep, told):
    noisy = mall_sweep.labels["5"].where(mall_sweep.labels["5"] != 5, 0)
    table = facts(*mall, noisy)
    pd.testing.assert_frame_equal(table, told[told["segment"] != 5])
    assert facts(*mall, noisy * 0).empty


def test_a_single_segment_has_nothing_to_be_compared_with(mall):
    table = facts(*mall, pd.Series([1] * 200))
    assert table["effect"].isna().all()
    assert table["trivial"].all()
    assert leading(table, 1).empty


def test_segments_that_do_not_vary_differ_without_limit(column):
    table = facts(pd.DataFrame({"n": [1.0, 1, 2, 2]}), (column("n"),), pd.Series([1, 1, 2, 2]))
    assert sorted(table["effect"]) == [-np.inf, np.inf]
    assert sentence(of(table, 2, "n")).endswith("far above the rest")


def test_a_single_customer_has_an_index_without_an_interval(column):
    customers = pd.DataFrame({"n": [4.0, 5, 6, 5, 10]})
    table = facts(customers, (column("n"),), pd.Series([1, 1, 1, 1, 2]))
    assert sentence(of(table, 2, "n")) == "n 10.0, index 167, far above the rest"


def test_levels_alone_have_facts(column):
    table = facts(
        pd.DataFrame({"t": list("xyxy")}), (column("t", "boolean"),), pd.Series([1, 1, 2, 2])
    )
    assert table["value"].tolist() == [0.5] * 4


def test_effects_have_their_published_sizes():
    assert cohens_h(0.5, 10, 0.5, 10)[0] == 0
    assert cohens_h(0.75, 9, 0.25, 9)[0] == pytest.approx(
        1.047, abs=1e-3
    )  # Cohen 1988, table 6.2.2
    g, low, high = hedges_g(1.0, 18.0, 10, 10)
    assert g == pytest.approx(1 - 3 / 71)
    assert (high - low) / 2 == pytest.approx(1.96 * np.sqrt(0.2 + g**2 / 40))
    assert [strength(x) for x in (0.3, -0.6, 2)] == ["slightly", "clearly", "far"]


def test_equal_segments_are_ordered_by_their_first_customer():
    found = members(pd.Series([3, 0, 1, 1, 3, 2, 2, 2]))
    assert found.segments == (2, 3, 1)
    assert found.places.tolist() == [1, -1, 2, 2, 1, 0, 0, 0]
    assert found.sizes.tolist() == [3, 2, 2]


@settings(deadline=None, max_examples=25)
@given(count=st.integers(2, 7), seed=st.integers(0, 2**32 - 1))
def test_renumbering_changes_nothing_but_the_numbers(count, seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, count + 1, 60)
    customers = pd.DataFrame({"n": rng.normal(size=60), "town": rng.choice(list("xyz"), 60)})
    columns = (
        Column("n", "numeric", "decimal", 0, 60, ""),
        Column("town", "categorical", "text", 0, 3, ""),
    )
    number = np.concatenate([[0], rng.permutation(count) + 1])
    first = facts(customers, columns, pd.Series(labels))
    again = facts(customers, columns, pd.Series(number[labels]))
    expected = first.assign(segment=number[first["segment"]])
    pd.testing.assert_frame_equal(again, expected, check_dtype=False)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_number_of_a_sentence_is_in_the_frame(seed):
    rng = np.random.default_rng(seed)
    customers = pd.DataFrame(
        {"spent (€)": rng.gamma(2, 400, 40), "town": rng.choice(["x", "y"], 40)}
    )
    columns = (
        Column("spent (€)", "numeric", "decimal", 0, 40, ""),
        Column("town", "categorical", "text", 0, 2, ""),
    )
    labels = pd.Series(rng.integers(1, 4, 40))
    for _, fact in facts(customers, columns, labels).iterrows():
        said = [float(n.replace(",", "")) for n in re.findall(r"[\d,]*\d\.?\d*", sentence(fact))]
        group = customers[labels == fact["segment"]]
        if fact["level"]:
            value = 100 * (group["town"] == fact["level"]).mean()
            overall = 100 * (customers["town"] == fact["level"]).mean()
        else:
            value, overall = group["spent (€)"].mean(), customers["spent (€)"].mean()
        assert said[0] == pytest.approx(value, abs=0.51)
        assert said[1] == pytest.approx(100 * value / overall, abs=0.51)
        assert said[2] <= said[1] <= said[3]

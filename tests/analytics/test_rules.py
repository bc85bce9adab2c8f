import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier

from analytics.columns import Column
from analytics.conditions import Source, conditions, holds, paths, rounded
from analytics.prepare import FeatureSpec, prepare
from analytics.rules import rules, sentence
from analytics.sweep import sweep

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture(scope="module")
def told(mall, mall_sweep):
    return rules(*mall, mall_sweep.labels["5"], (INCOME, SPENDING))


def fitting(rule, customers):
    """Say who fulfils a rule, from its conditions alone."""
    inside = pd.Series(False, customers.index)
    for case in rule.cases:
        own = pd.Series(True, customers.index)
        for one in case:
            values = customers[one.column]
            own &= (
                values.isin(one.levels)
                if one.levels
                else values.between(one.above, one.most, inclusive="right")
            )
        inside |= own
    return inside


def test_the_mall_segments_follow_from_five_rules(told):
    assert told.fidelity == 0.975
    assert told.validated == pytest.approx(0.96, abs=0.006)
    assert told.validated_sd == pytest.approx(0.03, abs=0.005)
    assert [rule.words for rule in told.rules] == [
        "Annual income over 39 and up to 69 k$",
        "Annual income over 69 k$ and spending score over 51",
        "Annual income over 69 k$ and spending score up to 51",
        "Annual income up to 39 k$ and spending score up to 50",
        "Annual income up to 39 k$ and spending score over 50",
    ]
    assert told.notes == ()
    assert sentence(told.rules[0]) == (
        "Annual income over 39 and up to 69 k$: of the 78 customers who fit 99 % are in the"
        " segment, and 95 % of the segment fits."
    )


def test_precision_and_coverage_are_those_of_the_rule_as_it_is_said(mall, mall_sweep, told):
    labels = mall_sweep.labels["5"]
    for rule in told.rules:
        fits, own = fitting(rule, mall[0]), labels == rule.segment
        assert rule.customers == fits.sum()
        assert rule.precision == pytest.approx((fits & own).sum() / fits.sum())
        assert rule.coverage == pytest.approx((fits & own).sum() / own.sum())
        said = {float(n) for n in re.findall(r"\d+", rule.words)}
        used = {bound for case in rule.cases for one in case for bound in (one.above, one.most)}
        assert said == {bound for bound in used if np.isfinite(bound)}


def test_levels_are_said_in_words(mall):
    spec = FeatureSpec((AGE, "Gender"), weights=(("Gender", 20.0),))
    labels = sweep(prepare(*mall, spec).matrix, range(2, 3)).labels["2"]
    told = rules(*mall, labels, spec.columns)
    assert [rule.words for rule in told.rules] == ["Gender is Female", "Gender is Male"]
    assert told.fidelity == told.validated == 1
    assert [rule.precision for rule in told.rules] == [1, 1]


def test_many_levels_are_listed_or_excluded(column):
    towns = np.resize(np.array(["a", "b", "c", "d", None], dtype=object), 100)
    customers = pd.DataFrame({"town": towns})
    columns = (column("town", "categorical"),)
    told = rules(customers, columns, pd.Series(np.where(towns == "a", 2, 1)), ["town"])
    assert [rule.words for rule in told.rules] == ["Town is not a", "Town is a"]
    mixed = pd.Series(np.where(pd.isna(towns), 1, 2))
    told = rules(customers, columns, mixed, ["town"])
    assert told.rules[1].words == "Town is (missing)"
    assert told.rules[1].cases[0][0].levels == ("(missing)",)


def test_ordinal_columns_are_said_by_their_levels():
    customers = pd.DataFrame({"size": ["S", "M", "L", "XL"] * 10})
    columns = (Column("size", "ordinal", "text", 0, 4, "", levels=("S", "M", "L", "XL")),)
    labels = customers["size"].map({"S": 1, "M": 2, "L": 2, "XL": 3})
    told = rules(customers, columns, labels, ["size"])
    assert [rule.words for rule in told.rules] == ["Size is M to L", "Size is S", "Size is XL"]
    labels = customers["size"].map({"S": 1, "M": 1, "L": 2, "XL": 2})
    told = rules(customers, columns, labels, ["size"])
    assert [rule.words for rule in told.rules] == ["Size is M or lower", "Size is L or higher"]


def test_a_segment_in_two_places_has_two_cases(column):
    customers = pd.DataFrame({"n": np.arange(90.0)})
    labels = pd.Series(np.repeat([1, 2, 1], 30))
    told = rules(customers, (column("n"),), labels, ["n"])
    assert told.rules[0].words == "Either n up to 29; or n over 59"
    assert told.rules[1].words == "N over 29 and up to 59"
    assert told.fidelity == 1


def test_a_transformed_column_is_said_in_its_own_unit():
    customers = pd.DataFrame({"spent (€)": [1.0, 2, 3, 1_000, 2_000, 3_000] * 5})
    columns = (Column("spent (€)", "numeric", "decimal", 0, 6, "", transform="log"),)
    told = rules(customers, columns, pd.Series([1, 1, 1, 2, 2, 2] * 5), ["spent (€)"])
    assert told.rules[0].words == "Spent up to 500 €"


def test_noise_is_left_out_and_segments_need_no_centres(mall, mall_sweep):
    labels = mall_sweep.labels["5"]
    noisy = labels.where(labels != 5, 0)
    found = rules(*mall, noisy, (INCOME, SPENDING))
    assert [rule.segment for rule in found.rules] == [1, 2, 3, 4]
    assert sum(rule.customers for rule in found.rules) == (noisy > 0).sum()
    nothing = rules(*mall, labels * 0, (INCOME, SPENDING))
    assert nothing.rules == ()


def test_one_segment_is_everyone_and_few_customers_cannot_be_validated(column):
    customers = pd.DataFrame({"n": [1.0, 2, 3]})
    told = rules(customers, (column("n"),), pd.Series([4, 4, 4]), ["n"])
    assert told.rules[0].words == "Every customer"
    assert np.isnan(told.validated)
    assert told.fidelity == 1


def test_a_segment_that_no_leaf_keeps_apart_says_so(column):
    customers = pd.DataFrame({"n": [1.0, 1, 1, 2, 2, 2] * 2})
    told = rules(customers, (column("n"),), pd.Series([1, 1, 3, 2, 2, 2] * 2), ["n"])
    lost = told.rules[-1]
    assert sentence(lost) == "No short rule tells this segment apart."
    assert np.isnan(lost.precision)
    assert (lost.coverage, lost.customers, lost.cases) == (0, 0, ())


def test_of_very_many_customers_a_sample_is_fitted_and_all_are_counted(column):
    rng = np.random.default_rng(3)
    customers = pd.DataFrame({"n": rng.normal(size=30_000)})
    labels = pd.Series(np.where(customers["n"] > 0.25, 2, 1))
    told = rules(customers, (column("n"),), labels, ["n"])
    assert told.notes[0].startswith("The rules were sought among 20,000 of 30,000 customers")
    assert sum(rule.customers for rule in told.rules) == 30_000
    assert told.fidelity > 0.999


@pytest.mark.parametrize(
    ("values", "cut", "expected"),
    [
        ([38, 41], 39.5, 40),
        ([54, 57], 55.5, 56),
        ([0.1, 0.4], 0.25, 0.2),
        ([100, 100_000], 50_050, 50_000),
        ([-7.2, -3.1], -5, -5),
        ([2011, 2014], 2012.5, 2012),
        ([0, 1.23451, 1.23459, 10], 1.23455, 1.23),
    ],
)
def test_thresholds_are_round_numbers_in_the_gap(values, cut, expected):
    assert rounded(np.array(values, dtype=float), cut) == expected


@settings(deadline=None)
@given(
    values=st.lists(st.integers(-500, 500), min_size=2, max_size=40, unique=True).map(sorted),
    data=st.data(),
)
def test_rounding_whole_numbers_lets_nobody_change_sides(values, data):
    place = data.draw(st.integers(1, len(values) - 1))
    cut = (values[place - 1] + values[place]) / 2
    array = np.array(values, dtype=float)
    assert ((array <= rounded(array, cut)) == (array <= cut)).all()


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 5))
def test_leaves_share_out_the_customers(seed, count):
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(60, 3)).round(2)
    tree = DecisionTreeClassifier(max_leaf_nodes=8, random_state=0)
    tree.fit(matrix, rng.integers(0, count, 60))
    origins = [Source("a"), Source("b"), Source("c")]
    leaves = paths(tree, matrix, origins)
    assert (sum(holds(bounds, matrix).astype(int) for _, bounds in leaves) == 1).all()
    for _, bounds in leaves:
        assert len(conditions(bounds, origins, {})) == len(bounds)


@settings(deadline=None, max_examples=10)
@given(count=st.integers(2, 5), seed=st.integers(0, 2**32 - 1))
def test_renumbering_changes_nothing_but_the_numbers(mall, count, seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, count + 1, 200)
    number = np.concatenate([[0], rng.permutation(count) + 1])
    first = rules(*mall, pd.Series(labels), (INCOME, "Gender"))
    again = rules(*mall, pd.Series(number[labels]), (INCOME, "Gender"))
    assert [number[rule.segment] for rule in first.rules] == [r.segment for r in again.rules]
    for one, other in zip(first.rules, again.rules, strict=True):
        assert (one.words, one.cases, one.coverage) == (other.words, other.cases, other.coverage)
    assert (first.fidelity, first.validated) == (again.fidelity, again.validated)

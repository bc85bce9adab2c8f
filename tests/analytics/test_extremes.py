import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from analytics.extremes import beyond, leverage, limits, ordinary, parting, stand_in

AMOUNTS = hnp.arrays(np.float64, st.integers(20, 80), elements=st.integers(-300, 300).map(float))


def found(name, values):
    values = np.asarray(values, dtype=float)
    return values[beyond(values, limits(name, values))].tolist()


@given(AMOUNTS)
def test_the_fences_are_those_of_tukey(values):
    values = np.append(values, -301)  # below zero no logarithm is taken
    if stand_in(values) is not None:
        return
    lower, upper = pd.Series(values).quantile([0.25, 0.75])
    far = [v for v in values if v < lower - 3 * (upper - lower) or v > upper + 3 * (upper - lower)]
    expected = far if upper > lower and len(far) <= len(values) / 20 else []
    assert found("balance", values) == expected


def test_a_long_tail_alone_is_not_extreme_but_what_lies_beyond_it_is():
    spent = np.exp(np.random.default_rng(3).normal(4, 1, 500))
    assert found("spent", spent) == []
    assert found("spent", [*spent, 1e6]) == [1e6]
    within = limits("spent", np.array([*spent, 1e6]))
    lower, upper = np.quantile(np.log1p([*spent, 1e6]), [0.25, 0.75])
    assert within.high == pytest.approx(np.expm1(upper + 3 * (upper - lower)))
    assert within.reason.endswith("on a log scale")


def test_one_wrong_number_does_not_make_a_column_skewed():
    income = np.random.default_rng(4).normal(52_000, 20_000, 2_000).clip(2_000)
    within = limits("Income", np.append(income, 666_666))
    lower, upper = np.quantile(np.append(income, 666_666), [0.25, 0.75])
    assert within.high == pytest.approx(upper + 3 * (upper - lower))


def test_what_is_frequent_is_not_extreme():
    common = [1.0 + n / 1000 for n in range(90)]
    assert found("share", [*common, 9, 9, 9, 9]) == [9, 9, 9, 9]
    assert found("share", [*common, 9, 9, 9, 9, 9]) == []


def test_a_year_of_birth_before_1901_is_impossible():
    years = [1893, 1899, 1900, 1901, *range(1940, 1990)]
    within = limits("Year_Birth", np.array(years, dtype=float))
    assert found("Year_Birth", years) == [1893, 1899, 1900]
    assert (within.impossible, within.outside, within.span) == (True, "below 1901", "at least 1901")


@pytest.mark.parametrize("header", ["Age", "Age (years)", "age"])
def test_an_age_below_nothing_or_above_120_is_impossible(header):
    ages = [-3, 121, 300, *range(18, 60)]
    assert found(header, ages) == [-3, 121, 300]
    assert limits(header, np.array(ages, dtype=float)).impossible


@pytest.mark.parametrize(("header", "usual"), [("Birth weight", 3_300), ("Age", 480)])
def test_a_header_that_its_values_contradict_makes_nothing_impossible(header, usual):
    assert not limits(header, np.arange(usual, usual + 40.0)).impossible


def test_limits_are_in_whole_numbers_where_the_values_are():
    counts = np.array([*range(20), *range(20), 77], dtype=float)
    assert limits("count", counts).high == 45  # 15 + 3 × 10
    assert limits("count", counts + 0.5).high == 45.5


@pytest.mark.parametrize(
    ("values", "outside", "span"),
    [
        ([*range(40), 900], "above 90", "at most 90"),
        ([*range(40), -900], "below −51", "at least −51"),
        ([*range(40), -900, 900], "outside −52 to 91", "−52 to 91"),
    ],
)
def test_a_side_without_extreme_values_is_not_told(values, outside, span):
    within = limits("balance", np.array(values, dtype=float))
    assert (within.outside, within.span) == (outside, span)


def test_few_or_equal_values_and_missing_ones_are_never_extreme():
    assert found("a", [1, 2, 3, 10**9]) == []
    assert found("a", [1] * 50 + [10**9]) == []
    assert found("a", [*range(30), np.nan]) == []
    assert found("a", [np.nan] * 30) == []


def test_a_number_that_stands_for_none_is_not_extreme_as_well():
    days = np.array([*range(28), *range(28), 999, 999, 200], dtype=float)
    assert stand_in(days) == 999
    assert found("pdays", days) == [200]
    assert sorted(set(ordinary("pdays", days))) == list(range(28))


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ([999] * 900 + [*range(28)], 999),
        ([-1] * 10 + [*range(90)], -1),
        ([-1, *range(90)], None),  # once is no convention
        ([*range(-1, 90)] * 2, None),  # nor is the lowest of an unbroken range once in 91
        ([-1] * 10 + [*range(-20, 90)], None),
        ([99] * 10 + [*range(18, 90)], None),
        ([998] * 10 + [*range(28)], None),
        ([999] * 30, None),
        ([999] * 5 + [1] * 5, None),
    ],
)
def test_a_customary_number_apart_from_all_others_stands_for_none(values, number):
    assert stand_in(np.array([*values, np.nan], dtype=float)) == number


@given(AMOUNTS, st.integers(0, 2**31))
def test_shares_of_variance_are_shares_and_add_up(values, seed):
    marked = np.random.default_rng(seed).random(len(values)) < 0.3
    one, other = leverage(values, marked), leverage(values, ~marked)
    assert one + other == pytest.approx(1 if np.ptp(values) else 0)
    assert -1e-9 <= parting(values, marked) <= 1


def test_the_share_between_groups_is_the_correlation_ratio():
    values = np.array([1.0, 2, 3, 8, 9, np.nan])
    marked = np.array([False, False, False, True, True, True])
    assert parting(values, marked) == pytest.approx(np.corrcoef(values[:5], marked[:5])[0, 1] ** 2)
    assert parting(values, np.ones(6, dtype=bool)) == 0

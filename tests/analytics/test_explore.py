import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.errors import NotEnoughData, UnknownChoice
from analytics.explore import MOST_GROUPS, OTHER, compare, correlations, distribution

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture
def three_groups():
    """Twenty-four customers of three towns, some without a value or a town."""
    rng = np.random.default_rng(12)
    return pd.DataFrame(
        {
            "paid": np.concatenate([rng.normal([10, 14, 20] * 8, 4), [np.nan, 99]]),
            "town": [*["Bonn", "Köln", "Ulm"] * 8, "Ulm", None],
        }
    )


def test_every_customer_with_a_value_is_counted_in_one_bin(mall):
    bins = distribution(mall[0], INCOME, bins=7)
    assert len(bins) == 7
    assert bins["customers"].sum() == 200
    assert bins["share"].sum() == pytest.approx(1)
    assert (bins["left"].iloc[0], bins["right"].iloc[-1]) == (15, 137)
    np.testing.assert_allclose(bins["right"] - bins["left"], 122 / 7)
    for row in bins.head(6).itertuples():
        within = (mall[0][INCOME] >= row.left) & (mall[0][INCOME] < row.right)
        assert row.customers == within.sum()
    assert bins["customers"].iloc[-1] == (mall[0][INCOME] >= bins["left"].iloc[-1]).sum()


def test_each_group_is_counted_in_the_same_bins(mall):
    bins = distribution(mall[0], AGE, by="Gender")
    assert bins.groupby("group")["customers"].sum().to_dict() == {"Female": 112, "Male": 88}
    assert bins.groupby("group")["share"].sum().tolist() == pytest.approx([1, 1])
    edges = [part[["left", "right"]].to_numpy() for _, part in bins.groupby("group")]
    np.testing.assert_array_equal(*edges)
    together = bins.groupby("left")["customers"].sum()
    assert together.tolist() == distribution(mall[0], AGE)["customers"].tolist()


def test_customers_without_a_group_are_a_group_and_without_a_value_are_left_out(three_groups):
    counts = distribution(three_groups, "paid", by="town").groupby("group")["customers"].sum()
    assert counts.to_dict() == {"(missing)": 1, "Bonn": 8, "Köln": 8, "Ulm": 8}


def test_scores_of_the_mall_do_not_differ_by_gender(mall):
    found = compare(mall[0], SPENDING, "Gender")
    women, men = (
        mall[0].loc[mall[0]["Gender"] == gender, SPENDING].to_numpy(dtype=float)
        for gender in ("Female", "Male")
    )
    assert found.groups.index.tolist() == ["Female", "Male"]
    assert found.groups["customers"].tolist() == [112, 88]
    assert found.groups["mean"].tolist() == pytest.approx([51.526786, 48.511364])
    assert found.difference == pytest.approx(3.015422, abs=1e-6)
    welch = stats.ttest_ind(women, men, equal_var=False)
    assert welch.statistic == pytest.approx(0.805, abs=1e-3)
    span = welch.confidence_interval()
    assert (found.difference_low, found.difference_high) == pytest.approx((span.low, span.high))
    assert found.difference_low < 0 < found.difference_high


def test_the_effect_of_two_groups_is_hedges_g(mall):
    found = compare(mall[0], SPENDING, "Gender")
    women, men = (
        mall[0].loc[mall[0]["Gender"] == gender, SPENDING].to_numpy(dtype=float)
        for gender in ("Female", "Male")
    )
    pooled = np.sqrt((111 * women.var(ddof=1) + 87 * men.var(ddof=1)) / 198)
    g = (women.mean() - men.mean()) / pooled * (1 - 3 / (4 * 198 - 1))
    error = np.sqrt(200 / (112 * 88) + g**2 / 400)
    assert found.effect_name == "Hedges' g"
    assert found.effect == pytest.approx(g, rel=1e-12)
    assert (found.low, found.high) == pytest.approx((g - 1.96 * error, g + 1.96 * error))


def test_the_groups_are_described_the_largest_mean_first(three_groups):
    groups = compare(three_groups, "paid", "town").groups
    assert groups.index.tolist() == ["Ulm", "Köln", "Bonn"]
    assert groups.index.name == "group"
    bonn = three_groups.loc[three_groups["town"] == "Bonn", "paid"]
    row = groups.loc["Bonn"]
    assert row["mean"] == pytest.approx(bonn.mean())
    assert row["sd"] == pytest.approx(bonn.std())
    assert row["median"] == pytest.approx(bonn.median())
    span = stats.t.interval(0.95, 7, bonn.mean(), bonn.sem())
    assert (row["low"], row["high"]) == pytest.approx(span)


def test_the_effect_of_more_groups_is_eta_squared_within_its_interval(three_groups):
    found = compare(three_groups, "paid", "town")
    parts = [part["paid"].dropna() for _, part in three_groups.groupby("town")]
    f = stats.f_oneway(*parts).statistic
    assert found.effect_name == "eta squared"
    assert found.effect == pytest.approx(2 * f / (2 * f + 21))
    assert 0 < found.low < found.effect < found.high < 1
    for bound, tail in ((found.low, 0.975), (found.high, 0.025)):
        assert stats.ncf.cdf(f, 2, 21, 24 * bound / (1 - bound)) == pytest.approx(tail, abs=1e-6)
    assert np.isnan([found.difference, found.difference_low, found.difference_high]).all()


def test_groups_without_any_effect_have_an_interval_from_zero():
    customers = pd.DataFrame({"x": [1.0, 2, 3, 4] * 3, "by": np.repeat(["a", "b", "c"], 4)})
    found = compare(customers, "x", "by")
    assert found.effect == pytest.approx(0)
    assert found.low == found.high == 0


def test_groups_without_any_spread_within_have_the_whole_effect():
    customers = pd.DataFrame({"x": [1.0, 1, 2, 2, 5, 6], "by": list("aabbcc")})
    assert 0.9 < compare(customers, "x", "by").effect < 1


@pytest.mark.parametrize(
    ("values", "groups"),
    [
        ([1.0, 2, 3, 4], ["a", "a", "a", "b"]),
        ([1.0, 2, 3, 4], ["a", "a", None, None]),
        ([1.0, 1, 4, 4], ["a", "a", "b", "b"]),
        ([1.0, 2, np.nan, 4], ["a", "a", "b", "b"]),
    ],
)
def test_groups_too_small_to_compare_are_refused(values, groups):
    customers = pd.DataFrame({"x": values, "by": groups})
    with pytest.raises(NotEnoughData, match="“x” cannot be compared between the groups of “by”"):
        compare(customers, "x", "by")


def test_income_and_spending_of_the_mall_are_not_correlated(mall):
    table = correlations(mall[0], [AGE, INCOME, SPENDING])
    row = table.loc[(INCOME, SPENDING)]
    assert row["r"] == pytest.approx(0.0099, abs=5e-5)
    assert row["low"] < 0 < row["high"]
    assert table.loc[(AGE, SPENDING), "r"] == pytest.approx(-0.3272, abs=5e-5)


@pytest.mark.parametrize(("method", "theirs"), [("pearson", "pearsonr"), ("spearman", "spearmanr")])
def test_correlations_are_those_of_scipy_within_their_interval(mall, method, theirs):
    table = correlations(mall[0], [AGE, INCOME, SPENDING], method)
    assert len(table) == 6
    for (first, second), row in table.iterrows():
        x, y = (mall[0][name].to_numpy(dtype=float) for name in (first, second))
        assert row["r"] == pytest.approx(getattr(stats, theirs)(x, y).statistic)
        assert -1 < row["low"] < row["r"] < row["high"] < 1
        assert row["customers"] == 200


def test_pearsons_interval_is_fishers(mall):
    row = correlations(mall[0], [AGE, SPENDING]).loc[(AGE, SPENDING)]
    span = stats.pearsonr(*(mall[0][name].astype(float) for name in (AGE, SPENDING)))
    low, high = span.confidence_interval(0.95)
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-4)


def test_spearmans_interval_is_wider_than_pearsons_for_the_same_coefficient():
    x = np.random.default_rng(13).permutation(40)
    y = x + np.random.default_rng(14).permutation(40)
    ranks = pd.DataFrame({"x": x, "y": pd.Series(y).rank()}).rank()
    pearson, spearman = (
        correlations(ranks, ["x", "y"], method).loc[("x", "y")]
        for method in ("pearson", "spearman")
    )
    assert spearman["r"] == pytest.approx(pearson["r"])
    assert spearman["high"] - spearman["low"] > pearson["high"] - pearson["low"]


def test_each_pair_is_correlated_over_the_customers_who_have_both():
    customers = pd.DataFrame(
        {"a": [1.0, 2, np.nan, 4, 7, 5], "b": [2.0, 1, 9, np.nan, 3, 8], "c": [1.0, 4, 2, 8, 5, 7]}
    )
    table = correlations(customers, ["a", "b", "c"])
    assert table.loc[("a", "b"), "customers"] == 4
    assert table.loc[("a", "c"), "customers"] == 5
    both = customers[["a", "b"]].dropna()
    assert table.loc[("a", "b"), "r"] == pytest.approx(both["a"].corr(both["b"]))
    assert table.loc[("b", "a"), "r"] == table.loc[("a", "b"), "r"]


def test_a_constant_column_correlates_with_nothing():
    table = correlations(pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [7.0] * 4}), ["a", "b"])
    assert table["r"].isna().all()


def test_a_perfect_correlation_has_an_interval_up_to_one():
    customers = pd.DataFrame({"a": [1.0, 2, 3, 4, 5], "b": [5.0, 4, 3, 2, 1]})
    row = correlations(customers, ["a", "b"]).loc[("a", "b")]
    assert row["r"] == pytest.approx(-1)
    assert row["low"] == pytest.approx(-1)
    assert row["high"] == pytest.approx(-1, abs=1e-9)


def test_an_unknown_method_is_refused(mall):
    with pytest.raises(UnknownChoice, match="Choose pearson or spearman"):
        correlations(mall[0], [AGE, INCOME], "kendall")


def test_the_smallest_of_many_groups_are_counted_together_and_none_is_lost():
    table = pd.DataFrame({"x": np.arange(200.0), "g": [f"g{n % 20}" for n in range(200)]})
    bins = distribution(table, "x", by="g")
    assert bins["customers"].sum() == 200
    assert bins["group"].nunique() == MOST_GROUPS
    assert bins.loc[bins["group"] == OTHER, "customers"].sum() == 200 - 10 * (MOST_GROUPS - 1)


def test_every_group_takes_part_in_a_comparison():
    table = pd.DataFrame({"x": np.arange(200.0), "g": [f"g{n % 20}" for n in range(200)]})
    assert len(compare(table, "x", "g").groups) == 20


def test_a_group_without_spread_can_be_compared():
    table = pd.DataFrame({"v": [5.0, 5, 5, 1, 2, 3], "g": list("aaabbb")})
    comparison = compare(table, "v", "g")
    assert comparison.difference == 3
    assert comparison.difference_low < 3 < comparison.difference_high

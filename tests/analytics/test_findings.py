import numpy as np
import pandas as pd
import pytest

from analytics.explore import compare, correlations
from analytics.findings import compared, findings, related

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"


def test_the_mall_findings_begin_with_income_and_spending(mall):
    sentences = findings(*mall)
    assert len(sentences) == 4
    assert sentences[0] == (
        "Annual Income and Spending Score are not correlated (Pearson r = 0.01, 95 % interval"
        " −0.13 to 0.15, 200 customers); that does not rule out groups."
    )
    assert sentences[1] == (
        "Spending Score falls with age, moderately (Pearson r = −0.33, 95 % interval −0.45 to"
        " −0.20, 200 customers)."
    )
    assert any(
        sentence.startswith("Spending Score does not differ measurably by gender: Female 51.5,")
        for sentence in sentences
    )


def test_after_the_first_the_larger_effect_comes_first(column):
    rng = np.random.default_rng(15)
    a = rng.normal(size=300)
    customers = pd.DataFrame(
        {
            "Income": rng.normal(size=300),
            "Spending": rng.normal(size=300),
            "weak": a + 3 * rng.normal(size=300),
            "strong": a + 0.2 * rng.normal(size=300),
            "base": a,
            "side": np.where(a > 0, "right", "left"),
        }
    )
    measures = [column(name) for name in list(customers)[:5]]
    sentences = findings(customers, (*measures, column("side", "categorical")))
    assert len(sentences) == 4
    assert sentences[0].startswith("Income and Spending are not correlated")
    assert sentences[1].startswith("base rises with strong, strongly (Pearson r = 0.98,")
    assert sentences[2].startswith("base differs by side: right ")
    assert sentences[3].startswith("strong differs by side: right ")


def test_each_pair_is_told_once(column):
    rng = np.random.default_rng(16)
    customers = pd.DataFrame({"a": rng.normal(size=50), "b": rng.normal(size=50)})
    sentences = findings(customers, (column("a"), column("b")))
    assert len(sentences) == 1
    assert "a and b" in sentences[0]


def test_a_skewed_column_is_told_with_its_mean_and_median(column):
    customers = pd.DataFrame({"Paid (€)": [1.0] * 30 + [2.0] * 19 + [300.0]})
    (sentence,) = findings(customers, (column("Paid (€)"),))
    assert sentence.startswith(
        "Paid is skewed: the average of 7.36 € lies above the median of 1 € (skewness 7."
    )


def test_a_file_without_numbers_has_no_findings(column):
    customers = pd.DataFrame({"town": ["x", "y"] * 5})
    assert findings(customers, (column("town", "categorical"),)) == []


def test_pairs_of_too_few_customers_and_constant_groups_are_passed_over(column):
    customers = pd.DataFrame(
        {"a": [1.0, 2, 3, np.nan], "b": [1.0, 2, np.nan, 4], "by": list("xxxy")}
    )
    columns = (column("a"), column("b"), column("by", "categorical"))
    assert findings(customers, columns) == []


@pytest.mark.parametrize(
    ("r", "low", "high", "words"),
    [
        (0.05, -0.1, 0.2, "Income and Paid are not correlated (Pearson r = 0.05,"),
        (0.06, 0.01, 0.11, "Income and Paid are hardly correlated (Pearson r = 0.06,"),
        (0.2, 0.1, 0.3, "Paid rises with income, weakly ("),
        (-0.3, -0.4, -0.2, "Paid falls with income, moderately ("),
        (0.5, 0.4, 0.6, "Paid rises with income, strongly ("),
    ],
)
def test_a_relation_is_told_by_its_direction_and_strength(r, low, high, words):
    row = pd.Series({"r": r, "low": low, "high": high, "customers": 1234.0})
    sentence = related("Income (k$)", "Paid (€)", row)
    assert sentence.startswith(words)
    assert "1,234 customers)" in sentence


def test_a_rank_correlation_is_called_by_its_name(mall):
    row = correlations(mall[0], [AGE, SPENDING], "spearman").loc[(AGE, SPENDING)]
    assert "(Spearman's rho = −0.34," in related(AGE, SPENDING, row, "spearman")


def groups(gap, many, kinds="ab"):
    """Make customers whose groups have means a gap apart and standard deviation about 1."""
    noise = np.tile([-1.0, 1.0], many // 2)
    parts = {kind: noise + n * gap for n, kind in enumerate(kinds)}
    return compare(pd.DataFrame(parts).melt(var_name="by", value_name="Cost (€)"), "Cost (€)", "by")


def test_a_difference_is_told_with_its_size_and_intervals():
    sentence = compared(groups(1.0, 50), "Cost (€)", "by")
    assert sentence.startswith("Cost differs by by: b 1.0 €, a 0.0 € on average (difference 1.0 €,")
    assert "; Hedges' g 0.98, 95 % interval " in sentence


def test_a_small_but_certain_difference_differs_only_slightly():
    assert compared(groups(0.1, 10_000), "Cost (€)", "by").startswith("Cost differs only slightly")
    slight = compared(groups(0.05, 20_000, "abc"), "Cost (€)", "by")
    assert slight.startswith(
        "Cost differs only slightly by by: from c 0.1 € down to a 0.0 € on average ("
    )


def test_a_difference_within_its_error_is_not_measurable():
    assert "does not differ measurably" in compared(groups(0.1, 20), "Cost (€)", "by")
    assert "does not differ measurably" in compared(groups(0.0, 20, "abc"), "Cost (€)", "by")


def test_more_than_two_groups_are_told_from_the_largest_to_the_smallest_mean():
    sentence = compared(groups(2.0, 50, "abcd"), "Cost (€)", "by")
    assert sentence.startswith(
        "Cost differs by by: from d 6.0 € down to a 0.0 € on average (eta squared"
    )


def test_levels_that_have_an_order_are_compared_and_too_many_levels_are_not(column):
    rng = np.random.default_rng(17)
    size = np.tile(["S", "M", "L"], 40)
    customers = pd.DataFrame(
        {"paid": rng.normal(size=120) + 9 * (size == "L"), "size": size, "town": range(120)}
    )
    town = column("town", "categorical", distinct=120)
    columns = (column("paid"), column("size", "ordinal", distinct=3), town)
    (sentence,) = findings(customers, columns)
    assert sentence.startswith("paid differs by size: from L ")

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.behaviour import money, signals, value_shares
from analytics.columns import Column
from analytics.facts import facts
from analytics.insights import UNRELIABLE, claims, insights, overview

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
REVENUE, RECENCY, FREQUENCY = "Revenue (€)", "Recency", "Frequency"


def numeric(*headers):
    return tuple(Column(header, "numeric", "decimal", 0, 50, "") for header in headers)


def shop(seed, count=3, rows=90):
    """Make customers of a shop with what they paid, when and how often, in random segments."""
    rng = np.random.default_rng(seed)
    labels = pd.Series(rng.permutation(np.resize(np.arange(1, count + 1), rows)))
    customers = pd.DataFrame(
        {
            REVENUE: rng.gamma(2, 300, rows) * labels,
            RECENCY: rng.gamma(2, 20, rows) / labels,
            FREQUENCY: rng.poisson(4 * labels),
        }
    )
    return customers, numeric(REVENUE, RECENCY, FREQUENCY), labels


def numbers(sentence):
    found = re.findall(r"\d[\d,]*\.?\d*", sentence)
    return [float(number.replace(",", "").rstrip(".")) for number in found]


def test_the_mall_segments_have_one_suggestion_each(mall, mall_sweep):
    labels = mall_sweep.labels["5"]
    told = insights(*mall, labels, facts(*mall, labels))
    assert [one.segment for one in told] == [1, 2, 3, 4, 5]
    assert [one.size for one in told][:2] == [
        "81 of 200 customers (40.5 %).",
        "39 of 200 customers (19.5 %).",
    ]
    assert {one.value for one in told} == {""}  # neither a score nor an income can be added up
    assert told[2].action.startswith("Ask what keeps them from buying")
    assert told[2].reason == (
        "Because Annual Income averages 88.2 k$ against 54.7 k$ in the rest and Spending Score"
        " averages 17.1 against 57.2 in the rest."
    )
    assert told[0].reason == ""
    assert told[0].action.startswith("They are not far enough from the rest in Annual Income or")
    assert len({one.action for one in told}) == 5


def test_nothing_is_suggested_for_a_segment_that_does_not_come_back(mall, mall_sweep):
    labels = mall_sweep.labels["5"]
    table = facts(*mall, labels)
    once, now = insights(*mall, labels, table), insights(*mall, labels, table, {3})
    assert now[2] == replace(once[2], action=UNRELIABLE, reason="")
    assert [*now[:2], *now[3:]] == [*once[:2], *once[3:]]


def test_what_is_far_from_the_rest_but_means_no_action_is_not_called_near():
    rng = np.random.default_rng(1)
    customers = pd.DataFrame(
        {INCOME: rng.normal([100] * 30 + [40] * 30, 5), SPENDING: rng.normal(50, 20, 60)}
    )
    labels, columns = pd.Series([1] * 30 + [2] * 30), numeric(INCOME, SPENDING)
    rich, poor = insights(customers, columns, labels, facts(customers, columns, labels))
    assert rich.action == "High Annual Income alone suggests no action."
    assert poor.action == "Low Annual Income alone suggests no action."


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 5))
def test_every_number_is_one_that_can_be_computed_again(seed, count):
    customers, columns, labels = shop(seed, count)
    told = insights(customers, columns, labels, facts(customers, columns, labels))
    total = customers[REVENUE].sum()
    previous = np.inf
    for one in told:
        own, rest = customers[labels == one.segment], customers[labels != one.segment]
        size, everyone, share = numbers(one.size)
        assert (size, everyone) == (len(own), len(customers))
        assert share == pytest.approx(100 * len(own) / len(customers), abs=0.051)
        share, confidence, low, high, times, paid = numbers(one.value)
        exact = own[REVENUE].sum() / total
        assert exact <= previous
        previous = exact
        assert share == pytest.approx(100 * exact, abs=0.51)
        assert confidence == 95
        assert low <= share <= high
        assert times == pytest.approx(exact * len(customers) / len(own), abs=0.051)
        assert paid == pytest.approx(own[REVENUE].sum(), abs=0.51)
        for sentence in one.outstanding:
            column = next((c for c in customers if sentence.startswith(c.split(" (")[0])), None)
            if column is None:
                assert (
                    sentence == "In no column does it differ from the rest by more than a trifle."
                )
                continue
            value, index, low, high = numbers(sentence)
            assert value == pytest.approx(own[column].mean(), abs=0.51)
            assert index == pytest.approx(
                100 * own[column].mean() / customers[column].mean(), abs=0.51
            )
            assert low <= index <= high
        for column, mean, other in re.findall(
            r"(Revenue|Recency|Frequency) averages ([\d.,]+).*? against ([\d.,]+)", one.reason
        ):
            name = REVENUE if column == "Revenue" else column
            assert numbers(mean)[0] == pytest.approx(own[name].mean(), abs=0.51)
            assert numbers(other)[0] == pytest.approx(rest[name].mean(), abs=0.51)
    said = overview(customers, columns, labels, {n: f"n{n}" for n in range(9)})
    largest = labels.value_counts().max()
    assert numbers(said[0])[:2] == [count, len(customers)]
    assert f"has {largest} ({100 * largest / len(customers):.1f} %), the largest" in said[0]
    best = customers.groupby(labels.to_numpy())[REVENUE].sum().idxmax()
    assert said[1].startswith(
        f"“n{best}” brings {100 * (labels == best).mul(customers[REVENUE]).sum() / total:.0f} %"
    )


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 5))
def test_renumbering_changes_nothing_but_the_numbers(seed, count):
    customers, columns, labels = shop(seed, count)
    number = np.concatenate([[0], np.random.default_rng(seed).permutation(count) + 1])
    again = pd.Series(number[labels])
    first, second = (
        insights(customers, columns, it, facts(customers, columns, it)) for it in (labels, again)
    )
    assert [int(number[one.segment]) for one in first] == [one.segment for one in second]
    for one, other in zip(first, second, strict=True):
        assert (one.size, one.value, one.outstanding, one.action, one.reason) == (
            other.size, other.value, other.outstanding, other.action, other.reason,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("means", "action"),
    [
        ({RECENCY: 90, REVENUE: 900}, "Win these customers back"),
        ({RECENCY: 90}, "Remind them once"),
        ({RECENCY: 1, FREQUENCY: 1}, "Welcome them"),
        ({FREQUENCY: 20, REVENUE: 10}, "Offer bundles"),
        ({FREQUENCY: 20}, "Thank them for their loyalty"),
        ({REVENUE: 900}, "Keep them by service, and ask"),
        ({FREQUENCY: 1}, "Give them a reason to come again"),
        ({REVENUE: 10}, "Find out what they buy elsewhere"),
        ({RECENCY: 30}, "They are not far enough from the rest in Revenue, Recency or Frequency"),
    ],
)
def test_an_action_follows_from_what_is_far_from_the_rest(means, action):
    rng = np.random.default_rng(4)
    customers = pd.DataFrame(
        rng.normal([300, 30, 8], [60, 6, 2], (60, 3)), columns=[REVENUE, RECENCY, FREQUENCY]
    )
    labels = pd.Series(np.repeat([1, 2], [20, 40]))
    for column in customers:
        customers.loc[:19, column] += (
            means.get(column, customers[column][20:].mean()) - customers[column][:20].mean()
        )
    columns = numeric(*customers)
    told = {
        one.segment: one
        for one in insights(customers, columns, labels, facts(customers, columns, labels))
    }
    assert told[1].action.startswith(action)
    assert ("averages" in told[1].reason) == (not action.startswith("They are not"))


def test_without_a_telling_column_no_action_is_made_up(column):
    customers = pd.DataFrame({"shoe size": [40.0, 41, 42, 36, 37, 38]})
    labels = pd.Series([1, 1, 1, 2, 2, 2])
    told = insights(
        customers, numeric("shoe size"), labels, facts(customers, numeric("shoe size"), labels)
    )
    assert told[0].action == "No column tells how these customers buy, so none suggests an action."
    same = pd.DataFrame({"t": list("xyxy")})
    columns = (column("t", "boolean"),)
    labels = pd.Series([1, 1, 2, 2])
    told = insights(same, columns, labels, facts(same, columns, labels))
    assert told[0].outstanding == (
        "In no column does it differ from the rest by more than a trifle.",
    )


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ((INCOME, SPENDING), None),
        ((INCOME, "Total Spent (€)"), "Total Spent (€)"),
        (("Avg Purchases", "PURCHASES_FREQUENCY", "PURCHASES"), "PURCHASES"),
        (("Credit Limit ($)", "Basket ($)"), "Basket ($)"),
        (("Monetary", "Recency", "Frequency"), "Monetary"),
        (("Number of orders", "Age"), None),
    ],
)
def test_money_is_what_can_be_added_up(headers, found):
    assert money(numeric(*headers)) == found


def test_signals_are_told_from_the_like():
    columns = numeric(INCOME, "Days since Dt Customer", "BALANCE_FREQUENCY", "Orders (€)", "Visits")
    assert signals(columns) == {"income": INCOME, "spending": "Orders (€)", "frequency": "Visits"}
    assert signals(numeric("Days since last order"))["recency"] == "Days since last order"


def test_the_interval_of_a_share_of_value_covers_the_true_one():
    rng = np.random.default_rng(8)
    hits = 0
    for _ in range(400):
        labels = pd.Series(np.where(rng.random(200) < 0.3, 2, 1))
        values = pd.DataFrame({REVENUE: rng.gamma(2, 100, 200) * labels})
        row = value_shares(values, REVENUE, labels).loc[2]
        hits += row["low"] <= 0.6 / 1.3 <= row["high"]
    assert 0.91 <= hits / 400 <= 0.98


def test_shares_add_up_and_noise_counts_among_all():
    customers, columns, labels = shop(1)
    table = value_shares(customers, REVENUE, labels)
    assert table["share"].sum() == pytest.approx(1)
    noisy = labels.where(labels != 3, 0)
    pd.testing.assert_frame_equal(value_shares(customers, REVENUE, noisy), table.drop(3))
    said = overview(customers, columns, noisy, {1: "a", 2: "b"})
    assert said[1] == "30 customers are in no segment (33.3 %)."
    assert overview(customers, columns, labels * 0, {}) == ["No customer is in a segment."]
    assert value_shares(customers * 0, REVENUE, labels).empty
    told = insights(customers, columns, noisy, facts(customers, columns, noisy))
    assert {one.segment for one in told} == {1, 2}


def test_the_claims_of_the_mall_are_checked(mall, interpreted):
    five, follows = claims(*mall, count=5, silhouette=0.55466, error=0.0123)
    assert (five.holds, follows.holds) == (True, False)
    assert five.sentence == "Yes: 5 segments are recommended, the mean silhouette is 0.555 ± 0.012."
    assert follows.sentence.startswith(
        "No: Annual Income and Spending Score are not correlated (Pearson r = 0.01, 95 % interval"
    )
    r = np.corrcoef(mall[0][INCOME].astype(float), mall[0][SPENDING].astype(float))[0, 1]
    assert round(r, 2) == 0.01
    none = claims(*mall, count=None, silhouette=0.3, error=0.01)[0]
    assert none.sentence.startswith("No: no number of segments is recommended")
    rising = interpreted(
        {
            "income": [n % 25 + 10 for n in range(50)],
            "spending": [n % 25 + n % 3 for n in range(50)],
        }
    )
    assert claims(*rising, count=3, silhouette=0.5, error=0.01)[1].holds
    assert claims(mall[0], mall[1][:2], count=5, silhouette=0.5, error=0.01) == []

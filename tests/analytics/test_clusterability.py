import re
from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.spatial.distance import cdist
from scipy.special import expit, logsumexp

from analytics.clusterability import FEWEST, clusterability, hopkins
from analytics.errors import NotEnoughData

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def table(values):
    values = np.asarray(values, dtype=float)
    return pd.DataFrame(values, columns=[f"feature {n:02d}" for n in range(values.shape[1])])


def one_hot(levels, count):
    return np.eye(count)[levels]


def two_humps(rng, customers):
    """Ages in years around 30 and 55, every year between them taken by someone."""
    middle = np.resize([30, 55], customers)
    return table(np.rint(rng.normal(middle, 5))[:, np.newaxis])


@pytest.mark.parametrize("features", [1, 2, 5])
def test_the_statistic_equals_its_definition(features):
    rng = np.random.default_rng(features)
    points, probes = rng.normal(size=(50, features)), rng.random((50, features))
    points[0] = points[1]
    between = cdist(points, points) + np.diag(np.full(50, np.inf))
    w = (between.min(axis=0) ** features).sum()
    u = (cdist(probes, points).min(axis=1) ** features).sum()
    assert hopkins(points, probes, features) == pytest.approx(u / (u + w), rel=1e-12)


@pytest.mark.parametrize("unit", [1e-3, 1, 1e3])
def test_the_statistic_survives_powers_that_no_float_can_hold(unit):
    rng = np.random.default_rng(5)
    points, probes = unit * rng.random((40, 200)), unit * rng.random((40, 200))
    between = cdist(points, points) + np.diag(np.full(40, np.inf))
    w = logsumexp(200 * np.log(between.min(axis=0)))
    u = logsumexp(200 * np.log(cdist(probes, points).min(axis=1)))
    assert hopkins(points, probes, 200) == pytest.approx(expit(u - w), rel=1e-9)


def test_the_statistic_is_a_half_where_there_are_no_distances():
    assert hopkins(np.ones((12, 2)), np.ones((12, 2)), 2) == 0.5


EVEN = {
    "decimals": lambda rng: rng.random((30, 2)),
    "many integers": lambda rng: rng.integers(1, 51, (30, 2)),
    "few integers": lambda rng: rng.integers(1, 4, (60, 1)),
    "prices": lambda rng: rng.integers(1, 2_001, (30, 1)) / 100,
    "a rare flag": lambda rng: np.column_stack([rng.random((30, 1)), rng.permutation(30) < 3]),
    "a category": lambda rng: np.column_stack(
        [rng.random((30, 1)), one_hot(rng.integers(0, 4, 30), 4)]
    ),
    "only categories": lambda rng: np.column_stack(
        [one_hot(rng.integers(0, 4, 60), 4), rng.permutation(60) < 20]
    ),
}


@pytest.mark.parametrize("kind", EVEN)
def test_evenly_spread_customers_are_rarely_taken_for_clumped(kind):
    rng = np.random.default_rng(1)
    found = [clusterability(table(EVEN[kind](rng)), seed=seed) for seed in range(25)]
    p_values = np.array([each.p_value for each in found])
    assert (p_values < 0.05).sum() <= 4  # of 25; 1 is expected
    assert 0.33 < p_values.mean() < 0.67  # three standard errors about a half
    inside = sum(each.low <= each.hopkins <= each.high for each in found)
    assert inside >= 20


def test_separate_groups_are_clumped(blobs):
    found = clusterability(blobs)
    assert found.hopkins > 0.9
    assert found.hopkins > found.high
    assert found.p_value == 0.01
    assert (found.sampled, found.customers) == (120, 120)


def test_the_income_and_spending_of_the_mall_are_clumped(mall_matrix):
    found = clusterability(mall_matrix(INCOME, SPENDING))
    assert found.hopkins > 0.75
    assert found.p_value == 0.01


CLUMPED = {
    "two humps of whole years": lambda rng: two_humps(rng, 300),
    "one dense group": lambda rng: table(rng.normal(size=(100, 2))),
    "one elongated group": lambda rng: table(
        rng.random((100, 1)) + rng.normal(scale=0.05, size=(100, 2))
    ),
    "groups among many levels": lambda rng: table(
        np.column_stack(
            [rng.normal(np.resize([0, 2], 200), 0.3), one_hot(rng.integers(0, 12, 200), 12)]
        )
    ),
    "flags that go together": lambda rng: table(
        rng.random((200, 6)) < np.resize([0.1, 0.9], (200, 1))
    ),
    "flags that go together and a number": lambda rng: table(
        np.column_stack([rng.random(200), rng.random((200, 6)) < np.resize([0.1, 0.9], (200, 1))])
    ),
}


@pytest.mark.parametrize("kind", CLUMPED)
def test_clumps_are_found_in_every_kind_of_feature(kind):
    rng = np.random.default_rng(2)
    assert all(clusterability(CLUMPED[kind](rng), seed=seed).p_value < 0.05 for seed in range(3))


def test_customers_who_share_a_few_uneven_prices_are_as_clumped_as_can_be():
    found = clusterability(table(np.resize([10.0, 20.0, 47.0], (60, 1))))
    assert found.hopkins == 1
    assert found.p_value == 0.01


def test_customers_spaced_more_regularly_than_chance_are_not_clumped():
    rng = np.random.default_rng(3)
    lattice = np.stack(np.meshgrid(np.arange(10), np.arange(10)), axis=-1).reshape(-1, 2)
    found = clusterability(table(lattice + rng.uniform(-0.2, 0.2, lattice.shape)))
    assert found.hopkins < found.low
    assert found.p_value > 0.9
    assert "no closer together" in found.sentence


def test_the_sentence_about_clumps_has_the_numbers_and_the_caveat(blobs):
    found = clusterability(blobs)
    assert found.sentence == (
        "The customers lie closer together than chance would put them (Hopkins statistic"
        f" {found.hopkins:.2f}; evenly spread customers would give {found.low:.2f} to"
        f" {found.high:.2f}): there is some clumping to look for, though one dense or elongated"
        " group gives that too, so look at the silhouette."
    )


def test_the_sentence_about_one_cloud_has_the_numbers():
    found = clusterability(table(np.random.default_rng(4).random((60, 2))))
    assert found.sentence == (
        "The customers lie no closer together than chance would put them (Hopkins statistic"
        f" {found.hopkins:.2f}; evenly spread customers would give {found.low:.2f} to"
        f" {found.high:.2f}): any segments are likely to be cuts through one cloud rather than"
        " natural groups."
    )


@pytest.mark.parametrize(
    ("customers", "features", "sampled"), [(1_000, 2, 1_000), (1_500, 2, 1_000), (1_500, 40, 200)]
)
def test_many_customers_are_judged_by_a_sample_and_the_sentence_says_so(
    customers, features, sampled
):
    found = clusterability(table(np.random.default_rng(6).random((customers, features))))
    assert (found.sampled, found.customers) == (sampled, customers)
    said = re.findall(r", measured on ([\d,]+) of ([\d,]+) customers;", found.sentence)
    assert said == ([] if sampled == customers else [(f"{sampled:,}", f"{customers:,}")])


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(blobs):
    assert clusterability(blobs, seed=1) == clusterability(blobs, seed=1)
    assert clusterability(blobs, seed=1).hopkins != clusterability(blobs, seed=2).hopkins


@pytest.mark.parametrize("customers", [60, 1_200])
def test_the_order_of_rows_and_columns_changes_nothing(customers):
    rng = np.random.default_rng(7)
    matrix = table(
        np.column_stack(
            [
                rng.random(customers),
                rng.integers(1, 6, (customers, 2)),
                np.eye(3)[rng.integers(0, 3, customers)],
            ]
        )
    )
    shuffled = matrix.sample(frac=1, random_state=8)[matrix.columns[::-1]]
    assert clusterability(shuffled) == clusterability(matrix)


@pytest.mark.parametrize("exponent", [3, 600, -600])
def test_the_unit_changes_nothing(blobs, exponent):
    assert clusterability(blobs * 2.0**exponent) == clusterability(blobs)


def test_a_constant_column_changes_nothing(blobs):
    assert clusterability(blobs.assign(same=3.5)) == clusterability(blobs)


def test_a_table_is_left_as_it_was(blobs):
    before = blobs.copy()
    clusterability(blobs)
    pd.testing.assert_frame_equal(blobs, before)


def test_thirty_features_give_finite_numbers():
    rng = np.random.default_rng(9)
    even = clusterability(table(rng.random((100, 30))))
    grouped = clusterability(table(rng.random((100, 30)) + np.resize([[0.0], [1.0]], (100, 1))))
    assert np.isfinite([even.hopkins, even.low, even.high, even.p_value]).all()
    assert even.p_value > 0.05 > grouped.p_value


def test_too_few_customers_are_refused(blobs):
    with pytest.raises(NotEnoughData) as caught:
        clusterability(blobs.head(FEWEST - 1))
    assert caught.value.cause == "Whether customers clump cannot be told from 9 customers."
    assert caught.value.remedy == "Use at least 10."
    assert clusterability(blobs.head(FEWEST)).customers == FEWEST


def test_customers_who_are_all_alike_are_refused():
    with pytest.raises(NotEnoughData) as caught:
        clusterability(table(np.full((20, 2), 0.1)))
    assert caught.value.cause == "The customers hardly differ in the chosen features."
    assert caught.value.remedy == "Choose features in which they differ."


SHAPES = st.tuples(st.integers(FEWEST, 25), st.integers(1, 4))
VALUES = st.integers(0, 1) | st.integers(-9, 9) | st.floats(-1e6, 1e6)


@settings(deadline=None, max_examples=40)
@given(arrays.arrays(np.float64, SHAPES, elements=VALUES.map(float)))
def test_every_table_gets_a_statistic_and_a_p_value_within_their_bounds(values):
    assume(np.ptp(values, axis=0).any())
    found = clusterability(table(values))
    assert 0 <= found.hopkins <= 1
    assert 0 <= found.low <= found.high <= 1
    assert 0 < found.p_value <= 1
    assert all(isinstance(number, float) for number in astuple(found)[:4])
    assert ("no closer" in found.sentence) == (found.p_value >= 0.05)

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from analytics.one_dimension import optimal_cuts


def within(values, labels):
    """Sum the squares about the means of the labelled groups."""
    groups = [values[labels == label] for label in np.unique(labels)]
    return sum(((group - group.mean()) ** 2).sum() for group in groups)


def least_within(values, count):
    """Try every way to cut the sorted values into intervals that keep equal values together."""
    ordered = np.sort(values)
    places = [n for n in range(1, len(ordered)) if ordered[n - 1] < ordered[n]]
    return min(
        sum(((part - part.mean()) ** 2).sum() for part in np.split(ordered, cuts))
        for cuts in combinations(places, count - 1)
    )


VALUES = st.integers(-9, 9) | st.floats(-9, 9).map(lambda value: round(value, 2))


@settings(deadline=None, max_examples=60)
@given(st.lists(VALUES, min_size=1, max_size=9))
def test_the_cuts_are_as_good_as_the_best_of_all_partitions(values):
    values = np.array(values, dtype=float)
    distinct = len(np.unique(values))
    for count, labels in optimal_cuts(values, range(1, distinct + 1)).items():
        assert within(values, labels) == pytest.approx(least_within(values, count), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20),
    st.sampled_from([0.0, -1e4, 1e9]),
)
def test_every_interval_holds_values_and_labels_ascend_with_them(values, offset):
    values = np.array(values) + offset
    distinct = len(np.unique(values))
    for count, labels in optimal_cuts(values, range(1, distinct + 1)).items():
        assert np.unique(labels).tolist() == list(range(count))
        assert (np.diff(labels[np.argsort(values, kind="stable")]) >= 0).all()
        assert all(len(set(labels[values == value])) == 1 for value in values)


@pytest.mark.parametrize("seed", range(4))
def test_the_cuts_are_never_worse_than_fifty_starts_of_k_means(seed):
    rng = np.random.default_rng(seed)
    values = np.concatenate([rng.normal(size=40), rng.lognormal(2, 1, size=40)])
    count = 3 + seed
    with threadpool_limits(limits=1):
        fit = KMeans(count, n_init=50, random_state=seed).fit(values[:, np.newaxis])
    cuts = optimal_cuts(values, range(2, 7))
    assert within(values, cuts[count]) <= fit.inertia_ * (1 + 1e-9)


def test_more_intervals_never_leave_more_spread():
    values = np.random.default_rng(5).gamma(2, size=300)
    spreads = [within(values, labels) for labels in optimal_cuts(values, range(1, 30)).values()]
    assert (np.diff(spreads) < 0).all()


def test_as_many_intervals_as_distinct_values_leave_no_spread():
    values = np.array([3.0, 1, 3, 2, 1, 1])
    assert optimal_cuts(values, range(3, 4))[3].tolist() == [2, 0, 2, 1, 0, 0]


def test_a_single_interval_is_everyone():
    assert optimal_cuts(np.array([5.0, -1, 5]), range(1, 2))[1].tolist() == [0, 0, 0]


def test_repeats_weigh_as_often_as_they_occur():
    few = optimal_cuts(np.array([0.0, 4, 10]), range(2, 3))[2]
    many = optimal_cuts(np.array([0.0, 4] + [10] + [4] * 20), range(2, 3))[2]
    assert few.tolist() == [0, 0, 1]
    assert many[:3].tolist() == [0, 0, 1]
    heavy = optimal_cuts(np.array([0.0] * 30 + [4, 4, 4, 4] + [9]), range(2, 3))[2]
    assert heavy.tolist() == [0] * 30 + [1] * 5


def test_a_large_offset_moves_no_cut():
    values = np.random.default_rng(6).normal(size=80).round(3)
    there = optimal_cuts(values + 1e8, range(2, 8))
    for count, labels in optimal_cuts(values, range(2, 8)).items():
        np.testing.assert_array_equal(there[count], labels)


def test_the_values_stay_in_the_order_they_had():
    values = np.array([9.0, 1, 5])
    optimal_cuts(values, range(2, 3))
    assert values.tolist() == [9, 1, 5]

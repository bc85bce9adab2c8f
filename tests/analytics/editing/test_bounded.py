"""Minimum sizes: always met at the least cost, or refused in words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from analytics.divisions import least, powers
from analytics.editing.bounded import assigned, bounded
from analytics.engine.distinct import distinct
from analytics.errors import NotEnoughData


def optimum(costs, minimum):
    """Solve the assignment exactly: every segment has its places, the rest are anyone's."""
    rows, count = costs.shape
    own = np.repeat(np.arange(count), minimum)
    left = rows - len(own)
    table = np.column_stack([costs[:, own], np.tile(costs.min(axis=1)[:, None], left)])
    return table[linear_sum_assignment(table)].sum()


@given(
    seed=st.integers(0, 10_000),
    rows=st.integers(4, 60),
    count=st.integers(2, 6),
    share=st.floats(0.1, 1),
)
def test_the_assignment_keeps_the_bounds_at_the_least_cost(seed, rows, count, share):
    rng = np.random.default_rng(seed)
    minimum = max(1, int(share * rows / count))
    costs = rng.random((rows, count)) * rng.random(count) * 5
    if rows < count * minimum:
        with pytest.raises(NotEnoughData):
            assigned(costs, np.ones(rows), minimum)
        return
    labels = assigned(costs, np.ones(rows), minimum)
    assert (np.bincount(labels, minlength=count) >= minimum).all()
    cost = costs[np.arange(rows), labels].sum()
    assert cost == pytest.approx(optimum(costs, minimum), rel=1e-9)


@given(seed=st.integers(0, 10_000), count=st.integers(2, 5), share=st.floats(0.3, 0.95))
def test_a_power_diagram_of_the_centres_gives_the_same_segments(seed, count, share):
    data = distinct(np.random.default_rng(seed).normal(size=(80, 2)) ** 3)
    minimum = max(1, int(share * 80 / count))
    labels, centres, added = bounded(data, data.rows.T[:count].copy(), minimum)
    assert np.bincount(labels, minlength=count).min() >= minimum
    assert added.min() == 0
    assert (least(powers(centres, added, data.rows.T)) == labels).all()
    moved = np.array([data.rows.T[labels == one].mean(axis=0) for one in range(count)])
    assert moved == pytest.approx(centres)


@given(seed=st.integers(0, 10_000), count=st.integers(2, 5), minimum=st.integers(1, 20))
def test_equal_customers_stay_together_and_the_bounds_are_kept_or_refused(seed, count, minimum):
    rng = np.random.default_rng(seed)
    data = distinct(rng.integers(0, 4, (60, 2)).astype(float))
    try:
        labels, _, _ = bounded(data, rng.normal(size=(count, 2)), minimum)
    except NotEnoughData as error:
        assert error.remedy
        return
    assert np.bincount(labels, data.weights, count).min() >= minimum


def test_too_few_customers_are_told_with_the_largest_minimum():
    with pytest.raises(NotEnoughData, match="need 33 customers, and there are 32") as refused:
        assigned(np.random.default_rng(0).random((32, 3)), np.ones(32), 11)
    assert "at most 10" in refused.value.remedy


def test_equal_customers_too_many_to_move_are_told():
    costs = np.array([[0.0, 1.0], [0.0, 2.0]])
    with pytest.raises(NotEnoughData, match="the same values stay together"):
        assigned(costs, np.array([90.0, 2.0]), 20)

import numpy as np
import pandas as pd
import pytest

from analytics.gap import gap_statistic, smallest_sufficient


def centred(rows):
    return np.ascontiguousarray((rows - rows.mean(axis=0)).T)


def test_groups_far_apart_are_counted():
    random = np.random.default_rng(1)
    corners = np.array([[0.0, 0.0], [12.0, 0.0], [0.0, 12.0]])
    rows = corners[np.arange(150) % 3] + random.normal(size=(150, 2))
    assert smallest_sufficient(gap_statistic(centred(rows), range(1, 7), seed=1)) == 3


@pytest.mark.parametrize("features", [1, 2, 4])
def test_even_data_and_one_gaussian_hold_one_group(features):
    random = np.random.default_rng(features)
    for rows in (random.uniform(size=(200, features)), random.normal(size=(200, features))):
        gaps = gap_statistic(centred(rows), range(1, 6), seed=1)
        assert smallest_sufficient(gaps) == 1


def test_the_mall_has_one_group_by_its_rule_though_the_gap_still_rises(mall_sweep):
    # Published for income and spending: the rule of one standard error stops at k = 1.
    assert smallest_sufficient(mall_sweep.gaps) == 1
    assert mall_sweep.gaps.loc[1:9, "gap"].idxmax() == 8


def test_a_gap_that_keeps_rising_leaves_no_k_sufficient():
    gaps = pd.DataFrame({"gap": [0.1, 0.4, 0.9], "gap_se": [0.05, 0.05, 0.05]}, index=[1, 2, 3])
    assert smallest_sufficient(gaps) is None
    assert smallest_sufficient(gaps.assign(gap_se=0.5)) == 1


def test_the_gap_has_no_unit():
    rows = np.random.default_rng(2).normal(size=(80, 3))
    one = gap_statistic(centred(rows), range(1, 5), seed=7)
    other = gap_statistic(centred(rows * 1000), range(1, 5), seed=7)
    np.testing.assert_allclose(one, other, atol=1e-9)

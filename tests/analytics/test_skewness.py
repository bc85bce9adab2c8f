import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats
from sklearn.preprocessing import PowerTransformer

from analytics import skewness as skewness_
from analytics.skewness import measure, skewness

SPENT = np.exp(np.random.default_rng(2).normal(3, 1, 800))


@given(hnp.arrays(np.float64, st.integers(3, 60), elements=st.integers(-999, 999).map(float)))
def test_skewness_is_that_of_scipy(values):
    expected = stats.skew(values) if np.ptp(values) else 0
    assert skewness(values) == pytest.approx(expected, abs=1e-9)


def test_skewness_of_huge_and_of_no_values_is_a_number():
    assert skewness(np.array([1e100, 0, 0, 0])) == pytest.approx(stats.skew([1, 0, 0, 0]))
    assert skewness(np.array([])) == 0


def test_what_transformations_make_of_it_is_what_scikit_learn_makes():
    measured = measure(SPENT)
    assert measured.plain == pytest.approx(stats.skew(SPENT))
    assert measured.log == pytest.approx(stats.skew(np.log1p(SPENT)))
    transformed = PowerTransformer(standardize=False).fit_transform(SPENT[:, None])[:, 0]
    assert measured.yeo_johnson == pytest.approx(stats.skew(transformed), abs=1e-3)
    largest = np.sort(SPENT)[-80:]
    expected = ((largest - SPENT.mean()) ** 2).sum() / ((SPENT - SPENT.mean()) ** 2).sum()
    assert measured.top_share == pytest.approx(expected)


def test_a_power_fitted_to_some_of_many_values_is_about_that_of_all(monkeypatch):
    every = measure(SPENT)
    monkeypatch.setattr(skewness_, "MOST_FITTED", 200)
    assert measure(SPENT).yeo_johnson == pytest.approx(every.yeo_johnson, abs=0.05)


def test_no_logarithm_is_offered_of_negative_values():
    assert measure(np.append(SPENT, -1)).log is None
    assert measure(np.append(SPENT, 0)).log is not None


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(1).normal(size=500),
        -SPENT,
        np.repeat([0.0, 1.0, 9.0], [90, 5, 1]),
        np.full(50, 3.0),
        np.full(50, np.nan),
        SPENT[:0],
    ],
    ids=["even", "to the left", "few values", "constant", "missing", "none"],
)
def test_what_is_not_skewed_to_the_right_or_has_few_values_is_passed_over(values):
    assert measure(values) is None


def test_neither_missing_values_nor_the_order_of_rows_matter():
    shuffled = np.random.default_rng(5).permutation(np.append(SPENT, [np.nan] * 9))
    one, other = measure(SPENT), measure(shuffled)
    assert other.plain == pytest.approx(one.plain)
    assert other.yeo_johnson == pytest.approx(one.yeo_johnson, abs=1e-6)


def test_values_of_which_squares_are_huge_are_measured_without_a_warning():
    measured = measure(SPENT * 1e90)
    assert measured.plain == pytest.approx(stats.skew(SPENT))
    assert measured.log is not None

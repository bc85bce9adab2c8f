import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

from analytics import sample
from analytics.sample import mall_customers

INCOME = "Annual Income (k$)"
SPENDING = "Spending Score (1-100)"
SEEDS = st.integers(0, 2**64)
SOME_SEEDS = [0, 1, 7, 2026]

any_seed = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def customers():
    return mall_customers()


@pytest.fixture(scope="module")
def fits(customers):
    return _fits(customers)


def _fits(customers):
    """Return the silhouette of each number of segments, and the labels of five."""
    features = StandardScaler().fit_transform(customers[[INCOME, SPENDING]])
    labels = {
        count: KMeans(count, n_init=10, random_state=42).fit_predict(features)
        for count in range(2, 11)
    }
    scores = {count: silhouette_score(features, found) for count, found in labels.items()}
    return pd.Series(scores), labels[5]


def _correlations(customers, method):
    numbers = customers.drop(columns="CustomerID")
    return numbers.assign(Gender=numbers["Gender"] == "Female").astype(float).corr(method)


def _group_shares(customers):
    """Return the share of customers in each group, told apart by income, then by spending."""
    income = pd.cut(customers[INCOME], [14, 41, 71, 137], labels=["low", "middle", "high"])
    spending = pd.cut(customers[SPENDING], [0, 40, 59, 99], labels=["low", "middle", "high"])
    return pd.crosstab(income, spending.where(income != "middle", "middle"), normalize="all")


@any_seed
@given(SEEDS)
def test_there_are_500_customers_in_whole_numbers(seed):
    customers = mall_customers(seed)
    assert list(customers) == ["CustomerID", "Gender", "Age", INCOME, SPENDING]
    assert list(customers["CustomerID"]) == list(range(1, 501))
    assert list(customers.index) == list(range(500))
    assert (customers.drop(columns="Gender").dtypes == np.int64).all()


@any_seed
@given(SEEDS)
def test_the_averages_are_exact_whatever_the_seed(seed):
    customers = mall_customers(seed)
    assert customers["Age"].sum() == 19_425
    assert customers[INCOME].sum() == 30_280
    assert customers[SPENDING].sum() == 25_100
    means = customers[["Age", INCOME, SPENDING]].mean().round(2)
    assert list(means) == [38.85, 60.56, 50.20]


@any_seed
@given(SEEDS)
def test_280_are_women_and_220_men_whatever_the_seed(seed):
    assert mall_customers(seed)["Gender"].value_counts().to_dict() == {"Female": 280, "Male": 220}


@any_seed
@given(SEEDS)
def test_extremes_are_plausible_whatever_the_seed(seed):
    customers = mall_customers(seed)
    assert customers["Age"].between(18, 70).all()
    assert customers[INCOME].between(15, 137).all()
    assert customers[SPENDING].between(1, 99).all()
    assert customers["Age"].min() <= 20 and customers["Age"].max() >= 65
    assert customers[INCOME].min() <= 18 and customers[INCOME].max() >= 120
    assert customers[SPENDING].min() <= 5 and customers[SPENDING].max() >= 95


@any_seed
@given(SEEDS)
def test_each_group_has_15_to_25_percent_whatever_the_seed(seed):
    shares = _group_shares(mall_customers(seed))
    groups = [("low", "low"), ("low", "high"), ("middle", "middle"), ("high", "low")]
    found = [shares.loc[group] for group in [*groups, ("high", "high")]]
    assert sum(found) == pytest.approx(1)
    assert all(0.15 <= share <= 0.25 for share in found)


@any_seed
@given(SEEDS)
def test_income_and_spending_are_unrelated_whatever_the_seed(seed):
    customers = mall_customers(seed)
    for method in ("pearson", "spearman"):
        assert abs(customers[INCOME].corr(customers[SPENDING], method=method)) < 0.05


@any_seed
@given(SEEDS)
def test_a_seed_always_gives_the_same_customers(seed):
    pd.testing.assert_frame_equal(mall_customers(seed), mall_customers(seed))


def test_another_seed_gives_other_customers(customers):
    assert not customers.equals(mall_customers(43))


def test_the_default_customers_never_change(customers):
    written = customers.to_csv(index=False, lineterminator="\n").encode()
    digest = "d9c0783f4c834078b72694d9f0b017ef2116f862e6580e946afca00e9206dd37"
    assert hashlib.sha256(written).hexdigest() == digest


def test_the_global_random_state_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    mall_customers()
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_five_segments_fit_best_by_a_clear_margin(fits):
    scores, _ = fits
    assert scores.idxmax() == 5
    assert 0.57 <= scores[5] <= 0.59
    assert scores[5] - scores.drop(5).max() > 0.025


@pytest.mark.parametrize("seed", SOME_SEEDS)
def test_five_segments_fit_best_for_other_seeds(seed):
    scores, _ = _fits(mall_customers(seed))
    assert scores.idxmax() == 5
    assert 0.55 <= scores[5] <= 0.60


def test_the_five_segments_found_have_15_to_25_percent_each(fits):
    _, labels = fits
    assert np.bincount(labels).min() >= 75
    assert np.bincount(labels).max() <= 125


def test_the_segments_found_are_the_five_groups(customers, fits):
    _, labels = fits
    centres = customers.groupby(labels)[[INCOME, SPENDING]].mean()
    income = pd.cut(centres[INCOME], [0, 40, 72, 137], labels=["low", "middle", "high"])
    spending = pd.cut(centres[SPENDING], [0, 40, 60, 99], labels=["low", "middle", "high"])
    assert set(zip(income, spending, strict=True)) == {
        ("low", "low"),
        ("low", "high"),
        ("middle", "middle"),
        ("high", "low"),
        ("high", "high"),
    }


def test_high_spenders_are_younger(customers):
    assert 28 <= customers.loc[customers[SPENDING] > 60, "Age"].mean() <= 32
    assert customers.loc[customers[SPENDING] < 40, "Age"].mean() >= 39
    assert -0.36 < customers["Age"].corr(customers[SPENDING]) < -0.26


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_gender_is_unrelated_to_everything(customers, method):
    assert (_correlations(customers, method)["Gender"].drop("Gender").abs() < 0.1).all()


def test_rows_are_in_random_order(customers):
    numbers = customers.assign(Gender=customers["Gender"] == "Female").astype(float)
    assert (numbers.corr()["CustomerID"].drop("CustomerID").abs() < 0.1).all()
    first, second = (_group_shares(half) for half in (customers[:250], customers[250:]))
    assert (first - second).abs().to_numpy().max() < 0.15


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(-40, 340), st.integers(0, 9)
)
def test_an_adjustment_is_exact_and_as_small_as_can_be(numbers, total, seed):
    values = np.array(numbers, dtype=np.int64)
    low, high = np.zeros_like(values), np.full_like(values, 9)
    rng = np.random.default_rng(seed)
    if not 0 <= total <= 9 * len(values):
        with pytest.raises(ValueError, match="add up"):
            sample._adjust(values, total, low, high, rng)
        return
    adjusted = sample._adjust(values, total, low, high, rng)
    assert adjusted.sum() == total
    assert ((low <= adjusted) & (adjusted <= high)).all()
    assert np.abs(adjusted - values).sum() == abs(total - values.sum())
    assert list(values) == numbers


def test_an_adjustment_is_spread_by_ones():
    values = np.full(500, 50, dtype=np.int64)
    rng = np.random.default_rng(0)
    adjusted = sample._adjust(values, 25_100, values - 9, values + 9, rng)
    moved = np.flatnonzero(adjusted != 50)
    assert len(moved) == 100
    assert set(adjusted[moved]) == {51}
    assert moved.min() < 50 and moved.max() > 450


@pytest.mark.parametrize("column", ["age", "income", "spending"])
def test_little_is_adjusted(column, monkeypatch):
    moved = []
    adjust = sample._adjust

    def watch(values, total, *rest):
        moved.append(abs(total - int(values.sum())))
        return adjust(values, total, *rest)

    monkeypatch.setattr(sample, "_adjust", watch)
    for seed in range(20):
        mall_customers(seed)
    position = ["age", "income", "spending"].index(column)
    assert max(moved[position::3]) <= 150  # of 500 customers, by one each

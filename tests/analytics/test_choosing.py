import numpy as np
import pandas as pd
import pytest

from analytics.choosing import CONSTRUCTED, NATURAL, REPRODUCIBLE, choose, smallest_allowed
from analytics.sample import mall_customers
from analytics.sweep import feasible, sweep
from analytics.trust import Trust, trust

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def ask(rows, counts=range(2, 7)):
    frame = pd.DataFrame(np.asarray(rows, dtype=float))
    matrix = (frame - frame.mean()) / frame.std(ddof=0)
    swept = sweep(matrix, feasible(matrix, counts))
    return choose(swept.scores, trust(matrix, swept), len(matrix))


def given(silhouette, *, jaccard=0.9, strength=0.9, limit=0.3, smallest=50, se=0.01, customers=200):
    """Choose by made-up numbers, for k from 2."""
    index = pd.RangeIndex(2, 2 + len(silhouette), name="k")
    scores = pd.DataFrame(
        {"silhouette": silhouette, "silhouette_se": se, "smallest": smallest}, index=index
    )
    counts = pd.DataFrame(
        {
            "jaccard": jaccard,
            "prediction_strength": strength,
            "prediction_strength_se": 0.01,
            "even": 0.2,
            "limit": limit,
        },
        index=index,
    )
    segments = pd.DataFrame(
        {"jaccard": counts["jaccard"].to_numpy()},
        index=pd.MultiIndex.from_product([index, [1]], names=["k", "segment"]),
    )
    return choose(scores, Trust(counts, segments, pd.DataFrame(), ()), customers)


def test_the_smallest_within_one_standard_error_of_the_best_is_chosen():
    assert given([0.4, 0.595, 0.6, 0.5]).k == 3
    assert given([0.4, 0.585, 0.6, 0.5]).k == 4
    assert given([0.4, 0.595, 0.6, 0.5]).best == 4


def test_only_segments_that_come_back_and_are_large_enough_are_candidates():
    assert given([0.4, 0.6, 0.5], jaccard=[0.9, 0.749, 0.75]).k == 4
    assert given([0.4, 0.6, 0.5], smallest=[50, 9, 10]).k == 4
    assert given([0.4, 0.6, 0.5], smallest=[50, 19, 20], customers=1_000).k == 4


@pytest.mark.parametrize(
    ("strength", "limit", "verdict"),
    [
        (0.8, 0.59, NATURAL),
        (0.79, 0.59, REPRODUCIBLE),
        (0.8, 0.6, CONSTRUCTED),
        (0.79, 0.6, CONSTRUCTED),
    ],
)
def test_the_verdict_needs_prediction_and_more_than_chance(strength, limit, verdict):
    assert given([0.4, 0.6, 0.5], strength=strength, limit=limit).verdict == verdict


def test_without_a_candidate_the_highest_silhouette_is_a_cut():
    found = given([0.4, 0.6, 0.5], jaccard=0.6)
    assert (found.k, found.verdict, found.alternatives) == (3, CONSTRUCTED, ())


def test_up_to_two_others_that_hold_are_alternatives_the_predictable_ones_first():
    found = given([0.4, 0.6, 0.5, 0.45], strength=[0.9, 0.9, 0.7, 0.7])
    assert found.alternatives == (2, 4)
    assert given([0.2, 0.6, 0.5], jaccard=[0.9, 0.9, 0.5]).alternatives == ()


@pytest.mark.parametrize(
    ("customers", "fewest"), [(20, 1), (100, 5), (200, 10), (500, 10), (1_000, 20)]
)
def test_how_small_a_segment_may_be_follows_the_customers(customers, fewest):
    assert smallest_allowed(customers) == fewest


@pytest.mark.parametrize(
    ("columns", "k", "verdict"),
    [
        (("Age", INCOME, SPENDING), 6, REPRODUCIBLE),
        ((SPENDING,), 3, NATURAL),
        ((INCOME,), None, CONSTRUCTED),
        (("Age",), None, CONSTRUCTED),
    ],
)
def test_the_mall_is_judged_as_is_known(mall_matrix, columns, k, verdict):
    matrix = mall_matrix(*columns)
    swept = sweep(matrix)
    found = choose(swept.scores, trust(matrix, swept), len(matrix))
    assert found.verdict == verdict
    assert k in (None, found.k)


def test_income_and_spending_of_the_mall_hold_five_natural_segments(mall_sweep, mall_trust):
    found = choose(mall_sweep.scores, mall_trust, 200)
    assert (found.k, found.verdict) == (5, NATURAL)
    assert found.alternatives == (3, 7)
    assert not found.table.loc[[2, 4, 6], "stable"].any()


def test_the_sample_holds_five_natural_segments():
    found = ask(mall_customers()[[INCOME, SPENDING]])
    assert (found.k, found.verdict) == (5, NATURAL)


@pytest.mark.parametrize("features", [1, 2, 4])
@pytest.mark.parametrize("kind", ["even", "normal"])
def test_one_cloud_holds_no_natural_groups(kind, features):
    for seed in range(2):
        random = np.random.default_rng([seed, features])
        draw = random.random if kind == "even" else random.normal
        assert ask(draw(size=(200, features))).verdict == CONSTRUCTED


@pytest.mark.parametrize("seed", range(2))
def test_four_groups_five_deviations_apart_are_natural(seed):
    random = np.random.default_rng(seed)
    corners = np.array([[0, 0], [5, 0], [0, 5], [5, 5]])
    found = ask(corners[random.integers(0, 4, 200)] + random.normal(size=(200, 2)))
    assert (found.k, found.verdict) == (4, NATURAL)


@pytest.mark.parametrize("seed", range(2))
def test_three_unequal_groups_four_deviations_apart_are_found(seed):
    random = np.random.default_rng(seed)
    corners = np.repeat([[0, 0], [4, 0], [2, 3.46]], [120, 60, 20], axis=0)
    found = ask(corners + random.normal(size=(200, 2)))
    assert found.k == 3
    assert found.verdict in (NATURAL, REPRODUCIBLE)


@pytest.mark.parametrize("levels", [5, 10])
def test_answers_on_a_scale_are_no_natural_groups(levels):
    random = np.random.default_rng(levels)
    assert ask(random.integers(1, levels + 1, (200, 2))).verdict == CONSTRUCTED

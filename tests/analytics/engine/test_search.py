import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.cluster import KMeans

from analytics.engine.distinct import count_distinct, distinct
from analytics.engine.lloyd import lloyd, lloyd_together
from analytics.engine.sampling import systematic
from analytics.engine.search import search


def groups(rows, features, seed, count=6):
    random = np.random.default_rng(seed)
    centres = random.normal(scale=4, size=(count, features))
    matrix = centres[random.integers(0, count, rows)] + random.normal(size=(rows, features))
    return (matrix - matrix.mean(axis=0)) / matrix.std(axis=0)


@pytest.mark.parametrize(
    ("rows", "features", "seed"), [(150, 2, 1), (300, 3, 2), (700, 4, 3), (2_500, 2, 4)]
)
def test_the_search_reaches_fifty_starts(rows, features, seed):
    matrix = groups(rows, features, seed)
    found = search(distinct(matrix), range(2, 11), seed=42)
    for k, solution in found.items():
        theirs = KMeans(k, n_init=50, random_state=42).fit(matrix).inertia_
        assert solution.wcss <= theirs * 1.001


def test_the_three_features_of_the_mall_reach_fifty_starts_from_any_seed(mall_matrix):
    matrix = mall_matrix("Age", "Annual Income (k$)", "Spending Score (1-100)").to_numpy()
    best = [389.386, 295.212, 205.225, 168.248, 133.868, 117.012]
    for seed in range(5):
        found = search(distinct(matrix), range(2, 8), seed=seed)
        for wcss, solution in zip(best, found.values(), strict=True):
            assert solution.wcss <= wcss * 1.001


def test_many_groups_are_all_found():
    random = np.random.default_rng(3)
    grid = np.stack(np.meshgrid(range(6), range(6)), axis=-1).reshape(-1, 2) * 10.0
    matrix = grid[np.arange(1_800) % 36] + random.normal(size=(1_800, 2))
    solution = search(distinct(matrix), range(36, 37), seed=42)[36]
    assert sorted(np.bincount(solution.labels)) == [50] * 36


@pytest.mark.parametrize("features", range(1, 8))
def test_lloyd_ends_where_scikit_learn_does(features):
    matrix = groups(400, features, features)
    begin = matrix[:5].copy()
    theirs = KMeans(5, init=begin, n_init=1, tol=0).fit(matrix)
    rows, weights = np.ascontiguousarray(matrix.T), np.ones(400)
    for iterate in (lloyd, lloyd_together):
        centres = begin.copy()
        labels, wcss = iterate(rows, weights, centres, 300, 0.0)
        assert labels.tolist() == theirs.labels_.tolist()
        assert wcss == pytest.approx(theirs.inertia_)
        np.testing.assert_allclose(centres, theirs.cluster_centers_, atol=1e-9)


def test_a_segment_that_runs_empty_begins_anew_at_the_farthest_customer():
    rows = np.array([[0.0, 0.1, 0.2, 9.0], [0.0, 0.0, 0.0, 0.0]])
    for iterate in (lloyd, lloyd_together):
        centres = np.array([[0.1, 0.0], [50.0, 50.0]])
        labels, wcss = iterate(rows, np.ones(4), centres, 300, 0.0)
        assert labels[3] not in labels[:3]
        assert wcss == pytest.approx(0.02)


MATRICES = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 40), st.integers(1, 4)),
    elements=st.integers(-2, 2).map(float),
)


@given(MATRICES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_distinct_rows_give_the_matrix_back_in_any_order(matrix, random):
    data = distinct(matrix)
    rows, counts = np.unique(matrix, axis=0, return_counts=True)
    assert data.size == count_distinct(matrix) == len(rows)
    np.testing.assert_allclose(data.rows.T[data.place] + data.centre, matrix, atol=1e-12)
    assert data.weights.sum() == len(matrix)
    assert sorted(data.weights) == sorted(counts)
    shuffled = distinct(matrix[random.sample(range(len(matrix)), len(matrix))])
    np.testing.assert_array_equal(shuffled.rows, data.rows)
    np.testing.assert_array_equal(shuffled.weights, data.weights)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60), st.integers(1, 80))
def test_a_systematic_sample_takes_each_stretch_in_proportion(weights, size):
    weights = np.array(weights, dtype=float)
    rows, counts = systematic(weights, size, seed=1)
    assert counts.sum() == size
    drawn = np.zeros(len(weights))
    drawn[rows] = counts
    running = np.cumsum(drawn) - np.cumsum(weights) / weights.sum() * size
    assert np.abs(running).max() <= 1 + 1e-9

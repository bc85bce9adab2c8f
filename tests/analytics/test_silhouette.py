import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.metrics import silhouette_samples

from analytics import silhouette
from analytics.silhouette import silhouettes


@pytest.fixture
def points():
    """Sixty points in three dimensions, a third of them repeated."""
    rng = np.random.default_rng(3)
    points = rng.normal(size=(60, 3)) * [1, 10, 0.1] + 100
    points[40:] = points[:20]
    return points


@pytest.fixture
def partitions():
    """Partitions of sixty customers into 2, 5 and 9 segments, one with customers alone."""
    rng = np.random.default_rng(4)
    lonely = rng.integers(0, 7, 60)
    lonely[lonely == 6], lonely[3], lonely[59] = 0, 6, 7
    return np.column_stack([np.arange(60) % 2, np.arange(60) % 5, rng.permutation(60) % 9, lonely])


def test_silhouettes_of_all_partitions_equal_those_of_scikit_learn(points, partitions):
    ours = silhouettes(points, partitions)
    assert ours.shape == (60, 4)
    distances = cdist(points, points)  # its own distances are off by 1e-8 for copies of a point
    for column in range(4):
        theirs = silhouette_samples(distances, partitions[:, column], metric="precomputed")
        np.testing.assert_allclose(ours[:, column], theirs, rtol=0, atol=1e-12)


def test_a_customer_alone_in_its_segment_has_silhouette_zero(points, partitions):
    ours = silhouettes(points, partitions)
    assert ours[3, 3] == ours[59, 3] == 0


def test_copies_of_two_points_split_cleanly_have_silhouette_one():
    matrix = np.repeat([[0.0, 0.0], [3.0, 4.0]], 5, axis=0)
    ours = silhouettes(matrix, np.repeat([0, 1], 5)[:, np.newaxis])
    assert ours.ravel().tolist() == [1.0] * 10


def test_copies_of_one_point_split_in_two_have_silhouette_zero():
    ours = silhouettes(np.ones((6, 2)), np.repeat([0, 1], 3)[:, np.newaxis])
    assert ours.ravel().tolist() == [0.0] * 6


def test_chosen_points_are_evaluated_against_all_customers(points, partitions):
    chosen = np.array([7, 3, 55])
    ours = silhouettes(points, partitions, chosen)
    np.testing.assert_allclose(ours, silhouettes(points, partitions)[chosen], rtol=0, atol=1e-13)


@pytest.mark.parametrize("distances", [1, 60 * 7, 60 * 59])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_neither_pieces_nor_threads_change_anything(
    points, partitions, monkeypatch, distances, threads
):
    whole = silhouettes(points, partitions)
    monkeypatch.setattr(silhouette, "_PIECE", distances)
    np.testing.assert_array_equal(silhouettes(points, partitions, threads=threads), whole)


@pytest.mark.parametrize("features", range(1, 7))
def test_weights_stand_for_copies(features):
    rng = np.random.default_rng(features)
    rows, partitions = rng.normal(size=(40, features)), rng.integers(0, 4, (40, 3))
    weights = rng.integers(1, 5, 40)
    copies = np.repeat(np.arange(40), weights)
    whole = silhouettes(rows[copies], partitions[copies])
    ours = silhouettes(rows, partitions, weights=weights)
    np.testing.assert_allclose(ours[copies], whole, rtol=0, atol=1e-12)


@pytest.mark.parametrize("features", range(1, 7))
def test_any_number_of_features_equals_scikit_learn(features):
    rng = np.random.default_rng(features)
    rows, partitions = rng.normal(size=(300, features)), rng.integers(0, 9, (300, 9))
    ours = silhouettes(rows, partitions)
    for column in range(9):
        theirs = silhouette_samples(rows, partitions[:, column])
        np.testing.assert_allclose(ours[:, column], theirs, rtol=0, atol=1e-12)


def test_more_partitions_than_cells_can_be_counted_are_refined_by_sorting():
    rng = np.random.default_rng(1)
    rows, partitions = rng.normal(size=(90, 2)), rng.integers(0, 30, (90, 8))
    ours = silhouettes(rows, partitions)
    theirs = silhouette_samples(rows, partitions[:, 5])
    np.testing.assert_allclose(ours[:, 5], theirs, rtol=0, atol=1e-12)


def test_silhouettes_leave_their_arguments_as_they_were(points, partitions):
    before = points.copy(), partitions.copy()
    silhouettes(points, partitions)
    np.testing.assert_array_equal(points, before[0])
    np.testing.assert_array_equal(partitions, before[1])

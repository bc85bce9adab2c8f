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


@pytest.mark.parametrize("cells", [1, 60 * 7, 60 * 59])
def test_the_size_of_a_block_changes_nothing(points, partitions, monkeypatch, cells):
    whole = silhouettes(points, partitions)
    monkeypatch.setattr(silhouette, "_BLOCK_CELLS", cells)
    np.testing.assert_allclose(silhouettes(points, partitions), whole, rtol=0, atol=1e-13)


def test_silhouettes_leave_their_arguments_as_they_were(points, partitions):
    before = points.copy(), partitions.copy()
    silhouettes(points, partitions)
    np.testing.assert_array_equal(points, before[0])
    np.testing.assert_array_equal(partitions, before[1])

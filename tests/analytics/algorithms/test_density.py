import resource

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN

from analytics.algorithms import Task, density, hierarchy, run
from analytics.algorithms.comparison import adjusted_rand
from analytics.errors import NoSegments, NotEnoughData


def test_shapes_that_averages_cannot_tell_apart(moons, rings, segments):
    for (points, truth), eps in ((moons, 0.2), (rings, 0.3)):
        assert adjusted_rand(segments("dbscan", points, eps=eps), truth) == 1
        assert adjusted_rand(segments("hdbscan", points), truth) == 1
        assert adjusted_rand(segments("kmeans", points, 2), truth) < 0.6


@pytest.mark.parametrize("features", [1, 2, 3, 5])
@pytest.mark.parametrize("neighbours", [3, 6])
def test_core_customers_and_noise_are_those_of_scikit_learn(features, neighbours):
    rng = np.random.default_rng(features)
    centres = rng.uniform(-4, 4, size=(4, features))
    points = np.round(centres[rng.integers(0, 4, 400)] + rng.normal(size=(400, features)), 1)
    points = np.vstack([points, points[:100]])  # repeated rows count as often as they occur
    eps = 0.15 if features == 1 else 0.4 * features
    theirs = DBSCAN(eps=eps, min_samples=neighbours).fit(points)
    ours = density._labels(points, eps, neighbours)
    core = theirs.core_sample_indices_
    assert adjusted_rand(ours[core] - ours.min(), theirs.labels_[core].astype(np.int64) + 1) == 1
    np.testing.assert_array_equal(ours < 0, theirs.labels_ < 0)


def test_a_border_customer_goes_to_the_nearest_core_customer():
    left, right = [0.0, 0.1, 0.2, 0.3], [2.0, 2.1, 2.2, 2.3]
    points = np.array([*left, *right, 1.1, 1.25])[:, None]
    labels = density._labels(points, 0.8, 4)
    assert labels[8] != labels[9]
    assert (labels[0], labels[4]) == (labels[8], labels[9])


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_customers_does_not_matter(moons, random):
    order = list(range(500))
    random.shuffle(order)
    points = moons[0]
    straight = run("dbscan", Task(points, range(2), {"eps": 0.2})).partitions
    shuffled = points.iloc[order].reset_index(drop=True)
    again = run("dbscan", Task(shuffled, range(2), {"eps": 0.2})).partitions
    pd.testing.assert_frame_equal(straight.iloc[order].reset_index(drop=True), again)


def test_eps_comes_from_the_knee_and_is_told(blobs):
    found = run("dbscan", Task(blobs, range(2)))
    curve = found.extra["distances"]
    assert curve["distance"].is_monotonic_increasing
    assert len(curve) == len(blobs)
    eps = curve["eps"].iloc[0]
    assert density.knee(curve["distance"].to_numpy()) == eps
    assert "at the knee of the 4-distance curve" in found.notes[0]
    assert set(run("dbscan", Task(blobs, range(2), {"eps": eps})).partitions) == {"3"}


def test_the_knee_of_a_bent_line_is_its_bend():
    assert density.knee(np.array([0.0, 1, 2, 3, 4, 14, 24, 34])) == 4
    assert density.knee(np.array([0.0] * 9 + [2.0, 3.0])) == 2
    with pytest.raises(NotEnoughData, match="Every customer equals its neighbours"):
        density.knee(np.zeros(5))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"eps": 0.001}, "everyone would be noise. Choose a larger eps .half of"),
        ({"eps": 50}, "there is one segment only. Choose a smaller eps"),
        ({"eps": 0.02, "neighbours": 2}, "segments, more than can be told apart"),
    ],
)
def test_nothing_to_tell_apart_is_said_in_words(options, words, moons, monkeypatch):
    monkeypatch.setattr(density, "MOST_SEGMENTS", 20)
    with pytest.raises(NoSegments, match=words):
        run("dbscan", Task(moons[0], range(2), options))


def test_too_much_to_compare_and_too_many_neighbours_are_refused(moons, monkeypatch):
    with pytest.raises(NotEnoughData, match="only 500 customers, so nobody has 501"):
        run("dbscan", Task(moons[0], range(2), {"neighbours": 501}))
    monkeypatch.setattr(density, "_MOST_COMPARED", 1_000)
    with pytest.raises(NoSegments, match="Choose a smaller eps, or HDBSCAN"):
        run("dbscan", Task(moons[0], range(2), {"eps": 1}))


def test_the_others_follow_the_nearest_customer_that_was_fitted(moons, monkeypatch):
    monkeypatch.setattr(hierarchy, "FIT_ROWS", 400)
    found = run("hdbscan", Task(moons[0], range(2)))
    assert adjusted_rand(found.partitions["2"].to_numpy(np.int64), moons[1]) > 0.95
    assert found.notes[0].startswith("Fitted on 400 of 500 customers")


def test_no_density_and_too_large_a_least_size_are_said_in_words(moons):
    with pytest.raises(NoSegments, match="No two regions of at least 400 customers"):
        run("hdbscan", Task(moons[0], range(2), {"smallest": 400}))
    with pytest.raises(NotEnoughData, match="A segment of 501 is more than all 500 customers"):
        run("hdbscan", Task(moons[0], range(2), {"smallest": 501}))


def test_a_large_reach_takes_no_more_memory():
    rng = np.random.default_rng(1)
    points = np.concatenate([rng.normal(0, 0.3, (100_000, 3)), rng.normal(9, 0.3, (100_000, 3))])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = run("dbscan", Task(pd.DataFrame(points), range(2), {"eps": 0.2, "neighbours": 50}))
    assert set(found.partitions) == {"2"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # KiB

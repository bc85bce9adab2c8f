import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster import hierarchy
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import silhouette_score

from analytics.algorithms import Task, agglomeration, run, ward
from analytics.algorithms.comparison import adjusted_rand


def test_five_segments_of_the_mall_are_the_known_ones(income_and_spending, mall_sweep, segments):
    labels = segments("ward", income_and_spending, 5)
    assert silhouette_score(income_and_spending, labels) == pytest.approx(0.5538, abs=5e-5)
    kmeans = mall_sweep.labels["5"].to_numpy(np.int64)
    assert adjusted_rand(labels, kmeans) == pytest.approx(0.942, abs=5e-4)


@pytest.mark.parametrize("features", [1, 2, 5])
def test_the_hierarchy_is_that_of_scipy(features):
    points = np.random.default_rng(features).normal(size=(300, features))
    table = agglomeration.ward(points, np.ones(300))
    np.testing.assert_allclose(table[:, :4], hierarchy.linkage(points, "ward"), atol=1e-9)


def test_labels_are_those_of_scikit_learn(income_and_spending, segments):
    for count in (2, 3, 6, 9):
        theirs = AgglomerativeClustering(count).fit(income_and_spending).labels_
        ours = segments("ward", income_and_spending, count)
        assert adjusted_rand(ours, theirs.astype(np.int64)) == 1


def test_a_weight_counts_as_repetition():
    points = np.random.default_rng(1).normal(size=(40, 2))
    weights = np.random.default_rng(2).integers(1, 5, 40)
    table = agglomeration.ward(points, weights.astype(float))
    repeated = hierarchy.linkage(np.repeat(points, weights, axis=0), "ward")
    np.testing.assert_allclose(table[:, 2], repeated[-39:, 2])
    assert table[-1, 4:].sum() == weights.sum()


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 6))
def test_the_order_of_the_customers_does_not_matter(random, count):
    points = pd.DataFrame(np.random.default_rng(random.randint(0, 99)).normal(size=(50, 2)))
    order = list(range(50))
    random.shuffle(order)
    task = Task(points, range(count, count + 1))
    shuffled = Task(points.iloc[order].reset_index(drop=True), task.counts)
    labels = run("ward", task).partitions.iloc[order].reset_index(drop=True)
    pd.testing.assert_frame_equal(labels, run("ward", shuffled).partitions)


def test_many_customers_are_gathered_first(blobs, monkeypatch, segments):
    exact = segments("ward", blobs, 3)
    monkeypatch.setattr(ward, "EXACT_ROWS", 100)
    monkeypatch.setattr(ward, "MICRO", 30)
    found = run("ward", Task(blobs, range(3, 4)))
    assert adjusted_rand(found.partitions["3"].to_numpy(np.int64), exact) == 1
    assert "120 customers, of which 120 differ, were first gathered into 30" in found.notes[0]
    assert found.extra["linkage"].iloc[-1][["left_customers", "right_customers"]].sum() == 120

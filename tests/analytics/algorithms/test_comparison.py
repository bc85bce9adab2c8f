import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analytics.algorithms import comparison
from analytics.algorithms.comparison import adjusted_rand, compare
from analytics.algorithms.noise import assign
from analytics.errors import NoSegments

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60)


@given(LABELS)
def test_agreement_is_that_of_scikit_learn_and_symmetric(pairs):
    first, second = np.array(pairs).T
    ours = adjusted_rand(first, second)
    assert ours == pytest.approx(adjusted_rand_score(first, second), abs=1e-12)
    assert ours == adjusted_rand(second, first)


def test_partitions_are_scored_by_the_same_indices(income_and_spending, mall_sweep):
    known = {k: mall_sweep.labels[k].to_numpy() for k in ("4", "5")}
    found = compare(income_and_spending, known)
    columns = ["silhouette", "silhouette_se", "calinski_harabasz", "davies_bouldin", "wcss"]
    ours, theirs = found.scores.loc["5", columns], mall_sweep.scores.loc[5, columns]
    assert ours.tolist() == pytest.approx(theirs.tolist())
    assert found.scores["segments"].tolist() == [4, 5]
    assert found.scores["noise"].tolist() == [0, 0]
    assert found.agreement.loc["4", "5"] == found.agreement.loc["5", "4"] < 1
    assert np.diag(found.agreement).tolist() == [1, 1]
    assert found.notes == ()


def test_noise_is_left_out_of_the_indices_but_not_of_the_agreement(blobs):
    rng = np.random.default_rng(1)
    plain = 1 + (blobs["width"] > 4).to_numpy() + 2 * (blobs["height"] > 4).to_numpy()
    noisy = np.where(rng.random(120) < 0.2, 0, plain)
    found = compare(blobs, {"plain": plain, "noisy": noisy, "one": np.ones(120, int)})
    kept = noisy > 0
    assert found.scores.loc["noisy", "silhouette"] == pytest.approx(
        silhouette_score(blobs[kept], noisy[kept])
    )
    assert found.scores.loc["noisy", "noise"] == pytest.approx(1 - kept.mean())
    assert found.agreement.loc["plain", "noisy"] < 0.9
    assert np.isnan(found.scores.loc["one", "silhouette"])
    assert "noisy leave the noise out" in found.notes[0]


def test_many_customers_are_scored_from_some(blobs, monkeypatch):
    monkeypatch.setattr(comparison, "EXACT_ROWS", 100)
    monkeypatch.setattr(comparison, "POINTS", 50)
    labels = 1 + (blobs["width"] > 4).to_numpy()
    found = compare(blobs, {"halves": labels})
    exact = silhouette_score(blobs, labels)
    row = found.scores.loc["halves"]
    assert abs(row["silhouette"] - exact) < 4 * row["silhouette_se"]
    assert "50 of 120 customers" in found.notes[0]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1_000), st.floats(0.05, 0.9), st.sampled_from([1, 3, 14]))
def test_assigning_noise_touches_nothing_else(seed, share, features):
    rng = np.random.default_rng(seed)
    matrix = pd.DataFrame(rng.normal(size=(50, features)))
    labels = np.where(rng.random(50) < share, 0, rng.integers(1, 4, 50))
    labels[0] = 1
    assigned, weak = assign(matrix, labels)
    np.testing.assert_array_equal(weak, labels == 0)
    np.testing.assert_array_equal(assigned[~weak], labels[~weak])
    for place in np.flatnonzero(weak):
        away = np.linalg.norm(matrix[~weak] - matrix.loc[place], axis=1)
        assert assigned[place] == labels[~weak][away.argmin()]


def test_noise_of_a_ring_goes_to_the_ring_and_not_to_the_nearest_centre():
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    ring = 5 * np.column_stack([np.cos(angle), np.sin(angle)])
    disc = np.column_stack([np.cos(angle), np.sin(angle)]) / 2 + [1.5, 0]
    matrix = pd.DataFrame(np.vstack([ring, disc, [[4.2, 0]]]))
    assigned, weak = assign(matrix, np.repeat([1, 2, 0], [60, 60, 1]))
    assert assigned[-1] == 1
    assert weak.sum() == 1


def test_without_noise_nothing_changes_and_with_nothing_else_it_is_said(blobs):
    labels, weak = assign(blobs, np.ones(120, int))
    assert (labels == 1).all()
    assert not weak.any()
    with pytest.raises(NoSegments, match="no segment to assign anyone to"):
        assign(blobs, np.zeros(120, int))

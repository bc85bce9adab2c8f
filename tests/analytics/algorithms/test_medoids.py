from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from analytics.algorithms import Mixed, Task, medoids, mixed, mixed_data, run, swaps
from analytics.algorithms.comparison import adjusted_rand
from analytics.errors import NotEnoughData, UnknownChoice, UnusableFeature
from analytics.prepare import FeatureSpec

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def loss(dissimilarities, weights, chosen):
    return float(weights @ dissimilarities[list(chosen)].min(axis=0))


def made(seed, points=14):
    rng = np.random.default_rng(seed)
    places = rng.normal(size=(points, 2))
    return cdist(places, places).astype(np.float32), rng.integers(1, 4, points).astype(float)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(0, 13))
def test_the_change_of_a_swap_is_that_of_computing_the_loss_anew(seed, count, candidate):
    dissimilarities, weights = made(seed)
    chosen = np.setdiff1d(np.arange(14), [candidate])[:count]
    change = swaps.changes(
        dissimilarities, weights, swaps._ranked(dissimilarities, chosen), count, candidate
    )
    before = loss(dissimilarities, weights, chosen)
    for leaver in range(count):
        after = loss(dissimilarities, weights, [*np.delete(chosen, leaver), candidate])
        assert change[leaver] == pytest.approx(after - before, abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_no_swap_is_left_and_the_best_of_all_is_near(seed):
    dissimilarities, weights = made(seed)
    found = swaps.medoids(dissimilarities, weights, range(2, 5))
    for count, chosen in found.items():
        own = loss(dissimilarities, weights, chosen)
        for leaver in range(count):
            others = [*np.delete(chosen, leaver)]
            swapped = min(loss(dissimilarities, weights, [*others, c]) for c in range(14))
            assert own <= swapped + 1e-5
        best = min(loss(dissimilarities, weights, c) for c in combinations(range(14), count))
        assert own <= best * 1.05


def test_medoids_are_customers_of_their_segments(income_and_spending):
    found = run("medoids", Task(income_and_spending, range(2, 7)))
    for k, table in found.extra["medoids"].groupby("k"):
        labels = found.partitions[str(k)]
        assert table["segment"].tolist() == list(range(1, k + 1))
        assert labels.iloc[table["row"]].tolist() == table["segment"].tolist()
    assert found.notes == ()


def test_many_customers_are_searched_in_samples(blobs, monkeypatch):
    monkeypatch.setattr(medoids, "EXACT_ROWS", 100)
    monkeypatch.setattr(medoids, "DRAWN_ROWS", 50)
    found = run("medoids", Task(blobs, range(3, 4)))
    assert found.partitions["3"].value_counts().tolist() == [60, 40, 20]
    assert "5 samples of 50 of 120" in found.notes[0]


def test_gower_is_as_defined():
    numbers = np.array([[0.0, 1.0], [0.5, 1.0], [1.0, 0.0]])
    codes = np.array([[0], [1], [1]])
    expected = [[0, 0.5, 1], [0.5, 0, 0.5], [1, 0.5, 0]]
    found = mixed.gower(numbers, codes, 1.0, np.arange(3))
    np.testing.assert_allclose(found, expected)
    half = mixed.gower(numbers, codes, 0.5, np.arange(3))
    np.testing.assert_allclose(half[0], [0, 1 / 2.5, 1], rtol=1e-6)


def test_the_weight_balances_the_mean_contributions():
    rng = np.random.default_rng(5)
    numbers, codes = rng.random((300, 2)), rng.integers(0, 3, (300, 2))
    weight = mixed.balance(numbers, codes)
    apart = np.mean([np.abs(np.subtract.outer(column, column)).mean() for column in numbers.T])
    differing = np.mean([np.not_equal.outer(column, column).mean() for column in codes.T])
    assert weight == pytest.approx(apart / differing)
    assert mixed.balance(numbers[:, :0], codes) == 1
    assert mixed.balance(numbers, np.zeros((300, 1), int)) == 1


def test_levels_tell_apart_what_numbers_do_not():
    rng = np.random.default_rng(6)
    matrix = pd.DataFrame({"x": rng.random(200), "y": rng.random(200)})
    codes = pd.DataFrame({"region": np.arange(200) % 2}).astype("int32")
    asked = Task(matrix, range(2, 3), {"weight": 3}, mixed=Mixed(matrix, codes))
    labels = run("mixed", asked).partitions["2"].to_numpy(np.int64)
    assert adjusted_rand(labels, codes["region"].to_numpy(np.int64)) == 1
    levels = Mixed(matrix[[]], codes.assign(other=np.arange(200) % 3))
    found = run("mixed", Task(matrix, range(2, 4), mixed=levels))
    assert found.partitions["3"].nunique() == 3
    with pytest.raises(NotEnoughData, match="more than 2 customers that differ"):
        run("mixed", Task(matrix, range(2, 3), mixed=Mixed(matrix[[]], codes)))


def test_mixed_data_keep_levels_as_levels(mall):
    spec = FeatureSpec((INCOME, "Gender", SPENDING))
    data = mixed_data(*mall, spec)
    assert list(data.numeric) == [INCOME, SPENDING]
    assert data.numeric.std(ddof=0).tolist() == pytest.approx([1, 1])
    assert data.codes["Gender"].value_counts().tolist() == [112, 88]
    found = run("mixed", Task(data.numeric, range(2, 6), mixed=data))
    assert list(found.partitions) == ["2", "3", "4", "5"]
    assert found.notes[0].startswith("A column of levels weighs 0.")
    assert mixed_data(*mall, FeatureSpec(("Gender",))).numeric.shape == (200, 0)


def test_the_method_of_mixed_types_refuses_weights(mall):
    spec = FeatureSpec((INCOME, "Gender"), weights=((INCOME, 2.0),))
    with pytest.raises(UnknownChoice, match="does not take weights"):
        mixed_data(*mall, spec)


def test_without_levels_the_method_is_refused_in_words(mall, income_and_spending):
    with pytest.raises(UnusableFeature, match="has levels"):
        mixed_data(*mall, FeatureSpec((INCOME, SPENDING)))
    with pytest.raises(UnusableFeature, match="Choose a categorical feature as well"):
        run("mixed", Task(income_and_spending, range(2, 3)))

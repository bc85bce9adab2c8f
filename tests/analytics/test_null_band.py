import numpy as np
import pandas as pd
import pytest

from analytics.engine.distinct import distinct
from analytics.null_band import null_band
from analytics.reference import ROWS, some
from analytics.sweep import sweep

COUNTS = range(2, 6)


def centred(rows):
    return np.ascontiguousarray((rows - rows.mean(axis=0)).T)


@pytest.mark.parametrize("features", [1, 2, 3])
def test_a_few_hundred_customers_are_a_fair_measure_of_many(features):
    random = np.random.default_rng(features)
    beaten = 0
    for _ in range(12):
        matrix = pd.DataFrame(random.random((1_000, features)))
        sample = some(distinct(matrix.to_numpy()), seed=42)
        assert sample.shape == (features, ROWS)
        limit = null_band(sample, COUNTS, seed=42)["limit"]
        beaten += (sweep(matrix, COUNTS).scores["silhouette"] > limit).any()
    assert beaten <= 1


def test_the_limit_of_fewer_customers_is_higher():
    rows = np.random.default_rng(1).random((1_500, 2))
    few, many = (null_band(centred(rows[:n]), COUNTS, seed=1) for n in (150, 1_500))
    assert (few["limit"] > many["limit"]).all()
    assert ((few["limit"] > few["even"]) & (many["limit"] > many["even"])).all()


def test_one_even_feature_reaches_the_known_height():
    # Half of an interval lies 1/4 of it apart on average, its other half 1/2 plus the place.
    place = (np.arange(20_000) + 0.5) / 20_000 / 2
    within = (place**2 + (0.5 - place) ** 2) / 2 / 0.5
    expected = np.mean(1 - within / (0.75 - place))
    rows = np.linspace(0, 1, 2_000)[:, None] + np.random.default_rng(1).normal(
        scale=1e-5, size=(2_000, 1)
    )
    found = null_band(centred(rows), range(2, 3), seed=1)
    assert found.loc[2, "even"] == pytest.approx(expected, abs=0.003)


def test_the_limit_has_no_unit():
    rows = np.random.default_rng(2).normal(size=(80, 3))
    one = null_band(centred(rows), COUNTS, seed=7)
    other = null_band(centred(rows * 1000), COUNTS, seed=7)
    np.testing.assert_allclose(one, other, atol=1e-9)


@pytest.mark.parametrize("features", [1, 2])
def test_answers_on_a_scale_of_five_are_no_groups(features):
    random = np.random.default_rng(3)
    matrix = pd.DataFrame(random.integers(1, 6, (300, features)).astype(float))
    counts = range(2, 5)
    band = null_band(centred(matrix.to_numpy()), counts, seed=42)
    found = sweep(matrix, counts).scores["silhouette"]
    assert (found <= band["limit"]).all()
    blurred = centred(matrix.to_numpy() + random.uniform(-0.5, 0.5, matrix.shape))
    assert (band["limit"] > null_band(blurred, counts, seed=42)["limit"]).all()


def test_the_number_of_cores_changes_nothing():
    rows = centred(np.random.default_rng(4).random((100, 2)))
    pd.testing.assert_frame_equal(
        null_band(rows, COUNTS, seed=1, threads=1), null_band(rows, COUNTS, seed=1, threads=3)
    )

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture

from analytics.algorithms import Task, mixture, run
from analytics.algorithms.comparison import adjusted_rand


def test_five_segments_of_the_mall_are_the_known_ones(income_and_spending, mall_sweep):
    found = run("mixture", Task(income_and_spending, range(2, 8)))
    labels = found.partitions["5"].to_numpy(np.int64)
    assert silhouette_score(income_and_spending, labels) == pytest.approx(0.5537, abs=5e-5)
    kmeans = mall_sweep.labels["5"].to_numpy(np.int64)
    assert adjusted_rand(labels, kmeans) == pytest.approx(0.956, abs=5e-4)
    assert found.information["bic"].idxmin() == 5


@pytest.mark.parametrize("shape", range(4))
def test_bic_aic_and_probabilities_are_those_of_scikit_learn(shape, income_and_spending):
    found = run("mixture", Task(income_and_spending, range(3, 5), {"shape": shape, "starts": 3}))
    values = income_and_spending.to_numpy()
    for count in (3, 4):
        model = GaussianMixture(
            count,
            covariance_type=mixture.SHAPES[shape],
            n_init=3,
            max_iter=300,
            random_state=42,
        ).fit(values)
        row = found.information.loc[count]
        assert row["bic"] == pytest.approx(model.bic(values))
        assert row["aic"] == pytest.approx(model.aic(values))
        theirs = model.predict_proba(values)
        ours = found.membership[count].to_numpy()
        np.testing.assert_allclose(np.sort(ours, axis=1), np.sort(theirs, axis=1), atol=1e-5)


def test_the_likeliest_segment_is_the_segment(income_and_spending):
    found = run("mixture", Task(income_and_spending, range(2, 7)))
    for count, chances in found.membership.items():
        assert chances.dtypes.eq("float32").all()
        np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-6)
        likeliest = chances.idxmax(axis=1).astype("int16")
        assert likeliest.tolist() == found.partitions[str(count)].tolist()


def test_many_customers_are_fitted_on_a_sample(blobs, monkeypatch):
    monkeypatch.setattr(mixture, "FIT_ROWS", 100)
    monkeypatch.setattr(mixture, "START_ROWS", 60)
    monkeypatch.setattr(mixture, "MEMBERSHIP_ROWS", 100)
    found = run("mixture", Task(blobs, range(2, 5)))
    assert found.partitions["3"].value_counts().tolist() == [60, 40, 20]
    assert found.notes[0].startswith("Fitted on 100 of 120 customers; all were assigned")
    assert list(found.membership) == [found.information["bic"].idxmin()]
    assert found.notes[-1].startswith("Probabilities are kept for k = 3 only")


def test_a_gaussian_that_is_nobodys_likeliest_is_told():
    rng = np.random.default_rng(0)
    matrix = pd.DataFrame(np.repeat(rng.integers(0, 2, (6, 2)), 20, axis=0).astype(float))
    matrix.iloc[0] = [0.5, 0.5]
    matrix.iloc[1] = [0.4, 0.1]
    found = run("mixture", Task(matrix, range(3, 5)))
    for count, chances in found.membership.items():
        assert chances.shape == (120, count)
        assert found.partitions[str(count)].nunique() <= count

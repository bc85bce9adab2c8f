import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_samples,
)

from analytics import sweep as sweep_module
from analytics.errors import NotEnoughData, UnknownChoice
from analytics.sweep import feasible, sweep

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def test_income_and_spending_of_the_mall_score_as_published(mall_sweep):
    scores = mall_sweep.scores.loc[2:7]
    wcss = [269.691, 157.704, 108.921, 65.5684, 55.057, 44.865]
    silhouette = [0.3213, 0.4666, 0.4939, 0.55466, 0.5399, 0.5282]
    assert scores["wcss"].tolist() == pytest.approx(wcss, abs=6e-4)
    assert scores["silhouette"].tolist() == pytest.approx(silhouette, abs=6e-5)


def test_five_segments_of_the_mall_are_the_known_ones(mall, mall_sweep):
    best = mall_sweep.scores.loc[5]
    assert best["wcss"] == pytest.approx(65.5684, abs=5e-5)
    assert best["silhouette"] == pytest.approx(0.554657, abs=5e-7)
    assert best["calinski_harabasz"] == pytest.approx(248.65, abs=5e-3)
    assert best["davies_bouldin"] == pytest.approx(0.5722, abs=5e-5)
    assert best["smallest"] == 22
    labels = mall_sweep.labels["5"]
    assert labels.value_counts().sort_index().tolist() == [81, 39, 35, 23, 22]
    means = mall[0][[INCOME, SPENDING]].astype(float).groupby(labels).mean()
    known = [[55.30, 49.52], [86.54, 82.13], [88.20, 17.11], [26.30, 20.91], [25.73, 79.36]]
    np.testing.assert_allclose(means, known, atol=5.1e-3)


def test_three_features_of_the_mall_score_as_published(mall_matrix):
    scores = sweep(mall_matrix("Age", INCOME, SPENDING), range(2, 8)).scores
    wcss = [389.386, 295.212, 205.225, 168.248, 133.868, 117.012]
    silhouette = [0.3355, 0.3578, 0.4040, 0.4166, 0.4274, 0.4172]
    assert scores["wcss"].tolist() == pytest.approx(wcss, abs=6e-4)
    assert scores["silhouette"].tolist() == pytest.approx(silhouette, abs=6e-5)


def test_raw_income_and_spending_make_the_same_five_segments(mall_matrix, mall_sweep):
    raw = sweep(mall_matrix(INCOME, SPENDING, scaling="none"), range(5, 6))
    assert raw.scores.loc[5, "wcss"] == pytest.approx(44448.4554, abs=5e-4)
    assert raw.scores.loc[5, "silhouette"] == pytest.approx(0.55393, abs=5e-6)
    assert raw.total == pytest.approx(269_981.28)
    assert adjusted_rand_score(raw.labels["5"], mall_sweep.labels["5"]) == 1


def test_one_segment_of_standardised_features_has_wcss_rows_times_features(mall_sweep, mall_matrix):
    assert mall_sweep.total == pytest.approx(200 * 2)
    three = sweep(mall_matrix("Age", INCOME, SPENDING), range(2, 3))
    assert three.total == pytest.approx(200 * 3)


def test_every_score_is_that_of_scikit_learn(blobs):
    result = sweep(blobs, range(2, 6))
    for k in result.scores.index:
        labels = result.labels[str(k)]
        assert len(labels.unique()) == k
        row = result.scores.loc[k]
        spread = blobs.groupby(labels.to_numpy()).transform(lambda part: part - part.mean())
        assert row["wcss"] == pytest.approx((spread**2).to_numpy().sum(), rel=1e-12)
        assert row["calinski_harabasz"] == pytest.approx(calinski_harabasz_score(blobs, labels))
        assert row["davies_bouldin"] == pytest.approx(davies_bouldin_score(blobs, labels))
        widths = silhouette_samples(blobs, labels)
        np.testing.assert_allclose(result.silhouettes[str(k)], widths, atol=1e-9)
        assert row["silhouette"] == pytest.approx(widths.mean(), abs=1e-9)
        error = widths.std(ddof=1) / np.sqrt(len(blobs))
        assert row["silhouette_se"] == pytest.approx(error, abs=1e-9)
        assert row["smallest"] == labels.value_counts().min()


def test_three_groups_score_best_at_three(blobs):
    scores = sweep(blobs, range(2, 7)).scores
    assert scores["silhouette"].idxmax() == 3
    assert scores["calinski_harabasz"].idxmax() == 3
    assert scores["davies_bouldin"].idxmin() == 3


def test_segments_are_numbered_from_one_by_falling_size(blobs):
    labels = sweep(blobs, range(2, 7)).labels
    assert labels["3"].value_counts().sort_index().to_dict() == {1: 60, 2: 40, 3: 20}
    for k in labels:
        sizes = labels[k].value_counts().sort_index()
        assert sizes.index.tolist() == list(range(1, int(k) + 1))
        assert sizes.is_monotonic_decreasing


def test_segments_of_equal_size_are_numbered_by_their_centres():
    corners = [[9.0, 0.0], [0.0, 9.0], [0.0, 0.0], [9.0, 9.0]]
    jitter = np.random.default_rng(1).normal(scale=0.1, size=(10, 2))
    matrix = pd.DataFrame(np.concatenate([corner + jitter for corner in corners]))
    labels = sweep(matrix, range(4, 5)).labels["4"].to_numpy().reshape(4, 10)
    assert (labels == np.array([[3], [2], [1], [4]])).all()


def test_shuffled_customers_keep_their_segments(blobs):
    order = np.random.default_rng(2).permutation(len(blobs))
    straight = sweep(blobs, range(3, 4)).labels["3"].to_numpy()
    shuffled = sweep(blobs.iloc[order].reset_index(drop=True), range(3, 4)).labels["3"].to_numpy()
    assert shuffled.tolist() == straight[order].tolist()


def test_the_same_seed_gives_the_same_sweep():
    matrix = pd.DataFrame(np.random.default_rng(8).uniform(size=(150, 3)))
    one, other = (sweep(matrix, range(4, 6), seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.scores, other.scores)
    pd.testing.assert_frame_equal(one.labels, other.labels)


def test_a_single_feature_is_cut_optimally_and_wcss_never_rises(monkeypatch):
    monkeypatch.setattr(sweep_module, "KMeans", None)
    values = np.random.default_rng(9).gamma(2, size=120).round(2)
    result = sweep(pd.DataFrame({"income": values}), range(2, 11))
    assert (np.diff(result.scores["wcss"]) <= 0).all()
    assert result.scores["wcss"].iloc[0] < result.total
    for k in result.labels:
        spans = pd.Series(values).groupby(result.labels[k]).agg(["min", "max"]).sort_values("min")
        assert (spans["max"].to_numpy()[:-1] < spans["min"].to_numpy()[1:]).all()


def test_more_segments_than_differing_customers_are_refused(blobs):
    few = pd.concat([blobs.head(4)] * 5)
    with pytest.raises(NotEnoughData, match="4 segments need more than 4 customers that differ"):
        sweep(few, range(2, 5))
    assert list(sweep(few, range(2, 4)).labels) == ["2", "3"]


@pytest.mark.parametrize("counts", [range(1, 4), range(0, 2), range(5, 5)])
def test_a_range_that_is_empty_or_begins_below_two_is_refused(blobs, counts):
    with pytest.raises(UnknownChoice, match="Segments are counted from 2"):
        sweep(blobs, counts)


def test_the_range_is_cut_to_what_the_differing_customers_allow(blobs):
    assert feasible(blobs) == range(2, 11)
    few = pd.concat([blobs.head(5)] * 3)
    assert feasible(few) == range(2, 5)
    assert feasible(few, range(2, 4)) == range(2, 4)
    sweep(few, feasible(few))


def test_a_sweep_leaves_the_matrix_as_it_was(blobs):
    before = blobs.copy(deep=True)
    sweep(blobs, range(2, 4))
    pd.testing.assert_frame_equal(blobs, before)


def test_many_customers_are_seeded_from_a_sample_and_finished_on_everyone(blobs, monkeypatch):
    exact = sweep(blobs, range(3, 4))
    monkeypatch.setattr(sweep_module, "SEED_ROWS", 50)
    seeded_from = []
    fit = sweep_module.KMeans.fit

    def watched(model, values):
        seeded_from.append((len(values), np.shape(model.init)))
        return fit(model, values)

    monkeypatch.setattr(sweep_module.KMeans, "fit", watched)
    seeded = sweep(blobs, range(3, 4))
    assert seeded_from == [(50, ()), (120, (3, 2))]
    assert seeded.labels["3"].tolist() == exact.labels["3"].tolist()
    assert seeded.scores.loc[3, "wcss"] == pytest.approx(exact.scores.loc[3, "wcss"])


def test_silhouettes_of_many_customers_are_estimated_from_some_against_all(blobs, monkeypatch):
    exact = sweep(blobs, range(2, 4))
    monkeypatch.setattr(sweep_module, "EXACT_ROWS", 119)
    monkeypatch.setattr(sweep_module, "POINTS", 30)
    estimated = sweep(blobs, range(2, 4))
    drawn = estimated.silhouettes.index
    assert len(drawn) == drawn.nunique() == 30
    pd.testing.assert_frame_equal(estimated.silhouettes, exact.silhouettes.loc[drawn])
    for k in (2, 3):
        widths = estimated.silhouettes[str(k)]
        row = estimated.scores.loc[k]
        assert row["silhouette"] == pytest.approx(widths.mean())
        assert row["silhouette_se"] == pytest.approx(widths.sem())
        assert abs(row["silhouette"] - exact.scores.loc[k, "silhouette"]) < 4 * widths.sem()
    columns = ["wcss", "calinski_harabasz", "davies_bouldin", "smallest"]
    pd.testing.assert_frame_equal(estimated.scores[columns], exact.scores[columns])


def test_silhouettes_are_exact_up_to_the_limit(blobs, monkeypatch):
    monkeypatch.setattr(sweep_module, "EXACT_ROWS", 120)
    monkeypatch.setattr(sweep_module, "POINTS", 30)
    assert sweep(blobs, range(2, 3)).silhouettes.index.tolist() == list(range(120))

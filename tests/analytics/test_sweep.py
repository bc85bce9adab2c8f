import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import (
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_samples,
)

from analytics import scoring as scoring_module
from analytics import sweep as sweep_module
from analytics.engine import search as search_module
from analytics.errors import NotEnoughData, UnknownChoice
from analytics.silhouette import silhouettes
from analytics.sweep import feasible, sweep

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def test_income_and_spending_of_the_mall_score_as_published(mall_sweep):
    scores = mall_sweep.scores.loc[2:7]
    # For k = 2, fifty starts of k-means++ end at 269.691: the ladder finds less.
    wcss = [269.017, 157.704, 108.921, 65.5684, 55.057, 44.865]
    silhouette = [0.4666, 0.4939, 0.55466, 0.5399, 0.5282]
    assert scores["wcss"].tolist() == pytest.approx(wcss, abs=6e-4)
    assert scores["silhouette"].tolist()[1:] == pytest.approx(silhouette, abs=6e-5)


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


def test_a_single_feature_is_cut_optimally_and_wcss_never_rises():
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


def test_many_customers_are_searched_on_samples_and_finished_on_everyone(blobs, monkeypatch):
    exact = sweep(blobs, range(3, 4))
    monkeypatch.setattr(search_module, "WHOLE_ROWS", 50)
    monkeypatch.setattr(sweep_module, "WHOLE_ROWS", 50)
    monkeypatch.setattr(search_module, "SAMPLE_ROWS", 50)
    searched = []
    climb = search_module.climb

    def watched(rows, weights, *rest, **more):
        searched.append(weights.sum())
        return climb(rows, weights, *rest, **more)

    monkeypatch.setattr(search_module, "climb", watched)
    for most in (0, 1_000):
        monkeypatch.setattr(search_module, "_TOGETHER_ROWS", most)
        sampled = sweep(blobs, range(3, 4))
        assert sampled.labels["3"].tolist() == exact.labels["3"].tolist()
        assert sampled.scores.loc[3, "wcss"] == pytest.approx(exact.scores.loc[3, "wcss"])
        assert "finished on all 120" in sampled.notes[0]
    assert searched == [50] * 4
    assert exact.notes == ()


def test_silhouettes_of_many_customers_are_estimated_from_a_sample(blobs, monkeypatch):
    exact = sweep(blobs, range(2, 4))
    monkeypatch.setattr(scoring_module, "EXACT_ROWS", 119)
    monkeypatch.setattr(scoring_module, "POINTS", 30)
    estimated = sweep(blobs, range(2, 4))
    drawn = estimated.silhouettes.index
    assert len(drawn) == drawn.nunique() == 30
    pd.testing.assert_frame_equal(estimated.silhouettes, exact.silhouettes.loc[drawn])
    assert "30 of 120 customers" in estimated.notes[0]
    for k in (2, 3):
        widths = estimated.silhouettes[str(k)]
        row = estimated.scores.loc[k]
        assert row["silhouette"] == pytest.approx(widths.mean())
        assert row["silhouette_se"] == pytest.approx(widths.sem())
        assert abs(row["silhouette"] - exact.scores.loc[k, "silhouette"]) < 4 * widths.sem()
        # Stratified: every segment has its share of the sample, to one customer.
        labels = exact.labels[str(k)]
        apart = labels[drawn].value_counts() - labels.value_counts() / 4
        assert apart.abs().max() <= 2
    columns = ["wcss", "calinski_harabasz", "davies_bouldin", "smallest"]
    pd.testing.assert_frame_equal(estimated.scores[columns], exact.scores[columns])


def test_an_estimated_silhouette_is_within_its_error_of_the_exact_one(monkeypatch):
    random = np.random.default_rng(5)
    groups = random.normal(scale=4, size=(5, 3))[random.integers(0, 5, 6_000)]
    matrix = pd.DataFrame(groups + random.normal(size=(6_000, 3)))
    exact = sweep(matrix, range(4, 7)).scores
    monkeypatch.setattr(scoring_module, "EXACT_ROWS", 1_000)
    monkeypatch.setattr(scoring_module, "POINTS", 600)
    monkeypatch.setattr(scoring_module, "REFERENCE", 2_000)
    rough = sweep(matrix, range(4, 7)).scores
    off = (rough["silhouette"] - exact["silhouette"]).abs()
    assert (off < 3 * rough["silhouette_se"]).all()


def test_silhouettes_are_exact_up_to_the_limit(blobs, monkeypatch):
    monkeypatch.setattr(scoring_module, "EXACT_ROWS", 120)
    monkeypatch.setattr(scoring_module, "POINTS", 30)
    assert sweep(blobs, range(2, 3)).silhouettes.index.tolist() == list(range(120))


def test_the_centres_are_the_means_of_the_segments(blobs):
    result = sweep(blobs, range(2, 5))
    for k in result.labels:
        means = blobs.groupby(result.labels[k].to_numpy()).mean()
        np.testing.assert_allclose(result.centres.loc[int(k)], means, atol=1e-12)


def test_it_says_how_often_the_starts_found_the_best_solution(blobs):
    scores = sweep(blobs, range(2, 7)).scores
    assert scores["starts"].isin([10, 20, 50]).all()
    assert scores.loc[3, ["found", "starts"]].tolist() == [10, 10]  # three groups far apart
    assert ((scores["found"] >= 0) & (scores["found"] <= scores["starts"])).all()


def test_progress_rises_to_the_end_and_says_what_is_done(blobs):
    told = []
    sweep(blobs, range(2, 5), progress=lambda share, doing: told.append((share, doing)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert {"Searching every number of segments", "Measuring silhouettes"} <= {d for _, d in told}


MATRICES = hnp.arrays(
    np.float64,
    st.tuples(st.integers(12, 60), st.integers(1, 4)),
    elements=st.integers(-6, 6).map(float),
).filter(lambda values: len(np.unique(values, axis=0)) > 5)


def same(one, other, order=slice(None)):
    assert one.labels.to_numpy().tolist() == other.labels.to_numpy()[order].tolist()
    columns = ["wcss", "silhouette", "calinski_harabasz", "davies_bouldin"]
    np.testing.assert_allclose(one.scores[columns], other.scores[columns], rtol=1e-9, atol=1e-12)


@given(MATRICES, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_neither_order_nor_threads_change_anything(values, random):
    order = random.sample(range(len(values)), len(values))
    straight = sweep(pd.DataFrame(values), range(2, 5), threads=2)
    same(sweep(pd.DataFrame(values), range(2, 5), threads=1), straight)
    same(sweep(pd.DataFrame(values[order]), range(2, 5)), straight, order)


@given(MATRICES, st.integers(2, 4))
@settings(max_examples=25, deadline=None)
def test_equal_customers_count_as_one_row_with_a_weight(values, times):
    rows = np.unique(values, axis=0)
    weights = np.full(len(rows), float(times))
    copied = sweep(pd.DataFrame(np.repeat(rows, times, axis=0)), range(2, 5))
    once = sweep(pd.DataFrame(rows), range(2, 5))
    partitions = once.labels.to_numpy() - 1
    assert (copied.labels.to_numpy()[::times] == once.labels.to_numpy()).all()
    np.testing.assert_allclose(copied.scores["wcss"], times * once.scores["wcss"], atol=1e-9)
    weighted = silhouettes(rows, partitions, weights=weights)
    np.testing.assert_allclose(copied.silhouettes.to_numpy()[::times], weighted, atol=1e-9)

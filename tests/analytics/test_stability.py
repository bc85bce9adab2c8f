import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from analytics import stability as module
from analytics.engine.distinct import distinct
from analytics.stability import stability, word
from analytics.sweep import feasible, sweep

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def resample(matrix, labels, **how):
    return stability(distinct(matrix.to_numpy(dtype=float)), labels, **how)


def judged(matrix, counts, **how):
    return resample(matrix, sweep(matrix, counts).labels, **how)


@pytest.mark.parametrize(
    ("columns", "jaccard", "strength"),
    [
        (
            (INCOME, SPENDING),
            [0.54, 0.99, 0.64, 0.98, 0.56, 0.76, 0.84],
            [0.55, 0.94, 0.67, 0.85, 0.64, 0.57, 0.46],
        ),
        (
            ("Age", INCOME, SPENDING),
            [0.99, 0.67, 0.96, 0.59, 0.94, 0.81, 0.52],
            [0.90, 0.52, 0.76, 0.53, 0.65, 0.51, 0.44],
        ),
        (
            (INCOME,),
            [0.93, 0.85, 0.92, 0.69, 0.90, 0.67, 0.78],
            [0.73, 0.71, 0.63, 0.51, 0.62, 0.47, 0.44],
        ),
    ],
)
def test_the_stability_of_the_mall_is_as_published(mall_matrix, columns, jaccard, strength):
    # Sixty bootstraps and thirty splits, as published; both sides err by some 0.03.
    found = judged(mall_matrix(*columns), range(2, 9), bootstraps=60, splits=30).counts
    assert found["jaccard"].tolist() == pytest.approx(jaccard, abs=0.075)
    assert found["prediction_strength"].tolist() == pytest.approx(strength, abs=0.065)
    assert np.abs(found["jaccard"] - jaccard).mean() < 0.03
    assert np.abs(found["prediction_strength"] - strength).mean() < 0.03


def test_each_segment_is_told_apart(mall_trust):
    segments = mall_trust.segments
    assert set(segments.loc[5, "word"]) == {"solid"}
    for k in (4, 6):
        weak = segments.loc[k, "jaccard"].idxmin()
        assert segments.loc[(k, weak), "word"] == "do not rely on"
        assert segments.loc[k, "word"].value_counts()["solid"] >= 2
    assert (segments["low"] <= segments["high"]).all()
    assert mall_trust.counts["jaccard"].equals(segments["jaccard"].groupby(level="k").min())


@threadpool_limits.wrap(limits=1)
def test_a_plain_loop_over_scikit_learn_finds_the_same(mall_matrix, mall_sweep):
    matrix = mall_matrix(INCOME, SPENDING).to_numpy()
    own = mall_sweep.labels["6"].to_numpy()
    random = np.random.default_rng(1)
    jaccards, strengths = [], []
    for _ in range(30):
        drawn = np.unique(random.integers(0, len(matrix), len(matrix)))
        found = KMeans(6, n_init=10, random_state=1).fit_predict(matrix[drawn])
        jaccards.append(
            [
                max(
                    ((own[drawn] == segment) & (found == other)).sum()
                    / ((own[drawn] == segment) | (found == other)).sum()
                    for other in range(6)
                )
                for segment in range(1, 7)
            ]
        )
    for _ in range(10):
        order = random.permutation(len(matrix))
        fits = [
            KMeans(6, n_init=10, random_state=1).fit(matrix[half])
            for half in (order[:100], order[100:])
        ]
        for mine, theirs, half in ((*fits, order[:100]), (*fits[::-1], order[100:])):
            predicted = theirs.predict(matrix[half])
            strengths.append(
                min(
                    np.mean((together := predicted[mine.labels_ == s])[:, None] == together)
                    for s in range(6)
                )
            )
    ours = judged(mall_matrix(INCOME, SPENDING), range(6, 7))
    np.testing.assert_allclose(ours.segments["jaccard"], np.mean(jaccards, axis=0), atol=0.15)
    # Pairs of a customer with itself, which the loop counts as well, are few.
    assert ours.counts.loc[6, "prediction_strength"] == pytest.approx(np.mean(strengths), abs=0.07)


def test_groups_far_apart_always_come_back(blobs):
    found = judged(blobs, range(2, 5))
    assert found.segments.loc[3, "jaccard"].tolist() == [1.0, 1.0, 1.0]
    assert found.segments.loc[3, "recovered"].tolist() == [1.0, 1.0, 1.0]
    assert found.counts.loc[3, "prediction_strength"] == 1.0
    assert (found.certainty["3"] == 1.0).all()
    assert found.segments.loc[4, "jaccard"].min() < 0.85
    assert found.segments.loc[4, "dissolved"].max() > 0.1
    assert found.certainty["4"].min() < 0.8


def test_a_group_is_certain_inside_and_not_between():
    random = np.random.default_rng(3)
    matrix = pd.DataFrame(random.normal(size=(300, 2)) + 3.0 * (np.arange(300) % 2)[:, None])
    fitted = sweep(matrix, range(2, 3))
    found = resample(matrix, fitted.labels)
    first, second = fitted.centres.to_numpy()
    middle = np.abs((matrix.to_numpy() - (first + second) / 2) @ (second - first))
    assert found.certainty["2"][middle.argmin()] < 0.9
    assert (found.certainty["2"][middle > np.quantile(middle, 0.3)] == 1.0).all()


def test_certainty_is_calibrated_on_mixtures():
    """Compare with segments found in the population: they are what other customers lead to."""
    certain, right = [], []
    for turn in range(36):
        random = np.random.default_rng(turn)
        groups = 3 + turn % 3
        centres = random.normal(size=(groups, 2)) * random.uniform(2, 5)
        population = centres[random.integers(0, groups, 3_000)] + random.normal(size=(3_000, 2))
        matrix = pd.DataFrame(population[:200])
        labels = sweep(matrix, range(groups, groups + 1)).labels
        own = labels[str(groups)].to_numpy() - 1
        everyone = sweep(pd.DataFrame(population), range(groups, groups + 1)).labels
        truth = everyone[str(groups)].to_numpy()[:200] - 1
        mine, theirs = linear_sum_assignment(
            np.bincount(own * groups + truth, minlength=groups**2).reshape(groups, groups),
            maximize=True,
        )
        certain.append(resample(matrix, labels, bootstraps=1).certainty[str(groups)])
        right.append(mine[np.argsort(theirs)][truth] == own)
    certain, right = np.concatenate(certain), np.concatenate(right)
    slope = np.polyfit(certain, right, 1)[0]
    assert 0.8 <= slope <= 1.2
    assert certain.mean() == pytest.approx(right.mean(), abs=0.03)


@settings(max_examples=15, deadline=None)
@given(
    hnp.arrays(float, st.tuples(st.integers(8, 30), st.integers(1, 3)), elements=st.integers(0, 6)),
    st.integers(0, 99),
)
def test_neither_the_order_of_customers_nor_of_segments_matters(rows, seed):
    matrix = pd.DataFrame(rows)
    counts = feasible(matrix, range(2, 5))
    if not counts:
        return
    labels = sweep(matrix, counts).labels
    random = np.random.default_rng(seed)
    one = resample(matrix, labels, bootstraps=5, splits=3, threads=1)
    order = random.permutation(len(matrix))
    names = {k: np.concatenate([[0], 1 + random.permutation(k)]) for k in counts}
    renamed = pd.DataFrame({str(k): names[k][labels[str(k)]] for k in counts})
    other = resample(
        matrix.iloc[order].reset_index(drop=True),
        renamed.iloc[order].reset_index(drop=True),
        bootstraps=5,
        splits=3,
        threads=2,
    )
    pd.testing.assert_frame_equal(one.counts, other.counts)
    pd.testing.assert_frame_equal(one.certainty.iloc[order].reset_index(drop=True), other.certainty)
    for k in counts:
        there = other.segments.loc[k].loc[names[k][1:]]
        np.testing.assert_array_equal(one.segments.loc[k].to_numpy(), there.to_numpy())
    for column in ("jaccard", "low", "high", "recovered", "dissolved"):
        assert one.segments[column].between(0, 1).all()
    assert one.certainty.stack().between(0, 1).all()
    assert one.counts["prediction_strength"].between(0, 1).all()


def test_copies_of_customers_are_customers(blobs):
    twice = pd.concat([blobs, blobs], ignore_index=True)
    found = judged(twice, range(2, 4))
    assert found.counts.loc[3].tolist() == [1.0, 1.0, 0.0]
    assert len(found.certainty) == 240
    assert found.certainty.iloc[:120].equals(found.certainty.iloc[120:].reset_index(drop=True))


def test_more_segments_than_a_half_can_hold_are_not_predicted():
    matrix = pd.DataFrame({"x": np.arange(8.0), "y": np.arange(8.0) ** 2})
    found = judged(matrix, range(6, 8))
    assert (found.counts["jaccard"] < 0.75).all()
    assert found.certainty.notna().all(axis=None)


def test_many_customers_are_resampled_in_part_and_all_are_placed(monkeypatch):
    monkeypatch.setattr(module, "ROWS", 400)
    random = np.random.default_rng(5)
    rows = random.normal(size=(3_000, 2)) + 6.0 * random.integers(0, 2, (3_000, 2))
    matrix = pd.DataFrame(rows)
    labels = sweep(matrix, range(4, 6)).labels
    found = resample(matrix, labels)
    assert found.counts.loc[4, "jaccard"] > 0.95
    assert found.counts.loc[5, "jaccard"] < 0.75
    assert len(found.certainty) == 3_000
    assert found.certainty["4"].mean() > 0.99
    assert found.notes[0].startswith("Stability is that of 400 of 3,000 customers")
    monkeypatch.setattr(module, "_ASSIGNED", 0)
    (_, note) = resample(matrix, labels).notes
    assert note == "Certainty is that of 20 resamples, to steps of 5%."


def test_beyond_two_thousand_customers_a_third_as_many_resamples_are_taken():
    random = np.random.default_rng(6)
    matrix = pd.DataFrame(random.normal(size=(2_500, 1)))
    (note,) = judged(matrix, range(2, 4)).notes
    assert note == "Segments were sought anew in 33 bootstraps and 10 splits."


@pytest.mark.parametrize(
    ("jaccard", "said"),
    [(1, "solid"), (0.85, "solid"), (0.849, "usable"), (0.75, "usable"), (0.7, "do not rely on")],
)
def test_a_word_stands_for_a_range_of_jaccards(jaccard, said):
    assert word(jaccard) == said


def test_progress_rises_to_the_end(blobs):
    told = []
    judged(blobs, range(2, 4), progress=lambda share, doing: told.append((share, doing)))
    assert told[-1] == (1.0, "Done")
    assert {doing for _, doing in told} >= {"Drawing customers anew", "Placing every customer"}
    assert all(0 <= share <= 1 for share, _ in told)

"""What edits cost, in numbers and in words."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from analytics.editing import Merge, MinimumSize, Split, edit
from analytics.editing.costs import explained, moved, pairs, sentence, standing
from analytics.sweep import sweep
from analytics.trust import trust


@pytest.fixture(scope="module")
def found():
    matrix = pd.DataFrame(np.random.default_rng(0).normal(size=(120, 3)), columns=list("abc"))
    return matrix, sweep(matrix, range(4, 6))


def test_explained_variance_is_what_the_within_sum_of_squares_leaves(found):
    matrix, swept = found
    share = explained(matrix.to_numpy(), swept.labels["4"].to_numpy())
    assert share == pytest.approx(1 - swept.scores.loc[4, "wcss"] / swept.total)


def test_the_cost_of_a_pair_is_what_their_merge_no_longer_explains(found):
    matrix, swept = found
    labels = swept.labels["4"]
    table = pairs(matrix, labels)
    assert len(table) == 6
    assert table["cost"].is_monotonic_increasing
    before = explained(matrix.to_numpy(), labels.to_numpy())
    for one in table.itertuples():
        merged = edit(matrix, labels, [Merge(tuple(sorted((one.first, one.second))))])
        after = explained(matrix.to_numpy(), merged.labels)
        assert before - after == pytest.approx(one.cost)


def test_noise_counts_for_nothing(found):
    matrix, swept = found
    labels = swept.labels["4"].where(np.arange(120) % 5 > 0, 0)
    kept = (labels > 0).to_numpy()
    alone = explained(matrix.to_numpy()[kept], labels.to_numpy()[kept])
    assert explained(matrix.to_numpy(), labels.to_numpy()) == pytest.approx(alone)
    part, of = matrix[kept].reset_index(drop=True), labels[kept].reset_index(drop=True)
    assert pairs(matrix, labels)["cost"].tolist() == pytest.approx(pairs(part, of)["cost"].tolist())


def test_a_standing_is_that_of_the_sweep(found):
    matrix, swept = found
    known = trust(matrix, swept)
    stands = standing(matrix, swept.labels["4"], swept.silhouettes["4"], known, 4)
    assert stands.silhouette == pytest.approx(silhouette_score(matrix, swept.labels["4"]))
    assert stands.silhouette_se == pytest.approx(swept.scores.loc[4, "silhouette_se"])
    assert stands.jaccard == pytest.approx(known.counts.loc[4, "jaccard"])
    assert stands.smallest == swept.scores.loc[4, "smallest"]


def test_the_sentence_says_what_the_numbers_say(found):
    from dataclasses import replace

    matrix, swept = found
    before = standing(matrix, swept.labels["4"], swept.silhouettes["4"], None, 4)
    before = replace(before, explained=0.742, silhouette=0.3, jaccard=0.81, low=0.6, high=1.0)
    after = replace(before, segments=3, explained=0.711, jaccard=0.88)
    said = sentence(Merge((1, 3)), {1: "Young", 3: "Old"}, before, after)
    assert said.startswith("Merging 1 “Young” and 3 “Old” explains 3.1 points less variance (74.2")
    assert "(74.2 % → 71.1 %)" in said
    assert "88 % come back when customers are drawn anew, instead of 81 % (95 % of draws" in said
    alike = sentence(Merge((1, 3)), {}, before, replace(after, jaccard=0.812))
    assert "81 % come back when customers are drawn anew, as before (95 % of draws" in alike
    assert "95 % of draws: 60 % to 100 %; solid" in said
    split = sentence(Split(2, None), {2: "A"}, before, replace(before, segments=6, jaccard=None))
    assert split.startswith("Splitting 2 “A” into 3 explains 0.0 points more")
    assert "known of k-means only" in split
    enlarged = sentence(MinimumSize(40), {}, before, after, 7)
    assert enlarged.startswith("A minimum of 40 moves 7 customers to another segment and explains ")
    assert sentence(Split(2), {}, before, after).startswith("Splitting 2 into ")


def test_who_leaves_the_segment_that_continues_theirs_is_counted():
    before = np.array([1, 1, 1, 1, 2, 2, 3, 0])
    assert moved(before, np.array([2, 2, 2, 2, 1, 1, 3, 0])) == 0
    assert moved(before, np.array([2, 2, 1, 3, 1, 1, 3, 0])) == 2

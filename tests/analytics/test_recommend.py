import numpy as np
import pandas as pd
import pytest

from analytics.knee import knee
from analytics.recommend import Recommendation, recommend
from analytics.trust import Trust


def table(silhouette, *, se=0.01, ch=None, db=None, wcss=None, first=2):
    """Make scores by k; without more said every other score agrees with the silhouette."""
    silhouette = np.array(silhouette, dtype=float)
    rows = len(silhouette)
    return pd.DataFrame(
        {
            "wcss": np.linspace(100, 10, rows) if wcss is None else wcss,
            "silhouette": silhouette,
            "silhouette_se": se,
            "calinski_harabasz": silhouette * 100 if ch is None else ch,
            "davies_bouldin": 1 - silhouette if db is None else db,
            "smallest": 5,
        },
        index=pd.RangeIndex(first, first + rows, name="k"),
    )


def test_five_segments_are_recommended_for_the_mall(mall_sweep):
    found = recommend(mall_sweep.scores)
    assert found.k == 5
    assert "0.555 ± 0.011, is the highest of k = 2 to 10" in found.reason
    assert found.reason.endswith("Davies-Bouldin and the elbow of WCSS agree.")
    assert found.doubts == ("Calinski-Harabasz would choose 9.",)


def test_the_reason_states_the_highest_silhouette_with_its_error_and_range():
    found = recommend(table([0.41, 0.6124, 0.52], se=0.0156))
    assert found.k == 3
    assert found.reason.startswith(
        "3 segments: the mean silhouette, 0.612 ± 0.016, is the highest of k = 2 to 4"
    )


@pytest.mark.parametrize(
    ("silhouette", "structure"),
    [
        (0.70, "strong"),
        (0.699, "reasonable"),
        (0.50, "reasonable"),
        (0.499, "weak"),
        (0.25, "weak"),
        (0.249, "no substantial"),
        (-0.2, "no substantial"),
    ],
)
def test_the_strength_of_the_structure_is_named(silhouette, structure):
    found = recommend(table([-0.9, silhouette, -0.8]))
    assert f"a sign of {structure} structure" in found.reason


def test_the_scores_that_agree_are_named_and_the_others_doubt():
    agreed = recommend(table([0.4, 0.6, 0.5]))
    assert agreed.reason.endswith("; Calinski-Harabasz and Davies-Bouldin agree.")
    assert agreed.doubts == ()
    split = recommend(table([0.4, 0.6, 0.5], ch=[9, 1, 2]))
    assert split.reason.endswith("; Davies-Bouldin agrees.")
    assert split.doubts == ("Calinski-Harabasz would choose 2.",)
    alone = recommend(table([0.4, 0.6, 0.5], ch=[9, 1, 2], db=[3, 2, 1]))
    assert alone.reason.endswith("structure.")
    assert alone.doubts == ("Calinski-Harabasz would choose 2.", "Davies-Bouldin would choose 4.")


def test_an_elbow_at_the_recommended_count_agrees():
    found = recommend(table([0.4, 0.6, 0.5, 0.4, 0.3], wcss=[100, 20, 15, 12, 10]))
    assert "Davies-Bouldin and the elbow of WCSS agree" in found.reason


def test_a_lead_within_one_standard_error_is_doubted():
    near = recommend(table([0.55, 0.4, 0.56], se=0.02))
    assert near.doubts[0] == (
        "The lead over 2 segments (0.550 ± 0.020) is within one standard error: treat both as"
        " candidates."
    )
    clear = recommend(table([0.55, 0.6, 0.4], se=0.02))
    assert not any("lead" in doubt for doubt in clear.doubts)


def test_the_edge_of_the_range_is_doubted():
    doubts = recommend(table([0.5, 0.6, 0.7])).doubts
    assert doubts == (
        "4 is the edge of the range that was tried, so the data may hold no natural groups at all:"
        " these could be cuts through a continuum.",
    )
    assert not any("edge" in doubt for doubt in recommend(table([0.7, 0.6, 0.5])).doubts)


def test_overlap_is_doubted_below_a_half():
    assert any("overlap" in doubt for doubt in recommend(table([0.2, 0.49, 0.3])).doubts)
    assert not any("overlap" in doubt for doubt in recommend(table([0.2, 0.5, 0.3])).doubts)


def test_a_single_count_is_recommended_without_doubt():
    found = recommend(table([0.6], first=4))
    assert (found.k, found.doubts) == (4, ())


def test_the_bend_of_an_l_is_the_knee():
    assert knee(pd.Series([100, 60, 15, 13, 11, 10], index=range(2, 8))) == 4
    assert knee(pd.Series([1000.0, 30, 20, 10], index=range(2, 6))) == 3


def test_the_knee_of_the_mall_is_at_five(mall_sweep):
    assert knee(mall_sweep.scores["wcss"]) == 5


@pytest.mark.parametrize("last", [6, 10, 20])
def test_a_smooth_or_straight_curve_has_no_knee(last):
    counts = np.arange(2.0, last + 1)
    assert knee(pd.Series(100 - counts, index=counts.astype(int))) is None
    assert knee(pd.Series(100 * np.exp(-counts / last), index=counts.astype(int))) is None


def test_the_even_fall_of_one_over_k_has_no_knee():
    counts = np.arange(2, 11)
    assert knee(pd.Series(1 / counts, index=counts)) is None


@pytest.mark.parametrize("wcss", [[5.0], [9.0, 5.0], [5.0, 5.0, 5.0], [5.0, 1.0, 6.0]])
def test_a_short_flat_or_rising_curve_has_no_knee(wcss):
    assert knee(pd.Series(wcss, index=range(2, 2 + len(wcss)))) is None


def test_a_curve_that_bulges_upwards_has_no_knee():
    assert knee(pd.Series([100, 98, 95, 50, 10], index=range(2, 7))) is None


def test_a_tiny_segment_is_a_doubt_only_where_the_customers_are_known():
    scores = pd.DataFrame(
        {
            "wcss": [9.0, 4.0],
            "silhouette": [0.8, 0.6],
            "silhouette_se": [0.01, 0.01],
            "calinski_harabasz": [9.0, 8.0],
            "davies_bouldin": [0.1, 0.2],
            "smallest": [4, 3],
        },
        index=pd.Index([2, 3], name="k"),
    )
    (doubt,) = recommend(scores, 100).doubts
    assert doubt.startswith("The smallest segment holds 4 customers, 4.0 % of all")
    assert recommend(scores).doubts == recommend(scores, 80).doubts == ()


def test_the_mall_holds_five_natural_segments_and_why(mall_sweep, mall_trust):
    found = recommend(mall_sweep.scores, trust=mall_trust, gaps=mall_sweep.gaps)
    assert (found.k, found.verdict, found.alternatives) == (5, "natural", (3, 7))
    assert found.reason == (
        "5 segments, natural: the mean silhouette, 0.555 ± 0.011, is the highest of k = 2 to 10,"
        " and each segment comes back by 97 % or more when customers are drawn anew."
    )
    weak = [f"{int(100 * mall_trust.counts['jaccard'][k])} %" for k in (4, 6)]
    assert (
        f"4 and 6 segments each hold a segment that comes back by only {weak[0]} and {weak[1]}"
        " when customers are drawn anew."
    ) in found.reasons
    assert "The solution was found again in 27 of 50 starts." in found.reasons
    assert "Davies-Bouldin and the elbow of WCSS agree." in found.reasons
    assert found.doubts[0].startswith("3 and 7 segments hold as well (silhouettes 0.467 and 0.528")
    assert found.doubts[-2:] == (
        "Calinski-Harabasz would choose 9.",
        "The gap statistic would choose 1.",
    )
    assert sorted(found.rejected) == [2, 3, 4, 6, 7, 8, 9, 10]
    assert found.rejected[2].startswith("2 segments have no one answer")


def trusted(scores, customers=200, **numbers):
    """Recommend by made-up numbers of stability."""
    numbers = {
        "jaccard": 0.9,
        "prediction_strength": 0.9,
        "prediction_strength_se": 0.02,
        "even": 0.2,
        "limit": 0.3,
    } | numbers
    counts = pd.DataFrame(numbers, index=scores.index)
    segments = pd.DataFrame(
        {"jaccard": counts["jaccard"].to_numpy()},
        index=pd.MultiIndex.from_product([scores.index, [1]], names=["k", "segment"]),
    )
    certainty = pd.DataFrame(index=range(customers))
    return recommend(scores, trust=Trust(counts, segments, certainty, ()))


def large(scores, smallest=50):
    return scores.assign(smallest=smallest)


def test_segments_that_are_usable_only_say_what_is_missing():
    found = trusted(large(table([0.4, 0.6, 0.5])), prediction_strength=0.7)
    assert found.reason.startswith("3 segments, usable, though not natural, ones: ")
    assert (
        "Half of the customers hardly predict the segments of the others: prediction strength"
        " 0.70 ± 0.02, of which natural groups need 0.8."
    ) in found.doubts


def test_cuts_say_that_they_are_cuts():
    found = trusted(large(table([0.4, 0.6, 0.5])), limit=0.65)
    assert found.verdict == "no natural groups"
    assert found.reason == (
        "3 segments, but no natural groups: these would be cuts, not clusters; the mean"
        " silhouette, 0.600 ± 0.010, is no higher than evenly spread customers reach by chance,"
        " 0.650."
    )
    assert found.rejected[2].endswith(
        "is no higher than evenly spread customers reach by chance, 0.650."
    )
    unstable = trusted(large(table([0.4, 0.6, 0.5])), jaccard=0.748)
    assert unstable.reason.endswith(
        "one comes back by only 74 % when customers are drawn anew, and no other number that was"
        " tried does better."
    )
    outliers = trusted(large(table([0.6]), smallest=2))
    assert outliers.reason.endswith(
        "the smallest of them holds 2 customers, 1.0 % of all, fewer than 10."
    )


def test_fewer_segments_within_a_standard_error_are_preferred_and_it_is_said():
    found = trusted(large(table([0.4, 0.595, 0.6, 0.3])))
    assert found.k == 3
    assert (
        "The mean silhouette, 0.595 ± 0.010, is within a standard error of the highest that holds,"
        " 0.600 of 4, with fewer segments."
    ) in found.reasons
    assert found.rejected[4].endswith("their mean silhouette, 0.600 ± 0.010, is hardly higher.")


def test_a_higher_silhouette_that_does_not_hold_is_not_the_highest():
    found = trusted(large(table([0.4, 0.5, 0.6, 0.3])), jaccard=[0.9, 0.9, 0.6, 0.9])
    assert "is the highest of those that hold, of k = 2 to 5" in found.reason
    assert found.rejected[4].startswith("4 segments have no one answer")
    assert found.alternatives == (2,)


def test_a_solution_that_is_rarely_found_is_doubted():
    scores = large(table([0.4, 0.6, 0.5])).assign(starts=50, found=[40, 10, 40])
    assert "Only 10 of 50 starts found the solution: it is easily missed." in trusted(scores).doubts
    often = trusted(scores.assign(found=11))
    assert "The solution was found again in 11 of 50 starts." in often.reasons


def test_the_best_at_the_edge_of_the_range_is_doubted():
    edge = "4 is the edge of the range that was tried"
    assert any(doubt.startswith(edge) for doubt in trusted(large(table([0.4, 0.5, 0.6]))).doubts)
    assert not any("edge" in doubt for doubt in trusted(large(table([0.4, 0.6, 0.5]))).doubts)
    assert not any("edge" in doubt for doubt in trusted(large(table([0.6]))).doubts)


def test_the_gap_statistic_is_told_where_it_is_known():
    gaps = pd.DataFrame({"gap": [0.1, 0.4, 0.9, 0.5], "gap_se": 0.05}, index=[1, 2, 3, 4])
    found = recommend(table([0.4, 0.6, 0.5]), gaps=gaps)
    assert "the gap statistic agree" in found.reason
    assert found.verdict == ""
    assert found.rejected == {}


def test_cautions_go_wherever_segments_are_shown():
    scores = pd.DataFrame({"silhouette": [0.5, 0.4]}, index=pd.Index([2, 3], name="k"))
    said = Recommendation(2, "2 segments", (), "natural", rejected={3: "3 fall apart."})
    assert said.cautions(scores, 2) == []
    [instead] = said.cautions(scores, 3)
    assert instead == "3 segments (silhouette 0.400), not the recommended number. 3 fall apart."
    cuts = Recommendation(2, "2 segments", (), "no natural groups")
    [caution] = cuts.cautions(scores, 2)
    assert "no natural groups: these segments are cuts" in caution

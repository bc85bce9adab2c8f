import numpy as np
import pandas as pd
import pytest

from analytics.recommend import knee, recommend


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

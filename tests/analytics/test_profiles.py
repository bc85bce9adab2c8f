import numpy as np
import pandas as pd
import pytest

from analytics.profiles import composition, leanings, profile, traits

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture
def some(column):
    """Six customers in two segments, one without a height, one without a town."""
    customers = pd.DataFrame(
        {
            "Height (cm)": [150.0, 160, np.nan, 180, 190, 200],
            "score": pd.array([1, 2, 3, 4, 5, 9], dtype="Int64"),
            "town": ["x", "x", None, "x", "y", "y"],
            "member": pd.array([1, 0, 1, 0, 0, 0], dtype="Int64"),
        }
    )
    columns = (
        column("Height (cm)"),
        column("score"),
        column("town", "categorical"),
        column("member", "boolean"),
    )
    return customers, columns, pd.Series([1, 1, 1, 2, 2, 2])


def test_each_number_is_summarised_within_each_segment(some):
    profiles = profile(*some)
    assert profiles.index.names == ["segment", "column"]
    assert profiles.index.tolist() == [
        (segment, name) for segment in (1, 2) for name in ("Height (cm)", "score")
    ]
    row = profiles.loc[(1, "Height (cm)")]
    assert row["customers"] == 2
    assert (row["mean"], row["median"], row["overall"]) == (155, 155, 176)
    assert row["sd"] == pytest.approx(np.sqrt(50))
    everyone = np.array([150, 160, 180, 190, 200])
    assert row["z"] == pytest.approx((155 - 176) / everyone.std())
    assert row["low"] == pytest.approx(155 - 1.96 * np.sqrt(50 / 2))
    assert row["high"] == pytest.approx(155 + 1.96 * np.sqrt(50 / 2))
    assert profiles.loc[(2, "score"), "median"] == 5


def test_the_distances_from_the_average_cancel_out_over_the_customers(mall, mall_sweep):
    profiles = profile(*mall, mall_sweep.labels["5"])
    weighted = (profiles["z"] * profiles["customers"]).groupby("column").sum()
    np.testing.assert_allclose(weighted, 0, atol=1e-9)


def test_the_mall_segments_have_their_known_means(mall, mall_sweep):
    means = profile(*mall, mall_sweep.labels["5"])["mean"].unstack("column")
    assert means[INCOME].round(2).tolist() == [55.30, 86.54, 88.20, 26.30, 25.73]
    assert means[SPENDING].round(2).tolist() == [49.52, 82.13, 17.11, 20.91, 79.36]


def test_the_shares_of_the_levels_are_of_the_customers_with_a_value(some):
    shares = composition(*some)
    assert shares.index.names == ["segment", "column", "level"]
    assert shares.loc[(1, "town", "x"), "share"] == 1
    assert shares.loc[(1, "town", "y"), "share"] == 0
    assert shares.loc[(2, "town", "y"), "share"] == pytest.approx(2 / 3)
    assert shares.loc[(2, "town", "y"), "overall"] == pytest.approx(2 / 5)
    assert shares.loc[(1, "member", "1"), "share"] == pytest.approx(2 / 3)


def test_the_shares_of_every_segment_add_up_to_one(mall, mall_sweep):
    shares = composition(*mall, mall_sweep.labels["7"])
    totals = shares.groupby(["segment", "column"])["share"].sum()
    assert totals.tolist() == pytest.approx([1] * 7)
    assert shares.loc[(1, "Gender", "Female"), "overall"] == pytest.approx(0.56)


def test_without_levels_the_composition_is_empty_but_has_its_columns(some):
    customers, columns, labels = some
    shares = composition(customers, columns[:2], labels)
    assert shares.empty
    assert shares.index.names == ["segment", "column", "level"]
    assert list(shares) == ["share", "overall"]


def test_traits_begin_with_the_features_then_with_the_farthest(column):
    customers = pd.DataFrame({name: [0.0] * 8 for name in ("near", "far", "middle")})
    customers["near"] = [0.0, 2, 0, 2, 1, 2, 1, 2]
    customers["far"] = [0.0] * 4 + [10] * 4
    customers["middle"] = [0.0, 0, 0, 5, 5, 5, 5, 5]
    columns = tuple(column(name) for name in customers)
    profiles = profile(customers, columns, pd.Series(np.repeat([1, 2], 4)))
    words = [trait.split()[0] for trait in traits(profiles, 1, ["near"])]
    assert words == ["near", "far", "middle"]
    assert len(traits(profiles, 1, ["near"], most=2)) == 2


def test_a_trait_states_the_mean_its_unit_and_its_distance(mall, mall_sweep):
    profiles = profile(*mall, mall_sweep.labels["5"])
    assert traits(profiles, 2, [INCOME, SPENDING], most=2) == [
        "Spending Score 82.1 (1.2 SD above the average of 50.2)",
        "Annual Income 86.5 k$ (1.0 SD above the average of 60.6)",
    ]
    assert "Annual Income 25.7 k$ (1.3 SD below the average of 60.6)" in traits(profiles, 5, [])
    assert traits(profiles, 1, [SPENDING], most=1) == [
        "Spending Score 49.5 (at the average of 50.2)"
    ]


def test_leanings_begin_with_the_widest_gap_and_name_each_column_once(some):
    shares = composition(*some)
    assert leanings(shares, 2, most=5) == [
        "member 100 % 0 (all customers: 67 %)",
        "town 67 % y (all customers: 40 %)",
    ]
    assert len(leanings(shares, 1)) == 1
    assert leanings(shares, 9) == []


def test_shares_are_of_levels_that_can_be_told_apart(column):
    customers = pd.DataFrame({"size": list("SMLS"), "town": list("wxyz")})
    columns = (
        column("size", "ordinal", distinct=3),
        column("town", "categorical", distinct=31),
    )
    shares = composition(customers, columns, pd.Series([1, 1, 2, 2]))
    assert shares.index.unique("column").tolist() == ["size"]
    assert shares.loc[(1, "size", "S"), "share"] == 0.5

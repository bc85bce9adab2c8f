import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.prepare import FeatureSpec, prepare
from analytics.profiles import composition, profile
from analytics.reasons import examples, reasons, sentence

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"
BOTH, ALL = (INCOME, SPENDING), (AGE, INCOME, SPENDING, "Gender")
NAMES = {n: f"segment {n}" for n in range(1, 11)}


@pytest.fixture(scope="module")
def matrix(mall):
    return prepare(*mall, FeatureSpec(BOTH)).matrix


@pytest.fixture(scope="module")
def labels(mall_sweep):
    return mall_sweep.labels["5"]


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 6))
def test_contributions_add_up_to_the_difference_of_squared_distances(mall, seed, count):
    rng = np.random.default_rng(seed)
    spec = FeatureSpec(ALL, weights=((AGE, float(rng.uniform(0.1, 5))),))
    values = prepare(*mall, spec).matrix
    labels = pd.Series(rng.integers(0, count + 1, 200))
    asked = np.flatnonzero(labels > 0)
    told = reasons(values, labels, ALL, asked)
    centres = values.groupby(labels.to_numpy()).mean()
    for place in range(0, len(asked), 17):
        away = ((centres - values.iloc[asked[place]]) ** 2).sum(axis=1).drop(0)
        own = labels[asked[place]]
        assert told.own[place] == own
        nearest = away.drop(own).min()
        assert away[told.second[place]] == pytest.approx(nearest)
        assert told.margins.iloc[place] == pytest.approx(nearest - away[own], abs=1e-9)
    assert list(told.contributions) == list(ALL)
    assert told.contributions.index.tolist() == asked.tolist()


def test_a_customer_of_k_means_is_never_nearer_to_another_centroid(matrix, labels):
    told = reasons(matrix, labels, BOTH, range(200))
    assert (told.margins > 0).all()


def test_typical_customers_are_near_and_borderline_ones_between(matrix, labels):
    table = examples(matrix, labels)
    assert list(dict.fromkeys(table["segment"])) == [1, 2, 3, 4, 5]
    assert table.groupby(["segment", "kind"]).size().tolist() == [3] * 10
    assert not table["position"].duplicated().any()
    away = np.sqrt(
        ((matrix - matrix.groupby(labels.to_numpy()).transform("mean")) ** 2).sum(axis=1)
    )
    margins = reasons(matrix, labels, BOTH, range(200)).margins
    for segment, own in table.groupby("segment"):
        members = np.flatnonzero(labels == segment)
        typical, border = (own[own["kind"] == kind] for kind in ("typical", "borderline"))
        assert (
            typical["position"].tolist()
            == away[members].sort_values(kind="stable").index[:3].tolist()
        )
        assert typical["distance"].tolist() == pytest.approx(sorted(away[members])[:3])
        assert border["margin"].tolist() == pytest.approx(sorted(margins[members])[:3])


def test_with_silhouettes_the_highest_are_typical(matrix, labels, mall_sweep):
    widths = mall_sweep.silhouettes["5"]
    table = examples(matrix, labels, widths)
    best = table[(table["segment"] == 2) & (table["kind"] == "typical")]["position"]
    own = widths[(labels == 2).to_numpy()]
    assert widths[best].tolist() == own.sort_values(ascending=False).head(3).tolist()
    few = examples(matrix, labels, widths.iloc[:20])
    assert few[few["kind"] == "typical"]["position"].max() < 20


def test_noise_and_small_segments_have_fewer_examples(matrix, labels):
    table = examples(matrix, labels.where(labels != 1, 0))
    assert set(table["segment"]) == {2, 3, 4, 5}
    two = pd.Series([1] * 198 + [2] * 2)
    table = examples(matrix, two)
    assert table[table["segment"] == 2]["kind"].tolist() == ["typical"] * 2
    alone = examples(matrix, two * 0 + 1)
    assert alone["kind"].tolist() == ["typical"] * 3
    assert alone["margin"].isna().all()
    assert examples(matrix, two * 0).empty


def test_only_members_of_one_of_several_segments_have_reasons(matrix, labels):
    with pytest.raises(ValueError, match="one of several segments"):
        reasons(matrix, labels.where(labels != 1, 0), BOTH, [int(np.flatnonzero(labels == 1)[0])])
    with pytest.raises(ValueError, match="one of several segments"):
        reasons(matrix, labels * 0 + 1, BOTH, [0])


def test_a_reason_is_said_in_the_units_of_the_customer(mall, matrix, labels):
    told = reasons(matrix, labels, BOTH, [125, 126])
    described = profile(*mall, labels), composition(*mall, labels)
    assert sentence(told, 126, mall[0], *described, NAMES) == (
        "In “segment 1” rather than “segment 3”, because of Spending Score (35; average 49.5 here,"
        " 17.1 there; 70 % of the reason) and Annual Income (71 k$; average 55.3 here, 88.2 there;"
        " 30 % of the reason)."
    )
    share = told.contributions.loc[126, SPENDING] / told.margins.loc[126]
    assert share == pytest.approx(0.70, abs=0.005)
    assert sentence(told, 125, mall[0], *described, NAMES).endswith(
        "100 % of the reason); Annual Income (70 k$; average 86.5 here, 55.3 there) speaks against"
        " it."
    )


def test_what_speaks_against_is_said_as_well(mall):
    values = prepare(*mall, FeatureSpec(ALL, weights=(("Gender", 3.0),))).matrix
    labels = pd.Series(np.where(mall[0]["Age"] > 40, 1, 2))
    told = reasons(values, labels, ALL, range(200))
    described = profile(*mall, labels), composition(*mall, labels)
    against = told.contributions["Gender"] < -0.05
    said = [sentence(told, p, mall[0], *described, NAMES) for p in range(200)]
    assert all("against it" in said[p] for p in np.flatnonzero(against))
    farther = np.flatnonzero(told.margins <= 0)
    assert len(farther)
    assert all("though no nearer to its average" in said[p] for p in farther)
    assert "Gender (Female; " in " ".join(said)


def test_values_that_are_missing_are_called_unknown(column):
    customers = pd.DataFrame({"n": [1.0, np.nan, 8, 9], "town": ["x", None, "y", "y"]})
    columns = (column("n"), column("town", "categorical"))
    values = prepare(customers, columns, FeatureSpec(("n", "town"))).matrix
    labels = pd.Series([1, 1, 2, 2])
    told = reasons(values, labels, ("n", "town"), [1])
    described = profile(customers, columns, labels), composition(customers, columns, labels)
    assert "n (unknown; average 1.0 here, 8.5 there" in sentence(
        told, 1, customers, *described, NAMES
    )
    assert "town (unknown" in sentence(told, 1, customers, *described, NAMES)


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 6))
def test_renumbering_changes_nothing_but_the_numbers(matrix, seed, count):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, count + 1, 200)
    number = np.concatenate([[0], rng.permutation(count) + 1])
    first, again = (examples(matrix, pd.Series(it)) for it in (labels, number[labels]))
    pd.testing.assert_frame_equal(again, first.assign(segment=number[first["segment"]]))
    asked = np.flatnonzero(labels > 0)
    one, other = (reasons(matrix, pd.Series(it), BOTH, asked) for it in (labels, number[labels]))
    assert other.second.tolist() == number[one.second].tolist()
    pd.testing.assert_frame_equal(one.contributions, other.contributions)

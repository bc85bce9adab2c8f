import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import pairwise_distances

from analytics.algorithms import Mixed
from analytics.algorithms.mixed import gower, mixed_data
from analytics.columns import Column
from analytics.influence import category_fit, decisive, dominant, gower_influence, influence
from analytics.prepare import FeatureSpec, prepare
from analytics.sweep import sweep

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"
ALL = (AGE, INCOME, SPENDING, "Gender")


def coded(mall, *, dummies, standardised):
    """Make the matrix that some other program would make, with its own coding of gender."""
    matrix = prepare(*mall, FeatureSpec(ALL)).matrix
    women = 1 - matrix["Gender=Male"]
    both = matrix.assign(**{"Gender=Female": women}) if dummies == 2 else matrix.copy()
    for name in both.columns[3:] if standardised else []:
        both[name] = (both[name] - both[name].mean()) / both[name].std(ddof=0)
    return both


def labelled(matrix, k):
    return sweep(matrix, range(k, k + 1)).labels[str(k)]


@pytest.mark.parametrize(
    ("dummies", "standardised", "share"),
    [(1, False, 0.08), (2, False, 0.14), (1, True, 0.25), (2, True, 0.40)],
)
def test_the_share_of_gender_is_that_of_its_coding(mall, dummies, standardised, share):
    matrix = coded(mall, dummies=dummies, standardised=standardised)
    table = influence(matrix, ALL)
    assert table.loc["Gender", "share"] == pytest.approx(share, abs=0.009)
    warned = [it.column for it in dominant(table, mall[1], FeatureSpec(ALL))]
    assert warned == (["Gender"] if dummies == 2 and standardised else [])


@pytest.mark.parametrize(
    ("dummies", "standardised", "k", "purity", "warned"),
    [
        (1, False, 6, 0.59, []),
        (2, False, 6, 0.59, []),
        (1, True, 6, 0.94, ["Gender"]),
        (2, True, 6, 1.0, ["Gender"]),
        (2, True, 2, 1.0, ["Gender"]),
    ],
)
def test_segments_that_repeat_gender_are_told(mall, dummies, standardised, k, purity, warned):
    labels = labelled(coded(mall, dummies=dummies, standardised=standardised), k)
    table = category_fit(*mall, labels, ALL)
    assert table.loc["Gender", "purity"] == pytest.approx(purity, abs=0.016)
    found = decisive(table, mall[1], FeatureSpec(ALL))
    assert [it.column for it in found] == warned
    if warned:
        assert "almost repeat Gender" in found[0].cause
        assert [it.kind for it in found[0].remedies] == ["coding", "mixed", "drop"]


def test_the_remedies_of_a_coding_undo_the_repetition(mall):
    for spec in (FeatureSpec(ALL, coding="balanced"), FeatureSpec(ALL[:3])):
        labels = labelled(prepare(*mall, spec).matrix, 6)
        assert category_fit(*mall, labels, ALL).loc["Gender", "purity"] <= 0.65


def test_shares_are_those_of_the_squared_distances(mall):
    matrix = prepare(*mall, FeatureSpec(ALL, "minmax")).matrix
    table = influence(matrix, ALL)
    squared = {
        name: float((pairwise_distances(matrix[[column]]) ** 2).mean())
        for name, column in zip(ALL, [*ALL[:3], "Gender=Male"], strict=True)
    }
    assert table["contribution"].to_dict() == pytest.approx(squared)
    assert table["share"].sum() == pytest.approx(1)
    assert table["share"].is_monotonic_decreasing


def test_shares_of_gower_are_those_of_its_dissimilarities(mall):
    mixed = mixed_data(*mall, FeatureSpec(ALL))
    table = gower_influence(mixed, 1.0)
    numbers = mixed.numeric.to_numpy()
    numbers = (numbers - numbers.min(axis=0)) / np.ptp(numbers, axis=0)
    codes = mixed.codes.to_numpy(dtype=np.int64)
    apart = gower(numbers, codes, 1.0, np.arange(200))
    assert table["contribution"].sum() == pytest.approx(apart.mean(), rel=1e-5)
    levels = (codes != codes.T).mean() / 4
    assert table.loc["Gender", "contribution"] == pytest.approx(levels)
    assert table.index[0] == "Gender"
    doubled = dominant(gower_influence(mixed, 2.0), mall[1], FeatureSpec(ALL))
    assert [it.column for it in doubled] == ["Gender"]
    # The weight that the method chooses by itself brings gender to the average of the others.
    assert gower_influence(mixed).loc["Gender", "times"] == pytest.approx(1)


def test_gower_of_levels_alone_has_shares():
    codes = pd.DataFrame({"a": [0, 1, 0, 1], "b": [0, 0, 0, 1]})
    table = gower_influence(Mixed(codes[[]].astype(float), codes))
    assert table["contribution"].to_dict() == pytest.approx({"a": 0.25, "b": 0.1875})


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(0.1, 50), min_size=2, max_size=6), st.integers(0, 1_000))
def test_who_has_more_than_twice_an_equal_share_is_warned_of(spreads, seed):
    rng = np.random.default_rng(seed)
    matrix = pd.DataFrame(rng.normal(size=(50, len(spreads))) * spreads)
    matrix.columns = [f"f{n}" for n in range(len(spreads))]
    columns = tuple(Column(name, "numeric", "decimal", 0, 50, "") for name in matrix)
    table = influence(matrix, list(matrix))
    warned = {it.column for it in dominant(table, columns, FeatureSpec(tuple(matrix), "none"))}
    assert set(table.index[table["share"] > 2 / len(spreads)]) <= warned
    assert all(table.loc[name, "times"] >= 1.99 for name in warned)


def test_the_weight_that_is_offered_brings_a_column_to_the_average(mall):
    spec = FeatureSpec((AGE, INCOME, SPENDING), "none", weights=((INCOME, 4.0),))
    table = influence(prepare(*mall, spec).matrix, spec.columns)
    (found,) = dominant(table, mall[1], spec)
    assert found.column == INCOME
    assert "against 33 % if all 3 features counted alike" in found.cause
    lighter = {it.kind: it.spec for it in found.remedies}
    assert lighter["drop"] == FeatureSpec((AGE, SPENDING), "none")
    after = influence(prepare(*mall, lighter["weight"]).matrix, spec.columns)
    assert after.loc[INCOME, "times"] == pytest.approx(1, rel=0.05)


def test_a_column_beside_which_the_others_add_nothing_decides_alone(column):
    matrix = pd.DataFrame({"a": [0.0, 1, 2], "b": [1.0, 1, 1]})
    spec = FeatureSpec(("a", "b"))
    (found,) = dominant(influence(matrix, spec.columns), (column("a"), column("b")), spec)
    assert found.cause == "a alone decides how far two customers are apart."
    assert [it.kind for it in found.remedies] == ["drop"]


def test_one_feature_or_a_common_level_is_no_reason_to_warn(column):
    customers = pd.DataFrame({"town": ["x"] * 95 + ["y"] * 5})
    columns = (column("town", "categorical"), column("n"))
    labels = pd.Series(np.arange(100) % 2 + 1)
    table = category_fit(customers, columns, labels, ["town", "n"])
    assert table.loc["town", "purity"] == 0.95
    assert decisive(table, columns, FeatureSpec(("town", "n"))) == []
    same = category_fit(customers, columns, customers["town"].map({"x": 1, "y": 2}), ["town"])
    assert same.loc["town"].tolist() == [1, 0.95, 1, 1]
    assert decisive(same, columns, FeatureSpec(("town",))) == []
    assert (
        dominant(influence(pd.DataFrame({"n": [1.0, 2]}), ["n"]), columns, FeatureSpec(("n",)))
        == []
    )


def test_renumbering_and_noise_change_no_fit(mall, mall_sweep):
    labels = mall_sweep.labels["5"]
    first = category_fit(*mall, labels, ALL)
    renumbered = labels.map({1: 4, 2: 1, 3: 5, 4: 2, 5: 3})
    pd.testing.assert_frame_equal(category_fit(*mall, renumbered, ALL), first)
    without = labels.where(labels != 5, 0)
    kept = without > 0
    pd.testing.assert_frame_equal(
        category_fit(*mall, without, ALL), category_fit(mall[0][kept], mall[1], labels[kept], ALL)
    )
    assert category_fit(*mall, labels * 0, ALL).empty

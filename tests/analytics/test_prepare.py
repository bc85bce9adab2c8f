from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import MinMaxScaler, PowerTransformer, RobustScaler, StandardScaler

from analytics.columns import Column
from analytics.errors import UnknownChoice, UnknownColumn, UnusableFeature
from analytics.prepare import FeatureSpec, check, common_levels, prepare, sources, usable

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"


@pytest.mark.parametrize(
    ("scaling", "scaler"),
    [("standard", StandardScaler), ("robust", RobustScaler), ("minmax", MinMaxScaler)],
)
def test_numbers_are_scaled_as_by_scikit_learn(mall, scaling, scaler):
    prepared = prepare(*mall, FeatureSpec((INCOME, AGE), scaling))
    raw = mall[0][[INCOME, AGE]].astype("float64")
    assert list(prepared.matrix) == [INCOME, AGE]
    np.testing.assert_allclose(prepared.matrix, scaler().fit_transform(raw), rtol=1e-12)
    assert prepared.notes == ()


def test_without_scaling_the_numbers_stay_as_they_are(mall):
    matrix = prepare(*mall, FeatureSpec((SPENDING,), "none")).matrix
    assert matrix[SPENDING].tolist() == mall[0][SPENDING].tolist()


def test_features_are_standardised_unless_said_otherwise(mall):
    matrix = prepare(*mall, FeatureSpec((AGE,))).matrix
    assert matrix[AGE].mean() == pytest.approx(0, abs=1e-12)
    assert matrix[AGE].std(ddof=0) == pytest.approx(1)


@pytest.mark.parametrize("scaling", ["standard", "robust", "minmax", "none"])
def test_two_levels_make_one_indicator_that_is_not_rescaled(mall, scaling):
    matrix = prepare(*mall, FeatureSpec(("Gender", AGE), scaling)).matrix
    assert list(matrix) == [AGE, "Gender=Male"]
    men = (mall[0]["Gender"] == "Male").astype(float)
    assert matrix["Gender=Male"].tolist() == men.tolist()


def test_gender_does_not_outweigh_the_numbers(mall):
    variances = prepare(*mall, FeatureSpec((AGE, INCOME, SPENDING, "Gender"))).matrix.var(ddof=0)
    share = variances["Gender=Male"] / variances.sum()
    assert share == pytest.approx(0.56 * 0.44 / (3 + 0.56 * 0.44))  # two scaled ones have 0.4


def test_three_levels_make_an_indicator_each(interpreted):
    original = pd.DataFrame({"town": list("xyz") * 4, "n": ["1", "5"] * 6}, dtype=str)
    matrix = prepare(*interpreted(original), FeatureSpec(("town",))).matrix
    assert list(matrix) == ["town=x", "town=y", "town=z"]
    assert (matrix.sum(axis=1) == 1).all()
    assert matrix.dtypes.eq("float64").all()


def test_a_boolean_column_stays_zero_and_one(interpreted):
    original = pd.DataFrame({"member": list("0110") * 3, "n": ["1", "5"] * 6}, dtype=str)
    matrix = prepare(*interpreted(original), FeatureSpec(("member",))).matrix
    assert matrix["member=1"].tolist() == [0, 1, 1, 0] * 3


def test_missing_numbers_take_the_median_and_are_told(interpreted):
    original = pd.DataFrame(
        {"Income (k$)": ["10", "", "20", "90", "?", "20"], "n": list("154545")}, dtype=str
    )
    customers, columns = interpreted(original)
    prepared = prepare(customers, columns, FeatureSpec(("n", "Income (k$)"), "none"))
    assert prepared.matrix["Income (k$)"].tolist() == [10, 20, 20, 90, 20, 20]
    assert prepared.notes == (
        "2 customers without Income were given its median, 20 k$, for the distances.",
    )
    assert customers["Income (k$)"].isna().sum() == 2


def test_missing_levels_are_a_level_of_their_own_and_are_told(interpreted):
    original = pd.DataFrame({"town": ["x", "", "y"] * 3, "n": list("154545454")}, dtype=str)
    prepared = prepare(*interpreted(original), FeatureSpec(("town",)))
    assert list(prepared.matrix) == ["town=(missing)", "town=x", "town=y"]
    assert prepared.matrix["town=(missing)"].tolist() == [0, 1, 0] * 3
    assert prepared.notes == ("3 customers without town form a level of their own.",)


def test_preparing_leaves_the_customers_as_they_were(shoppers):
    before = shoppers[0].copy(deep=True)
    prepare(*shoppers, FeatureSpec((AGE, "Gender")))
    pd.testing.assert_frame_equal(shoppers[0], before)


@pytest.mark.parametrize(
    ("spec", "error", "message"),
    [
        (FeatureSpec(()), UnusableFeature, "No feature is chosen"),
        (FeatureSpec((AGE, "Height")), UnknownColumn, "no column “Height”. It has “CustomerID”, "),
        (FeatureSpec((AGE,), "log"), UnknownChoice, "“log”. Choose standard, robust, minmax or no"),
        (FeatureSpec((AGE, "CustomerID")), UnusableFeature, "“CustomerID” is not a measure but"),
        (FeatureSpec((AGE,), coding="binary"), UnknownChoice, "“binary”. Choose indicators or bal"),
        (FeatureSpec((AGE,), weights=(("Gender", 1),)), UnknownColumn, "has a weight but is no f"),
        (FeatureSpec((AGE,), weights=((AGE, 0),)), UnknownChoice, "“Age” cannot count 0 times"),
        (FeatureSpec((AGE,), weights=((AGE, np.nan),)), UnknownChoice, "weight from 0.01 to 100"),
    ],
)
def test_a_specification_that_cannot_be_measured_is_refused(mall, spec, error, message):
    with pytest.raises(error, match=message):
        prepare(*mall, spec)


@pytest.mark.parametrize(
    ("role", "message"),
    [
        ("identifier", "“it” is not a measure but of the kind identifier"),
        ("date", "“it” is not a measure but of the kind date"),
        ("text", "“it” is not a measure but of the kind text"),
        ("ignored", "“it” is kept out: one value in every row: 3"),
    ],
)
def test_a_column_that_is_no_measure_is_refused_with_its_kind(column, role, message):
    columns = (column("it", role, reason="one value in every row: 3"),)
    with pytest.raises(UnusableFeature, match=message):
        check(columns, FeatureSpec(("it",)))


def test_the_usable_columns_are_those_that_are_not_refused(column):
    roles = ("identifier", "numeric", "boolean", "categorical", "date", "text", "ignored")
    columns = tuple(column(role, role) for role in roles)
    assert usable(columns) == ["numeric", "boolean", "categorical"]
    assert usable((column("town", "categorical", distinct=31),)) == ["town"]


@pytest.fixture
def spenders(interpreted):
    """Sixty customers with a skewed column, one value of it missing."""
    spent = np.exp(np.random.default_rng(6).normal(4, 1, 60)).round(2).astype("str")
    spent[9] = ""
    return interpreted({"Spent (€)": spent, "n": [str(n % 7) for n in range(60)]})


def transformed(given, transform, scaling="standard"):
    columns = (replace(given[1][0], transform=transform), *given[1][1:])
    return prepare(given[0], columns, FeatureSpec(("Spent (€)", "n"), scaling))


def test_a_logarithm_is_taken_before_scaling_and_told(spenders):
    prepared = transformed(spenders, "log")
    logs = np.log1p(spenders[0]["Spent (€)"])
    expected = StandardScaler().fit_transform(logs.fillna(logs.median()).to_frame())
    np.testing.assert_allclose(prepared.matrix["Spent (€)"], expected[:, 0], rtol=1e-12)
    assert prepared.notes == (
        "Spent is compared as log(1 + x).",
        "1 customer without Spent was given its median, for the distances.",
    )


def test_yeo_johnson_is_that_of_scikit_learn(spenders):
    prepared = transformed(spenders, "yeo-johnson", "none")
    spent = spenders[0][["Spent (€)"]]
    power = PowerTransformer(standardize=False).fit(spent.dropna())
    expected = pd.Series(power.transform(spent)[:, 0])
    np.testing.assert_allclose(
        prepared.matrix["Spent (€)"], expected.fillna(expected.median()), rtol=1e-9
    )
    assert (
        prepared.notes[0] == f"Spent is compared after Yeo-Johnson (power {power.lambdas_[0]:.2f})."
    )


def test_a_transformed_column_stays_as_it_is_in_the_customers(spenders):
    before = spenders[0].copy(deep=True)
    transformed(spenders, "log")
    pd.testing.assert_frame_equal(spenders[0], before)


def test_no_logarithm_is_taken_of_negative_values(column):
    owed = replace(column("owed"), transform="log")
    with pytest.raises(UnusableFeature, match=r"“owed” has negative values, .* after Yeo-Johnson"):
        prepare(pd.DataFrame({"owed": [-1.0, 2, 3]}), (owed,), FeatureSpec(("owed",)))


def test_ordinal_levels_are_compared_by_rank():
    ordinal = Column("size", "ordinal", "text", 1, 3, "a scale", levels=("S", "M", "L"))
    customers = pd.DataFrame({"size": ["M", "S", None, "L", "S"]})
    prepared = prepare(customers, (ordinal,), FeatureSpec(("size",), "none"))
    assert prepared.matrix["size"].tolist() == [1, 0, 0, 2, 0]
    assert prepared.notes == (
        "1 customer without size was given its median, S, for the distances.",
    )


def towns(shuffled=False):
    """Forty towns, the first ten in four rows each, all others in one, and two rows without."""
    values = [f"T{n:02d}" for n in range(10) for _ in range(4)] + [f"T{n}" for n in range(10, 40)]
    values = [*values, None, None]
    return pd.Series(values[::-1] if shuffled else values)


def test_rare_levels_count_as_one_beside_those_that_are_missing(column):
    customers = pd.DataFrame({"town": towns()})
    many = (column("town", "categorical", missing=2, distinct=40),)
    prepared = prepare(customers, many, FeatureSpec(("town",)))
    assert prepared.matrix.shape[1] == 29 + 2
    assert prepared.matrix["town=(other)"].sum() == 11
    assert prepared.matrix["town=(missing)"].sum() == 2
    assert prepared.notes == (
        "2 customers without town form a level of their own.",
        "town: 11 of 40 levels, of 11 customers, count as one.",
    )


def test_which_levels_are_rare_does_not_depend_on_the_order_of_rows():
    assert common_levels(towns()) == common_levels(towns(shuffled=True))
    assert common_levels(towns())[:2] == ["T00", "T01"]


def test_weights_multiply_the_squared_distance(interpreted):
    original = pd.DataFrame({"town": list("xyz") * 4, "n": ["1", "5"] * 6}, dtype=str)
    customers, columns = interpreted(original)
    plain = prepare(customers, columns, FeatureSpec(("town", "n")))
    spec = FeatureSpec(("town", "n"), weights=(("town", 4.0), ("n", 1)))
    weighted = prepare(customers, columns, spec)
    assert sources(plain.matrix, ["town", "n"]) == ["n", "town", "town", "town"]
    np.testing.assert_allclose(weighted.matrix, plain.matrix * [1, 2, 2, 2])
    assert weighted.notes == ("town counts 4 times in the squared distance.",)


@pytest.mark.parametrize("scaling", ["standard", "minmax", "none"])
def test_a_balanced_category_varies_half_as_much_as_a_number_does(interpreted, scaling):
    rng = np.random.default_rng(3)
    original = pd.DataFrame(
        {
            "town": rng.choice(list("xyz"), 90),
            "n": rng.integers(0, 50, 90),
            "m": rng.normal(size=90),
        }
    )
    customers, columns = interpreted(original.assign(sex=["f", "m", "f"] * 30))
    spec = FeatureSpec(("town", "n", "sex", "m"), scaling, "balanced")
    prepared = prepare(customers, columns, spec)
    owned = sources(prepared.matrix, spec.columns)
    variances = prepared.matrix.var(ddof=0).groupby(owned).sum()
    half = (variances["n"] + variances["m"]) / 4
    assert variances[["town", "sex"]].tolist() == pytest.approx([half, half])
    assert len(prepared.notes) == 2
    assert "counts half as much as a numeric column" in prepared.notes[0]


def test_a_balanced_category_is_scaled_as_hennig_and_liao_do(interpreted):
    """Against the formula of ``distancefactor`` in the R package fpc, which differs by 1/n."""
    towns = ["x"] * 600 + ["y"] * 300 + ["z"] * 100
    customers, columns = interpreted({"town": towns, "n": [1.5, 2, 4, 8] * 250})
    matrix = prepare(customers, columns, FeatureSpec(("town", "n"), coding="balanced")).matrix
    pairs = sum(size * (size + 1) / 2 for size in (600, 300, 100))
    overall = 1000 * 1001 / 2
    factor = np.sqrt(overall / (2 * (overall - pairs)))
    assert matrix["town=x"].max() == pytest.approx(factor, rel=2 / 1000)


def test_the_longest_feature_owns_an_indicator():
    matrix = pd.DataFrame(columns=["a", "a=b", "a=b=c", "a=d"])
    assert sources(matrix, ["a=b", "a"]) == ["a", "a=b", "a=b", "a"]

import numpy as np
import pandas as pd
import pytest
from sklearn.impute import KNNImputer
from sklearn.preprocessing import StandardScaler

from analytics import filling
from analytics.columns import as_float
from analytics.errors import UnknownChoice, UnreadableFile
from analytics.repairs import repair

NUMBERS = ["Income", "Spent", "Age"]


@pytest.fixture(scope="module")
def customers():
    rng = np.random.default_rng(3)
    income = rng.normal(50, 9, 80).round(1)
    table = pd.DataFrame(
        {
            "ID": np.arange(80) + 500,
            "Income": income,
            "Spent": (income / 2 + rng.normal(0, 3, 80)).round(1),
            "Age": rng.integers(20, 70, 80),
            "Town": rng.choice(["Ulm", "Bonn", "Trier"], 80, p=[0.6, 0.3, 0.1]),
        }
    ).astype("str")
    table.loc[[4, 9, 30], "Income"] = ""
    table.loc[[9, 11], "Town"] = "?"
    table.loc[20, "Age"] = "999"
    table.loc[70:, :] = table.loc[:9, :].set_axis(range(70, 80))
    return table


@pytest.fixture(scope="module")
def given(customers, interpreted):
    return interpreted(customers)


def test_without_choices_nothing_is_changed(given):
    mended = repair(*given, {})
    pd.testing.assert_frame_equal(mended.customers, given[0])
    assert mended.columns == given[1]
    assert (mended.kept.all(), mended.reasons, mended.notes) == (True, {}, ())


def test_the_median_and_the_mode_are_those_of_pandas(given):
    mended = repair(*given, {"missing:Income": "median", "missing:Town": "mode"})
    filled = mended.customers
    pd.testing.assert_series_equal(
        filled["Income"], given[0]["Income"].fillna(given[0]["Income"].median())
    )
    pd.testing.assert_series_equal(
        filled["Town"], given[0]["Town"].fillna(given[0]["Town"].mode()[0])
    )
    assert [column.missing for column in mended.columns] == [0] * 5
    told = " ".join(mended.notes)
    assert "Income: 5 cells filled with the median" in told
    assert "Town: 3 cells filled with the most frequent value" in told


def test_neighbours_fill_as_scikit_learn_does(given):
    mended = repair(*given, {"missing:Income": "neighbours"}).customers
    values = as_float(given[0], NUMBERS)
    scaler = StandardScaler().fit(values)
    filled = scaler.inverse_transform(
        KNNImputer(n_neighbors=5).fit_transform(scaler.transform(values))
    )
    np.testing.assert_allclose(mended["Income"], filled[:, 0], rtol=1e-12)


def test_dropped_rows_are_named_by_position_and_reason(given):
    mended = repair(*given, {"missing:Income": "drop", "identifiers:ID": "drop"})
    assert list(mended.reasons) == [4, 9, 30, *range(70, 80)]
    assert mended.reasons[4] == "no value of “Income”"
    assert mended.reasons[70] == "its “ID” stands on an earlier row"
    assert mended.kept.sum() == len(mended.customers) == 80 - 13
    assert "13 rows set aside by your choice: 67 of 80 stay." in mended.notes


def test_a_row_repeats_only_one_that_stays(given):
    """Rows 4 and 9 are set aside as they lack an income; so are their copies."""
    mended = repair(*given, {"missing:Income": "drop", "duplicates": "drop"})
    assert mended.reasons[74] == mended.reasons[79] == "no value of “Income”"
    assert mended.reasons[70] == "equals an earlier row"


def test_impossible_ages_are_clipped_blanked_or_dropped(given):
    option = {
        option: repair(*given, {"extreme:Age": option}) for option in ("clip", "blank", "drop")
    }
    assert option["clip"].customers["Age"].max() == 120
    assert option["clip"].customers["Age"].dtype == "Int64"
    assert option["blank"].customers["Age"].isna().tolist() == [n == 20 for n in range(80)]
    assert list(option["drop"].reasons) == [20]


def test_what_is_blanked_can_be_filled(given):
    mended = repair(*given, {"extreme:Age": "blank", "missing:Age": "median"})
    ages = given[0]["Age"].drop(20)
    assert mended.customers["Age"][20] == ages.median()


def test_a_transformation_is_left_to_the_distances(given):
    mended = repair(*given, {"skew:Spent": "log"})
    pd.testing.assert_series_equal(mended.customers["Spent"], given[0]["Spent"])
    assert {c.name: c.transform for c in mended.columns}["Spent"] == "log"


def test_rare_levels_become_one_everywhere(interpreted):
    towns = [f"T{n}" for n in range(40) for _ in range(40 - n)]
    given = interpreted({"Town": towns, "x": [str(n % 9) for n in range(len(towns))]})
    mended = repair(*given, {"levels:Town": "group"})
    levels = mended.customers["Town"].value_counts()
    assert len(levels) == 30
    assert levels["(other)"] == sum(40 - n for n in range(29, 40))


def test_repairing_leaves_the_customers_as_they_were(given):
    before = given[0].copy(deep=True)
    repair(*given, {"missing:Income": "median", "extreme:Age": "clip", "duplicates": "drop"})
    pd.testing.assert_frame_equal(given[0], before)


@pytest.mark.parametrize(
    "choices",
    [
        {"missing:Height": "median"},
        {"missing:Income": "guess"},
        {"missing:Town": "median"},
        {"extreme:Town": "clip"},
        {"stand-in:Spent": "blank"},
        {"duplicates": "median"},
        {"skew:Town": "log"},
    ],
)
def test_what_cannot_be_done_is_refused(given, choices):
    with pytest.raises(UnknownChoice):
        repair(*given, choices)


def test_at_least_two_rows_must_stay(interpreted):
    given = interpreted({"a": ["1", "", "", ""], "b": ["", "2", "", "4"]})
    with pytest.raises(UnreadableFile, match=r"0 rows of 4 would stay\. Keep more rows"):
        repair(*given, {"missing:a": "drop", "missing:b": "drop"})


def names_missing(mended):
    return [column.name for column in mended.columns if column.missing]


def test_all_missing_values_are_filled_as_is_typical_but_of_columns_decided_singly(given):
    mended = repair(*given, {"missing": "typical"})
    assert names_missing(mended) == []
    assert mended.customers["Income"][4] == given[0]["Income"].median()
    assert mended.customers["Town"][9] == given[0]["Town"].mode()[0]
    assert names_missing(repair(*given, {"missing": "typical", "missing:Town": "as-is"})) == [
        "Town"
    ]
    mended = repair(*given, {"missing": "typical", "missing:Town": "drop"})
    assert list(mended.reasons) == [9, 11, 79]


def test_every_row_that_lacks_a_value_is_dropped_where_that_is_chosen_for_all(given):
    assert list(repair(*given, {"missing": "drop"}).reasons) == [4, 9, 11, 30, 74, 79]


def test_all_skewed_columns_are_compared_alike_but_those_decided_singly(interpreted):
    rng = np.random.default_rng(1)
    spent = np.exp(rng.normal(3, 1, (90, 3))).round(2)
    spent[0, 2] = -3
    table = {name: spent[:, n].astype("str") for n, name in enumerate("abc")}
    given = interpreted(table | {"even": rng.normal(50, 5, 90).round(2).astype("str")})

    def transforms(**choices):
        mended = repair(*given, {key.replace("_", ":"): value for key, value in choices.items()})
        return [column.transform for column in mended.columns]

    assert transforms(skew="log") == ["log", "log", "", ""]
    assert transforms(skew="yeo-johnson") == ["yeo-johnson"] * 3 + [""]
    assert transforms(skew="log", skew_a="as-is", skew_c="yeo-johnson") == [
        "",
        "log",
        "yeo-johnson",
        "",
    ]
    with pytest.raises(UnknownChoice, match="“c” has negative values"):
        transforms(skew_c="log")


def test_a_column_that_no_longer_varies_is_kept_out(interpreted):
    given = interpreted({"a": list("1123"), "b": ["x", "x", "", ""], "c": list("1929")})
    mended = repair(*given, {"missing:b": "drop"})
    roles = {column.name: column.role for column in mended.columns}
    assert roles == {"a": "ignored", "b": "ignored", "c": "numeric"}


def test_a_whole_number_column_filled_with_a_fraction_is_told_as_decimal(interpreted):
    given = interpreted({"a": ["1", "1", "", "4", "4"], "b": list("19294")})
    mended = repair(*given, {"missing:a": "median"})
    assert (mended.columns[0].type, mended.customers["a"][2]) == ("decimal", 2.5)


def test_identical_rows_are_dropped_whatever_their_leftover_index(interpreted):
    table = {"": [str(n) for n in range(12)], "a": ["", *"12345123451"], "b": ["x"] * 11 + ["y"]}
    given = interpreted({"column 1": table[""], "a": table["a"], "b": table["b"]})
    mended = repair(*given, {"missing:a": "drop", "duplicates": "drop"})
    assert list(mended.reasons) == [0, 6, 7, 8, 9, 10]


def test_columns_are_filled_from_what_is_known_not_from_each_other(given):
    one = {"missing:Income": "neighbours", "extreme:Age": "blank", "missing:Age": "median"}
    both = repair(*given, one).customers
    alone = repair(*given, {key: one[key] for key in ("missing:Income", "extreme:Age")}).customers
    pd.testing.assert_series_equal(both["Income"], alone["Income"])


def test_too_many_values_are_not_filled_from_neighbours(given, monkeypatch):
    monkeypatch.setattr(filling, "_MOST_COMPARED", 399)
    assert filling.is_fillable(133, 3)
    with pytest.raises(UnknownChoice, match="“Income” has too many missing values"):
        repair(*given, {"missing:Income": "neighbours"})


def test_nothing_is_filled_from_nothing(interpreted):
    given = interpreted({"a": ["1", "5", "", ""], "b": ["", "", "2", "7"], "c": list("1929")})
    with pytest.raises(UnknownChoice, match=r"“a” has no value to fill from\. Undo missing:a"):
        repair(*given, {"missing:a": "median", "missing:b": "drop"})

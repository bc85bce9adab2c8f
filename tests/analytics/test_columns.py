import numpy as np
import pandas as pd
import pytest

from analytics.columns import MISSING, MOST_LEVELS, as_float, interpret, names, roles


@pytest.fixture
def understood():
    """Interpret one column of text: its values and its description."""

    def interpret_one(written, name="measure"):
        customers, columns = interpret(pd.DataFrame({name: list(written)}, dtype=str))
        return customers[name], columns[0]

    return interpret_one


def test_the_mall_columns_have_the_roles_that_a_reader_expects(mall):
    assert roles(mall[1]) == {
        "CustomerID": "identifier",
        "Gender": "categorical",
        "Age": "numeric",
        "Annual Income (k$)": "numeric",
        "Spending Score (1-100)": "numeric",
    }
    assert [column.type for column in mall[1]] == ["integer", "text", *["integer"] * 3]
    assert [column.distinct for column in mall[1]] == [200, 2, 51, 64, 84]


@pytest.mark.parametrize(
    ("name", "written", "because"),
    [
        ("row", ["3", "1", "2", "5", "4"], "a running number"),
        ("row", ["0001", "0002", "0003", "0004"], "a running number"),
        ("CustomerID", ["17850", "91", "4", "20113"], "the name says so"),
        ("CUST_ID", ["17850.0", "91.0", "4.0", "20113.0"], "the name says so"),
        ("Code", ["Ann", "Bob", "Cid", "Dan"], "the name says so"),
        ("CustomerID", ["17", "17", "4", "20113", "8"], "1 of them repeated, and the name says so"),
        ("who", ["C0001", "C0002", "C0017", "D0003"], "each with digits"),
    ],
)
def test_an_identifier_is_told_from_a_measure(understood, name, written, because):
    _, column = understood(written, name)
    assert column.role == "identifier"
    assert because in column.reason


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Code", ["17", "17", "4", "20113", "8"]),  # repeated
        ("income", ["17850", "91", "4", "20113"]),  # whole and unique, but with gaps
        ("width", ["0.5", "1.5", "2.5", "3.5"]),  # running, but no whole numbers
        ("paid", ["17", "91", "4", "20"]),  # "id" within a word
    ],
)
def test_a_measure_is_not_taken_for_an_identifier(understood, name, written):
    assert understood(written, name)[1].role == "numeric"


def test_unique_names_with_spaces_are_text_and_no_identifier(understood):
    _, column = understood([f"Road {n} a" for n in range(40)], "address")
    assert column.role == "text"


def test_leading_zeros_stay_in_the_original():
    original = pd.DataFrame({"id": ["007", "010", "011"], "x": ["01", "5", "1"]}, dtype=str)
    customers, _ = interpret(original)
    assert original["id"].tolist() == ["007", "010", "011"]
    assert original["x"].tolist() == ["01", "5", "1"]
    assert customers["id"].tolist() == [7, 10, 11]


@pytest.mark.parametrize(
    ("written", "values", "kind"),
    [
        (["1", "-7", "+30", "1"], [1, -7, 30, 1], "integer"),
        (["2.0", "5", "1e2", "2.0"], [2, 5, 100, 2], "integer"),
        (["0.5", ".25", "-1e-3", "0.5"], [0.5, 0.25, -0.001, 0.5], "decimal"),
        ([" 3.5 ", "4", "5\t", "4"], [3.5, 4, 5, 4], "decimal"),
        (["1,5", "-2,25", "3", "3"], [1.5, -2.25, 3, 3], "decimal"),
        (["1.234,5", "1.000.000,25", "7,5", "7"], [1234.5, 1000000.25, 7.5, 7], "decimal"),
    ],
)
def test_numbers_are_read_with_a_decimal_point_or_a_decimal_comma(
    understood, written, values, kind
):
    typed, column = understood(written)
    assert typed.tolist() == values
    assert (column.role, column.type) == ("numeric", kind)
    assert typed.dtype == ("Int64" if kind == "integer" else "float64")


@pytest.mark.parametrize("stray", ["12 %", "€5", "1,5x", "inf", "0x10", "1_0", "1;5"])
def test_one_cell_that_is_no_number_keeps_the_column_text(understood, stray):
    typed, column = understood(["1", "2", "2", "1", stray])
    assert column.type == "text"
    assert typed.tolist() == ["1", "2", "2", "1", stray]


@pytest.mark.parametrize("marker", [*sorted(MISSING), "NaN", "N/A", "  ", "NULL"])
def test_every_missing_marker_is_missing_and_not_text(understood, marker):
    typed, column = understood(["4", marker, "9", "4"])
    assert (column.role, column.missing, column.distinct) == ("numeric", 1, 2)
    assert typed.isna().tolist() == [False, True, False, False]


def test_missing_text_is_missing_too(understood):
    typed, column = understood(["north", "", "south", "?", "north", "south"])
    assert (column.role, column.missing) == ("categorical", 2)
    assert typed.isna().sum() == 2


def test_zeros_and_ones_are_boolean_but_other_pairs_are_not(understood):
    _, column = understood(["0", "1", "", "1", "0"])
    assert (column.role, column.type, column.missing) == ("boolean", "yes/no", 1)
    assert understood(["1", "2", "2", "1"])[1].role == "numeric"
    assert understood(["yes", "no", "no", "yes"])[1].role == "categorical"
    assert understood(["True", "False", "False"])[1].role == "categorical"


@pytest.mark.parametrize(
    "written",
    [
        ["2012-09-04", "2012-12-31", "2014-01-02"],
        ["2012/09/04", "2012/12/31", "2014/01/02"],
        ["2012-09-04 08:26", "2012-12-31 10:00", "2014-01-02 00:00"],
        ["04-09-2012", "31-12-2012", "02-01-2014"],
        ["04.09.2012", "31.12.2012", "02.01.2014"],
        ["4/9/2012", "31/12/2012", "2/1/2014"],
        ["9/4/2012", "12/31/2012", "1/2/2014"],
        ["9/4/2012 8:26", "12/31/2012 10:00", "1/2/2014 0:00"],
    ],
)
def test_dates_are_read_in_the_order_that_all_of_them_allow(understood, written):
    typed, column = understood(written)
    assert typed.dt.strftime("%Y-%m-%d").tolist() == ["2012-09-04", "2012-12-31", "2014-01-02"]
    assert (column.role, column.type) == ("date", "date")
    assert column.reason == "every value is a date, 2012-09-04 to 2014-01-02"


def test_dates_that_fit_both_orders_are_read_day_first(understood):
    typed, _ = understood(["1/2/2020", "3/4/2020", "1/2/2020"])
    assert typed.dt.strftime("%Y-%m-%d").tolist() == ["2020-02-01", "2020-04-03", "2020-02-01"]


@pytest.mark.parametrize("odd", ["45/45/2020", "soon", "1/2-2020", "2020"])
def test_one_cell_that_is_no_date_keeps_the_column_text(understood, odd):
    typed, column = understood(["1/2/2020", odd, "3/4/2020"])
    assert column.type == "text"
    assert typed.tolist()[1] == odd


def test_a_missing_date_is_missing(understood):
    typed, column = understood(["2012-09-04", "", "2014-01-02"])
    assert (column.role, column.missing) == ("date", 1)
    assert pd.isna(typed[1])


def test_a_constant_and_an_empty_column_are_set_aside(understood):
    _, constant = understood([" 11", "11 ", "11"])
    assert (constant.role, constant.reason) == ("ignored", "one value in every row: 11")
    _, empty = understood(["", "NA", "-"])
    assert (empty.role, empty.reason, empty.missing) == ("ignored", "no values at all", 3)


def test_text_is_categorical_up_to_the_most_levels_and_free_text_beyond(understood):
    few = [f"level {chr(97 + n)}" for n in range(26)] + [f"step {n}" for n in range(4)]
    assert len(few) == MOST_LEVELS
    assert understood(few * 3)[1].role == "categorical"
    many = understood([*few, "one more"] * 3)[1]
    assert many.role == "text"
    assert "31 distinct values in 93 rows" in many.reason


def test_text_that_hardly_repeats_is_free_text_in_a_small_file(understood):
    assert understood(["red", "blue", "green", "red", "grey"])[1].role == "text"


def test_every_column_states_a_reason(shoppers):
    customers, columns = shoppers
    assert [column.name for column in columns] == list(customers)
    assert all(column.reason for column in columns)


def test_interpreting_leaves_the_original_as_it_was(shoppers_written):
    before = shoppers_written.copy(deep=True)
    interpret(shoppers_written)
    pd.testing.assert_frame_equal(shoppers_written, before)


def test_names_come_in_file_order_whatever_the_order_of_the_roles(shoppers):
    assert names(shoppers[1], "numeric", "identifier") == [
        "CustomerID",
        "Age",
        "Annual Income (k$)",
        "Spending Score (1-100)",
    ]
    assert names(shoppers[1], "date") == []


def test_missing_numbers_become_nan_and_the_rest_stays():
    customers = pd.DataFrame({"n": pd.array([1, None, 3], dtype="Int64"), "x": [0.5, np.nan, 2]})
    floats = as_float(customers, ["x", "n"])
    assert list(floats) == ["x", "n"]
    assert (floats.dtypes == "float64").all()
    np.testing.assert_array_equal(floats.to_numpy(), [[0.5, 1], [np.nan, np.nan], [2, 3]])


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (["45,000", "52,500", "950"], [45_000, 52_500, 950]),
        (["1,234.5", "2,000.25", "7"], [1_234.5, 2_000.25, 7]),
        (["45,5", "1.234,25", "7"], [45.5, 1_234.25, 7]),
    ],
    ids=["thousands", "thousands and decimals", "decimal comma"],
)
def test_a_comma_means_what_it_means_throughout_the_column(written, numbers):
    customers, (column,) = interpret(pd.DataFrame({"spend": written}))
    assert customers["spend"].tolist() == numbers
    assert column.role == "numeric"


@pytest.mark.parametrize(
    "written",
    [
        ["13/1/2020", "1/13/2020", "3/5/2020", "1/2/2020"],
        ["2020-01-05", "2020-02-30", "2020-03-01", "2020-01-06"],
        ["1.2.10", "1.2.20", "1.2.10", "1.2.20"],
        ["2020-01-01 25:70", "2020-01-02 10:00", "2020-01-03 x", "2020-01-04"],
    ],
    ids=["two orders", "no such day", "version numbers", "no such time"],
)
def test_what_is_not_a_date_throughout_stays_text(written):
    customers, (column,) = interpret(pd.DataFrame({"when": written}))
    assert column.type == "text"
    assert column.missing == 0
    assert customers["when"].tolist() == written


def test_times_of_day_and_offsets_are_read_with_their_dates():
    written = ["2020-01-01T00:00:00+01:00", "2020-07-01T12:30:00+02:00", "2020-07-02T01:02:03Z"]
    customers, (column,) = interpret(pd.DataFrame({"when": written}))
    assert column.role == "date"
    assert customers["when"].dt.strftime("%m-%d %H:%M:%S").tolist() == [
        "01-01 00:00:00",
        "07-01 12:30:00",
        "07-02 01:02:03",
    ]

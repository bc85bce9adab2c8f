import pandas as pd
import pytest

from analytics import scales
from analytics.roles import MOST_LEVELS, is_code

IDENTIFIERS = [
    ("who", ["3", "1", "2", "5", "4"], "a running number"),
    ("CustomerID", ["17850", "91", "4", "20113"], "the name says so"),
    ("CUST_ID", ["17850.0", "91.0", "4.0", "20113.0"], "the name says so"),
    ("CUST_ID", ["C10001", "C10007", "C10008"], "the name says so"),
    ("Code", ["Ann", "Bob", "Cid", "Dan"], "the name says so"),
    ("Kunden-Nr", ["17", "91", "4"], "the name says so"),
    ("CustomerID", ["17", "17", "4", "20113", "8"], "1 of them repeated, and the name says so"),
    ("userid", ["17", "91", "4", "20113"], "the name says so"),
    ("ORDERNUMBER", [f"{10_000 + n // 2}" for n in range(60)], "30 of them repeated"),
    ("Member_number", [f"{1_000 + n // 3}" for n in range(90)], "60 of them repeated"),
    ("InvoiceNo", [*(f"{536_365 + n // 3}" for n in range(90)), "C536379"], "the name says so"),
    ("who", ["C0001", "C0002", "C0017", "D0003"], "each with digits"),
    ("who", ["0001", "0002", "0017", "0003"], "each with digits"),
    ("StoreID", ["17", "91", "4"], "the name says so"),
]
GROUPS = [
    ("Region", ["1", "2", "3"] * 9),
    ("Distribution Channel", ["1", "2"] * 9),
    ("QTR_ID", ["1", "2", "3", "4"] * 9),
    ("MONTH_ID", [str(n) for n in range(1, 13)] * 9),
    ("Store_ID", [str(n) for n in range(1, 46)] * 12),
    ("Store Number", ["1", "2", "7"] * 9),
    ("Sales region", ["1", "2", "7"] * 9),
    ("Type of card", ["1", "2", "7"] * 9),
    ("Postal Code", ["10001", "94105", "2134"] * 9),
    ("Gender", ["1", "2"] * 9),
    ("town", ["Ulm", "Bonn", "Jena"] * 9),
    ("Month", ["jan", "feb", "mar"] * 9),
    ("answer", ["yes", "no", "no internet"] * 9),
    ("level", ["Yes", "yes", "No"] * 9),
    ("PHONE", [f"212-555-{n:04}" for n in range(25)] * 2),
]
NUMBERS = [
    ("income", ["17850", "91", "4", "20113"]),  # whole and unique, but with gaps
    ("width", ["0.5", "1.5", "2.5", "3.5"]),  # running, but no whole numbers
    ("paid", ["17", "91", "4", "20"]),  # "id" within a word
    ("NumStorePurchases", ["3", "4", "3", "9"]),
    ("Number of visits", ["3", "4", "2", "9"]),
    ("No. of orders", ["3", "4", "3", "9"]),
    ("Purchases per store", ["3", "4", "3", "9"]),
    ("Store visits", ["3", "4", "3", "9"]),
    ("Year_Birth", ["1957", "1954", "1965", "1954"]),
    ("TotalCharges", [*(f"{n}.5" for n in range(589)), *[" "] * 11]),
    ("x", ["3", "9", "4", "3"]),
    ("y", [str(n * n) for n in range(40)]),
    ("Target spend", ["3", "9", "4", "3"]),
]
ORDERED = [
    ("DEALSIZE", ["Medium", "Large", "Small"], ("Small", "Medium", "Large")),
    ("risk", ["high", "None", "low"], ("None", "low", "high")),
    ("size", ["L", "XS", "M", "XL"], ("XS", "M", "L", "XL")),
    ("age group", ["26-35", "18-25", "36+", "<18"], ("<18", "18-25", "26-35", "36+")),
    (
        "Income",
        ["$80K - $120K", "Less than $40K", "$120K +", "$40K - $80K"],
        ("Less than $40K", "$40K - $80K", "$80K - $120K", "$120K +"),
    ),
    ("age", ["> 2 Years", "< 1 Year", "1-2 Year"], ("< 1 Year", "1-2 Year", "> 2 Years")),
]
YES_NO = [
    ["yes", "no"], ["Y", "N"], ["True", "False"], ["ja", "nein"], ["0", "1"], ["1.0", "0.0"],
]  # fmt: skip
KEPT_OUT = [
    ("Cluster", ["1", "2", "3"] * 9, "an earlier result"),
    ("segment", ["1", "2", "3"] * 9, "an earlier result"),
    ("segment_name", ["Young savers", "Others", "Old"] * 9, "an earlier result"),
    ("silhouette", [f"0.{n:03}" for n in range(1, 90)], "an earlier result"),
    ("Churn", ["Yes", "No"] * 9, "an outcome"),
    ("Churn Score", [str(n * n) for n in range(90)], "an outcome"),
    ("Response", ["0", "1"] * 9, "an outcome"),
    ("y", ["no", "yes"] * 9, "an outcome"),
    ("column 1", ["0", "1", "2", "3"], "a leftover index"),
    ("Unnamed: 0", ["3", "1", "2"], "a leftover index"),
    ("index", ["0", "1", "2", "3"], "a leftover index"),
    ("constant", [" 11", "11 ", "11"], "one value in every row: 11"),
    ("sparse", ["Kesa", "", "Kesa"], "one value in all 2 rows that have any: Kesa"),
    ("empty", ["", "NA", "-"], "no values at all"),
]


@pytest.mark.parametrize(("name", "written", "because"), IDENTIFIERS)
def test_an_identifier_is_told_from_a_measure(understood, name, written, because):
    _, column = understood(written, name)
    assert column.role == "identifier"
    assert because in column.reason
    assert column.reason.endswith(": looks like an identifier")


@pytest.mark.parametrize(("name", "written"), NUMBERS)
def test_a_measure_is_numeric(understood, name, written):
    assert understood(written, name)[1].role == "numeric"


@pytest.mark.parametrize(("name", "written"), GROUPS)
def test_codes_and_names_of_groups_are_categorical_text(understood, name, written):
    values, column = understood(written, name)
    assert (column.role, column.type) == ("categorical", "text")
    assert values.tolist() == written


@pytest.mark.parametrize(("name", "levels", "ordered"), ORDERED)
def test_levels_of_a_scale_are_ordinal_and_in_order(understood, name, levels, ordered):
    _, column = understood(levels * 5, name)
    assert (column.role, column.levels) == ("ordinal", ordered)
    assert column.reason.startswith(f"levels of a scale, {ordered[0]} to {ordered[-1]}")


@pytest.mark.parametrize(
    "levels",
    [["low", "high"], ["low", "high", "red"], ["low", "Low", "high"], ["20-10", "30-20", "1-2"],
     ["a1", "b2", "c3"], ["1 star", "2 star", "3 star"], ["10-20", "10-20 k", "x"]],
)  # fmt: skip
def test_levels_that_are_no_scale_have_no_order(levels):
    assert scales.in_order(levels) == ()


@pytest.mark.parametrize("pair", YES_NO)
def test_yes_and_no_are_boolean(understood, pair):
    _, column = understood([*pair, "", *pair])
    assert (column.role, column.type, column.missing) == ("boolean", "yes/no", 1)


@pytest.mark.parametrize("pair", [["1", "2"], ["0", "2"], ["a", "b"], ["yes", "maybe"]])
def test_other_pairs_are_not_boolean_but_can_be_made_so(understood, pair):
    _, column = understood(pair * 3)
    assert column.role != "boolean"
    assert "boolean" in column.possible


@pytest.mark.parametrize(("name", "written", "because"), KEPT_OUT)
def test_what_must_not_make_segments_is_kept_out(understood, name, written, because):
    _, column = understood(written, name)
    assert column.role == "ignored"
    assert because in column.reason


def test_text_is_categorical_up_to_the_most_levels_and_free_text_beyond(understood):
    few = [f"level {chr(97 + n)}" for n in range(26)] + [f"step {n}" for n in range(4)]
    assert len(few) == MOST_LEVELS
    assert understood(few * 3)[1].role == "categorical"
    many = understood([*few, "one more"] * 3)[1]
    assert many.role == "text"
    assert "31 distinct values in 93 rows" in many.reason


def test_many_levels_are_categorical_where_each_has_rows_enough(understood):
    towns = [f"town {n} " + "x" * n for n in range(40)]
    assert understood(towns * 10)[1].reason == "text with 40 levels, the rare ones to be grouped"
    assert understood(towns * 10, "Customer Name")[1].role == "text"


def test_codes_without_rows_enough_are_text_and_no_quantities(understood):
    for name in ("Code", "Region", "Phone"):
        values, column = understood(["17", "17", "4", "20113", "8"], name)
        assert (column.role, values[3]) == ("text", "20113")


@pytest.mark.parametrize(
    "written", [["red", "blue", "green", "red", "grey"], ["Am Ring 1", "a", "b"]]
)
def test_text_that_hardly_repeats_is_free_text_in_a_small_file(understood, written):
    assert understood(written)[1].role == "text"


def test_half_empty_columns_identify_nobody(understood):
    assert understood(["17", "4", "", "", ""], "CustomerID")[1].role != "identifier"


@pytest.mark.parametrize("name", ["Region", "PostalCode", "userid", "Product Category 1"])
def test_some_headers_speak_of_codes(name):
    assert is_code(name)


@pytest.mark.parametrize(
    "name", ["Age", "Number of stores", "Orders by channel", "Age (years)", ""]
)
def test_other_headers_do_not(name):
    assert not is_code(name)


def test_dates_tell_their_span_and_order(understood):
    _, column = understood(["4/9/2012", "31/12/2012", "2/1/2014"])
    assert (column.role, column.type) == ("date", "date")
    assert column.reason == "every value is a date, 2012-09-04 to 2014-01-02, read day-first"


def test_strays_and_forms_are_told(understood):
    _, column = understood(["€ 1,5"] * 20 + ["2,5 €"] * 18 + ["x"] * 2)
    told = "currency signs taken off, commas read as decimal marks"
    assert column.reason == f"every value but 2 is a number, 2 of them distinct ({told})"
    assert column.strays == {"x": 2}


def test_a_doubted_word_is_told(understood):
    values, column = understood(["NA", "EMEA", "APAC"] * 4, "TERRITORY")
    assert column.reason == "text with 3 levels; “NA” is taken for one of them"
    assert (column.missing, values[0]) == (0, "NA")
    _, column = understood(["None", "red", "blue"] * 4)
    assert column.reason == "text with 2 levels; “None” is taken for a missing value"
    assert column.missing == 4


def test_text_that_is_mostly_numbers_can_be_made_numeric(understood):
    written = [*map(str, range(0, 80, 2)), *["unknown"] * 5]
    _, column = understood(written)
    assert column.role == "text"
    assert "mostly numbers" in column.reason
    values, column = understood(written, role="numeric")
    assert (column.role, column.strays) == ("numeric", {"unknown": 5})
    assert values.sum() == sum(range(0, 80, 2))
    assert pd.isna(values.iloc[-1])

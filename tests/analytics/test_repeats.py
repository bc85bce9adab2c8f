import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.repeats import doubted, grain, repeated_identifiers, repeated_rows

CELL = st.sampled_from(["a", "b", None, "", "1"])


@given(st.lists(st.tuples(CELL, st.sampled_from([1.0, 2.5, None]), CELL), max_size=30))
@settings(deadline=None)
def test_repeated_rows_are_those_of_pandas(rows):
    table = pd.DataFrame(rows, columns=["x", "n", "y"]).astype({"n": "float64"})
    assert repeated_rows(table, ()).tolist() == table.duplicated().tolist()


def test_an_identifier_and_a_row_number_do_not_make_rows_differ(column):
    table = pd.DataFrame({"id": [1, 2, 3], "row": [0, 1, 2], "town": ["Ulm", "Ulm", "Bonn"]})
    columns = (
        column("id", "identifier", distinct=3),
        column("row", "ignored", distinct=3),
        column("town", "categorical", distinct=2),
    )
    assert repeated_rows(table, columns).tolist() == [False, True, False]


def test_nothing_but_identifiers_is_no_repetition(column):
    table = pd.DataFrame({"id": [1, 1]})
    assert not repeated_rows(table, (column("id", "identifier"),)).any()


def test_a_missing_identifier_repeats_no_other():
    values = pd.Series(["a", None, "a", None])
    assert repeated_identifiers(values).tolist() == [False, False, True, False]


@pytest.fixture
def table(column):
    """Describe a table: its columns by header, each with its role and its distinct values."""

    def describe(**columns):
        return tuple(
            column(name, role, distinct=distinct) for name, (role, distinct) in columns.items()
        )

    return describe


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (
            {"InvoiceNo": ("identifier", 60), "CustomerID": ("identifier", 20),
             "InvoiceDate": ("date", 50), "Quantity": ("numeric", 9)},
            ["20 different “CustomerID”, 5.0 rows for each", "a list of transactions",
             "“InvoiceDate”"],
        ),
        (
            {"Member_number": ("identifier", 10), "Date": ("date", 40), "item": ("categorical", 9)},
            ["10 different “Member_number”", "a list of transactions"],
        ),
        (
            {"ORDERNUMBER": ("identifier", 30), "CUSTOMERNAME": ("categorical", 20)},
            ["20 different “CUSTOMERNAME”"],
        ),
        ({"id": ("identifier", 40), "x": ("numeric", 9)}, ["a list with several rows for each"]),
    ],
    ids=["invoices", "baskets", "names", "plain"],
)  # fmt: skip
def test_a_list_with_several_rows_for_each_customer_is_recognised(table, columns, words):
    said = grain(table(**columns), 100)
    assert said.startswith("100 rows, but ")
    for part in words:
        assert part in said


@pytest.mark.parametrize(
    "columns",
    [
        {"CustomerID": ("identifier", 100), "StoreID": ("identifier", 4), "x": ("numeric", 9)},
        {"household_id": ("identifier", 91), "x": ("numeric", 9)},
        {"x": ("numeric", 9), "Order Date": ("date", 3)},
        {"product": ("categorical", 5), "x": ("numeric", 9)},
    ],
    ids=["beside a store", "households of one or two", "no identifier", "a product"],
)
def test_a_file_of_customers_is_not_called_a_list_of_transactions(table, columns):
    assert grain(table(**columns), 100) == ""


def test_only_an_identifier_that_is_nearly_unique_is_doubted(table):
    assert doubted(table(customer_id=("identifier", 95)), 100) == ["customer_id"]
    assert doubted(table(customer_id=("identifier", 100)), 100) == []
    assert doubted(table(customer_id=("identifier", 20)), 100) == []
    both = table(customer_id=("identifier", 100), card_id=("identifier", 95))
    assert doubted(both, 100) == []


def test_rows_that_share_a_hash_are_still_compared(monkeypatch):
    monkeypatch.setattr(pd, "factorize", lambda values: (np.zeros(len(values), dtype=int), None))
    table = pd.DataFrame({"x": ["a", "b", "a"]})
    assert repeated_rows(table, ()).tolist() == [False, False, True]


def test_a_leftover_index_does_not_make_some_of_the_rows_differ(column):
    table = pd.DataFrame({"index": [0, 2, 5], "town": ["Ulm", "Ulm", "Bonn"]})
    columns = (column("index", "ignored", distinct=9), column("town", "categorical", distinct=2))
    assert repeated_rows(table, columns).tolist() == [False, True, False]


def test_the_columns_that_show_a_transaction_are_named_once(table):
    columns = {
        "Customer ID": ("identifier", 20),
        "Order Date": ("date", 9),
        "Ship Date": ("date", 9),
        "Order ID": ("identifier", 50),
        "Quantity": ("numeric", 9),
    }
    assert "(it has “Order Date”, “Order ID” and “Quantity”)" in grain(table(**columns), 100)


def test_lines_of_invoices_are_recognised_without_customers(table):
    lines = {"InvoiceNo": ("identifier", 20), "Quantity": ("numeric", 9)}
    assert "20 different “InvoiceNo”, 5.0 rows for each" in grain(table(**lines), 100)


def test_people_of_one_household_are_customers_where_each_has_an_identifier(table):
    people = {"CustomerID": ("identifier", 100), "household_id": ("identifier", 40)}
    assert grain(table(**people), 100) == ""


def test_an_identifier_of_who_serves_the_customer_names_no_customer(table):
    served = {"account manager id": ("identifier", 20), "x": ("numeric", 9)}
    assert grain(table(**served), 100) == ""

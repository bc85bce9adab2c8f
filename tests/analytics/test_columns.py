import numpy as np
import pandas as pd

from analytics.columns import as_float, names, roles


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

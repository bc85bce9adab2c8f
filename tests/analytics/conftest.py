"""Tables that several tests of the analytics share; tests leave them as they are."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analytics.columns import Column
from analytics.interpret import interpret
from analytics.prepare import FeatureSpec, prepare
from analytics.reading import read
from analytics.sweep import sweep
from analytics.trust import trust

MALL = Path(__file__).parents[1] / "data" / "mall_customers_200.csv"


def _cells(written):
    columns = {name: [str(cell) for cell in column] for name, column in dict(written).items()}
    return pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()})


@pytest.fixture(scope="session")
def cells():
    """Make a table of text cells, as read from a file, of a DataFrame or a dict of lists."""
    return _cells


def _interpreted(written):
    found = interpret(_cells(written))
    return found.customers, found.columns


@pytest.fixture(scope="session")
def interpreted():
    """Interpret a DataFrame or a dict of lists: the typed customers and their columns."""
    return _interpreted


@pytest.fixture(scope="session")
def understood():
    """Interpret one column of text: its values and its description."""

    def interpret_one(written, name="measure", **choices):
        chosen = {f"{word}:{name}": option for word, option in choices.items()}
        found = interpret(_cells({name: written}), chosen)
        return found.customers[name], found.columns[0]

    return interpret_one


@pytest.fixture(scope="session")
def mall_table():
    """The public 200 mall customers, as read."""
    return read(MALL.read_bytes())


@pytest.fixture(scope="session")
def mall(mall_table):
    """The public 200 mall customers, typed, with their columns."""
    found = interpret(mall_table.cells)
    return found.customers, found.columns


@pytest.fixture(scope="session")
def mall_matrix(mall):
    """Make the feature matrix of some of the mall's columns."""

    def matrix(*names, scaling="standard"):
        return prepare(*mall, FeatureSpec(names, scaling)).matrix

    return matrix


@pytest.fixture(scope="session")
def mall_sweep(mall_matrix):
    """k = 2 to 10 on standardised income and spending."""
    return sweep(mall_matrix("Annual Income (k$)", "Spending Score (1-100)"))


@pytest.fixture(scope="session")
def mall_trust(mall_matrix, mall_sweep):
    """How far these can be relied on."""
    return trust(mall_matrix("Annual Income (k$)", "Spending Score (1-100)"), mall_sweep)


@pytest.fixture(scope="session")
def blobs():
    """Three well-separated groups of 60, 40 and 20 points in the plane, shuffled."""
    rng = np.random.default_rng(7)
    centres = np.repeat([[0.0, 0.0], [8.0, 0.0], [0.0, 8.0]], [60, 40, 20], axis=0)
    points = centres + rng.normal(scale=0.5, size=centres.shape)
    return pd.DataFrame(rng.permutation(points), columns=["width", "height"])


@pytest.fixture(scope="session")
def shoppers_written():
    """Forty invented shoppers as the text of a file, two groups of twenty."""
    rng = np.random.default_rng(11)
    modest = np.arange(40) < 20
    income = np.where(modest, 25, 85) + rng.integers(-8, 9, 40)
    spending = np.where(modest, 75, 20) + rng.integers(-9, 10, 40)
    return pd.DataFrame(
        {
            "CustomerID": [f"{n:04d}" for n in range(1, 41)],
            "Gender": np.where(np.arange(40) % 5 < 3, "Female", "Male"),
            "Age": rng.integers(18, 70, 40),
            "Annual Income (k$)": income,
            "Spending Score (1-100)": spending,
        }
    ).astype("str")


@pytest.fixture(scope="session")
def shoppers(shoppers_written):
    """The invented shoppers, typed, with their columns."""
    return _interpreted(shoppers_written)


@pytest.fixture(scope="session")
def shoppers_labels():
    """The two groups of the invented shoppers."""
    return pd.Series(np.repeat([1, 2], 20))


@pytest.fixture(scope="session")
def column():
    """Make the description of a column."""

    def make(name, role="numeric", *, missing=0, distinct=9, reason="for a reason"):
        kind = {"numeric": "decimal", "boolean": "yes/no", "date": "date"}.get(role, "text")
        return Column(name, role, kind, missing, distinct, reason)

    return make

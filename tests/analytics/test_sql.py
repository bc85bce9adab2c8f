"""The SQL gives what the program gives, on every row, in two databases."""

import sqlite3

import duckdb
import numpy as np
import pandas as pd
import pytest

from analytics import sql
from analytics.assign import assign
from analytics.errors import UnknownChoice
from tests.analytics.modelled import REPAIRS, customers, modelled


def by_sqlite(expression: str, table: pd.DataFrame) -> list[int]:
    base = sqlite3.connect(":memory:")
    kinds = ["REAL" if pd.api.types.is_numeric_dtype(table[n]) else "TEXT" for n in table]
    names = [f"{sql.identifier(n)} {kind}" for n, kind in zip(table, kinds, strict=True)]
    base.execute(f"CREATE TABLE customers ({', '.join(names)})")
    rows = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    marks = ", ".join("?" * table.shape[1])
    base.executemany(f"INSERT INTO customers VALUES ({marks})", rows)
    found = base.execute(f"SELECT {expression} FROM customers ORDER BY rowid").fetchall()
    base.close()
    return [row[0] for row in found]


def by_duckdb(expression: str, table: pd.DataFrame) -> list[int]:
    with duckdb.connect() as base:
        base.register("customers", table.assign(place_=np.arange(len(table))))
        found = base.execute(f"SELECT {expression} FROM customers ORDER BY place_").fetchall()
    return [row[0] for row in found]


def check(table: pd.DataFrame, *rest: object, **spec: object) -> None:
    model, _, training = modelled(table, *rest, **spec)
    other = customers(400, 99, whole="a" in table)
    newcomers = training.head(0).reindex(range(len(other)))
    for name in training:
        newcomers[name] = other[name].astype(training[name].dtype)
    for name in ("gender", "it's", "size"):
        if name in newcomers:
            newcomers.loc[::7, name] = "un'known"
    for some in (training, newcomers):
        wanted = assign(model, some).table["segment"].tolist()
        expression = sql.expression(model)
        assert by_sqlite(expression, some) == wanted
        assert by_duckdb(expression, some) == wanted


@pytest.mark.parametrize("scaling", ["standard", "robust", "minmax", "none"])
@pytest.mark.parametrize("algorithm", ["kmeans", "medoids"])
def test_whole_numbers_that_tie_get_the_same_segments(algorithm, scaling):
    check(customers(2_000, 1, whole=True), algorithm, scaling)


@pytest.mark.parametrize("algorithm", ["kmeans", "medoids", "mixed"])
@pytest.mark.parametrize("choices", [REPAIRS, {"skew:spent": "log"}], ids=["repaired", "log"])
def test_columns_of_every_kind_get_the_same_segments(algorithm, choices):
    spec = {} if algorithm == "mixed" else {"coding": "balanced", "weights": (("rank", 2.0),)}
    check(customers(800, 2), algorithm, "standard", choices, **spec)


def test_a_customer_whose_segment_was_fixed_keeps_it_in_sql():
    from dataclasses import replace

    from analytics.model import Fixed

    model, _, training = modelled(customers(300, 3))
    rows = model.recipe.apply(training).to_numpy()
    found = assign(model, training).table["segment"].tolist()
    other = next(segment for segment in model.names if segment != found[0])
    model = replace(model, fixed=(Fixed(tuple(rows[0]), other),))
    # The rows here have no repairs, so they are read as they are compared.
    wanted = assign(model, training).table["segment"].tolist()
    assert wanted[0] == other
    assert by_sqlite(sql.expression(model), training) == wanted
    assert by_duckdb(sql.expression(model), training) == wanted


def test_names_and_texts_cannot_leave_their_quotes():
    assert sql.identifier('a"b') == '"a""b"'
    assert sql.string("it's") == "'it''s'"
    assert sql.number(-0.5) == "(-0.5e0)"


@pytest.mark.parametrize("algorithm", ["mixture", "ward"])
def test_segments_without_a_centre_are_refused(algorithm):
    model, _, _ = modelled(customers(200, 4), algorithm)
    with pytest.raises(UnknownChoice, match="one centre each"):
        sql.expression(model)

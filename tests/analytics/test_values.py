import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from analytics.cells import typed
from analytics.values import MISSING, Hints


def read(*cells, **hints):
    return typed(pa.chunked_array([pa.array(cells, pa.string())]), Hints(**hints))


def present(found):
    return found.data.dropna().tolist()


@pytest.mark.parametrize(
    ("cells", "values", "kind"),
    [
        (["1", "-7", "30", "1"], [1, -7, 30, 1], "integer"),
        (["2.0", "5", "1e2"], [2, 5, 100], "integer"),
        (["17850.0", "91.0", "17850.0"], [17850, 91, 17850], "integer"),
        (["0.5", ".25", "-1e-3"], [0.5, 0.25, -0.001], "decimal"),
        ([" 3.5 ", "4", "5\t"], [3.5, 4, 5], "decimal"),
        (["1.234,5", "7"], [1234.5, 7], "decimal"),
        (["a", " b ", "a"], ["a", "b", "a"], "text"),
    ],
)
def test_cells_become_values_of_one_kind(cells, values, kind):
    found = read(*cells)
    assert (found.kind, found.data.tolist()) == (kind, values)
    assert found.distinct == len(set(values))
    assert found.data.dtype == {"integer": "Int64", "decimal": "float64", "text": "str"}[kind]


@pytest.mark.parametrize("marker", [*sorted(MISSING), "NaN", "N/A", "  ", "NULL", "#DIV/0!"])
def test_every_missing_marker_is_missing_and_listed(marker):
    found = read("4", marker, "9", "4")
    assert (found.kind, present(found)) == ("integer", [4, 9, 4])
    assert found.markers == {marker.strip(): 1}


def test_markers_are_listed_the_most_frequent_first():
    found = read("a", "?", "", "-", "", "b", "")
    assert next(iter(found.markers.items())) == ("", 3)
    assert found.markers == {"": 3, "?": 1, "-": 1}
    assert present(found) == ["a", "b"]


@pytest.mark.parametrize("stray", ["x", "inf", "1e308", "9" * 400, "0x10", "\uff11", "12;5"])
def test_one_cell_in_twenty_that_is_no_number_is_a_stray(stray):
    found = read(*map(str, range(1, 20)), stray)
    assert (found.kind, present(found)) == ("integer", list(range(1, 20)))
    assert (found.strays, found.missing) == ({stray: 1}, 1)


def test_more_strays_than_that_make_the_column_text():
    found = read(*map(str, range(1, 19)), "x", "y")
    assert (found.kind, found.strays, found.nearly) == ("text", {}, "number")


def test_strays_at_the_head_count_no_more_than_elsewhere():
    cells = ["n" + "o" * n for n in range(200)] + [str(n) + ".5" for n in range(3_800)]
    assert read(*cells).kind == read(*cells[::-1]).kind == "decimal"
    cells = ["no", *cells]
    assert read(*cells).kind == read(*cells[::-1]).kind == "text"


def test_one_cell_in_twenty_that_is_no_date_is_a_stray():
    days = [f"{n}/1/2020" for n in range(1, 20)]
    found = read(*days, "soon")
    assert (found.kind, found.order, found.strays) == ("date", "day-first", {"soon": 1})
    assert read(*days[:18], "soon", "later").nearly == "date"


def test_under_a_header_of_codes_no_cell_is_passed_over():
    cells = [*map(str, range(536_365, 536_465)), "C536379"]
    assert read(*cells).strays == {"C536379": 1}
    assert read(*cells, coded=True).data.tolist() == cells


@pytest.mark.parametrize(
    "cells",
    [
        ["0001", "0002", "0010", "0100"],
        ["02134", "10001", "94105"],
        ["12345678901234567", "12345678901234568"],
        ["9" * 400, "8" * 400],
        ["030 123 456", "0171 23 45"],
    ],
)
def test_digits_that_are_no_numbers_stay_as_written(cells):
    assert read(*cells).data.tolist() == cells


@pytest.mark.parametrize(
    "cells", [["7", "010", "11"], ["1", "12345678901234567"], ["212 555 181", "212 555 182"]]
)
def test_codes_stay_as_written_whatever_their_lengths(cells):
    assert read(*cells, coded=True).data.tolist() == cells
    assert read(*cells).kind != "text"


def test_a_few_leading_zeros_make_no_code_of_a_number():
    assert read(*(str(n) for n in range(10, 99)), *["5"] * 50, "05").kind == "integer"
    assert read(*["44"] * 200, "05").kind == "integer"


def test_whole_numbers_that_are_all_days_are_dates():
    days = ["19970101", "19970118", "19980630"]
    assert [f"{day:%Y%m%d}" for day in read(*days).data] == days
    assert read(*days, "19980631").kind == "integer"
    assert read(*days, coded=True).kind == "integer"
    assert read(*days[:2]).kind == "integer"
    assert read(*days[:2], dated=True).kind == "date"


def test_what_the_user_decided_is_read_as_decided():
    assert read("1", "x", "3", as_="number").strays == {"x": 1}
    assert read("1", "2", as_="text").data.tolist() == ["1", "2"]
    assert read("007", "08", as_="number").data.tolist() == [7, 8]
    assert read("20200101", "x", "20200102", as_="date").kind == "date"
    assert read("a", "b", as_="number").kind == "text"


@pytest.mark.parametrize(
    ("cells", "hints", "kept"),
    [
        (["NA", "EMEA", "APAC"], {}, True),
        (["NA", "Europe", "Asia"], {"regional": True}, True),
        (["NA", "red", "blue"], {}, False),
        (["NA", "YES", "NO"], {}, False),
        (["None", "Low", "High"], {}, True),
        (["None", "Basic", "Premium"], {}, False),
        (["NA", "EMEA", "APAC"], {"words": False}, False),
        (["NA", "red", "blue"], {"words": True}, True),
    ],
)
def test_a_word_for_missing_may_be_a_value_among_its_like(cells, hints, kept):
    found = read(*cells, **hints)
    assert (found.doubted, found.kept_words) == (cells[0], kept)
    assert present(found) == (cells if kept else cells[1:])
    assert found.markers == ({} if kept else {cells[0]: 1})


def test_no_word_is_doubted_among_numbers():
    found = read("1", "NA", "2")
    assert (found.doubted, found.markers) == ("", {"NA": 1})


def test_cells_with_types_keep_them():
    def native(values, kind):
        return typed(pa.chunked_array([pa.array(values, kind)]))

    whole = native([17850.0, None, 91.0], pa.float64())
    assert (whole.kind, present(whole), whole.markers) == ("integer", [17850, 91], {"": 1})
    odd = native([0.5, np.inf, np.nan, 1e308], pa.float64())
    assert (present(odd), odd.strays) == ([0.5], {"inf": 1, "1e+308": 1})
    assert odd.missing == 3
    assert present(native([2**62, None], pa.int64())) == [2**62]
    moment = dt.datetime(2020, 1, 2, 3, 4)
    dated = native([moment, None], pa.timestamp("us"))
    assert (dated.kind, present(dated), dated.markers) == ("date", [moment], {"": 1})
    assert present(native([True, None, False], pa.bool_())) == ["true", "false"]
    assert present(native([None, "5", "6"], pa.string())) == [5, 6]
    assert native([19970101, 19970118, 19980630], pa.int64()).kind == "date"


@pytest.mark.parametrize("cells", [[], ["", "NA", "-"]])
def test_a_column_without_values_is_empty_text(cells):
    found = read(*cells)
    assert (found.kind, found.distinct, found.missing) == ("text", 0, len(cells))

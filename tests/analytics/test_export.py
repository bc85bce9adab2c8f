import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.export import labelled_csv, neutralise
from analytics.reading import read

DANGEROUS = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\tx", "\rx", " =1", "\n=1", "--1", "="]
NUMBERS = ["5", "-5", "+5", "-5.25", "-1,234.50", "-.5", "+1e5", "-3E-7", "-12 %", " -4 "]
HARMLESS = [*NUMBERS, "", "a=b", "a\tb", "'=1", "1-2", "x@y.de", "−5"]


def rows(content, delimiter=","):
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_cell_that_a_spreadsheet_would_execute_begins_with_an_apostrophe(cell):
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", HARMLESS)
def test_plain_numbers_and_text_are_not_touched(cell):
    assert neutralise(cell) == cell


def test_every_cell_and_header_is_neutralised_wherever_it_stands():
    cells = DANGEROUS + HARMLESS
    original = pd.DataFrame({"=h": cells, "plain": "x"}, dtype=str)
    added = pd.DataFrame({"segment": 1, "name": cells})
    written = rows(labelled_csv(original, ["=h", "plain"], added))
    assert written[0] == ["'=h", "plain", "segment", "name"]
    safe = [f"'{cell}" for cell in DANGEROUS] + HARMLESS
    assert written[1:] == [[cell, "x", "1", cell] for cell in safe]


def test_the_original_columns_come_first_as_they_were_written():
    original = pd.DataFrame({"id": ["007", "010"], "b": [" 1.50", ""], "a": ["NA", "ß"]}, dtype=str)
    added = pd.DataFrame({"segment": [2, 1], "silhouette": [0.5, -0.25]})
    written = rows(labelled_csv(original, ["id", " b", ""], added))
    assert written == [
        ["id", " b", "", "segment", "silhouette"],
        ["007", " 1.50", "NA", "2", "0.5"],
        ["010", "", "ß", "1", "-0.25"],
    ]


def test_an_added_column_whose_name_is_taken_gets_a_number():
    original = pd.DataFrame({"segment": ["a"], "segment_2": ["b"]}, dtype=str)
    added = pd.DataFrame({"segment": [3], "other": [4]})
    written = rows(labelled_csv(original, ["segment", "segment_2"], added))
    assert written == [["segment", "segment_2", "segment_3", "other"], ["a", "b", "3", "4"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_kept_and_cells_that_hold_it_are_quoted(delimiter):
    original = pd.DataFrame({"a": [f"x{delimiter}y", 'say "hi"', "two\nlines"]}, dtype=str)
    content = labelled_csv(original, ["a"], pd.DataFrame({"segment": [1, 2, 3]}), delimiter)
    assert content.startswith(f"a{delimiter}segment\r\n".encode())
    assert content.endswith(b"\r\n")
    cells = [row[0] for row in rows(content, delimiter)[1:]]
    assert cells == original["a"].tolist()


def test_exporting_leaves_the_original_as_it_was():
    original = pd.DataFrame({"a": ["=1", "x"]}, dtype=str)
    labelled_csv(original, ["a"], pd.DataFrame({"segment": [1, 2]}))
    assert original["a"].tolist() == ["=1", "x"]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
RISKY = st.tuples(st.sampled_from(["", " ", "\t", "\n", "=", "+", "-", "@", "a"]), CELLS)


@settings(deadline=None, max_examples=60)
@given(st.lists(RISKY.map("".join), min_size=1, max_size=5))
def test_a_column_is_neutralised_as_its_cells_are(cells):
    original = pd.DataFrame({"a": cells}, dtype=str)
    content = labelled_csv(original, ["a"], pd.DataFrame({"segment": range(len(cells))}))
    assert [row[0] for row in rows(content)[1:]] == [neutralise(cell) for cell in cells]


def test_an_export_can_be_read_in_again(mall_table, mall_sweep):
    added = pd.DataFrame({"segment": mall_sweep.labels["5"]})
    original = mall_table.written()
    content = labelled_csv(original, list(mall_table.headers), added)
    again = read(content).written()
    pd.testing.assert_frame_equal(again.drop(columns="segment"), original)
    assert again["segment"].astype(int).tolist() == mall_sweep.labels["5"].tolist()

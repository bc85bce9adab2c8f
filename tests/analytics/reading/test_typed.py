import datetime as dt

import pyarrow as pa
import pytest

from analytics.choices import KEEP
from analytics.errors import FileTooLarge
from analytics.reading import Limits, extent, read
from tests.analytics.reading import files
from tests.analytics.reading.files import FRAME, HEADER, ROWS
from tests.analytics.reading.readable import READ

DATED = [
    ["day", "moment"],
    *([dt.date(2024, 1, d), dt.datetime(2024, 1, d, 9, 30)] for d in (2, 3)),
]
TWO_SHEETS = files.xlsx([HEADER, *ROWS], [["a", "b"], [1, 2], [3, 4]])


@pytest.mark.parametrize("name", ["xlsx", "xls", "ods", "parquet", "json", "json lines"])
def test_every_format_gives_the_same_cells(name):
    written = read(READ[name].content).written()
    assert written.to_numpy().tolist() == [
        ["1", "Ann", "31.5"],
        ["2", "Bob", "45"],
        ["3", "Cid", "27.25"],
    ]


def test_numbers_of_a_sheet_are_numbers_and_written_plainly():
    table = read(files.xlsx([["id", "income"], [1001, 2.5], [1002, 10**15], [1003, None]]))
    assert table.cells.schema.types == [pa.float64(), pa.float64()]
    assert table.written()["id"].tolist() == ["1001", "1002", "1003"]


def test_numbers_among_words_are_written_without_decimals():
    table = read(files.xlsx([["code", "x"], [7, 1], ["B8", 2], [2.5, 3]]))
    assert table.written()["code"].tolist() == ["7", "B8", "2.5"]


def test_dates_of_a_sheet_are_dates():
    table = read(files.xlsx(DATED))
    assert table.cells.schema.types == [pa.timestamp("us")] * 2
    assert table.written().to_numpy().tolist() == [
        ["2024-01-02", "2024-01-02 09:30:00"],
        ["2024-01-03", "2024-01-03 09:30:00"],
    ]


def test_dates_among_words_are_written_in_iso_form():
    table = read(files.xlsx([["day", "x"], [dt.date(2024, 1, 2), 1], ["unknown", 2]]))
    assert table.written()["day"].tolist() == ["2024-01-02", "unknown"]


def test_rows_are_counted_as_the_sheet_counts_them():
    table = read(files.xlsx([["Customers"], [], HEADER, ROWS[0], [None] * 3, *ROWS[1:]]))
    assert table.lines.tolist() == [4, 6, 7]
    assert [(row.line, row.text) for row in table.set_aside] == [(1, "Customers"), (5, "")]


def test_a_workbook_of_several_sheets_offers_them():
    offer = read(TWO_SHEETS).offers[0]
    assert (offer.key, offer.chosen) == ("sheet", KEEP)
    assert [option.value for option in offer.options] == [KEEP, "S1", "S2"]
    assert read(TWO_SHEETS, {"sheet": "S2"}).offers[0].chosen == "S2"


def test_a_workbook_of_one_sheet_offers_nothing():
    assert read(files.xlsx([HEADER, *ROWS])).offers == ()


def test_a_sheet_that_is_not_there_is_as_if_none_was_chosen():
    assert read(TWO_SHEETS, {"sheet": "S9"}).cells.equals(read(TWO_SHEETS).cells)


@pytest.mark.parametrize(
    ("xml", "cells"),
    [
        (b'<row r="1"><c r="A1"/><c r="C1"/></row><row r="4"><c r="B4"/></row>', 12),
        (b"<row><c><v>1</v></c><c/></row><row><c/></row>", 6),
        (b"<x:row r = '2'><x:c r = 'aa2'/></x:row>", 54),
    ],
)
def test_a_sheet_spans_as_far_as_its_last_cell(xml, cells):
    assert extent.of_sheet(xml) == cells


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        (b"<table:table-row><table:table-cell office:value-type='float'/></table:table-row>", 1),
        (
            b"<table:table-row table:number-rows-repeated='5'><table:table-cell"
            b" table:number-columns-repeated='3'/><table:table-cell>x</table:table-cell>"
            b"</table:table-row><table:table-row table:number-rows-repeated='1048000'>"
            b"<table:table-cell table:number-columns-repeated='1024'/></table:table-row>",
            20,
        ),
        (
            b"<table:table-row a='>' table:number-rows-repeated='9'><table:table-cell b='>'"
            b" table:number-columns-repeated='9' office:value='1'/></table:table-row>",
            81,
        ),
    ],
)
def test_an_ods_spans_as_far_as_its_last_value(rows, cells):
    assert extent.of_document(b"<table:table table:name='S'>" + rows + b"</table:table>") == cells


def test_the_types_of_parquet_are_brought_to_the_few_that_are_known():
    table = read(READ["parquet of many types"].content)
    assert table.cells.schema.types == [
        pa.string(),
        pa.float64(),
        pa.timestamp("us"),
        pa.bool_(),
        pa.string(),
        pa.string(),
        pa.string(),
    ]
    assert table.written()["large"].tolist() == ["1", "2", str(2**64 - 1)]
    assert table.written()["day"].tolist() == ["2024-01-02"] * 3


def test_long_numbers_of_json_keep_every_digit():
    table = read(READ["json of long numbers"].content)
    assert table.written()["a"].tolist() == ["123456789012345678901", "5"]


def test_names_of_json_come_in_the_order_of_their_first_record():
    table = read(b'[{"b": 1}, {"a": true, "b": 2}, {"c": "x", "a": false}]')
    assert table.cells.column_names == ["b", "a", "c"]
    assert table.written()["a"].tolist() == ["", "true", "false"]


def test_what_is_nested_in_json_is_written_as_json():
    table = read(READ["json nested"].content)
    assert table.written()["a"].tolist() == ['{"b": [1, 2]}', "{}"]


def test_a_limit_is_kept_by_every_format():
    limits = Limits(unpacked_bytes=10, cells=5)
    for content in (files.parquet(FRAME), files.xlsx([HEADER, *ROWS]), files.gzip_bomb()):
        with pytest.raises(FileTooLarge):
            read(content, limits=limits)

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import UnreadableFile
from analytics.reading import read
from analytics.reading.dialect import NONE, SPACES, sniff, stated, tabbed
from analytics.reading.records import lines_of, records
from analytics.reading.scan import line_at, record_starts, record_widths, scan
from tests.analytics.reading.files import lines, numbered

PIECES = st.lists(
    st.sampled_from(["a", "é", "1", ",", "\n", "\r\n", "\r", '"x"', '"a,b"', '"a\nb"', '""', " "]),
    max_size=20,
).map("".join)


@settings(deadline=None, max_examples=200)
@given(PIECES)
def test_lines_end_where_any_system_ends_them(text):
    found = [text[start:end] for start, end in lines_of(text)]
    assert found == re.sub(r"\n\Z", "", re.sub("\r\n?", "\n", text)).split("\n")[: len(found)]
    assert line_at(text.encode(), len(text.encode())) == len(re.split("\r\n|\r|\n", text))


@settings(deadline=None, max_examples=200)
@given(PIECES)
def test_records_stand_where_reading_them_one_by_one_finds_them(text):
    content = text.replace(" ", "").encode()
    marks = scan(content, ",")
    if marks is None or not content:
        return
    one_by_one = records(content.decode(), ",", width=0)
    begins, starts = record_starts(content, marks)
    assert begins.tolist() == [record.line for record in one_by_one]
    widths = record_widths(content, ",", marks, starts)
    assert widths.tolist() == [len(record.cells) for record in one_by_one]


@pytest.mark.parametrize(
    ("text", "well_formed"),
    [
        (b'a,"b"\n"c",d\n', True),
        (b'"a""b","""",""\n', True),
        (b'a,"b\nc"\n', True),
        (b'a,5" wide\n', False),
        (b'"a"b,c"d"\n', False),
        (b'a, "b"\n', False),
        (b'a,"b\n', False),
    ],
)
def test_text_is_well_formed_where_quotes_stand_around_cells(text, well_formed):
    assert (scan(text, ",") is not None) is well_formed


def test_a_stray_quote_costs_its_own_line_alone():
    rows = numbered(20)
    rows[5] = '5,"Ann,5'
    rows[15] = '15,A"nn,5'
    table = read(lines(*rows))
    assert [(row.line, row.text) for row in table.set_aside] == [(6, '5,"Ann,5')]
    assert table.written()["id"].tolist() == [str(n) for n in range(1, 21) if n != 5]
    assert table.written()["name"][13] == 'A"nn'


def test_two_stray_quotes_swallow_no_lines_even_where_the_cells_would_count():
    rows = numbered(9)
    rows[3], rows[6] = '3,"Ann,5', '6,A"nn,5'
    assert read(lines(*rows)).written()["id"].tolist() == [*"12456789"]


def test_a_record_over_lines_that_does_not_fit_costs_no_line_within_it():
    rows = [*numbered(30), '31,"Ann,5', "32,Ann,5", '33",5,6,7', *numbered(30)[1:]]
    table = read(lines(*rows))
    assert [row.line for row in table.set_aside] == [32, 34]
    assert len(table.lines) == 61


def test_stray_quotes_on_every_line_take_time_in_proportion():
    with pytest.raises(UnreadableFile):
        read(lines("a,b,c", *['x",y,"z'] * 20_000))


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        (b"a,b;c\n1;2\n3;4\n", ";"),
        (b"a;b\n1,5;2\n3,7;4\n", ";"),
        (b"a|b,c\n1|2\n3|4\n", "|"),
        (b'a,b\n"x;y;z",1\n"u;v;w",2\n', ","),
        (b"a  b\n1  2.5\n10 3\n", SPACES),
        (b"Dear Ann and\ndear Bob here\n", NONE),
        (b"income\n1\n2\n", NONE),
    ],
)
def test_the_delimiter_is_what_cuts_the_lines_alike(content, delimiter):
    assert sniff(content) == delimiter


def test_the_delimiter_is_judged_by_the_whole_where_the_head_misleads():
    names = [f"Doe, {n};5" for n in range(6_000)]
    table = read(lines("name;income", *names, *["Roe;6"] * 9_000, *["Roe, 7, 8, 9;7"] * 9))
    assert table.delimiter == ";"
    assert table.cells.shape == (15_009, 2)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"sep=;\na;b\n", (6, ";")),
        (b'"SEP=|"\r\na|b\n', (9, "|")),
        (b"sep=\t\ra\tb\r", (6, "\t")),
        (b"sep=x\na\n", (0, "")),
        (b"separate,b\n", (0, "")),
    ],
)
def test_a_first_line_may_state_the_delimiter(content, found):
    assert stated(content) == found


def test_runs_of_spaces_become_one_tab():
    assert tabbed(b"  a   b \r\n c \t d\r  e f") == b"a\tb\r\nc\td\re\tf"


def test_line_numbers_count_every_line_of_the_file():
    table = read(b'\nid,name\r\n\r\n1,"A\nnn"\r2,Bob\n\n\n3\n4,Cid\n')
    assert table.lines.tolist() == [4, 6, 10]
    assert [row.line for row in table.set_aside] == [9]


def test_a_stated_delimiter_shifts_no_line_number():
    table = read(lines("sep=,", *numbered(12), "13,Ann"))
    assert table.lines.tolist() == np.arange(3, 15).tolist()
    assert [row.line for row in table.set_aside] == [15]

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import UnreadableFile
from analytics.ingest import DELIMITERS, read


@pytest.mark.parametrize("delimiter", list(DELIMITERS))
def test_each_delimiter_is_recognised(delimiter):
    text = "name|age|city\nAnn|31|Bonn\nBob|45|Ulm\n".replace("|", delimiter)
    table = read(text.encode())
    assert table.delimiter == delimiter
    assert table.headers == ("name", "age", "city")
    assert table.original.to_numpy().tolist() == [["Ann", "31", "Bonn"], ["Bob", "45", "Ulm"]]


def test_decimal_commas_do_not_make_the_comma_the_delimiter():
    table = read(b"a;b\n1,5;2,5\n3,5;4,5\n")
    assert table.delimiter == ";"
    assert table.original["a"].tolist() == ["1,5", "3,5"]


def test_the_delimiter_that_cuts_the_lines_evenly_wins():
    table = read(b"id;a, b, c, d\n1;x\n2;y, z\n3;w\n")
    assert table.delimiter == ";"
    assert list(table.original) == ["id", "a, b, c, d"]


def test_a_byte_order_mark_is_not_part_of_the_first_header():
    assert list(read("\ufeffid,age\n1,2\n3,4\n".encode()).original) == ["id", "age"]


def test_quotes_protect_delimiters_line_ends_and_quotes():
    table = read(b'a;b\n"x;y";"first\nsecond"\n"say ""hi""";2\n')
    assert table.original.to_numpy().tolist() == [["x;y", "first\nsecond"], ['say "hi"', "2"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(end):
    table = read(f"a,b{end}1,2{end}{end}3,4".encode())
    assert table.original.to_numpy().tolist() == [["1", "2"], ["3", "4"]]


def test_cells_stay_as_they_were_written():
    table = read("id,v\n007, 1.50\nNA,\n-0,N/A \nnull,1e5\nTrue,ß€\n".encode())
    assert table.original["id"].tolist() == ["007", "NA", "-0", "null", "True"]
    assert table.original["v"].tolist() == [" 1.50", "", "N/A ", "1e5", "ß€"]


def test_blank_and_repeated_headers_are_renamed_and_told():
    table = read(b"a,,a,a, b \n1,2,3,4,5\n6,7,8,9,0\n")
    assert list(table.original) == ["a", "column 2", "a (2)", "a (3)", "b"]
    assert table.headers == ("a", "", "a", "a", " b ")
    assert table.renamed == (
        "Column 2's header was blank: it is called “column 2” here.",
        "Column 3's header was “a”, which is taken: it is called “a (2)” here.",
        "Column 4's header was “a”, which is taken: it is called “a (3)” here.",
    )


def test_a_renamed_header_never_takes_one_that_is_there():
    headers = list(read(b"a,a,a (2),,column 4\n1,2,3,4,5\n1,2,3,4,5\n").original)
    assert len(set(headers)) == 5


def test_good_headers_are_told_nothing_about():
    assert read(b"a,b\n1,2\n3,4\n").renamed == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t\n", "The file is empty"),
        (b"a,b\n", "no customers below the header"),
        (b"a,b\n1,2\n", "a single customer"),
        (b"a\n1\n2\n", "The header line has a single column"),
        (b"a,b\n1,2\n1,2,3\n4,5\n", "line 3, saw 3"),
        (b"a,b\n1,2,\n3,4,\n", "Expected 2 cells in line 2, saw 3"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "EOF inside string"),
        (b"a,b\n1,2\n3,\x004\n", "NUL byte at position 10"),
        ("a,b\n1,2\n".encode("utf-16-le"), "NUL byte at position 1"),
        (b"a,b\nx,1\nM\xfcller,2\n", "Line 3 holds the byte 0xFC, which is not UTF-8"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"PK\x03\x04\x14\x00", "a zip archive or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel workbook"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"ARROW1\x00\x00", "an Arrow file"),
        (b"\n <!DOCTYPE html><p>a,b</p>\n", "a web page or XML"),
        (b"<HTML>\n<body>1,2\n", "a web page or XML"),
        (b"<?xml version='1.0'?>\n<a,b/>\n", "a web page or XML"),
    ],
)
def test_what_is_no_table_is_refused_in_fitting_words(content, message):
    with pytest.raises(UnreadableFile, match=message) as refused:
        read(content)
    assert refused.value.remedy


def test_a_byte_that_is_not_utf_8_is_found_far_down_the_file():
    content = b"a,b\n" + b"1,2\n" * 40_000 + b"\xa3,2\n"
    with pytest.raises(UnreadableFile, match="Line 40,002 holds the byte 0xA3"):
        read(content)


CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12
) | st.sampled_from(["NA", "", '"', "a,b;c\td|e", "line\nline", "=1+1", " x ", "''", '""'])


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=8),
    delimiter=st.sampled_from(list(DELIMITERS)),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
)
def test_any_text_that_is_written_as_csv_is_read_back(rows, delimiter, end, mark):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows([("first", "second", "third"), *rows])
    table = read(stream.getvalue().encode("utf-8-sig" if mark else "utf-8"))
    assert table.delimiter == delimiter
    assert list(table.original) == ["first", "second", "third"]
    assert list(table.original.itertuples(index=False, name=None)) == rows


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=2, max_size=6))
def test_a_frame_that_pandas_wrote_is_read_back(rows):
    frame = pd.DataFrame(rows, columns=["left", "right"], dtype=str)
    table = read(frame.to_csv(index=False).encode())
    pd.testing.assert_frame_equal(table.original, frame, check_dtype=False)


def test_the_mall_file_has_two_hundred_customers(mall_table):
    assert mall_table.original.shape == (200, 5)
    assert mall_table.delimiter == ","
    assert mall_table.original.iloc[0].tolist() == ["1", "Male", "19", "15", "39"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b,c\n1,2,3\n1,2\n3,4,5\n", "Line 3 has 2 cells where the header has 3."),
        (b'a,b,c\n1,"x,y",3\n1,"2"\n3,4,5\n', "Line 3 has 2 cells where the header has 3."),
        (b'a,b,c\n1,"x\ny",3\n4\n3,4,5\n', "Line 4 has 1 cell where the header has 3."),
    ],
    ids=["plain", "quoted delimiter", "quoted line end"],
)
def test_a_short_line_is_refused_by_its_number(content, words):
    with pytest.raises(UnreadableFile, match=words):
        read(content)


def test_a_file_of_a_byte_order_mark_alone_is_empty():
    with pytest.raises(UnreadableFile, match="The file is empty"):
        read(b"\xef\xbb\xbf\r\n")

import codecs
import csv
import gzip
import io

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.reading import Limits, read
from analytics.reading.delimited import _careful, _fast
from analytics.reading.dialect import DELIMITERS, sniff
from tests.analytics.reading.files import PLAIN

CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12
) | st.sampled_from(["NA", '"', "a,b;c\td|e", "line\nline", "=1+1", " x ", "''", '""', "5", "é"])
FILLED = CELLS.filter(lambda cell: cell.strip())  # rows without a value are set aside
ROWS = st.lists(st.tuples(FILLED, CELLS, CELLS), min_size=2, max_size=8)
ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16": b"",
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32": b"",
}


def records_of(rows, **dialect) -> list[str]:
    """Write rows under a header, without line ends."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n", **dialect)
    written = []
    for row in [("first", "second", "third"), *rows]:
        place = stream.tell()
        writer.writerow(row)
        written.append(stream.getvalue()[place:-2])
    return written


@settings(deadline=None, max_examples=100)
@given(
    rows=ROWS,
    delimiter=st.sampled_from(list(DELIMITERS)),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(list(ENCODINGS)),
    pack=st.booleans(),
)
def test_any_text_is_read_back_from_any_dialect(rows, delimiter, quoting, end, encoding, pack):
    text = end.join(records_of(rows, delimiter=delimiter, quoting=quoting))
    content = ENCODINGS[encoding] + text.encode(encoding)
    table = read(gzip.compress(content) if pack else content)
    assert table.delimiter == delimiter
    assert list(table.written()) == ["first", "second", "third"]
    assert list(table.written().itertuples(index=False, name=None)) == rows


@settings(deadline=None, max_examples=60)
@given(rows=ROWS, sep=st.sampled_from([",", "\t"]))
@example(rows=[("x", "", ""), ("y", "z", '"\n"')], sep=",")
def test_a_frame_that_pandas_wrote_is_read_back(rows, sep):
    frame = pd.DataFrame(rows, columns=["left", "middle", "right"], dtype="str")
    table = read(frame.to_csv(index=False, sep=sep).encode())
    pd.testing.assert_frame_equal(table.written(), frame)


@settings(deadline=None, max_examples=60)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5),
    ragged=st.lists(st.sampled_from(["x", "1,2", "1,2,3,4", '"a,b",1', "  ", ""]), max_size=2),
    at=st.integers(0, 8),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_both_ways_of_reading_agree_on_well_formed_text(rows, ragged, at, end):
    records = records_of(rows * 24)
    content = end.join([*records[: at + 1], *ragged, *records[at + 1 :]]).encode()
    fast = _fast(content, ",", Limits())
    careful, _ = _careful(content, ",", Limits())
    assert fast is not None
    assert fast.header == careful.header
    assert fast.cells.equals(careful.cells.combine_chunks())
    assert fast.lines.tolist() == careful.lines.tolist()
    assert fast.set_aside == careful.set_aside
    assert fast.notes == careful.notes


@pytest.mark.parametrize("delimiter", list(DELIMITERS))
def test_the_whole_text_shows_the_delimiter_that_its_head_shows(delimiter):
    content = PLAIN.replace(b",", delimiter.encode())
    assert sniff(content) == sniff(content, whole=True) == delimiter


def test_cells_stay_as_they_were_written():
    table = read("id,v\n007, 1.50\nNA,\n-0,N/A \nnull,1e5\nTrue,ß€\n".encode()).written()
    assert table["id"].tolist() == ["007", "NA", "-0", "null", "True"]
    assert table["v"].tolist() == [" 1.50", "", "N/A ", "1e5", "ß€"]


def test_blank_and_repeated_headers_are_renamed_and_told():
    table = read(b"a,,a,a, b \n1,2,3,4,5\n6,7,8,9,0\n")
    assert table.cells.column_names == ["a", "column 2", "a (2)", "a (3)", "b"]
    assert table.headers == ("a", "", "a", "a", " b ")
    assert table.notes == (
        "Column 2's header was blank: it is called “column 2” here.",
        "Column 3's header was “a”, which is taken: it is called “a (2)” here.",
        "Column 4's header was “a”, which is taken: it is called “a (3)” here.",
    )


def test_a_renamed_header_never_takes_one_that_is_there():
    names = read(b"a,a,a (2),,column 4\n1,2,3,4,5\n1,2,3,4,5\n").cells.column_names
    assert len(set(names)) == 5


def test_a_good_file_is_told_nothing_about():
    assert read(PLAIN).notes == ()

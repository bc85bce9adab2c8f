"""The catalogue of files, through the command line and the page."""

import json

import pytest

from app.cli import main
from tests.analytics.reading.catalogue import READ, REFUSED
from tests.conftest import data_url, told

ASKED = {name: case for name, case in (READ | REFUSED).items() if not case.choices}


def inspected(tmp_path, capsys, content: bytes) -> tuple[int, str, str]:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    status = main(["inspect", str(path), "--json"])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.mark.parametrize("name", [name for name in REFUSED if name in ASKED])
def test_a_refusal_is_one_line_and_status_two(tmp_path, capsys, caplog, name):
    status, out, err = inspected(tmp_path, capsys, REFUSED[name].content)
    assert (status, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("inspect: file.csv: ")
    assert REFUSED[name].message in line
    assert caplog.records == []  # nothing unexpected was raised


@pytest.mark.parametrize("name", [name for name in READ if name in ASKED])
def test_a_file_that_is_read_accounts_for_its_rows(tmp_path, capsys, name):
    status, out, err = inspected(tmp_path, capsys, READ[name].content)
    assert (status, err) == (0, "")
    report = json.loads(out)
    rows, columns = READ[name].shape
    assert report["rows_used"] == rows
    assert report["rows"] == rows + len(report["set_aside"])
    assert [row["line"] for row in report["set_aside"]] == list(READ[name].aside)
    assert len(report["columns"]) == columns
    assert (report["delimiter"], report["encoding"]) == (READ[name].delimiter, READ[name].encoding)


@pytest.mark.parametrize("name", ["PDF", "NUL", "quote never closed", "gzip bomb", "xlsx garbled"])
def test_a_refused_upload_is_told_and_nothing_of_it_is_kept(visitor, settings, name):
    contents = data_url(REFUSED[name].content)
    given = {"overview-upload.contents": contents, "overview-upload.filename": "a.csv"}
    answer = visitor.fire("store-dataset.data", by="overview-upload.contents", given=given)
    assert answer["response"] == {}
    assert REFUSED[name].message in told(answer)
    assert [path for path in settings.cache_dir.rglob("*") if path.is_file()] == []

import pytest

from analytics.reading import read
from tests.analytics.reading.catalogue import READ, REFUSED


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_it_should_be(name):
    case = READ[name]
    table = read(case.content, case.choices)
    assert table.cells.shape == case.shape
    assert (table.delimiter, table.encoding) == (case.delimiter, case.encoding)
    assert tuple(row.line for row in table.set_aside) == case.aside
    assert case.note in " ".join(table.notes)


@pytest.mark.parametrize("name", READ)
def test_every_row_of_a_file_is_used_or_set_aside(name):
    case = READ[name]
    table = read(case.content, case.choices)
    assert table.cells.num_rows == len(table.lines) == table.rows - len(table.set_aside)
    told = [*table.lines.tolist(), *(row.line for row in table.set_aside)]
    assert len(set(told)) == table.rows
    assert all(row.reason for row in table.set_aside)
    assert (table.lines[1:] > table.lines[:-1]).all()
    assert table.written().shape == case.shape


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(name):
    case = REFUSED[name]
    with pytest.raises(case.error) as refused:
        read(case.content, case.choices)
    assert type(refused.value) is case.error
    assert case.message in refused.value.cause
    for sentence in (refused.value.cause, refused.value.remedy):
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert 10 < len(sentence) < 200


def test_the_catalogue_is_large():
    assert len(READ) + len(REFUSED) >= 150

"""A model is written and read whole, and refused in words where it is not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import model as model_
from analytics.errors import UnreadableModel
from tests.analytics.modelled import REPAIRS, customers, modelled


@pytest.fixture(scope="module", params=["kmeans", "mixture", "ward"])
def made(request):
    return modelled(customers(400, 1), request.param, choices=REPAIRS)[0]


@pytest.fixture(scope="module")
def content():
    return json.loads(model_.write(modelled(customers(400, 1))[0]))


def test_what_is_written_is_read_again(made):
    assert model_.read(model_.write(made)) == made


def test_its_schema_and_version_stand_first(made):
    assert list(json.loads(model_.write(made)))[:2] == ["schema", "version"]


def refusal(content: object) -> str:
    written = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(UnreadableModel) as refused:
        model_.read(written)
    return str(refused.value)


def test_what_is_no_model_is_refused():
    assert "no JSON" in refusal(b"\x80\x04K\x01.")
    assert "no JSON" in refusal(b"[" * 100_000)
    assert "no model" in refusal([1, 2])
    assert "no model" in refusal({"schema": "else"})
    assert "version 99" in refusal({"schema": model_.SCHEMA, "version": 99})
    assert "damaged at" in refusal({"schema": model_.SCHEMA, "version": 1})
    assert "MB" in refusal(b" " * (model_.MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda m: m["rule"]["places"].pop(), "differ in number"),
        (lambda m: m["rule"]["places"][0].pop(), "number of features"),
        (lambda m: m["rule"]["segments"].__setitem__(0, 77), "unknown segment"),
        (lambda m: m["rule"]["places"][0].__setitem__(0, "x"), "damaged at rule"),
        (lambda m: m["rule"].__setitem__("kind", "pickle"), "damaged at rule"),
        (lambda m: m["sources"].clear(), "comes from nowhere"),
        (lambda m: m["recipe"]["steps"].clear(), "no feature"),
        (lambda m: m["recipe"]["steps"][0].__setitem__("spread", 0), "scale is 0"),
        (lambda m: m["segments"].clear(), "no two segments"),
        (lambda m: m["bins"][0]["counts"].pop(), "bins"),
        (lambda m: m["mends"].clear(), "no column"),
    ],
)
def test_parts_that_do_not_fit_are_refused(content, change, words):
    damaged = json.loads(json.dumps(content))
    change(damaged)
    assert words in refusal(damaged)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_model_is_read_or_refused_but_never_breaks(content, data):
    written = bytearray(json.dumps(content).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(written) - 1))
        written[place] = data.draw(st.integers(0, 255))
    try:
        read = model_.read(bytes(written))
    except UnreadableModel as error:
        assert error.cause
    else:
        assert len(read.segments) >= 2

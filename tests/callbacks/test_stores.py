"""A store is user input: whatever it holds, nobody sees what is not theirs."""

import copy
import json

import pytest

from tests.conftest import Journey, complains, mall_table, saved, told, written

INPUTS = {
    "eda-columns.value": ["Age"],
    "eda-bins.value": 10,
    "eda-method.value": "pearson",
    "eda-value.value": "Age",
    "eda-group.value": "Gender",
    "selection-approach.value": "bivariate",
    "selection-features.value": ["Age"],
    "selection-scaling.value": "standard",
    "selection-range.value": [2, 6],
    "selection-count.value": 5,
}
# The first output of every callback of the server that reads a store, with its first input; the
# downloads have tests of their own.
READERS = [
    ("page-chip.children", "store-dataset.data"),
    ("overview-ledger.children", "store-dataset.data"),
    ("overview-alerts.children", "store-dataset.data"),
    ("overview-preview.rowData", "store-dataset.data"),
    ("eda-columns.options", "store-dataset.data"),
    ("eda-findings.children", "store-dataset.data"),
    ("eda-distributions.children", "store-dataset.data"),
    ("eda-comparison.figure", "store-dataset.data"),
    ("eda-heatmap.figure", "store-dataset.data"),
    ("eda-scatter.figure", "store-dataset.data"),
    ("store-features.data", "store-dataset.data"),
    ("selection-influence.figure", "store-features.data"),
    ("store-scores.data", "store-features.data"),
    ("selection-count.value", "store-scores.data"),
    ("store-view.data", "store-scores.data"),
    ("store-views.data", "store-begun.data"),
    ("store-details.data", "store-arrived.data"),
    ("store-named.data", "store-begun.data"),
    ("store-edited.data", "store-begun.data"),
]
QUIET = [  # they give nothing for a store that does not fit
    ("selection-count.value", "store-scores.data"),
    ("store-details.data", "store-arrived.data"),
    ("store-named.data", "store-begun.data"),
    ("store-edited.data", "store-begun.data"),
]
LOADING = [reader for reader in READERS if reader not in QUIET]


@pytest.fixture(scope="session")
def somebody_else(tmp_path_factory):
    content = written(mall_table()).replace(b"Female", b"Secret")
    return Journey(tmp_path_factory.mktemp("theirs"), content, "private.csv")


@pytest.fixture
def theirs(somebody_else, settings):
    """The stores of somebody else on this server, whose customers nobody else may see."""
    return somebody_else.resume(settings) | INPUTS


@pytest.fixture
def given(given):
    return given | INPUTS


def replaced(tree: object, old: object, new: object) -> object:
    if isinstance(tree, dict):
        return {key: replaced(value, old, new) for key, value in tree.items()}
    if isinstance(tree, list):
        return [replaced(value, old, new) for value in tree]
    return new if tree == old else tree


def test_the_readers_are_all_that_read_a_store(visitor):
    readers = set()
    for spec in visitor.specs:
        reads = [d["id"] for d in spec["inputs"] + spec["state"]]
        if spec["clientside_function"] is None and any(r.startswith("store-") for r in reads):
            readers.add(spec["output"])
    listed = {
        next(s["output"] for s in visitor.specs if target in s["output"].strip(".").split("..."))
        for target, _ in READERS
    }
    downloads = {
        "segments-file.data",
        "overview-aside-file.data",
        "takeaway-file.data",
        "assign-file.data",
    }
    # What is assigned or edited is asked for by hand.
    downloads |= {
        s["output"]
        for s in visitor.specs
        if "assign-" in s["output"] and s["clientside_function"] is None
    } | {"store-edits.data", "editing-cost.children"}
    jobs = {spec["output"] for spec in visitor.specs if "store-ended.data" in spec["output"]}
    jobs.add("selection-side-by-side.children")
    # The dataset revises itself; the others have tests of their own beside this file.
    assert readers == listed | downloads | jobs | {"store-dataset.data"}


@pytest.mark.parametrize("controls", [{}, INPUTS], ids=["bare", "filled"])
def test_empty_stores_are_no_error(fire, caplog, controls):
    for target, by in READERS:
        answer = fire(target, by=by, given=controls)
        assert not complains(answer), target
    assert caplog.records == []


def test_the_stores_of_somebody_else_open_nothing(visitor, theirs):
    for target, by in LOADING:
        answer = visitor.fire(target, by=by, given=theirs)
        assert answer["response"] == {}, target
        assert told(answer).startswith("Your data have expired: "), target
        assert "Secret" not in json.dumps(answer), target


def test_one_s_own_stores_open_what_those_of_somebody_else_do_not(fire, given):
    for target, by in LOADING:
        answer = fire(target, by=by, given=given)
        assert answer["response"] != {}, target
        assert not complains(answer), target


@pytest.mark.parametrize("key", ["", "0" * 64, "../../../etc/passwd", "x" * 100_000, "\0"])
def test_a_garbage_key_is_told_as_expired(fire, given, key):
    tampered = replaced(given, given["store-dataset.data"]["key"], key)
    for target, by in LOADING:
        answer = fire(target, by=by, given=tampered)
        assert answer["response"] == {}, target
        assert told(answer).startswith("Your data have expired: "), target


@pytest.mark.parametrize("held", [["a"], "text", 5, {"key": {"a": 1}}, {"other": 1}, [[]], True])
def test_a_store_of_the_wrong_kind_is_told(fire, given, held):
    for target, by in LOADING:
        answer = fire(target, by=by, given=given | {by: held})
        assert answer["response"] == {}, target
        assert told(answer), target
        assert "Traceback" not in json.dumps(answer), target


@pytest.mark.parametrize("by", ["segments-save-all.n_clicks", "segments-save-selection.n_clicks"])
def test_customers_of_somebody_else_cannot_be_downloaded(visitor, theirs, given, by):
    mixed = given | {"store-segments.data": theirs["store-segments.data"]}
    for stores in (theirs, mixed):
        stores["store-selection.data"] = [1]
        answer = visitor.fire("segments-file.data", by=by, given=stores)
        assert answer["response"] == {}
        assert told(answer).startswith("Your data have expired: ")


def test_one_s_own_scores_with_the_dataset_of_somebody_else_open_nothing(visitor, given, theirs):
    mixed = copy.deepcopy(given)
    stolen = theirs["store-dataset.data"]["key"]
    mixed["store-scores.data"]["features"]["dataset"] = stolen
    mixed["store-begun.data"]["scores"]["features"]["dataset"] = stolen
    for target, by in LOADING[-2:]:
        answer = visitor.fire(target, by=by, given=mixed)
        assert answer["response"] == {}, target
        assert told(answer).startswith("Your data have expired: ")


def test_a_store_s_name_and_count_are_only_shown(visitor, given):
    given["store-dataset.data"] |= {"name": "<b>renamed</b>", "customers": 7}
    chip = visitor.filled("page-chip.children", by="store-dataset.data", given=given)
    assert chip.startswith("<b>renamed</b>")
    assert chip.endswith("7 customers")
    rows = visitor.filled("overview-preview.rowData", by="store-dataset.data", given=given)
    assert len(rows) == 60


def test_a_selection_of_segments_that_do_not_exist_downloads_no_customer(visitor, given):
    given["store-selection.data"] = [99]
    download = visitor.filled(
        "segments-file.data", by="segments-save-selection.n_clicks", given=given
    )
    assert len(saved(download).splitlines()) == 1

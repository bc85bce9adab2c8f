"""Frames are kept for their own session only, with their types, and not for ever."""

import os
import threading
import time

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analytics.errors import Expired
from app.storage import frames
from app.storage.frames import FrameStore

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
MINE, OTHER = "my secret", "another secret"


@pytest.fixture
def root(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def store(root):
    return FrameStore(root, max_mb=100, max_hours=1)


@pytest.fixture
def always_expiring(monkeypatch):
    monkeypatch.setattr(frames, "_SWEEP_SECONDS", -1)


@pytest.fixture
def customers():
    return pd.DataFrame({"age": [20, 30]})


def place(root, key: str):
    (found,) = root.glob(f"*-{key}")
    return found


def unused_for(path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def test_a_frame_comes_back_with_its_types(store):
    kept = pd.DataFrame(
        {
            "visits": pd.array([1, None, 3], dtype="Int64"),
            "income": [1.5, float("nan"), -2.25],
            "joined": pd.to_datetime(["2024-02-29", None, "1999-12-31"]),
            "city": pd.Series(["Zürich", None, "  a, “b”\n"], dtype="str"),
            "segment": pd.Series([1, 2, 3], dtype="int16"),
        },
        index=pd.Index([0, 4, 9]),
    )
    store.put(MINE, A, {"customers": kept})
    assert_frame_equal(store.frame(MINE, A, "customers"), kept)


def test_the_name_of_an_index_comes_back(store):
    scores = pd.DataFrame({"wcss": [2.0, 1.0]}, index=pd.Index([2, 3], name="k"))
    store.put(MINE, A, {"scores": scores})
    assert_frame_equal(store.frame(MINE, A, "scores"), scores)


def test_some_columns_can_be_read_alone(store):
    store.put(MINE, A, {"customers": pd.DataFrame({"a": [1], "b": [2], "c": [3]})})
    assert list(store.frame(MINE, A, "customers", ["c", "a"])) == ["c", "a"]


def test_facts_come_back(store, customers):
    facts = {"delimiter": ";", "headers": ["Ä", ""], "rows": 2, "total": 0.1}
    store.put(MINE, A, {"customers": customers}, facts)
    assert store.facts(MINE, A) == facts


def test_a_bundle_without_facts_has_none(store, customers):
    store.put(MINE, A, {"customers": customers})
    assert store.facts(MINE, A) == {}


def test_nothing_in_the_folder_is_executable(store, root, customers):
    store.put(MINE, A, {"customers": customers}, {"rows": 2})
    kinds = {path.name: path for path in place(root, A).iterdir()}
    assert set(kinds) == {"customers.arrow", "facts.json"}
    assert kinds["customers.arrow"].read_bytes()[:6] == b"ARROW1"
    assert kinds["facts.json"].read_text(encoding="utf-8") == '{"rows": 2}'


def test_facts_that_json_does_not_know_are_refused_and_nothing_is_left(store, root, customers):
    with pytest.raises(TypeError):
        store.put(MINE, A, {"customers": customers}, {"rows": {1, 2}})
    assert not store.has(MINE, A)
    assert not list((root / "drafts").iterdir())


def test_only_the_server_s_own_user_may_enter_the_folder(store, root, customers):
    store.put(MINE, A, {"customers": customers})
    for folder in (root, root / "drafts", place(root, A)):
        assert folder.stat().st_mode & 0o077 == 0


def test_the_folder_does_not_tell_the_secret_of_the_session(store, root, customers):
    store.put(MINE, A, {"customers": customers})
    assert not [path for path in root.rglob("*") if MINE in str(path)]


def test_another_session_cannot_read_a_key_that_it_knows(store, customers):
    store.put(MINE, A, {"customers": customers}, {"rows": 2})
    assert store.has(MINE, A)
    assert not store.has(OTHER, A)
    with pytest.raises(Expired):
        store.frame(OTHER, A, "customers")
    with pytest.raises(Expired):
        store.facts(OTHER, A)


def test_two_sessions_keep_their_own_frames_under_one_key(store):
    for session, age in ((MINE, 20), (OTHER, 70)):
        store.put(session, A, {"customers": pd.DataFrame({"age": [age]})})
    assert store.frame(MINE, A, "customers")["age"].tolist() == [20]
    assert store.frame(OTHER, A, "customers")["age"].tolist() == [70]


@pytest.mark.parametrize("kind", ["traversal", "absolute", "above"])
def test_a_key_cannot_lead_out_of_the_folder(store, root, customers, kind):
    store.put(MINE, A, {"customers": customers})
    outside = root.parent / "outside"
    outside.mkdir()
    customers.to_feather(outside / "customers.arrow")
    (outside / "facts.json").write_text('{"rows": 2}', encoding="utf-8")
    key = {"traversal": "/../../outside", "absolute": str(outside), "above": ".."}[kind]
    if kind == "traversal":
        prefix = place(root, A).name.removesuffix(A)
        (root / prefix).mkdir()
        assert (root / f"{prefix}{key}" / "facts.json").is_file()  # the way would be open
    for refused in (
        lambda: store.facts(MINE, key),
        lambda: store.frame(MINE, key, "customers"),
        lambda: store.has(MINE, key),
        lambda: store.put(MINE, key, {"customers": customers}),
    ):
        with pytest.raises(Expired):
            refused()


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a",
        "a" * 63,
        "a" * 65,
        "A" * 64,
        "g" * 64,
        "a" * 64 + "\n",
        "../x",
        "a" * 61 + "/..",
        "*" * 64,
        "a" * 63 + "\0",
        None,
        5,
        ["a" * 64],
        {"key": A},
        b"a" * 64,
    ],
)
def test_a_malformed_key_is_refused(store, customers, key):
    store.put(MINE, A, {"customers": customers})
    with pytest.raises(Expired):
        store.has(MINE, key)
    with pytest.raises(Expired):
        store.facts(MINE, key)
    with pytest.raises(Expired):
        store.frame(MINE, key, "customers")


def test_a_frame_that_the_bundle_lacks_has_expired(store, customers):
    store.put(MINE, A, {"customers": customers})
    with pytest.raises(Expired, match=r"no longer keeps .* Upload the file again"):
        store.frame(MINE, A, "labels")


def test_a_bundle_that_is_there_is_left_as_it_is(store, root):
    for age in (20, 70):
        store.put(MINE, A, {"customers": pd.DataFrame({"age": [age]})})
    assert store.frame(MINE, A, "customers")["age"].tolist() == [20]
    assert not list((root / "drafts").iterdir())


def test_threads_may_store_one_answer_at_once(store, root, customers):
    together, failures = threading.Barrier(8), []

    def put() -> None:
        together.wait()
        try:
            store.put(MINE, A, {"customers": customers}, {"rows": 2})
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert_frame_equal(store.frame(MINE, A, "customers"), customers)
    assert not list((root / "drafts").iterdir())


@pytest.mark.usefixtures("always_expiring")
def test_what_is_unused_for_too_long_goes(store, root, customers):
    store.put(MINE, A, {"customers": customers})
    store.put(MINE, B, {"customers": customers})
    unused_for(place(root, A), hours=1.1)
    unused_for(place(root, B), hours=0.9)
    store.put(MINE, C, {"customers": customers})
    assert [store.has(MINE, key) for key in (A, B, C)] == [False, True, True]
    with pytest.raises(Expired):
        store.frame(MINE, A, "customers")


@pytest.mark.usefixtures("always_expiring")
def test_what_is_asked_for_is_kept_for_longer(store, root, customers):
    store.put(MINE, A, {"customers": customers})
    unused_for(place(root, A), hours=1.1)
    assert store.has(MINE, A)
    store.put(MINE, B, {"customers": customers})
    assert store.has(MINE, A)


@pytest.mark.usefixtures("always_expiring")
def test_the_longest_unused_goes_when_the_folder_is_too_large(root):
    store = FrameStore(root, max_mb=1, max_hours=1)
    large = pd.DataFrame({"noise": np.arange(50_000)})
    store.put(MINE, A, {"customers": large})
    size = sum(file.stat().st_size for file in place(root, A).iterdir())
    assert 2**20 / 3 < size < 2**20 / 2, "three must be too large for the folder, two must not"
    store.put(MINE, B, {"customers": large})
    unused_for(place(root, A), hours=0.1)
    unused_for(place(root, B), hours=0.2)
    for key in (A, B):
        assert place(root, key).is_dir()
    store.put(MINE, C, {"customers": large})
    kept = [store.has(MINE, key) for key in (A, B, C)]
    assert kept[2]
    assert not kept[1]


@pytest.mark.usefixtures("always_expiring")
@pytest.mark.parametrize("limit", ["size", "age"])
def test_what_was_just_stored_is_never_removed(root, customers, limit):
    store = FrameStore(
        root, max_mb=0 if limit == "size" else 9, max_hours=0 if limit == "age" else 9
    )
    store.put(MINE, A, {"customers": customers})
    store.put(OTHER, B, {"customers": customers})
    assert_frame_equal(store.frame(OTHER, B, "customers"), customers)
    assert not store.has(MINE, A)


@pytest.mark.usefixtures("always_expiring")
@pytest.mark.parametrize("max_mb", [0, 100])
def test_threads_may_store_while_others_are_being_expired(root, customers, max_mb):
    store, failures = FrameStore(root, max_mb=max_mb, max_hours=1), []

    def put(number: int) -> None:
        try:
            for n in range(20):
                store.put(f"session {number}", f"{n:064x}", {"customers": customers})
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.usefixtures("always_expiring")
def test_drafts_that_nobody_finished_go(store, root, customers):
    drafts = root / "drafts"
    for name, hours in (("draft-dead", 1.1), ("draft-living", 0.5)):
        (drafts / name).mkdir()
        (drafts / name / "customers.arrow").write_bytes(b"half")
        unused_for(drafts / name, hours)
    store.put(MINE, A, {"customers": customers})
    assert [path.name for path in drafts.iterdir()] == ["draft-living"]


def test_expiry_is_looked_after_once_a_minute_only(store, root, customers):
    store.put(MINE, A, {"customers": customers})
    unused_for(place(root, A), hours=2)
    store.put(MINE, B, {"customers": customers})
    assert place(root, A).is_dir()
    unused_for(root / "expired-at", hours=0.02)
    store.put(MINE, C, {"customers": customers})
    assert not list(root.glob(f"*-{A}"))


def test_a_second_process_finds_what_the_first_has_stored(store, root, customers):
    store.put(MINE, A, {"customers": customers})
    assert_frame_equal(
        FrameStore(root, max_mb=100, max_hours=1).frame(MINE, A, "customers"), customers
    )

"""Segments edited by hand: the cost before, the same everywhere after, and undone."""

import io
import json

import numpy as np
import pandas as pd
import pytest

from analytics.packing import unpacked
from tests.conftest import complains, data_url, mall_table, saved, told, written

CONTROLS = {
    "editing-kind.value": "merge",
    "editing-pair.value": "1 2",
    "editing-segment.value": "1",
    "editing-parts.value": "2",
    "editing-size.value": 14,
}


@pytest.fixture
def ready(given):
    return given | CONTROLS


def changed(fire, now, button="apply"):
    return fire("store-edits.data", by=f"editing-{button}.n_clicks", given=now)


def edited(visitor, now, button="apply", **controls):
    """Press a button of the section, and give the stores that follow."""
    now = now | {f"editing-{name}.value": value for name, value in controls.items()}
    answer = changed(visitor.fire, now, button)
    assert not complains(answer), answer
    now["store-edits.data"] = answer["response"]["store-edits"]["data"]
    shown = visitor.filled("store-edited.data", by="store-edits.data", given=now)
    now["store-edited.data"] = shown
    solution = shown["solutions"].get("5")
    found = now["store-segments.data"]
    if solution:
        view = solution["view"]
        found = found | {
            "key": view["key"], "segments": view["segments"], "edits": solution["steps"]
        }  # fmt: skip
        now["store-segments.data"] = found
    else:
        del now["store-edited.data"], now["store-segments.data"]
    return now


def exported(visitor, now):
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=now)
    return saved(download)


def test_the_cost_is_told_before_anything_is_done(visitor, ready):
    said = visitor.filled("editing-cost.children", by="editing-preview.n_clicks", given=ready)
    name = ready["store-segments.data"]["segments"][0]["name"]
    assert said.startswith(f"Merging 1 “{name}” and 2 “")
    for part in ("points less variance", "mean silhouette", "come back when", "100 boots"):
        assert part in said
    assert "store-edits.data" not in ready


def test_a_merge_reaches_the_views_the_download_the_model_and_new_customers(visitor, ready):
    before = pd.read_csv(io.BytesIO(exported(visitor, ready)))
    now = edited(visitor, ready)
    solution = now["store-edited.data"]["solutions"]["5"]
    assert len(solution["costs"]) == 1
    assert sorted(solution["cards"]) == list("1234")
    assert "in 4 segments" in solution["view"]["headline"]
    assert all(card["held"] for card in solution["view"]["cards"])
    labels = unpacked(solution["view"]["labels"])
    after = pd.read_csv(io.BytesIO(exported(visitor, now)))
    assert after["segment"].tolist() == labels.tolist()
    together = before["segment"].isin([1, 2])
    assert (after["segment"][together] == 1).all()
    assert after["segment"].nunique() == 4
    download = visitor.filled("takeaway-file.data", by="takeaway-model.n_clicks", given=now)
    model = json.loads(saved(download))
    assert model["rule"]["kind"] == "edits"
    assert model["agreement"] == 1
    assert len(model["segments"]) == 4
    upload = {
        "assign-upload.contents": data_url(written(mall_table())),
        "assign-upload.filename": "mall.csv",
    }
    state = visitor.filled("store-assigned.data", by="assign-upload.contents", given=now | upload)
    download = visitor.filled(
        "assign-file.data", by="assign-save.n_clicks", given={"store-assigned.data": state}
    )
    assert pd.read_csv(io.BytesIO(saved(download)))["segment"].tolist() == labels.tolist()
    for button in ("excel", "parquet", "summary", "sql"):
        assert visitor.filled("takeaway-file.data", by=f"takeaway-{button}.n_clicks", given=now)


def test_undo_gives_the_same_bytes_again(visitor, ready):
    before = exported(visitor, ready)
    once = edited(visitor, ready)
    one = exported(visitor, once)
    twice = edited(visitor, once, kind="split", segment="1", parts="3")
    two = exported(visitor, twice)
    assert len({before, one, two}) == 3
    assert exported(visitor, edited(visitor, twice, "undo")) == one
    for button, start in (("undo", once), ("undo-all", twice)):
        undone = edited(visitor, start, button)
        assert undone["store-edits.data"] == []
        assert exported(visitor, ready) == before


def test_a_minimum_size_is_kept(visitor, ready):
    now = edited(visitor, ready, kind="split", segment="1", parts="2")
    now = edited(visitor, now, kind="minimum", size=9)
    labels = unpacked(now["store-edited.data"]["solutions"]["5"]["view"]["labels"])
    sizes = np.bincount(labels)[1:]
    assert len(sizes) == 6
    assert sizes.min() == 9


def test_edits_of_another_number_are_kept_beside(visitor, ready):
    now = edited(visitor, ready)
    other = now["store-segments.data"] | {"count": 4, "edits": None}
    now = edited(visitor, now | {"store-segments.data": other}, kind="split")
    assert [one["count"] for one in now["store-edits.data"]] == [5, 4]
    assert sorted(now["store-edited.data"]["solutions"]) == ["4", "5"]


@pytest.mark.parametrize(
    ("controls", "said"),
    [
        ({"kind": "minimum", "size": 13}, "need 65 customers, and there are 60"),
        ({"kind": "minimum", "size": 1}, "already"),
        ({"kind": "minimum", "size": None}, "not complete"),
        ({"kind": "merge", "pair": None}, "not complete"),
        ({"kind": "merge", "pair": "1 9"}, "no segment 9"),
        ({"kind": "split", "segment": "1", "parts": "11"}, "cannot be split into 11"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_everything(fire, ready, controls, said):
    now = ready | {f"editing-{name}.value": value for name, value in controls.items()}
    answer = changed(fire, now)
    assert said in told(answer)
    assert "response" not in answer or "store-edits" not in answer["response"]


def test_edits_that_cannot_be_replayed_are_left_out_and_told(fire, ready):
    one = {"scores": ready["store-scores.data"], "count": 5}
    step = {"step": {"kind": "merge", "segments": [1, 77]}, "names": {}}
    now = ready | {"store-edits.data": [one | {"steps": [step]}]}
    answer = fire("store-edited.data", by="store-edits.data", given=now)
    assert "left out" in told(answer)
    assert answer["response"]["store-edited"]["data"]["solutions"] == {}
    assert not complains(fire("store-named.data", by="store-edits.data", given=now))


def test_edits_by_other_features_wait(visitor, ready):
    now = edited(visitor, ready)
    elsewhere = now["store-edits.data"][0]
    elsewhere["scores"] = elsewhere["scores"] | {"key": "0" * 64}
    shown = visitor.filled("store-edited.data", by="store-edits.data", given=now)
    assert shown["solutions"] == {}


def test_given_names_go_with_the_customers_into_edited_segments_and_back(visitor, ready):
    given = {"scores": ready["store-scores.data"], "count": 5}
    names = [given | {"segment": n, "name": f"Name {n}"} for n in range(1, 6)]
    now = edited(visitor, ready | {"store-names.data": names})
    named = visitor.filled("store-named.data", by="store-edits.data", given=now)
    assert named["names"]["5"] == {str(n): f"Name {n}" for n in range(1, 6)}
    kept = set(named["edited"]["5"].values())
    assert {"Name 3", "Name 4", "Name 5"} <= kept
    mine = given | {"edits": now["store-segments.data"]["edits"], "segment": 1, "name": "Both"}
    now["store-names.data"] = [mine]
    named = visitor.filled("store-named.data", by="store-names.data", given=now)
    assert named["edited"]["5"] == {"1": "Both"}

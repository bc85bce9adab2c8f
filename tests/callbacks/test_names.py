"""Names that the user gives: they show, are taken away, and outlive a refit."""

import io

import numpy as np
import pandas as pd
import pytest

from analytics.packing import unpacked
from tests.conftest import complains, mall_table, saved, told, views

SPENDING = "Spending Score (1-100)"


def named(given, segment, name, count=5):
    return {
        "scores": given["store-scores.data"], "count": count, "segment": segment, "name": name
    }  # fmt: skip


def segments_of(given, count=5):
    return unpacked(views(given)[count]["labels"])


def again(visitor, given, **controls):
    """Find segments anew with other controls, and give the stores."""
    now = given | {f"selection-{name}.value": value for name, value in controls.items()}
    chosen = visitor.fire("store-features.data", by="selection-features.value", given=now)
    now["store-features.data"] = chosen["response"]["store-features"]["data"]
    now["store-scores.data"] = visitor.filled(
        "store-scores.data", by="store-features.data", given=now
    )
    return now | visitor.seen(now)


def test_a_name_is_carried_to_every_number_whose_segment_is_mostly_the_same(visitor, given):
    given["store-names.data"] = [named(given, 2, "Careful")]
    found = visitor.filled("store-named.data", by="store-names.data", given=given)
    assert found["key"] == given["store-scores.data"]["key"]
    assert found["names"]["5"] == {"2": "Careful"}
    mine = segments_of(given) == 2
    for count, names in found["names"].items():
        labels = segments_of(given, int(count))
        overlap = {
            str(s): (mine & (labels == s)).sum() / (mine | (labels == s)).sum()
            for s in np.unique(labels)
        }
        assert all(overlap[segment] >= 0.5 for segment in names), count


def test_a_later_name_takes_the_place_of_an_earlier_one(visitor, given):
    given["store-names.data"] = [named(given, 2, "Old"), named(given, 2, "New")]
    found = visitor.filled("store-named.data", by="store-names.data", given=given)
    assert found["names"]["5"] == {"2": "New"}


def test_names_survive_a_refit_and_lost_ones_are_told(visitor, given):
    before = segments_of(given)
    given["store-names.data"] = [named(given, n, f"Name {n}") for n in range(1, 6)]
    now = again(visitor, given, scaling="minmax")
    answer = visitor.fire("store-named.data", by="store-begun.data", given=now)
    assert not complains(answer)
    names = answer["response"]["store-named"]["data"]["names"]["5"]
    for segment, name in names.items():
        same = before[segments_of(now) == int(segment)]
        assert set(same) == {int(name.removeprefix("Name "))}
    assert len(names) == 5
    lost = again(visitor, given, features=["Age", "Gender"], range=[2, 2], count=2)
    answer = visitor.fire("store-named.data", by="store-begun.data", given=lost)
    kept = answer["response"]["store-named"]["data"]["names"]["2"].values()
    for name in (f"Name {n}" for n in range(1, 6)):
        assert (f"The name “{name}” was dropped: " in told(answer)) == (name not in kept)
    assert len(kept) < 5


def test_names_outlive_a_choice_that_leaves_other_customers(visitor, given):
    dataset = visitor.filled(
        "store-dataset.data",
        by="store-decision.data",
        given=given
        | {
            "store-decision.data": {
                "dataset": given["store-dataset.data"]["key"],
                "changed": "role:Gender",
                "option": "ignored",
            }
        },
    )
    assert dataset["key"] != given["store-dataset.data"]["key"]
    given["store-names.data"] = [named(given, 3, "Mine")]
    now = again(visitor, given | {"store-dataset.data": dataset})
    found = visitor.filled("store-named.data", by="store-begun.data", given=now)
    assert list(found["names"]["5"].values()) == ["Mine"]


def test_names_of_another_file_wait_and_complain_of_nothing(visitor, given):
    other = visitor.journey(mall_table(seed=5).to_csv(index=False).encode())
    other["store-names.data"] = [named(given, 1, "Elsewhere")]
    answer = visitor.fire("store-named.data", by="store-begun.data", given=other)
    assert not complains(answer)
    assert not any(answer["response"]["store-named"]["data"]["names"].values())


def test_without_names_nothing_is_carried(visitor, given):
    found = visitor.filled("store-named.data", by="store-begun.data", given=given)
    assert found == {"key": given["store-scores.data"]["key"], "names": {}, "edited": {}}


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "VIP", "a" * 500])
def test_downloads_bear_the_names_and_disarm_them(visitor, given, name):
    shown = given["store-segments.data"]["segments"]
    shown[1]["name"] = name
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    exported = pd.read_csv(io.BytesIO(saved(download)))
    own = exported.loc[exported["segment"] == 2, "segment_name"].unique().tolist()
    assert own == [f"'{name}" if name.startswith("=") else name[:80]]
    others = exported.loc[exported["segment"] == 1, "segment_name"].unique().tolist()
    assert others == [shown[0]["name"]]

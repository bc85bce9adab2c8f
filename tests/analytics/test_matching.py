import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.matching import match


def labels(*sizes):
    return pd.Series(np.repeat(np.arange(1, len(sizes) + 1), sizes))


def test_names_follow_their_customers_into_new_numbers(mall_sweep):
    old = mall_sweep.labels["5"]
    new = old.map({1: 3, 2: 1, 3: 5, 4: 2, 5: 4})
    found = match(old, new, {2: "VIPs", 5: "Young savers"})
    assert found.names == {1: "VIPs", 4: "Young savers"}
    assert found.pairs == {3: 1, 1: 2, 5: 3, 2: 4, 4: 5}
    assert found.dropped == ()


def test_a_segment_that_is_split_gives_its_name_to_the_larger_part(mall_sweep):
    old, new = mall_sweep.labels["5"], mall_sweep.labels["6"]
    found = match(old, new, dict.fromkeys(range(1, 6), "x") | {2: "VIPs"})
    (heir,) = [segment for segment, name in found.names.items() if name == "VIPs"]
    assert found.overlaps.loc[2, heir] == found.overlaps.loc[2].max() >= 0.5
    assert len(found.names) == 5


def test_a_name_whose_segment_dissolves_is_dropped_and_told():
    new = pd.Series([1, 2, 3] * 2 + [4] * 6)
    found = match(labels(6, 6), new, {1: "Scattered", 2: "Firm", 7: "Never there"})
    assert found.names == {4: "Firm"}
    assert found.dropped == (
        "The name “Scattered” was dropped: the segment most like it shares only 33 % of their"
        " customers, and 50 % are needed.",
        "The name “Never there” was dropped: no segment is left to bear it.",
    )


def test_an_overlap_of_exactly_a_half_keeps_the_name_for_one_of_two():
    found = match(labels(4), labels(2, 2), {1: "Halved"})
    assert found.names == {1: "Halved"}
    assert match(labels(2, 2), labels(4), {1: "a", 2: "b"}).names == {1: "a"}


def test_two_lesser_overlaps_do_not_outweigh_one_that_is_enough():
    old, new = labels(100, 37), pd.Series([1] * 70 + [2] * 30 + [1] * 37)
    found = match(old, new, {1: "Most of it"})
    assert found.overlaps.loc[1, 2] + found.overlaps.loc[2, 1] > found.overlaps.loc[1, 1] > 0.5
    assert found.names == {1: "Most of it"}


def test_noise_is_matched_to_nothing():
    found = match(pd.Series([0, 0, 1, 1]), pd.Series([1, 1, 0, 0]), {1: "Lost"})
    assert found.names == found.pairs == {}
    assert "shares only 0 %" in found.dropped[0]
    none = match(pd.Series([1, 1]), pd.Series([0, 0]), {1: "Lost"})
    assert none.dropped == ("The name “Lost” was dropped: no segment is left to bear it.",)


def test_labels_of_other_customers_are_refused():
    with pytest.raises(ValueError, match="4 and 3 labels"):
        match(labels(4), labels(3), {})


@settings(deadline=None)
@given(count=st.integers(1, 8), seed=st.integers(0, 2**32 - 1))
def test_renumbering_is_followed_and_overlaps_are_those_of_sets(count, seed):
    rng = np.random.default_rng(seed)
    old = pd.Series(rng.integers(0, count + 1, 80))
    number = np.concatenate([[0], rng.permutation(count) + 1])
    given_ = {int(segment): f"name {segment}" for segment in set(old) - {0}}
    found = match(old, pd.Series(number[old]), given_)
    assert found.names == {int(number[segment]): name for segment, name in given_.items()}
    new = pd.Series(rng.integers(0, 4, 80))
    found = match(old, new, given_)
    for before in found.overlaps.index:
        for after in found.overlaps.columns:
            one, other = set(np.flatnonzero(old == before)), set(np.flatnonzero(new == after))
            assert found.overlaps.loc[before, after] == len(one & other) / len(one | other)
    assert len(found.names) + len(found.dropped) == len(given_)

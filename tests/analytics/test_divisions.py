"""Divisions fit together or are refused, and put everyone somewhere."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.divisions import Division, follow, places_after

SPLIT = Division((1,), ((0.0, 0.0), (4.0, 0.0)), (0.0, 0.0), (2, 3), ((2, 1),))


def test_customers_go_to_the_nearest_place_and_others_are_renumbered():
    rows = np.array([[0.0, 1], [3.9, 0], [2.0, 0], [9, 9], [0, 0]])
    labels = np.array([1, 1, 1, 2, 0])
    assert follow(SPLIT, rows, labels).tolist() == [2, 3, 2, 1, 0]
    held = replace(SPLIT, added=(8.0, 0.0))
    assert follow(held, rows, labels).tolist() == [2, 3, 3, 1, 0]


@pytest.mark.parametrize(
    "change",
    [
        {"within": ()}, {"within": (1, 2)}, {"within": (4,)}, {"kept": ()}, {"added": (0.0,)},
        {"added": (-1.0, 0.0)}, {"segments": (2, 1)}, {"segments": (2,)},
        {"places": ((0.0,), (1.0,))}, {"kept": ((3, 1),)},
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_are_noticed(change):
    assert SPLIT.fits(2, {1, 2})
    assert not replace(SPLIT, **change).fits(2, {1, 2})


def test_merged_segments_keep_their_places_and_split_ones_get_new_ones():
    merge = Division((1, 2), (), (), (1,), ((3, 2),))
    places, segments = places_after(
        np.array([[0.0, 0], [1, 1], [5, 5]]), np.array([1, 2, 3]), [merge]
    )
    assert places.tolist() == [[0, 0], [1, 1], [5, 5]]
    assert segments.tolist() == [1, 1, 2]
    places, segments = places_after(places, segments, [SPLIT])
    assert places.tolist() == [[5, 5], [0, 0], [4, 0]]
    assert segments.tolist() == [1, 2, 3]

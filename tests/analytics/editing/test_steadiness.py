"""How stable edited segments are, by the resamples that unedited ones are judged by."""

import numpy as np
import pandas as pd
import pytest

from analytics.editing import Merge, MinimumSize, Split, edit
from analytics.editing.steadiness import steadiness
from analytics.sweep import sweep
from analytics.trust import trust


@pytest.fixture(scope="module")
def blobs():
    rng = np.random.default_rng(0)
    places = np.array([[0, 0], [0, 8], [8, 0], [8, 8]])
    rows = np.concatenate([place + rng.normal(size=(50, 2)) for place in places])
    return pd.DataFrame(rows, columns=["a", "b"])


def test_without_steps_the_segments_are_as_stable_as_the_sweep_says(blobs):
    found = sweep(blobs, range(2, 6))
    known = trust(blobs, found)
    same = steadiness(blobs, range(2, 6), 3, edit(blobs, found.labels["3"], []))
    pd.testing.assert_frame_equal(same.segments, known.segments.loc[[3]], check_dtype=False)
    apart = (same.certainty["3"] - known.certainty["3"]).abs()
    assert apart.mean() < 0.02
    assert apart.max() < 0.1


def test_what_is_really_apart_comes_back_and_what_is_cut_by_force_does_not(blobs):
    labels = sweep(blobs, range(4, 5)).labels["4"]
    merged = steadiness(blobs, range(4, 5), 4, edit(blobs, labels, [Merge((1, 2))]))
    assert merged.segments["jaccard"].min() > 0.97
    assert merged.certainty["3"].min() > 0.9
    cut = steadiness(blobs, range(4, 5), 4, edit(blobs, labels, [Split(4, 2)]))
    worst = cut.segments["jaccard"].nsmallest(2)
    assert (worst < 0.8).all()
    assert (cut.segments["jaccard"].nlargest(3) > 0.97).all()
    assert cut.counts.loc[5, "jaccard"] == worst.min()


def test_many_steps_and_the_number_of_cores_change_nothing_else(blobs):
    labels = sweep(blobs, range(4, 5)).labels["4"]
    edited = edit(blobs, labels, [Merge((1, 2)), Split(1, 3), MinimumSize(35), Split(2, None)])
    one = steadiness(blobs, range(4, 5), 4, edited, threads=1)
    two = steadiness(blobs, range(4, 5), 4, edited, threads=2)
    pd.testing.assert_frame_equal(one.segments, two.segments)
    pd.testing.assert_frame_equal(one.certainty, two.certainty)
    assert list(one.segments.loc[int(edited.labels.max())].index) == [
        *range(1, int(edited.labels.max()) + 1)
    ]


def test_a_step_that_a_resample_cannot_take_leaves_it_as_it_is():
    values = pd.DataFrame({"a": [*np.arange(30.0), 100.0, 101.0, 102.0]})
    labels = sweep(values, range(2, 3)).labels["2"]
    held = steadiness(values, range(2, 3), 2, edit(values, labels, [Split(2, 2)]))
    assert held.segments["jaccard"].between(0, 1).all()

"""Treemaps."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.squares import squarified


def test_the_example_of_the_paper_is_laid_out_as_there():
    found = squarified(pd.Series([6, 6, 4, 3, 2, 2, 1], list("abcdefg")), 6.0, 4.0)
    assert found.loc["a"].tolist() == pytest.approx([0, 0, 3, 2])
    assert found.loc["b"].tolist() == pytest.approx([0, 2, 3, 2])
    assert found.loc["c"].tolist() == pytest.approx([3, 0, 12 / 7, 7 / 3])
    assert found.loc["d"].tolist() == pytest.approx([3 + 12 / 7, 0, 9 / 7, 7 / 3])
    assert found.loc["e", ["width", "height"]].tolist() == pytest.approx([6 / 5, 5 / 3])


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=12))
def test_areas_are_as_given_and_nothing_overlaps(areas):
    found = squarified(pd.Series(areas))
    share = pd.Series(areas) / sum(areas)
    assert (found["width"] * found["height"] / 1.5).to_numpy() == pytest.approx(
        share.loc[found.index].to_numpy(), rel=1e-6
    )
    assert (found["left"] + found["width"]).max() == pytest.approx(1.5)
    assert (found["bottom"] + found["height"]).max() == pytest.approx(1.0)
    edges = found.assign(
        right=found["left"] + found["width"], top=found["bottom"] + found["height"]
    )
    for one in edges.itertuples():
        for other in edges.itertuples():
            if one.Index < other.Index:
                wide = min(one.right, other.right) - max(one.left, other.left)
                high = min(one.top, other.top) - max(one.bottom, other.bottom)
                assert wide <= 1e-9 or high <= 1e-9


def test_what_is_not_positive_gets_no_place():
    assert squarified(pd.Series([0.0, 2.0, -1.0])).index.tolist() == [1]
    assert squarified(pd.Series([0.0])).empty

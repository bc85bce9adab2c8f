"""Where customers crowd on the map."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analytics.crowding import COLUMNS, ROWS, crowding

PLACES = st.lists(
    st.tuples(st.floats(-1e6, 1e6, width=32), st.floats(-1e6, 1e6, width=32)),
    min_size=1,
    max_size=50,
)


@given(PLACES)
def test_every_customer_is_counted_once_within_half_a_cell_of_its_middle(places):
    points = pd.DataFrame(places, columns=["x", "y"])
    found = crowding(points)
    assert found.counts.sum() == len(places)
    row, column = np.nonzero(found.counts)
    middles = np.column_stack([found.x + column * found.width, found.y + row * found.height])
    away = np.abs(points.to_numpy()[:, None] - middles[None]) / [found.width, found.height]
    assert (away.max(axis=2).min(axis=1) <= 0.5 + 1e-6).all()


def test_it_counts_as_numpy_does():
    points = pd.DataFrame(np.random.default_rng(0).normal(size=(5_000, 2)), columns=["x", "y"])
    expected, _, _ = np.histogram2d(points["y"], points["x"], bins=(ROWS, COLUMNS))
    assert np.abs(crowding(points).counts - expected).sum() <= 4  # on a border, rounding decides

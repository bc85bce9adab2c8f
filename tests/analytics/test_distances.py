"""How far segments are apart, and their map."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from analytics.distances import apart


@given(st.integers(2, 8), st.integers(1, 5), st.integers(0, 10**6))
@settings(deadline=None, max_examples=50)
def test_distances_are_those_of_the_centroids_and_two_features_are_kept_whole(many, width, seed):
    rng = np.random.default_rng(seed)
    labels = pd.Series(np.resize(np.arange(1, many + 1), 60))
    matrix = pd.DataFrame(rng.normal(size=(60, width)))
    found = apart(matrix, labels)
    centres = matrix.groupby(labels.to_numpy()).mean().loc[found.distances.index]
    assert found.distances.to_numpy() == pytest.approx(squareform(pdist(centres)), abs=1e-9)
    laid = squareform(pdist(found.places))
    assert (laid <= found.distances.to_numpy() + 1e-9).all()
    share = (laid**2).sum() / (found.distances.to_numpy() ** 2).sum()
    assert found.kept == pytest.approx(share)
    if width <= 2:
        assert found.kept == pytest.approx(1)


def test_noise_has_no_place_and_a_single_segment_is_no_distance():
    matrix = pd.DataFrame({"a": [0.0, 1.0, 9.0]})
    found = apart(matrix, pd.Series([1, 1, 0]))
    assert found.places.index.tolist() == [1]
    assert np.isnan(found.kept)
    assert apart(matrix, pd.Series([0, 0, 0])).places.empty

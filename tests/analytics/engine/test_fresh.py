"""K-means from a few fresh starts."""

import numpy as np
import pytest

from analytics.engine.fresh import draw, fit, least


@pytest.mark.parametrize("features", [1, 2, 3])
def test_the_least_wcss_is_that_of_the_fit(features):
    random = np.random.default_rng(features)
    rows, weights = random.normal(size=(features, 120)), random.integers(1, 4, 120).astype(float)
    draws = draw(range(1, 8), 3, random)
    fits = fit(rows, weights, draws)
    assert list(least(rows, weights, draws)) == [wcss for _, _, wcss in fits.values()]

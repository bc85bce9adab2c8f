import numpy as np
import pytest

from analytics.spread import summarise


@pytest.mark.parametrize("seed", range(5))
def test_a_summary_is_that_of_numpy_and_tukey(seed):
    rng = np.random.default_rng(seed)
    values = np.sort(rng.standard_t(2, 300))
    labels = rng.integers(1, 5, 300)
    found = summarise(values, labels)
    assert list(found.index) == [1, 2, 3, 4]
    for segment, row in found.iterrows():
        mine = values[labels == segment]
        quartiles = np.quantile(mine, [0.25, 0.5, 0.75], method="hazen")
        assert np.allclose(row[["q1", "median", "q3"]], quartiles)
        reach = 1.5 * (quartiles[2] - quartiles[0])
        inside = mine[(mine >= quartiles[0] - reach) & (mine <= quartiles[2] + reach)]
        assert (row["lowerfence"], row["upperfence"]) == (inside.min(), inside.max())


def test_few_values_are_summarised():
    found = summarise(np.array([1.0, 2.0, 5.0]), np.array([2, 1, 2]))
    assert found.loc[1].tolist() == [2.0] * 5
    assert found.loc[2, ["lowerfence", "median", "upperfence"]].tolist() == [1.0, 3.0, 5.0]


def test_no_values_have_no_summary():
    assert summarise(np.array([]), np.array([], dtype=int)).empty

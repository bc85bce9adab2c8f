"""A shift is found, and none is found where there is none."""

import numpy as np
import pandas as pd
import pytest

from analytics.columns import Column
from analytics.drift import Bins, Drift, advice, bins, drift, psi

NUMBER = Column("x", "numeric", "decimal", 0, 9, "")
LEVELS = Column("g", "categorical", "text", 0, 3, "")


def numbers(rng: np.random.Generator, rows: int, shift: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame({"x": rng.normal(shift, 1, rows)})


def bands(shift: float, rows: int, draws: int = 200) -> list[Drift]:
    rng = np.random.default_rng(1)
    return [
        drift(numbers(rng, rows, shift), bins(numbers(rng, rows), [NUMBER]))[0]
        for _ in range(draws)
    ]


def test_a_shift_of_half_a_standard_deviation_is_found():
    found = bands(0.5, 1_000)
    assert np.mean([one.psi > 0.1 and one.band != "steady" for one in found]) >= 0.95


@pytest.mark.parametrize("rows", [30, 100, 1_000])
def test_no_shift_is_seldom_found(rows):
    assert np.mean([one.band != "steady" for one in bands(0.0, rows)]) <= 0.03


def test_the_index_is_that_of_its_definition():
    before, now = np.array([500, 300, 200]), np.array([400, 300, 300])
    shares, others = before / 1_000, now / 1_000
    wanted = ((others - shares) * np.log(others / shares)).sum()
    assert psi(before, now)[0] == pytest.approx(wanted, rel=0.01)
    assert psi(before, before)[0] == 0


def test_missing_values_have_a_bin_of_their_own_and_levels_theirs():
    table = pd.DataFrame({"x": [1.0, 2, 3, np.nan], "g": ["a", "b", None, "b"]})
    by_number, by_level = bins(table, [NUMBER, LEVELS])
    assert by_number.counts[-1] == 1
    assert by_level.levels == ("a", "b")
    assert by_level.counts == (1, 2, 0, 1)
    assert by_level.count(pd.Series(["new", "a", None])).tolist() == [1, 0, 1, 1]
    assert by_number.fit and by_level.fit
    assert not Bins("x", (2.0, 1.0), (), (0, 0, 0, 0)).fit


def test_a_file_that_lacks_the_values_moved_much():
    rng = np.random.default_rng(2)
    training = bins(numbers(rng, 500), [NUMBER])
    assert drift(numbers(rng, 500) * np.nan, training)[0].band == "moved much"


def test_the_advice_follows_what_was_found():
    steady, moved = Drift("A (k$)", 0.01, 0.02, "steady"), Drift("B", 0.2, 0.02, "moved")
    much = Drift("C", 0.4, 0.02, "moved much")
    assert advice([steady], 0.01, 500).startswith("The segments can be used")
    assert advice([steady, moved], 0.01, 500).startswith("Watch B")
    assert advice([much, moved], 0.01, 500).startswith("Find the segments anew: C")
    assert "20.0 % of the customers" in advice([steady], 0.2, 500)
    assert advice([steady], 0.2, 5).startswith("The segments can be used")

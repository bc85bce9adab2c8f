"""What the benchmarks' own arithmetic gives."""

import time
from functools import partial

import pytest

from benchmarks.measure import Table, Timed, in_turn, peak_of, ratios, spread


def test_ways_run_in_turn_and_the_first_round_does_not_count():
    order = []
    timed = in_turn({name: partial(order.append, name) for name in "ab"}, rounds=2)
    assert order == ["a", "b"] * 3
    assert [len(each.seconds) for each in timed.values()] == [2, 2]


def test_a_first_round_that_spends_the_budget_counts():
    timed = in_turn({"slow": lambda: time.sleep(0.02) or "found"}, rounds=5, budget=0.01)
    assert len(timed["slow"].seconds) == 1
    assert timed["slow"].seconds[0] >= 0.02
    assert timed["slow"].result == "found"


def test_ratios_are_of_the_runs_of_one_round():
    assert ratios(Timed([2.0, 9.0]), Timed([1.0, 3.0])) == [2.0, 3.0]
    assert spread([2.0, 3.0, 10.0], 1) == "3.0 [2.0 – 10.0]"


def test_the_peak_is_what_the_action_takes():
    assert peak_of(lambda: bytearray(64 * 2**20)) == pytest.approx(64, abs=4)


def test_a_table_for_the_readme_has_no_padding(capsys):
    Table("way  ", "s", padded=False).row("ours", "1")
    assert capsys.readouterr().out == "| way | s |\n| --- | --- |\n| ours | 1 |\n"

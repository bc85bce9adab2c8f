import numpy as np
import pytest

from analytics.text import (
    count,
    digits,
    interval,
    listing,
    number,
    percent,
    portion,
    quantity,
)


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (1234567.4, None, "1,234,567"),
        (1000.4, None, "1,000"),
        (3.14159, None, "3.142"),
        (0.0123412, None, "0.01234"),
        (60.0, None, "60"),
        (60.0, 2, "60.00"),
        (2.0049, 1, "2.0"),
        (-1234.5, 1, "−1,234.5"),
        (float("nan"), None, "n/a"),
        (float("inf"), 2, "n/a"),
    ],
)
def test_a_number_has_separators_and_sensible_precision(value, digits, written):
    assert number(value, digits) == written


def test_a_quantity_ends_with_its_unit_or_with_the_number():
    assert quantity(60.56, "k$", 1) == "60.6 k$"
    assert quantity(60.56, digits=1) == "60.6"


def test_a_share_is_written_as_a_percentage():
    assert percent(0.56) == "56 %"
    assert percent(0.1234, 1) == "12.3 %"
    assert percent(-0.05) == "−5 %"


def test_only_one_of_a_thing_is_singular():
    assert count(1, "customer") == "1 customer"
    assert count(0, "customer") == "0 customers"
    assert count(2400, "customer") == "2,400 customers"
    assert count(2, "index", "indices") == "2 indices"


def test_an_interval_names_its_level_and_both_ends():
    assert interval(-0.128, 0.148, 2) == "95 % interval −0.13 to 0.15"


@pytest.mark.parametrize(
    ("items", "written"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_is_joined_as_in_prose(items, written):
    assert listing(items) == written


def test_a_list_can_be_joined_by_another_word():
    assert listing(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("value", "decimals"), [(0, 1), (1_000, 0), (-82.13, 1), (0.42, 2), (0.0123, 3), (np.nan, 0)]
)
def test_an_average_has_as_many_decimals_as_tell_something(value, decimals):
    assert digits(value) == decimals


def test_a_small_share_does_not_become_none():
    assert [portion(share) for share in (0, 0.0042, 0.0096, 0.4)] == ["0 %", "0.4 %", "1 %", "40 %"]

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import numbers

NAN = float("nan")


def read(*spelled, comma=""):
    return numbers.read(pa.array(spelled, pa.string()), np.ones(len(spelled), int), comma=comma)


@pytest.mark.parametrize(
    ("spelled", "values"),
    [
        (["1", "-7", "+30"], [1, -7, 30]),
        (["2.0", "5.", ".25", "1e2", "-1E-3"], [2, 5, 0.25, 100, -0.001]),
        (["45,000", "52,500", "950"], [45_000, 52_500, 950]),
        (["1,234.5", "2,000,000.25", "7.5"], [1_234.5, 2_000_000.25, 7.5]),
        (["1,00,000", "12,34,567.5"], [100_000, 1_234_567.5]),
        (["1,5", "-2,25", "3"], [1.5, -2.25, 3]),
        (["1.234,5", "1.000.000,25", ",5"], [1_234.5, 1_000_000.25, 0.5]),
        (["0,123", "1,500"], [0.123, 1.5]),
        (["1.234.567", "950"], [1_234_567, 950]),
        (["1 234,5", "12\u202f345\u00a0678", "1'000"], [1_234.5, 12_345_678, 1_000]),
        (["€ 1.234,50", "-€5", "7 €", "€-3"], [1_234.5, -5, 7, -3]),
        (["$1,234.50", "US$7", "USD5", "5 USD"], [1_234.5, 7, 5, 5]),
        (["12 %", "3.5%"], [12, 3.5]),
        (["(7)", "($1,250.00)", "\N{MINUS SIGN}4"], [-7, -1_250, -4]),
    ],
)
def test_numbers_are_read_as_people_write_them(spelled, values):
    assert read(*spelled).values.tolist() == values


@pytest.mark.parametrize(
    "odd",
    ["inf", "-Infinity", "nan", "1e400", "-1e308", "9" * 400, "0x10", "1_0", "\uff11", "²", "1;5",
     "1,5x", "--5", "5-", "e5", ".", ",", "1.2.3", "12,34.5", "030 123 456", "1 23", ""],
)  # fmt: skip
def test_what_cannot_be_reckoned_with_is_no_number(odd):
    np.testing.assert_array_equal(read("1", odd).values, [1, NAN])


def test_the_form_that_fits_the_most_rows_is_taken():
    spelled = pa.array(["1,5", "2.5"])
    more = numbers.read(spelled, np.array([9, 1]))
    np.testing.assert_array_equal(more.values, [1.5, NAN])
    fewer = numbers.read(spelled, np.array([1, 9]))
    np.testing.assert_array_equal(fewer.values, [NAN, 2.5])


@pytest.mark.parametrize(
    ("spelled", "form"),
    [
        (["1", "2.5"], ""),
        (["12 %", "3"], "percent signs taken off"),
        (["$5", "$7"], "currency signs taken off"),
        (["$5", "7 €"], "different currency signs ($, €) taken off"),
        (["1 000", "2"], "spaced thousands closed up"),
        (["1,000", "2"], "commas read as thousands"),
        (["1,5", "2"], "commas read as decimal marks"),
        (["1.000.000", "2"], "points read as thousands"),
    ],
)
def test_what_was_taken_off_is_told(spelled, form):
    assert read(*spelled).form == form


@pytest.mark.parametrize(
    ("spelled", "mark", "unasked"),
    [
        (["1,234", "2,500", "7"], ",", [1_234, 2_500, 7]),
        (["1.234", "2.500"], ".", [1.234, 2.5]),
        (["1.234", "2.501", "3.702", "4.803", "5.904", "950"], ".",
         [1_234, 2_501, 3_702, 4_803, 5_904, 950]),
    ],
)  # fmt: skip
def test_a_mark_that_may_be_either_is_told_and_can_be_decided(spelled, mark, unasked):
    found = read(*spelled)
    assert (found.mark, found.values.tolist()) == (mark, unasked)
    grouped = [float(one.replace(mark, "")) for one in spelled]
    parted = [float(one.replace(mark, ".")) for one in spelled]
    as_decimal, as_thousands = (parted, grouped) if mark == "," else (grouped, parted)
    assert read(*spelled, comma=numbers.COMMA_DECIMAL).values.tolist() == as_decimal
    assert read(*spelled, comma=numbers.COMMA_THOUSANDS).values.tolist() == as_thousands


@pytest.mark.parametrize(
    "spelled", [["1,234", "1,5"], ["0,123", "1,234"], ["1.234", "1.5"], ["1.234", "1234"], ["5"]]
)
def test_one_value_that_is_plain_decides_what_the_mark_means(spelled):
    assert read(*spelled).mark == ""


STYLES = {
    "plain": lambda x: f"{x:.2f}",
    "thousands comma": lambda x: f"{x:,.2f}",
    "decimal comma": lambda x: f"{x:,.2f}".translate(str.maketrans(",.", ".,")),
    "spaces": lambda x: f"{x:,.2f}".replace(",", " "),
    "spaces and comma": lambda x: f"{x:,.2f}".replace(",", "\u202f").replace(".", ","),
    "apostrophes": lambda x: f"{x:,.2f}".replace(",", "'"),
    "dollar": lambda x: f"${x:,.2f}".replace("$-", "-$"),
    "euro": lambda x: f"{x:,.2f} €".translate(str.maketrans(",.", ".,")),
    "percent": lambda x: f"{x:.2f} %",
    "brackets": lambda x: f"({-x:,.2f})" if x < 0 else f"{x:,.2f}",
}


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(sorted(STYLES)), st.lists(st.integers(-(10**11), 10**11), min_size=1))
def test_numbers_written_in_one_style_are_read_back(style, hundredths):
    values = [n / 100 for n in hundredths]
    assert read(*map(STYLES[style], values)).values.tolist() == values


@settings(deadline=None, max_examples=100)
@given(st.lists(st.floats(-1e99, 1e99), min_size=1))
def test_numbers_written_by_a_program_are_read_back_to_the_last_bit(values):
    found = read(*map(repr, values), comma=numbers.COMMA_THOUSANDS)
    assert found.values.tolist() == values


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-(10**14), 10**14), min_size=1), st.sampled_from([",", " ", ""]))
def test_whole_numbers_are_read_back_whatever_parts_their_thousands(values, mark):
    found = read(*(f"{value:,}".replace(",", mark) for value in values))
    assert found.values.tolist() == values

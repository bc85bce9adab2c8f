import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import dates

DAYS = ["2012-09-04", "2012-12-31", "2014-01-02"]


def read(*spelled, **how):
    return dates.read(pa.array(spelled, pa.string()), np.ones(len(spelled), int), **how)


def written(found):
    return [str(moment)[:19] for moment in found.values]


@pytest.mark.parametrize(
    ("spelled", "order"),
    [
        (["2012-09-04", "2012-12-31", "2014-1-2"], ""),
        (["2012/09/04", "2012/12/31", "2014/01/02"], ""),
        (["2012.09.04", "2012.12.31", "2014.01.02"], ""),
        (["04-09-2012", "31-12-2012", "02-01-2014"], "day-first"),
        (["04.09.2012", "31. 12. 2012", "2.1.2014"], "day-first"),
        (["04.09.12", "31.12.12", "02.01.14"], "day-first"),
        (["9/4/2012", "12/31/2012", "1/2/2014"], "month-first"),
        (["9/4/12", "12/31/12", "1/2/14"], "month-first"),
        (["4 Sep 2012", "31 December 2012", "2nd Jan. 2014"], ""),
        (["4-Sep-12", "31-Dec-12", "2-Jan-14"], ""),
        (["Sep 4, 2012", "December 31, 2012", "Thu, Jan 2nd, 2014"], ""),
        (["4. September 2012", "31. Dezember 2012", "2 janvier 2014"], ""),
    ],
)
def test_the_usual_forms_are_read(spelled, order):
    found = read(*spelled)
    assert [moment[:10] for moment in written(found)] == DAYS
    assert (found.order, found.ambiguous) == (order, False)


def test_digits_alone_are_dates_only_where_dates_are_expected():
    assert read("19970131", "20141231") is None
    found = read("19970131", "20141301", compact=True)
    assert written(found) == ["1997-01-31T00:00:00", "NaT"]


@pytest.mark.parametrize(
    ("clock", "time"),
    [
        (" 8:26", "08:26:00"),
        ("T10:00:59.123Z", "10:00:59"),
        (" 23:59:59 UTC", "23:59:59"),
        ("T12:30:00+02:00", "12:30:00"),
        (" 12:05 AM", "00:05:00"),
        (", 1:02:03 p.m.", "13:02:03"),
        (" 12:00 PM", "12:00:00"),
    ],
)
def test_the_time_of_day_is_read_with_its_date(clock, time):
    assert written(read(f"2020-07-01{clock}")) == [f"2020-07-01T{time}"]
    assert written(read(f"7/31/2020{clock}")) == [f"2020-07-31T{time}"]


@pytest.mark.parametrize(
    "odd",
    ["2020-02-30", "2021-02-29", "2020-13-01", "2020-00-10", "0000-00-00", "2020-01-32",
     "2020-01-01 25:70", "2020-01-01 24:00", "2020-01-01 13:00 PM", "2020-01-01 x", "2020-01/05",
     "soon", "2020", "", "\uff12020-01-05"],
)  # fmt: skip
def test_what_is_no_day_or_no_time_is_no_date(odd):
    assert np.isnat(read("2020-01-05", odd).values).tolist() == [False, True]


@pytest.mark.parametrize("spelled", [["1.2.10", "1.2.20"], ["1/2-2020"], ["12:30"], ["a-b-c"]])
def test_version_numbers_and_mixed_marks_are_no_dates(spelled):
    assert read(*spelled) is None


def test_a_word_that_is_no_month_makes_no_date():
    assert np.isnat(read("5 foo 2020", "6 May 2020").values).tolist() == [True, False]


def test_the_last_value_can_decide_the_order():
    many = [f"{n % 12 + 1}/{n % 11 + 1}/2020" for n in range(500)]
    assert read(*many).order == "day-first"
    assert read(*many).ambiguous
    decided = read(*many, "1/13/2020")
    assert (decided.order, decided.ambiguous) == ("month-first", False)


def test_the_order_of_most_rows_is_taken_where_some_contradict():
    spelled = pa.array(["13/1/2020", "1/13/2020"])
    found = dates.read(spelled, np.array([1, 9]))
    assert (found.order, written(found)) == ("month-first", ["NaT", "2020-01-13T00:00:00"])


def test_an_order_that_is_decided_is_kept_to():
    assert written(read("1/2/2020", order="month-first")) == ["2020-01-02T00:00:00"]
    assert written(read("1/2/2020", order="day-first")) == ["2020-02-01T00:00:00"]


def test_years_of_two_digits_are_near_today_and_those_of_birth_are_past():
    assert written(read("31.12.68", "31.12.69")) == ["2068-12-31T00:00:00", "1969-12-31T00:00:00"]
    assert written(read("31.12.68", born=True)) == ["1968-12-31T00:00:00"]
    assert written(read("31.12.05", born=True)) == ["2005-12-31T00:00:00"]


FORMS = {
    "%Y-%m-%d": None,
    "%Y/%m/%d": None,
    "%d.%m.%Y": "day-first",
    "%d/%m/%Y": "day-first",
    "%m/%d/%Y": "month-first",
    "%m-%d-%Y": "month-first",
    "%d %b %Y": None,
    "%B %d, %Y": None,
    "%Y-%m-%dT%H:%M:%S": None,
    "%d/%m/%Y %H:%M:%S": "day-first",
    "%m/%d/%Y %I:%M:%S %p": "month-first",
}


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(sorted(FORMS)),
    st.lists(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2199, 12, 31)), min_size=1),
)
def test_dates_written_in_one_form_are_read_back(form, moments):
    moments = [moment.replace(microsecond=0) for moment in moments]
    if FORMS[form]:
        moments.append(dt.datetime(2020, 1, 31))  # which decides the order
    if "%H" not in form and "%I" not in form:
        moments = [dt.datetime.combine(moment, dt.time()) for moment in moments]
    found = read(*(moment.strftime(form) for moment in moments))
    assert found.values.tolist() == moments
    assert found.order == (FORMS[form] or "")
    assert not found.ambiguous

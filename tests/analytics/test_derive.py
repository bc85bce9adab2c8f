import pandas as pd
import pytest

from analytics.derive import derived, offers
from analytics.errors import UnknownChoice

TODAY = "2020-03-01"


@pytest.fixture
def members(interpreted):
    return interpreted(
        {
            "Year_Birth": ["1950", "1960", "", "1999"] * 5,
            "DOB": ["1950-02-28", "1950-03-01", "1950-03-02", ""] * 5,
            "Joined": ["2019-01-01", "2019-03-01", "2019-02-28", "2018-12-31"] * 5,
            "Income": [str(n) for n in range(20)],
        }
    )


def options(members, source, today=TODAY):
    found = {one.source: one for one in offers(*members, today)}
    return [value for value, _ in found[source].options]


def test_births_become_ages_and_other_dates_days(members):
    assert options(members, "Year_Birth") == ["age@2019-03-01", "age@2020-03-01"]
    assert options(members, "DOB") == ["age@2019-03-01", "age@2020-03-01"]
    assert options(members, "Joined") == ["days@2019-03-01", "days@2020-03-01"]
    assert "Income" not in {one.source for one in offers(*members, TODAY)}


def test_without_a_date_in_the_file_an_age_is_reckoned_to_today(interpreted):
    born = interpreted({"birth_year": ["1950", "1960", "1970"] * 4, "x": list("123") * 4})
    assert options(born, "birth_year") == ["age@2020-03-01"]
    assert offers(*born, "") == []


def test_an_age_is_counted_in_whole_years_as_people_do(members):
    customers, columns = derived(*members, {"derive:DOB": "age@2020-03-01"})
    assert customers["DOB age (years)"].tolist()[:4] == [70, 70, 69, pd.NA]
    assert columns[-1].name == "DOB age (years)"
    assert (columns[-1].role, columns[-1].missing, columns[-1].distinct) == ("numeric", 5, 2)
    assert columns[-1].reason == "made from “DOB”, reckoned to 2020-03-01"


def test_a_year_of_birth_gives_the_age_reached_in_the_year(members):
    customers, _ = derived(*members, {"derive:Year_Birth": "age@2020-03-01"})
    assert customers["Year_Birth age (years)"].tolist()[:4] == [70, 60, pd.NA, 21]


def test_the_only_birth_becomes_the_age(interpreted):
    born = interpreted({"dob": ["1950-02-28", "1960-03-01", "1970-03-02"], "Age (years)": "123"})
    customers, _ = derived(*born, {"derive:dob": "age@2020-03-01"})
    assert customers["Age (years) 2"].tolist() == [70, 60, 49]


def test_days_are_counted_up_to_the_day(members):
    customers, _ = derived(*members, {"derive:Joined": "days@2019-03-01"})
    assert customers["Days since Joined"].tolist()[:4] == [59, 0, 1, 60]


def test_nothing_chosen_adds_nothing_and_changes_nothing(members):
    before = members[0].copy()
    customers, columns = derived(*members, {"derive:DOB": "keep", "role:DOB": "date"})
    assert (customers is members[0], columns is members[1]) == (True, True)
    derived(*members, {"derive:DOB": "age@2020-03-01"})
    pd.testing.assert_frame_equal(members[0], before)


@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("DOB", "age@soon"),
        ("DOB", "age"),
        ("DOB", "weeks@2020-03-01"),
        ("Joined", "age@2020-03-01"),
        ("Income", "days@2020-03-01"),
        ("Height", "age@2020-03-01"),
    ],
)
def test_what_cannot_be_made_is_refused_by_name(members, name, option):
    with pytest.raises(UnknownChoice, match=f"Nothing can be made of “{name}” by “{option}”"):
        derived(*members, {f"derive:{name}": option})

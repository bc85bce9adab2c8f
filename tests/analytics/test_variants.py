import pandas as pd
import pytest

from analytics.alerts import alerts
from analytics.dataset import assemble
from analytics.variants import usual

GENDERS = ["Male"] * 6 + ["male"] * 4 + ["FEMALE"] + ["Female"] * 7 + ["Male "] * 2


def test_the_most_frequent_spelling_is_the_usual_one():
    assert usual(pd.Series(["Ulm", "ulm", "ulm", "New  York", "New York"])) == {
        "Ulm": "ulm",
        "New York": "New  York",
    }
    assert usual(pd.Series(["a", "b", None])) == {}


@pytest.fixture
def content():
    return "\n".join(["Gender,Age", *(f"{g},{20 + n % 9}" for n, g in enumerate(GENDERS))]).encode()


def test_spellings_of_one_level_are_told_and_merged_where_chosen(content):
    plain = assemble(content)
    (alert,) = [a for a in alerts(plain.customers, plain.columns) if a.key == "spelling:Gender"]
    assert (alert.count, alert.effect) == (5, 5 / 20)
    assert "2 levels, in 5 rows" in alert.detail
    assert "“FEMALE” from “Female”" in alert.detail
    made = assemble(content, {"spelling:Gender": "merge"})
    assert made.customers["Gender"].value_counts().to_dict() == {"Male": 12, "Female": 8}
    assert made.columns[0].distinct == 2
    assert "Gender: 5 cells given the usual spelling." in made.notes
    assert plain.customers["Gender"].nunique() == 4

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.alerts import alerts
from analytics.choices import KEEP
from analytics.dataset import assemble
from analytics.errors import AnalyticsError, UnknownChoice

TODAY = "2020-01-01"


@st.composite
def messy(draw):
    """Write a table with missing, repeated, extreme and skewed cells."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = draw(st.integers(30, 60))
    income = rng.normal(50_000, 9_000, rows).round()
    income[: draw(st.integers(0, 2))] = 666_666
    born = rng.integers(1940, 2000, rows)
    born[: draw(st.integers(0, 3))] = 1893
    table = pd.DataFrame(
        {
            "CustomerID": np.arange(rows) + 1000,
            "Year_Birth": born,
            "Income": income,
            "Paid": (income / 3 + rng.normal(0, draw(st.sampled_from([9, 90_000])), rows)).round(1),
            "Spent": np.exp(rng.normal(3, draw(st.sampled_from([0.2, 1.5])), rows)).round(2),
            "pdays": np.where(rng.random(rows) < 0.5, 999, rng.integers(0, 20, rows)),
            "Town": rng.choice(["Ulm", "Bonn", "Trier"], rows),
            "Joined": pd.Timestamp("2019-01-01") + pd.to_timedelta(rng.integers(0, 99, rows), "D"),
        }
    ).astype("str")
    for name in ("Year_Birth", "Income", "Spent", "Town"):
        table.loc[rng.random(rows) < draw(st.sampled_from([0, 0.2])), name] = ""
    again = table.head(draw(st.integers(0, 6)))
    if draw(st.booleans()):
        again = again.assign(CustomerID=[f"{9000 + n}" for n in range(len(again))])
    whole = pd.concat([table, again]).sample(frac=1, random_state=rng.integers(2**31))
    return whole.to_csv(index=False).encode()


def offers(made):
    found = alerts(made.customers, made.columns, TODAY)
    return [alert.offer for alert in found if alert.offer]


def same(one, other):
    pd.testing.assert_frame_equal(one.customers, other.customers)
    assert (one.columns, one.set_aside, one.notes) == (other.columns, other.set_aside, other.notes)


@given(messy(), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_chosen_every_row_is_used_or_set_aside_with_a_reason(content, data):
    plain = assemble(content)
    chosen = {
        offer.key: data.draw(st.sampled_from([one.value for one in offer.options]))
        for offer in offers(plain)
    }
    try:
        made = assemble(content, chosen)
    except AnalyticsError:
        made = plain
    used = made.table.lines[made.positions].tolist()
    aside = [row.line for row in made.set_aside]
    assert made.table.rows == len(made.customers) + len(made.set_aside)
    assert sorted(used + aside) == sorted(made.table.lines.tolist())
    assert aside == sorted(aside)
    assert all(row.reason for row in made.set_aside)
    identifiers = plain.customers["CustomerID"].iloc[made.positions].tolist()
    assert made.customers["CustomerID"].tolist() == identifiers
    same(assemble(content, dict.fromkeys(chosen, KEEP)), plain)
    backwards = dict(reversed(chosen.items()))
    if made is not plain:
        pd.testing.assert_frame_equal(assemble(content, backwards).customers, made.customers)


@given(messy())
@settings(max_examples=25, deadline=None)
def test_every_option_does_what_its_label_says(content):
    plain = assemble(content)
    for offer in offers(plain):
        word, _, name = offer.key.partition(":")
        for option in offer.options[1:]:
            if option.value == "as-is":
                continue
            made = assemble(content, {offer.key: option.value})
            counted = _counted(plain, made, word, name, option.value)
            assert counted in option.label, (offer.key, option, counted)


def lacking(made, names):
    return made.customers[names].isna().sum().sum()


def _counted(plain, made, word, name, option):
    if option == "drop":
        return f": {len(made.customers)} of {len(plain.customers)} stay"
    if word == "missing":
        told = [name] if name else list(plain.customers)
        return f"fill {lacking(plain, told) - lacking(made, told)} "
    if option == "clip":
        changed = plain.customers[name].fillna(0) != made.customers[name].fillna(0)
        return f"clip {changed.sum()} "
    if option == "blank":
        return f" {lacking(made, [name]) - lacking(plain, [name])} "
    if word == "derive":
        assert len(made.columns) == len(plain.columns) + 1
    return ""


LITTLE = b"CustomerID,Income,Town\n1,10,Ulm\n2,,Bonn\n3,30,Ulm\n\n4,40,\n"


def test_a_row_set_aside_is_told_with_its_line_reason_and_text():
    made = assemble(LITTLE, {"missing:Income": "drop", "missing:Town": "drop"})
    assert [(row.line, row.reason, row.text) for row in made.set_aside if row.text] == [
        (3, "no value of “Income”", "2,,Bonn"),
        (6, "no value of “Town”", "4,40,"),
    ]
    assert made.positions.tolist() == [0, 2]
    assert made.notes[-1] == "2 rows set aside by your choice: 2 of 4 stay."


def test_without_choices_no_row_and_no_cell_is_touched():
    made = assemble(LITTLE)
    assert made.customers["Income"].isna().tolist() == [False, True, False, False]
    assert made.positions.tolist() == [0, 1, 2, 3]


def test_a_file_of_which_hardly_a_row_would_stay_is_refused():
    content = b"CustomerID,a,b\n1,1,\n2,,2\n3,3,\n4,5,6\n"
    with pytest.raises(AnalyticsError, match=r"1 row of 4 would stay\. Keep more rows: undo one"):
        assemble(content, {"missing:a": "drop", "missing:b": "drop"})


def test_an_age_is_made_of_the_years_of_birth_as_they_were_mended():
    years = [1893, *range(1960, 1990)]
    content = "\n".join(["CustomerID,Year_Birth", *(f"{n},{y}" for n, y in enumerate(years))])
    chosen = {"derive:Year_Birth": "age@2000-01-01"}
    made = assemble(content.encode(), chosen)
    assert made.customers["Age (years)"][0] == 107
    made = assemble(content.encode(), {**chosen, "extreme:Year_Birth": "blank"})
    assert made.customers["Age (years)"].isna().tolist() == [True] + [False] * 30
    made = assemble(content.encode(), {**chosen, "extreme:Year_Birth": "clip"})
    assert made.customers["Age (years)"][0] == 99


def test_a_feature_that_was_made_can_be_mended_itself():
    content = b"CustomerID,Joined\n1,2020-01-01\n2,2020-01-03\n3,\n4,2020-01-05\n"
    chosen = {"derive:Joined": "days@2020-01-11", "missing:Days since Joined": "median"}
    assert assemble(content, chosen).customers["Days since Joined"].tolist() == [10, 8, 8, 6]
    with pytest.raises(UnknownChoice, match="no column “Days since Joined”"):
        assemble(content, {"missing:Days since Joined": "median"})

import numpy as np
import pandas as pd
import pytest

from analytics.alerts import alerts, as_decided
from analytics.alerts.about_weights import correlations
from analytics.alerts.alert import dropping

TODAY = "2020-01-01"


@pytest.fixture(scope="module")
def written():
    """Four hundred members with one of everything that may be wrong."""
    rng = np.random.default_rng(5)
    income = rng.normal(52_000, 9_000, 400).round()
    income[7] = 666_666
    rate = rng.normal(2, 1, 400).round(2)
    table = pd.DataFrame(
        {
            "ID": rng.permutation(9_000)[:400],
            "Year_Birth": np.r_[[1893, 1899, 1900], rng.integers(1945, 1995, 397)],
            "Income": income,
            "Spent": np.exp(rng.normal(4, 1.4, 400)).round(2),
            "pdays": np.where(rng.random(400) < 0.9, 999, rng.integers(0, 25, 400)),
            "rate": rate,
            "euribor": (rate + rng.normal(0, 0.05, 400)).round(2),
            "Z_Cost": 3,
            "Response": rng.integers(0, 2, 400),
            "City": [f"C{n % 40}" for n in range(400)],
            "Joined": "2019-05-17",
        }
    ).astype("str")
    table["Joined"] = pd.date_range("2018-01-01", periods=400).strftime("%Y-%m-%d")
    table.loc[[3, 5, 8], "Income"] = ["", "?", "?"]
    return table


@pytest.fixture(scope="module")
def found(written, interpreted):
    return alerts(*interpreted(written), TODAY)


@pytest.fixture(scope="module")
def by_key(found):
    return {alert.key: alert for alert in found}


def test_the_largest_effect_comes_first(found):
    effects = [alert.effect for alert in found]
    assert effects == sorted(effects, reverse=True)
    assert all(0 <= effect <= 1 for effect in effects)


def test_everything_that_is_wrong_is_found_and_nothing_twice(found, by_key):
    assert len(by_key) == len(found)
    assert set(by_key) == {
        "extreme:Income",
        "extreme:Year_Birth",
        "stand-in:pdays",
        "skew:Spent",
        "pair:rate:euribor",
        "dominant:Income",
        "missing:Income",
        "levels:City",
        "derive:Year_Birth",
        "derive:Joined",
        "out:ID",
        "out:Z_Cost",
        "out:Response",
    }


def test_an_income_far_beyond_all_others_is_extreme(by_key):
    alert = by_key["extreme:Income"]
    assert (alert.count, alert.rows) == (1, (7,))
    assert "666,666" in alert.detail
    assert [option.value for option in alert.offer.options] == ["keep", "clip", "blank", "drop"]
    assert "399 of 400 stay" in alert.offer.options[3].label


def test_births_before_anybody_alive_are_impossible(by_key):
    alert = by_key["extreme:Year_Birth"]
    assert alert.title == "Impossible values: Year_Birth"
    assert (alert.count, alert.rows) == (3, (0, 1, 2))
    assert "1893, 1899 and 1900" in alert.detail


def test_a_number_that_stands_for_none_would_set_customers_apart(by_key, written):
    alert = by_key["stand-in:pdays"]
    assert alert.count == (written["pdays"] == "999").sum()
    assert alert.effect > 0.9


def test_missing_values_tell_what_stands_there(by_key):
    alert = by_key["missing:Income"]
    assert (alert.count, alert.rows, alert.effect) == (3, (3, 5, 8), 3 / 400)
    assert "marked by “?” in 2" in alert.detail
    values = [option.value for option in alert.offer.options]
    assert values[:4] == ["keep", "drop", "median", "neighbours"]


def test_a_nearly_collinear_pair_offers_to_leave_one_out(by_key):
    offer = by_key["pair:rate:euribor"].offer
    assert (offer.key, [option.value for option in offer.options]) == (
        "role:euribor",
        ["keep", "ignored"],
    )


def test_what_is_kept_out_has_hardly_an_effect_and_nothing_to_decide(by_key):
    for key in ("out:ID", "out:Z_Cost", "out:Response"):
        assert by_key[key].offer is None
        assert by_key[key].effect < 0.008
    assert by_key["out:Z_Cost"].title == "Constant: Z_Cost"
    assert "names an outcome" in by_key["out:Response"].detail


def test_every_alert_says_what_and_how_many_in_a_sentence(found):
    for alert in found:
        assert alert.title
        assert alert.detail.endswith(".")
        assert alert.offer is None or alert.offer.options[0].value == alert.offer.chosen == "keep"


def test_the_order_of_the_rows_changes_no_finding(written, interpreted, found):
    shuffled = written.sample(frac=1, random_state=1)
    again = alerts(*interpreted(shuffled), TODAY)
    assert [(a.key, a.count, a.title) for a in again] == [(a.key, a.count, a.title) for a in found]
    assert [a.effect for a in again] == pytest.approx([a.effect for a in found])
    assert [a.offer and a.offer.options for a in again] == [
        a.offer and a.offer.options for a in found
    ]


def test_good_data_have_nothing_wrong_but_the_identifier(mall):
    assert [alert.key for alert in alerts(*mall, TODAY)] == ["out:CustomerID"]


def test_a_list_of_transactions_comes_before_everything(interpreted):
    table = {
        "CustomerID": [str(n % 20) for n in range(100)],
        "InvoiceDate": pd.date_range("2018-01-01", periods=100).strftime("%Y-%m-%d"),
        "Quantity": [str(n % 7) for n in range(100)],
    }
    first = alerts(*interpreted(table), TODAY)[0]
    assert (first.key, first.effect) == ("grain", 1.0)
    assert "20 different “CustomerID”, 5.0 rows for each" in first.detail


def test_an_offer_is_shown_as_it_was_decided(by_key):
    alert = by_key["missing:Income"]
    assert as_decided(alert, {"missing:Income": "median"}).offer.chosen == "median"
    assert as_decided(alert, {"missing:Age": "median"}) is alert
    assert as_decided(by_key["out:ID"], {"out:ID": "x"}) is by_key["out:ID"]


def numbers(rows=200, **columns):
    """Write columns of numbers, beside an identifier."""
    return {"ID": [f"{7 * n}" for n in range(rows)]} | {
        name: [str(cell) for cell in values] for name, values in columns.items()
    }


def keys(found):
    return [alert.key for alert in found]


@pytest.fixture(scope="module")
def wide():
    """Six skewed columns, each with some missing values, one of them with negative ones."""
    rng = np.random.default_rng(8)
    spent = np.exp(rng.normal(3, 1, (200, 6))).round(2).astype("str")
    for place in range(6):
        spent[10 * place : 20 * place, place] = ""
    spent[199, 5] = "-4"
    return numbers(**{f"s{place}": spent[:, place] for place in range(6)})


def test_many_skewed_columns_are_told_together_first(wide, interpreted):
    found = {alert.key: alert for alert in alerts(*interpreted(wide), TODAY)}
    every = found["skew"]
    assert every.title == "Skewed: 6 columns"
    assert [option.label for option in every.offer.options] == [
        "compare them as they are",
        "compare log(1 + x) of all 6 but 1 column with negative values",
        "compare all 6 after Yeo-Johnson",
    ]
    single = found["skew:s0"]
    assert single.effect < every.effect
    assert [option.value for option in single.offer.options] == [
        "keep",
        "as-is",
        "log",
        "yeo-johnson",
    ]
    assert "log" not in [option.value for option in found["skew:s5"].offer.options]


def test_many_columns_with_missing_values_are_told_together_first(wide, interpreted):
    found = {alert.key: alert for alert in alerts(*interpreted(wide), TODAY)}
    every = found["missing"]
    assert every.title == "Missing values: 5 columns"
    assert (every.count, every.effect) == (90, 50 / 200)
    assert "s5, s4, s3, s2 and s1; the first of them in 25.0 % of all rows" in every.detail
    assert [option.label for option in every.offer.options[1:]] == [
        "set 90 rows aside: 110 of 200 stay",
        "fill 150 cells: numbers with their median, others with their most frequent value",
    ]
    assert found["missing:s5"].effect < every.effect


def test_many_columns_that_are_kept_out_for_one_reason_are_told_together(interpreted):
    constant = {f"c{place}": ["1"] * 200 for place in range(9)}
    found = alerts(*interpreted(numbers(x=range(200)) | constant), TODAY)
    together = [alert for alert in found if alert.title.startswith("Constant")]
    assert [alert.title for alert in together] == ["Constant: 9 columns"]
    assert "“c0”, “c1”, “c2” and 6 more" in together[0].detail


def test_of_columns_that_say_the_same_each_later_one_is_told_once(interpreted):
    rng = np.random.default_rng(2)
    base = rng.integers(0, 10**6, 200)
    found = alerts(*interpreted(numbers(**{f"c{n}": base + n for n in range(14)})), TODAY)
    pairs = [alert for alert in found if alert.key.startswith("pair:")]
    assert [alert.offer.key for alert in pairs] == [f"role:c{n}" for n in range(1, 11)]
    assert "one of 13 such columns" in pairs[0].detail


def test_correlations_are_those_of_pandas_where_values_are_missing():
    rng = np.random.default_rng(4)
    table = rng.normal(1e6, 3, (500, 5))
    table[:, 1] = table[:, 0] * -2 + rng.normal(0, 0.1, 500)
    table[rng.random(table.shape) < 0.2] = np.nan
    np.testing.assert_allclose(correlations(table), pd.DataFrame(table).corr(), atol=1e-9)


def test_a_correlation_of_few_common_rows_is_not_told():
    table = np.full((30, 2), np.nan)
    table[:12, 0] = table[3:, 1][:12] = np.arange(12)
    assert correlations(table)[0, 1] == 0


def test_the_income_of_one_wrong_cell_is_not_called_skewed(by_key):
    assert "extreme:Income" in by_key
    assert "skew:Income" not in by_key


def test_a_number_that_stands_for_none_is_told_once_only(interpreted):
    rng = np.random.default_rng(3)
    days = np.where(rng.random(200) < 0.96, 999, rng.integers(0, 28, 200))
    found = alerts(*interpreted(numbers(pdays=days, x=rng.integers(0, 90, 200))), TODAY)
    assert [key for key in keys(found) if "pdays" in key] == ["stand-in:pdays", "dominant:pdays"]


def test_many_levels_are_counted_with_their_rows(interpreted):
    cities = [f"C{n % 500}" for n in range(6_000)]
    found = alerts(*interpreted({"City": cities, "x": [str(n % 70) for n in range(6_000)]}), TODAY)
    levels = next(alert for alert in found if alert.key == "levels:City")
    assert "the 471 rarest, of 5,652 rows (94.2 %), count as one" in levels.detail
    assert levels.count == 5_652
    assert levels.offer.options[1].label.endswith("500 levels become 30")


def test_identical_rows_are_told_and_less_weighty_where_identifiers_differ(interpreted):
    same = {"a": list("123456") * 5, "b": list("abcdef") * 5}
    without = next(a for a in alerts(*interpreted(same), TODAY) if a.key == "duplicates")
    assert (without.count, without.rows[0]) == (24, 6)
    assert "they may be different customers and are kept unless you say otherwise" in without.detail
    with_ids = alerts(*interpreted(same | {"ID": [f"{3 * n}" for n in range(30)]}), TODAY)
    beside = next(a for a in with_ids if a.key == "duplicates")
    assert beside.effect < without.effect
    assert "likely different customers" in beside.detail


def test_identifiers_that_return_are_told_but_not_those_of_stores(interpreted):
    rows = [str(n) for n in range(100)]
    table = {"CustomerID": [*rows[:95], *rows[:5]], "StoreID": [f"{n % 16}" for n in range(100)]}
    found = {alert.key: alert for alert in alerts(*interpreted(table), TODAY)}
    assert found["identifiers:CustomerID"].count == 5
    assert "identifiers:StoreID" not in found
    unique = alerts(*interpreted(table | {"CustomerID": rows}), TODAY)
    assert not any(key.startswith(("identifiers", "grain")) for key in keys(unique))


def test_rows_without_an_identifier_are_told_with_little_effect(interpreted):
    table = numbers(x=[n % 50 for n in range(200)])
    table["ID"][5:9] = ["", "", "", ""]
    found = {alert.key: alert for alert in alerts(*interpreted(table), TODAY)}
    missing = found["missing:ID"]
    assert (missing.count, missing.rows) == (4, (5, 6, 7, 8))
    assert missing.effect < 0.008
    assert [option.value for option in missing.offer.options] == ["keep", "drop"]


def test_what_would_leave_no_two_rows_is_not_offered():
    assert dropping(2, 4) == [("drop", "set 2 rows aside: 2 of 4 stay")]
    assert dropping(3, 4) == []


def test_cells_that_are_no_number_are_shown(interpreted):
    table = numbers(x=["about 5", "ten", *(n % 90 for n in range(198))])
    found = {alert.key: alert for alert in alerts(*interpreted(table), TODAY)}
    assert "2 of them no number" in found["missing:x"].detail
    assert "“about 5”" in found["missing:x"].detail


def test_identical_lines_of_transactions_are_not_called_customers(interpreted):
    table = {"CustomerID": [f"{n % 40}" for n in range(200)], "Quantity": ["1", "2"] * 100}
    found = {alert.key: alert for alert in alerts(*interpreted(table), TODAY)}
    assert "alike by chance, or one entered twice" in found["duplicates"].detail

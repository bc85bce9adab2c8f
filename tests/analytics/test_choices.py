import pytest

from analytics.choices import KEEP, Offer, Option, about, check, key, revised, spoken
from analytics.errors import UnknownChoice

INCOME = Offer("missing:Income", "What?", (Option(KEEP, "keep"), Option("drop", "set aside")))


def test_a_key_names_a_word_and_the_column_if_there_is_one():
    assert key("missing", "Income") == "missing:Income"
    assert key("duplicates") == "duplicates"


def test_the_options_about_one_kind_of_decision_are_found_by_column():
    chosen = {"missing:a:b": "drop", "missing:c": "mode", "extreme:c": "clip", "duplicates": "drop"}
    assert about(chosen, "missing") == {"a:b": "drop", "c": "mode"}
    assert about(chosen, "duplicates") == {"": "drop"}
    assert about(chosen, "skew") == {}


def test_a_new_choice_stands_last_and_replaces_the_one_about_the_same():
    chosen = [("missing:a", "drop"), ("extreme:a", "clip")]
    assert revised(chosen, "missing:a", "mode", KEEP) == [
        ("extreme:a", "clip"),
        ("missing:a", "mode"),
    ]


def test_choosing_what_happens_anyway_takes_a_choice_back():
    chosen = [("missing:a", "drop"), ("extreme:a", "clip")]
    assert revised(chosen, "missing:a", KEEP, KEEP) == [("extreme:a", "clip")]
    assert revised([], "missing:a", KEEP, KEEP) == []


def test_a_choice_finds_the_offer_that_it_answers():
    assert check([INCOME], "missing:Income", "drop") is INCOME


@pytest.mark.parametrize(
    ("offers", "changed", "option", "message"),
    [
        (
            [INCOME],
            "missing:Age",
            "drop",
            "“missing:Age” can be decided here. There is missing:Inc",
        ),
        ([], "missing:Age", "drop", "Nothing is offered."),
        ([INCOME], "missing:Income", "mean", "“mean” is no option of .* Choose keep or drop."),
    ],
)
def test_a_choice_that_is_not_offered_is_refused_with_what_is(offers, changed, option, message):
    with pytest.raises(UnknownChoice, match=message):
        check(offers, changed, option)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (("missing:Income", "drop"), "missing “Income”: drop"),
        (("duplicates", "drop"), "identical rows: drop"),
        (("skew:a:b", "log"), "comparison of “a:b”: log"),
        (("skew", "log"), "comparison of all skewed columns: log"),
    ],
)
def test_a_choice_is_spoken_of_in_words(choice, words):
    assert spoken(choice) == words

"""Every word that needs explaining has its "?", and every "?" its word."""

import json
import re
from pathlib import Path

import pytest

from analytics import glossary
from analytics.figures import selection as figures
from analytics.score_table import HEADINGS
from callbacks import algorithms, assign
from callbacks.views import selection as views
from layouts import balance, ids, parts
from layouts.plain import plain
from tests.conftest import components, texts

ROOT = Path(__file__).parents[2]
NAMES = {term.name for term in glossary.TERMS}
LABELS = {"H1", "H2", "H3", "Label"}


@pytest.fixture
def layout(client):
    return client.get("/_dash-layout").get_json()


def asked(tree: object) -> set[str]:
    return {p["props"]["data-term"] for p in components(tree) if "data-term" in p["props"]}


def made_later() -> list[object]:
    """Build what callbacks fill in."""
    return [
        plain(parts.table(HEADINGS, [], "", glossary.asked(HEADINGS))),
        plain(parts.table(algorithms._HEADINGS, [], "", glossary.asked(algorithms._HEADINGS))),
        plain(parts.table(assign._COUNTED, [], "", glossary.asked(assign._COUNTED))),
        plain(parts.table(assign._MOVED, [], "", glossary.asked(assign._MOVED))),
        plain(balance.weights({"Plan": "Plan"}, {}, "indicators", levels=True)),
    ]


def scripts_ask() -> set[str]:
    code = (ROOT / "assets" / "27-cards.js").read_text(encoding="utf-8")
    return set(re.findall(r'section\("[^"]+", [^"]*, "([^"]+)"\)', code))


def holder(tree: dict, wanted: str) -> dict:
    """Find the innermost card that holds a component."""
    cards = [
        part
        for part in components(tree)
        if "card-box" in str(part["props"].get("className"))
        and any(one["props"].get("id") == wanted for one in components(part["props"]))
    ]
    return cards[-1]


def test_every_question_mark_asks_for_a_word_that_exists(layout):
    for tree in (layout, *made_later()):
        assert asked(tree) <= NAMES
        assert asked(tree)


def test_every_question_mark_is_a_button_with_a_name_of_its_own(layout):
    found = [p for p in components(layout) if "data-term" in p["props"]]
    for part in found:
        assert part["type"] == "Button"
        assert part["props"]["type"] == "button"
        assert part["props"]["aria-label"] == f"What does “{part['props']['data-term']}” mean?"


def test_every_word_is_asked_for_somewhere(layout):
    everywhere = asked(layout).union(*map(asked, made_later()))
    algorithms_tell = {"BIC and AIC", "dendrogram", "eps and k-distance", "adjusted Rand index"}
    assert everywhere | algorithms_tell | scripts_ask() >= NAMES


def test_headings_and_labels_that_hold_a_word_have_its_question_mark(layout):
    looked_at = 0
    for part in components(layout):
        children = part["props"].get("children")
        held = children if isinstance(children, list) else [children]
        for one in held:
            if not isinstance(one, dict) or one.get("type") not in LABELS:
                continue
            words = set(glossary.found(texts(one)))
            assert words <= asked(children), texts(one)
            looked_at += len(words)
    assert looked_at >= 6


def test_table_heads_that_hold_a_word_have_its_question_mark():
    looked_at = 0
    for part in components(made_later()):
        if part["type"] == "Th" and part["props"].get("scope") == "col":
            label = part["props"].get("aria-label") or texts(part)
            assert set(glossary.found(label)[:1]) == asked(part)
            looked_at += bool(asked(part))
    assert looked_at >= 12


@pytest.mark.parametrize("metric", figures.TITLES)
def test_the_words_in_the_title_of_a_curve_stand_above_it(layout, metric):
    id_ = (views._CURVES | views._RESAMPLED)[metric]
    words = set(glossary.found(" ".join(figures.TITLES[metric]))) - {"k"}
    assert words
    assert words <= asked(holder(layout, id_))


def test_scripts_ask_for_words_that_exist():
    assert scripts_ask()
    assert scripts_ask() <= NAMES


def test_the_page_carries_the_words(layout):
    (list_,) = (p for p in components(layout) if p["props"].get("id") == ids.Glossary.LIST)
    assert json.loads(list_["props"]["data-terms"]) == glossary.plain()

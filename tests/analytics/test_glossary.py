import pytest

from analytics import glossary
from analytics.glossary import TERMS

WANTED = (
    "silhouette", "WCSS", "inertia", "explained variance", "elbow", "knee", "gap statistic",
    "Calinski-Harabasz", "Davies-Bouldin", "prediction strength", "Jaccard",
    "adjusted Rand index", "z-score", "standardised", "one-hot", "centroid", "k", "clustergram",
    "certainty", "novelty", "drift", "population stability index", "index", "effect size",
    "confidence interval", "BIC", "AIC", "eps", "k-distance", "noise", "share of the distance",
    "precision", "coverage", "dendrogram", "skewness", "correlation",
)  # fmt: skip


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_every_term_is_complete(term):
    assert term.name
    for said in (term.what, term.reading, term.worry):
        assert not said[0].islower()
        assert said.endswith(".")
        assert "  " not in said
    assert len(term.what.split()) >= 8
    assert term.source is None or term.source.link.startswith("https://")


def test_terms_are_named_once_and_in_order():
    words = [word.casefold() for term in TERMS for word in (term.name, *term.also)]
    assert len(words) == len(set(words))
    names = [term.name.casefold() for term in TERMS]
    assert names == sorted(names)


@pytest.mark.parametrize("word", WANTED)
def test_a_word_of_the_field_is_explained(word):
    assert len(glossary.found(word)) == 1


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Elbow: WCSS by k", ["elbow", "WCSS", "k"]),
        ("Stability (Jaccard), then index", ["stability (Jaccard)", "index"]),
        ("Numbers of segments to try (k)", ["k"]),
        ("60 K", []),
        ("Gapping indexes, indexed", []),
        ("A silhouette and another silhouette", ["silhouette"]),
        ("", []),
    ],
)
def test_the_terms_of_a_text_are_found_as_whole_words(text, terms):
    assert glossary.found(text) == terms


def test_a_heading_asks_for_its_first_term():
    assert glossary.asked(["Customers", "Mean certainty", "WCSS by k"]) == {
        "Mean certainty": "certainty",
        "WCSS by k": "WCSS",
    }


def test_what_the_browser_gets_is_all_text():
    given = glossary.plain()
    assert len(given) == len(TERMS)
    (one,) = (term for term in given if term["name"] == "WCSS")
    assert one["also"] == "inertia, within-cluster sum of squares"
    assert one["who"] == "Lloyd 1982"
    assert all(isinstance(value, str) for term in given for value in term.values())

"""The words of the page that need explaining, in plain language."""

import re
from collections.abc import Iterable

from analytics.glossary import finding, number, segments
from analytics.glossary.term import Term

__all__ = ["TERMS", "Term", "asked", "found", "plain"]

TERMS: tuple[Term, ...] = tuple(
    sorted((*number.TERMS, *finding.TERMS, *segments.TERMS), key=lambda term: term.name.casefold())
)


def found(text: str) -> list[str]:
    """Give the names of the terms that a text holds, where they stand first.

    Where one word is within another, as “k” within “BIC and AIC by k” is not but “Jaccard” within
    “stability (Jaccard)” is, the longer counts.

    Parameters
    ----------
    text : str
    """
    places: list[tuple[int, str]] = []
    for word, name in _WORDS:
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, _flags(word))
        if match:
            places.append((match.start(), name))
            text = text[: match.start()] + "\0" * len(word) + text[match.end() :]
    return list(dict.fromkeys(name for _, name in sorted(places)))


def asked(headings: Iterable[str]) -> dict[str, str]:
    """Give the first term of each heading that holds any, by heading."""
    return {heading: names[0] for heading in headings if (names := found(heading))}


def plain() -> list[dict[str, str]]:
    """Give the terms as data for the browser."""
    return [
        {
            "name": term.name,
            "what": term.what,
            "reading": term.reading,
            "worry": term.worry,
            "also": ", ".join(term.also),
            "who": term.source.who if term.source else "",
            "link": term.source.link if term.source else "",
        }
        for term in TERMS
    ]


def _flags(word: str) -> re.RegexFlag:
    """Tell “k” from “K”, which stands for thousands; longer words may begin a sentence."""
    return re.IGNORECASE if len(word) > 1 else re.NOFLAG


_WORDS = sorted(
    ((word, term.name) for term in TERMS for word in (term.name, *term.also)),
    key=lambda pair: (-len(pair[0]), pair),
)

"""What the program decides for the user, told with its alternatives, so that it can be changed.

A choice is a pair of texts: the key of a decision, such as ``missing:Income``, and the option
taken. All choices together say how a file becomes a dataset; taking one back is leaving it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analytics import text
from analytics.errors import UnknownChoice

KEEP = "keep"  # the option that changes nothing
Choice = tuple[str, str]
_SPOKEN = {
    "encoding": "encoding of the text",
    "sheet": "sheet of the workbook",
    "total": "last row",
    "spelling": "spellings in “{}”",
    "role": "role of “{}”",
    "order": "order of day and month in “{}”",
    "comma": "comma in “{}”",
    "word": "word for missing in “{}”",
    "derive": "feature made of “{}”",
    "duplicates": "identical rows",
    "identifiers": "repeated “{}”",
    "missing": "missing “{}”",
    "extreme": "extreme “{}”",
    "stand-in": "stand-in number in “{}”",
    "levels": "rare levels of “{}”",
    "skew": "comparison of “{}”",
}
_SPOKEN_OF_ALL = {
    "missing": "missing values of all columns",
    "skew": "comparison of all skewed columns",
}


@dataclass(frozen=True)
class Option:
    """One way to decide: its value, and a label that says what it would do."""

    value: str
    label: str


@dataclass(frozen=True)
class Offer:
    """A decision that the user may change.

    Attributes
    ----------
    key : str
        What is decided: a word, and after a colon the column where there is one.
    question : str
    options : tuple of Option
        The first is what happens unasked.
    chosen : str
        Value of the option in force.
    """

    key: str
    question: str
    options: tuple[Option, ...]
    chosen: str = KEEP


def key(word: str, column: str = "") -> str:
    """Spell the key of a decision."""
    return f"{word}:{column}" if column else word


def spoken(choice: Choice) -> str:
    """Say a choice in a few words: what it is about, and the option taken."""
    word, _, column = choice[0].partition(":")
    about = _SPOKEN_OF_ALL.get(choice[0]) or _SPOKEN[word].format(column)
    return f"{about}: {choice[1]}"


def in_words(choices: Iterable[Choice], offers: Iterable[Offer]) -> list[str]:
    """Say choices in a few words each, the options as they are offered."""
    known = {offer.key: {one.value: one.label for one in offer.options} for offer in offers}
    return [spoken((key, known.get(key, {}).get(option, option))) for key, option in choices]


def about(choices: Mapping[str, str], word: str) -> dict[str, str]:
    """Give the options taken in one kind of decision, by column."""
    return {k.partition(":")[2]: v for k, v in choices.items() if k.partition(":")[0] == word}


def revised(choices: Iterable[Choice], changed: str, option: str, default: str) -> list[Choice]:
    """Add a choice in the place of an earlier one about the same; the default leaves it out."""
    kept = [(k, v) for k, v in choices if k != changed]
    return kept if option == default else [*kept, (changed, option)]


def check(offers: Iterable[Offer], changed: str, option: str) -> Offer:
    """Find the offer that a choice answers.

    Raises
    ------
    UnknownChoice
        If nothing of the kind is offered, or not that option.
    """
    known = {offer.key: offer for offer in offers}
    if changed not in known:
        raise UnknownChoice(
            f"Nothing called “{changed}” can be decided here.",
            f"There is {text.listing(list(known)[:20])}." if known else "Nothing is offered.",
        )
    values = [one.value for one in known[changed].options]
    if option not in values:
        raise UnknownChoice(
            f"“{option}” is no option of “{changed}”.", f"Choose {text.listing(values, 'or')}."
        )
    return known[changed]

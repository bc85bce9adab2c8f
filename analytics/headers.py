"""Read a header by meaning: its words, its unit and the concept it stands for."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

Concept = Literal["age", "income", "spending", "gender"]

CONCEPT_ROLES: dict[Concept, frozenset[str]] = {
    "age": frozenset({"numeric"}),
    "income": frozenset({"numeric"}),
    "spending": frozenset({"numeric"}),
    "gender": frozenset({"categorical", "boolean"}),
}
# Of several matching columns the one whose word stands first here is taken.
_WORDS: dict[Concept, tuple[str, ...]] = {
    "age": ("age", "ages"),
    "income": ("income", "salary", "earnings", "wage"),
    "spending": ("spending", "spend", "spent", "expenditure"),
    "gender": ("gender", "sex", "genre"),
}
_UNIT = re.compile(r"^(?P<label>.*\S)\s*[(\[](?P<unit>[^()\[\]]+)[)\]]\s*$")
_SCALE = re.compile(r"^\d+\s*(-|–|to|\.\.)\s*\d+$")


def words(header: str) -> list[str]:
    """Split a header into lower-case words, at punctuation, spaces and camel-case humps."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header)
    return re.findall(r"[^\W\d_]+|\d+", spaced.lower())


def label(header: str) -> str:
    """Give the header without its unit: ``Annual Income (k$)`` is ``Annual Income``."""
    match = _UNIT.match(header)
    return match["label"] if match else header


def spoken(header: str) -> str:
    """Give the label as it stands within a sentence: "Annual Income" in lower case, codes as is."""
    name = label(header)
    return name.lower() if name.istitle() and "_" not in name else name


def unit(header: str) -> str:
    """Give the unit that the header states in brackets, or an empty string.

    A range such as ``(1-100)`` is a scale, not a unit. An age without a unit is in years.
    """
    match = _UNIT.match(header)
    if match and not is_scale(header):
        return match["unit"].strip()
    found = words(header)
    if found and found[-1] in {"thousands", "k"}:
        return "thousand"
    return "years" if found == ["age"] else ""


def concepts(roles: Mapping[str, str]) -> dict[Concept, str]:
    """Find the columns that stand for age, income, spending and gender.

    Parameters
    ----------
    roles : mapping of str to str
        Role per column, in file order, as in :class:`analytics.columns.Column`.

    Returns
    -------
    dict
        Column per concept; concepts that no column fits are left out.
    """
    found: dict[Concept, str] = {}
    for concept, vocabulary in _WORDS.items():
        fitting = [header for header, role in roles.items() if role in CONCEPT_ROLES[concept]]
        best = closest(fitting, vocabulary)
        if best is not None:
            found[concept] = best
    return found


def is_scale(header: str) -> bool:
    """Say whether the header states a range, as a score does: ``Spending Score (1-100)``."""
    match = _UNIT.match(header)
    return bool(match and _SCALE.match(match["unit"].strip()))


def closest(headers: Iterable[str], vocabulary: tuple[str, ...]) -> str | None:
    """Find the header with the word that stands first in a vocabulary, the shortest of several."""
    ranked = []
    for position, header in enumerate(headers):
        parts = words(header)
        hits = [vocabulary.index(part) for part in parts if part in vocabulary]
        if hits:
            ranked.append((min(hits), len(parts), position, header))
    return min(ranked)[-1] if ranked else None

"""The ready-made choices of features, matched to the columns that a file has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from analytics import headers, text
from analytics.columns import Column, grouping, names, roles
from analytics.errors import UnknownChoice, UnknownColumn


@dataclass(frozen=True)
class Approach:
    """A named choice of features.

    Attributes
    ----------
    name, title, use : str
        Its key, its title, and when to use it in one sentence.
    concepts : tuple of str
        What the features stand for; empty for the user's own choice.
    count : int or None
        The customary number of segments; ``None`` lets the data recommend it.
    """

    name: str
    title: str
    use: str
    concepts: tuple[headers.Concept, ...] = ()
    count: int | None = None


Changed = Literal["dataset", "approach", "features", "scaling"]
CUSTOM = "custom"
RECOMMENDED = "bivariate"
APPROACHES = {
    approach.name: approach
    for approach in (
        Approach(
            "univariate",
            "Univariate",
            "Income alone: a simple cut by purchasing power.",
            ("income",),
            3,
        ),
        Approach(
            "bivariate",
            "Bivariate",
            "Income and spending: who can spend, and who does. The recommended view.",
            ("income", "spending"),
            5,
        ),
        Approach(
            "multivariate",
            "Multivariate",
            "Age, income, spending and gender: a fuller portrait, with less clear-cut segments.",
            ("age", "income", "spending", "gender"),
        ),
        Approach(CUSTOM, "Custom", "Any features you choose."),
    )
}


def features(approach: str, columns: tuple[Column, ...]) -> list[str]:
    """Give the columns that an approach uses in this file.

    Raises
    ------
    UnknownChoice
        If there is no such approach.
    UnknownColumn
        If the file lacks a column that the approach needs.
    """
    if approach not in APPROACHES:
        raise UnknownChoice(
            f"There is no approach “{approach}”.", f"Choose {text.listing([*APPROACHES], 'or')}."
        )
    found = headers.concepts(roles(columns))
    lacking = [concept for concept in APPROACHES[approach].concepts if concept not in found]
    if lacking:
        raise UnknownColumn(
            f"No column of this file looks like {text.listing(lacking)}, which the"
            f" {approach} approach needs.",
            "Choose the features yourself instead.",
        )
    return [found[concept] for concept in APPROACHES[approach].concepts] or suggested(columns)


def named(wanted: Sequence[str], columns: tuple[Column, ...]) -> list[str]:
    """Find columns by header, by label without the unit, or by concept, in this order.

    A name that fits no column, or several, is given back as it is.
    """
    known = roles(columns)
    by_label: dict[str, list[str]] = {}
    for header in known:
        by_label.setdefault(headers.label(header).casefold(), []).append(header)
    concepts = {str(concept): header for concept, header in headers.concepts(known).items()}
    found = []
    for name in wanted:
        fitting = by_label.get(name.casefold(), [])
        if name not in known and len(fitting) == 1:
            found.append(fitting[0])
        else:
            found.append(name if name in known else concepts.get(name.casefold(), name))
    return found


def use(approach: str, chosen: Sequence[str], columns: tuple[Column, ...]) -> str:
    """Say when to use the approach, and where nobody chose, what was taken."""
    if approach == CUSTOM and list(chosen) == suggested(columns) and available(columns) == [CUSTOM]:
        return (
            "No columns were recognised as income and spending: the first"
            f" {text.count(len(chosen), 'usable column')} in the file were taken. Choose your own."
        )
    return APPROACHES[approach].use


def resolve(
    columns: tuple[Column, ...], approach: str, chosen: Sequence[str], changed: Changed
) -> tuple[str, list[str]]:
    """Bring the approach and the features into line after one of them was changed.

    Returns
    -------
    approach : str
        The preset that the features are, else the custom one.
    features : list of str
    """
    if changed == "dataset":
        approach = default(columns)
    if changed == "scaling":
        return approach, list(chosen)
    if changed == "features":
        presets = [name for name in available(columns) if name != CUSTOM]
        same = [name for name in presets if set(features(name, columns)) == set(chosen)]
        return (same or [CUSTOM])[0], list(chosen)
    if changed == "approach" and approach == CUSTOM and chosen:
        return CUSTOM, list(chosen)
    return approach, features(approach, columns)


def count(approach: str, tried: Iterable[int], recommended: int) -> int:
    """Give the number of segments to begin with: the approach's own, else the recommended one."""
    preset = APPROACHES[approach].count
    return preset if preset is not None and preset in tried else recommended


def suggested(columns: tuple[Column, ...]) -> list[str]:
    """Suggest features for a file that no preset fits: its first four numeric columns."""
    return names(columns, "numeric")[:4] or grouping(columns)[:2]


def available(columns: tuple[Column, ...]) -> list[str]:
    """List the approaches whose columns the file has, in their customary order."""
    found = headers.concepts(roles(columns))
    return [
        approach.name for approach in APPROACHES.values() if set(approach.concepts) <= found.keys()
    ]


def default(columns: tuple[Column, ...]) -> str:
    """Name the approach to begin with: the recommended one where its columns are there."""
    return RECOMMENDED if RECOMMENDED in available(columns) else CUSTOM

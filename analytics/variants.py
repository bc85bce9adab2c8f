"""Find levels of a category that are one level, spelled in several ways."""

import pandas as pd


def usual(levels: pd.Series) -> dict[str, str]:
    """Give the usual spelling of each level that is spelled otherwise.

    Spellings are of one level if they differ in nothing but capitals and blanks; the most frequent
    is the usual one, of equally frequent ones the first in alphabetical order.

    Parameters
    ----------
    levels : Series of str

    Returns
    -------
    dict of str to str
        Empty where every level has one spelling.
    """
    counts = levels.value_counts()
    first: dict[str, str] = {}
    found = {}
    for level in sorted(map(str, counts.index), key=lambda level: (-counts[level], level)):
        kind = " ".join(level.casefold().split())
        if kind in first:
            found[level] = first[kind]
        first.setdefault(kind, level)
    return found

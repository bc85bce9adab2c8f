"""What is in the file: key statistics for the tiles."""

from dataclasses import dataclass

import pandas as pd

from analytics import headers, text
from analytics.columns import Column, as_float, grouping, names, roles

_MOST_TILES = 4


@dataclass(frozen=True)
class Statistic:
    """One number worth a tile: its name, its value in words, and what stands behind it."""

    name: str
    value: str
    note: str


def key_statistics(customers: pd.DataFrame, columns: tuple[Column, ...]) -> list[Statistic]:
    """Choose and compute the statistics that tell most about the customers.

    Age, income, spending and gender where the headers name them, else the first numeric and
    categorical columns in the file. Averages are arithmetic means over the rows with a value.
    """
    found = headers.concepts(roles(columns))
    numeric = [found[concept] for concept in ("age", "income", "spending") if concept in found]
    levels = [found["gender"]] if "gender" in found else []
    others = [name for name in names(columns, "numeric") if name not in numeric]
    numeric += [
        name for name in others if "year" not in headers.words(name)
    ]  # no mean worth a tile
    levels += [name for name in grouping(columns) if name not in levels]
    chosen = numeric[: _MOST_TILES - 1] if levels else numeric[:_MOST_TILES]
    tiles = [_average(customers, name) for name in chosen]
    tiles += [_shares(customers, name) for name in levels[: _MOST_TILES - len(tiles)]]
    return [Statistic("Customers", f"{len(customers):,}", "rows of the file in use"), *tiles]


def _average(customers: pd.DataFrame, name: str) -> Statistic:
    values = as_float(customers, [name])[name].dropna()
    low, middle, high = values.quantile([0.25, 0.5, 0.75])
    unit = headers.unit(name)
    digits = 2 if abs(values.mean()) < 1_000 else 0
    return Statistic(
        f"Average {headers.spoken(name)}",
        text.quantity(values.mean(), unit, digits),
        f"median {text.number(middle)}, middle half {text.number(low)} to {text.number(high)}",
    )


def _shares(customers: pd.DataFrame, name: str) -> Statistic:
    counts = customers[name].value_counts()
    shares = counts / counts.sum()
    shown = shares if len(shares) == 2 else shares[:1]
    written = [f"{text.percent(share)} {_word(level)}" for level, share in shown.items()]
    told = [f"{many:,} {_word(level)}" for level, many in counts[:4].items()]
    if len(counts) > 4:
        told.append(f"{counts[4:].sum():,} of {text.count(len(counts) - 4, 'other level')}")
    return Statistic(headers.label(name), " / ".join(written), text.listing(told))


def _word(level: object) -> str:
    """Write a level within a sentence: the usual genders in lower case, names as they are."""
    word = str(level)
    return word.lower() if word in {"Female", "Male"} else word

"""What the columns say, in sentences ordered by the size of the effect."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import effects, headers, text
from analytics.columns import Column, as_float, grouping, names, roles
from analytics.errors import NotEnoughData
from analytics.explore import Comparison, compare, correlations

NEGLIGIBLE_R = 0.1  # Cohen 1988: below a small effect
_STRENGTHS = ((0.5, "strongly"), (0.3, "moderately"), (0.0, "weakly"))  # Cohen 1988
_MOST = 4
_MOST_COLUMNS = 12


@dataclass(frozen=True)
class Finding:
    """A sentence and the size of its effect, as a correlation in absolute value."""

    sentence: str
    effect: float


def findings(customers: pd.DataFrame, columns: tuple[Column, ...]) -> list[str]:
    """Say what the columns show together, the relation of income and spending first.

    Returns
    -------
    list of str
        At most four sentences with numbers and 95 % intervals. After the first, the larger
        effect comes first; p-values play no part.
    """
    found = headers.concepts(roles(columns))
    numeric = names(columns, "numeric")[:_MOST_COLUMNS]
    relations = _relations(customers, numeric)
    headline = [
        finding
        for pair, finding in relations.items()
        if pair == frozenset({found.get("income"), found.get("spending")})
    ]
    rest = [finding for finding in relations.values() if finding not in headline]
    rest += _differences(customers, columns, numeric)
    rest += _skews(customers, numeric)
    rest.sort(key=lambda finding: -finding.effect)
    return [finding.sentence for finding in (headline + rest)[:_MOST]]


def compared(comparison: Comparison, value: str, by: str) -> str:
    """Say whether a number differs between groups."""
    unit = headers.unit(value)
    label, group = headers.label(value), headers.spoken(by)
    first, last = comparison.groups.iloc[0], comparison.groups.iloc[-1]
    size = (
        f"{comparison.effect_name} {text.number(comparison.effect, 2)},"
        f" {text.interval(comparison.low, comparison.high, 2)}"
    )
    high = f"{comparison.groups.index[0]} {text.quantity(first['mean'], unit, 1)}"
    low = f"{comparison.groups.index[-1]} {text.quantity(last['mean'], unit, 1)}"
    trivial = comparison.low <= 0 <= comparison.high or _negligible(comparison)
    if comparison.effect_name == "Hedges' g":
        gap = (
            f"difference {text.quantity(comparison.difference, unit, 1)},"
            f" {text.interval(comparison.difference_low, comparison.difference_high, 1)}"
        )
        means = f"{high}, {low} on average ({gap}; {size})"
    else:
        means = f"from {high} down to {low} on average ({size})"
    if comparison.low <= 0 <= comparison.high:
        return f"{label} does not differ measurably by {group}: {means}."
    return f"{label} differs {'only slightly ' if trivial else ''}by {group}: {means}."


def _negligible(comparison: Comparison) -> bool:
    if comparison.effect_name == "Hedges' g":
        return abs(comparison.effect) < effects.NEGLIGIBLE
    return comparison.effect < NEGLIGIBLE_R**2


def _relations(customers: pd.DataFrame, numeric: list[str]) -> dict[frozenset[str], Finding]:
    if len(numeric) < 2:
        return {}
    table = correlations(customers, numeric).dropna(subset="r")
    relations = {}
    for (first, second), row in table.iterrows():
        pair = frozenset({first, second})
        if pair not in relations and row["customers"] > 3:
            relations[pair] = Finding(related(first, second, row), abs(row["r"]))
    return relations


def related(first: str, second: str, row: pd.Series, method: str = "pearson") -> str:
    """Say whether two numeric columns are correlated."""
    coefficient = "Pearson r" if method == "pearson" else "Spearman's rho"
    names_ = f"{headers.label(first)} and {headers.label(second)}"
    evidence = (
        f"{coefficient} = {text.number(row['r'], 2)}, {text.interval(row['low'], row['high'], 2)},"
        f" {text.count(int(row['customers']), 'customer')}"
    )
    if row["low"] <= 0 <= row["high"] or abs(row["r"]) < NEGLIGIBLE_R:
        how = "not" if row["low"] <= 0 <= row["high"] else "hardly"
        return f"{names_} are {how} correlated ({evidence}); that does not rule out groups."
    strength = next(word for least, word in _STRENGTHS if abs(row["r"]) >= least)
    direction = "rises" if row["r"] > 0 else "falls"
    return (
        f"{headers.label(second)} {direction} with {headers.spoken(first)},"
        f" {strength} ({evidence})."
    )


def _differences(
    customers: pd.DataFrame, columns: tuple[Column, ...], numeric: list[str]
) -> list[Finding]:
    result = []
    for by in grouping(columns)[:_MOST_COLUMNS]:
        for value in numeric:
            try:
                comparison = compare(customers, value, by)
            except NotEnoughData:
                continue  # nothing to say about this pair
            result.append(Finding(compared(comparison, value, by), _as_correlation(comparison)))
    return result


def _as_correlation(comparison: Comparison) -> float:
    if comparison.effect_name != "Hedges' g":
        return float(np.sqrt(max(comparison.effect, 0.0)))
    first, second = comparison.groups["customers"].iloc[:2]
    share = first * second / (first + second) ** 2
    return float(abs(comparison.effect) / np.sqrt(comparison.effect**2 + 1 / share))


def _skews(customers: pd.DataFrame, numeric: list[str]) -> list[Finding]:
    result = []
    values = as_float(customers, numeric)
    for name in numeric:
        skew = float(values[name].skew())
        if skew > 1:
            mean, median = values[name].mean(), values[name].median()
            unit = headers.unit(name)
            sentence = (
                f"{headers.label(name)} is skewed: the average of {text.quantity(mean, unit)} lies"
                f" above the median of {text.quantity(median, unit)} (skewness"
                f" {text.number(skew, 1)}), so a few large values weigh on any distance."
            )
            result.append(Finding(sentence, min(skew / 10, 1.0)))
    return result

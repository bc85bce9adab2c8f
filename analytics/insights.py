"""What the segments mean for the business, in sentences whose every number is computed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analytics import headers, text
from analytics.behaviour import Signal, money, signals, value_shares
from analytics.columns import Column, roles
from analytics.explore import correlations
from analytics.facts import leading
from analytics.facts import sentence as fact_sentence
from analytics.findings import NEGLIGIBLE_R, related
from analytics.members import members

CAUTION = (
    "The suggestions follow from averages, not from an experiment: try each on a part of its"
    " segment first, and compare with the rest of it."
)
UNRELIABLE = "It does not come back when customers are drawn anew: base no action on it."
_TELLING = 0.5  # Cohen 1988: at least a medium effect suggests an action
_ACTIONS: tuple[tuple[dict[Signal, str], str], ...] = (
    (
        {"recency": "high", "spending": "high"},
        "Win these customers back before any others, and ask what made them stay away",
    ),
    (
        {"recency": "high"},
        "Remind them once of what they liked, and spend no more on those who do not answer",
    ),
    ({"recency": "low", "frequency": "low"}, "Welcome them, and make a second purchase easy"),
    (
        {"income": "high", "spending": "low"},
        "Ask what keeps them from buying, and try better goods before lower prices",
    ),
    (
        {"income": "high", "spending": "high"},
        "Keep them by service and early access; a discount would only cost margin",
    ),
    (
        {"income": "low", "spending": "high"},
        "Keep offers within their means, as with small packs, and do not push credit",
    ),
    (
        {"income": "low", "spending": "low"},
        "Serve them at low cost, and spend campaign money on other segments first",
    ),
    (
        {"frequency": "high", "spending": "low"},
        "Offer bundles, which make each of their many purchases worth more",
    ),
    ({"frequency": "high"}, "Thank them for their loyalty, as by a programme that rewards it"),
    ({"spending": "high"}, "Keep them by service, and ask what they would recommend to others"),
    ({"frequency": "low"}, "Give them a reason to come again, such as a dated offer"),
    ({"spending": "low"}, "Find out what they buy elsewhere, and offer a first step up"),
)


@dataclass(frozen=True)
class Insight:
    """What is to be said of one segment.

    Attributes
    ----------
    segment : int
    size : str
    value : str
        Its share of what is paid; empty where no column can be added up.
    outstanding : tuple of str
        Up to three facts, the largest effect first.
    action, reason : str
        One suggestion and the averages that suggest it; where nothing does, the action says so
        and the reason is empty.
    """

    segment: int
    size: str
    value: str
    outstanding: tuple[str, ...]
    action: str
    reason: str


@dataclass(frozen=True)
class Claim:
    """A claim about the data, whether it holds, and the numbers that say so."""

    claim: str
    holds: bool
    sentence: str


def insights(
    customers: pd.DataFrame,
    columns: tuple[Column, ...],
    labels: pd.Series,
    facts: pd.DataFrame,
    unreliable: Collection[int] = (),
) -> list[Insight]:
    """Say what each segment is worth, what stands out, and one thing to try.

    Parameters
    ----------
    customers : DataFrame
    columns : tuple of Column
    labels : Series of int
        Segment of each customer; noise, 0, is part of the totals only.
    facts : DataFrame
        As from :func:`analytics.facts.facts`.
    unreliable : collection of int
        Segments that are known not to come back when customers are drawn anew; nothing is
        suggested for them.

    Returns
    -------
    list of Insight
        By value where a column can be added up, else by size.
    """
    found = members(labels)
    sizes = dict(zip(found.segments, found.sizes.tolist(), strict=True))
    column = money(columns)
    values = pd.DataFrame() if column is None else value_shares(customers, column, labels)
    order = [int(segment) for segment in values.index] or list(found.segments)
    told = signals(columns)
    return [
        Insight(
            segment,
            f"{sizes[segment]:,} of {text.count(len(labels), 'customer')}"
            f" ({text.percent(sizes[segment] / len(labels), 1)}).",
            _value(values.loc[segment], str(column)) if len(values) else "",
            _outstanding(facts, segment),
            *(
                (UNRELIABLE, "")
                if segment in unreliable
                else _action(facts[facts["segment"] == segment], told)
            ),
        )
        for segment in order
    ]


def _value(row: pd.Series, column: str) -> str:
    unit = headers.unit(column)
    return (
        f"{text.portion(row['share'])} of all {headers.label(column)} (95 % interval"
        f" {text.percent(row['low'])} to {text.percent(row['high'])}), which is"
        f" {text.number(row['share'] / row['customers'], 1)} times its share of customers:"
        f" {text.quantity(row['total'], unit, text.digits(row['total']))}."
    )


def _outstanding(facts: pd.DataFrame, segment: int) -> tuple[str, ...]:
    said = [f"{fact_sentence(fact)}." for _, fact in leading(facts, segment).iterrows()]
    return tuple(said) or ("In no column does it differ from the rest by more than a trifle.",)


def _action(facts: pd.DataFrame, told: Mapping[Signal, str]) -> tuple[str, str]:
    """Choose the first action whose signals all point its way."""
    rows = facts[facts["level"] == ""].set_index("column")
    pointing: dict[Signal, str] = {}
    for signal, column in told.items():
        if column in rows.index and not rows.loc[column, "trivial"]:
            effect = rows.loc[column, "effect"]
            if abs(effect) >= _TELLING:
                pointing[signal] = "high" if effect > 0 else "low"
    for wanted, action in _ACTIONS:
        if wanted.items() <= pointing.items():
            because = [_average(told[signal], rows.loc[told[signal]]) for signal in wanted]
            return f"{action}.", f"Because {text.listing(because)}."
    if not told:
        return "No column tells how these customers buy, so none suggests an action.", ""
    if pointing:
        apart = [f"{way} {headers.label(told[signal])}" for signal, way in pointing.items()]
        said = text.listing(apart)
        return (
            f"{said[0].upper()}{said[1:]} alone suggest{'s' if len(apart) == 1 else ''} no action.",
            "",
        )
    said = text.listing([headers.label(column) for column in told.values()], "or")
    return f"They are not far enough from the rest in {said} to suggest an action.", ""


def _average(column: str, fact: pd.Series) -> str:
    unit, label = headers.unit(column), headers.label(column)
    own, rest = (
        text.quantity(fact[name], unit, text.digits(fact[name])) for name in ("value", "rest")
    )
    return f"{label} averages {own} against {rest} in the rest"


def overview(
    customers: pd.DataFrame,
    columns: tuple[Column, ...],
    labels: pd.Series,
    names: Mapping[int, str],
) -> list[str]:
    """Say how the customers and what they pay are shared out over the segments."""
    found = members(labels)
    if not found.segments:
        return ["No customer is in a segment."]
    everyone = len(labels)

    def of(place: int) -> str:
        size = int(found.sizes[place])
        return f"“{names[found.segments[place]]}” has {size:,} ({text.percent(size / everyone, 1)})"

    many = len(found.segments)
    said = [
        f"{text.count(many, 'segment')} of {text.count(everyone, 'customer')}: {of(0)}"
        f"{f', the largest; {of(many - 1)}, the smallest' if many > 1 else ''}."
    ]
    noise = everyone - int(found.sizes.sum())
    if noise:
        said.append(f"{text.count(noise, 'customer')} are in no segment"
                    f" ({text.percent(noise / everyone, 1)}).")  # fmt: skip
    column = money(columns)
    values = pd.DataFrame() if column is None else value_shares(customers, column, labels)
    if len(values) > 1:
        first = values.iloc[0]
        said.append(
            f"“{names[int(values.index[0])]}” brings {text.percent(first['share'])} of all"
            f" {headers.label(str(column))} (95 % interval {text.percent(first['low'])} to"
            f" {text.percent(first['high'])}) with {text.percent(first['customers'], 1)} of the"
            " customers."
        )
    return said


def claims(
    customers: pd.DataFrame,
    columns: tuple[Column, ...],
    *,
    count: int | None,
    silhouette: float,
    error: float,
) -> list[Claim]:
    """Check what is often said of such data: five groups, and spending that follows income.

    Parameters
    ----------
    customers : DataFrame
    columns : tuple of Column
    count : int or None
        The recommended number of segments by income and spending; ``None`` if the data show none.
    silhouette, error : float
        The mean silhouette of that number of segments, or the best there is, with its standard
        error.

    Returns
    -------
    list of Claim
        Empty where no columns stand for income and spending.
    """
    found = headers.concepts(roles(columns))
    if "income" not in found or "spending" not in found:
        return []
    by = text.uncertain(silhouette, error, 3)
    recommended = "no number of segments is" if count is None else (
        f"{text.count(count, 'segment')} {'is' if count == 1 else 'are'}"
    )  # fmt: skip
    five = Claim(
        "Customers form five groups by income and spending.",
        count == 5,
        f"{'Yes' if count == 5 else 'No'}: {recommended} recommended, the mean silhouette is {by}.",
    )
    first, second = found["income"], found["spending"]
    row = correlations(customers, [first, second]).loc[(first, second)]
    rises = bool(row["low"] > 0 and row["r"] >= NEGLIGIBLE_R)
    follows = Claim(
        "Customers with a higher income spend more.",
        rises,
        f"{'Yes' if rises else 'No'}: {related(first, second, row)}",
    )
    return [five, follows]

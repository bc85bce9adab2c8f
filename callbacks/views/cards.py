"""What the cards of the segments say; ``assets/27-cards.js`` builds them.

In every sentence a segment's name is left out for the browser to put in, as the user may give
another: ``⟦3⟧`` stands for that of segment 3.
"""

from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics import behaviour, columns, insights, portrait, reasons, rules, text

if TYPE_CHECKING:
    from app.answers import Dataset, Segmentation
    from app.described import Described


def placeholders(found: "Segmentation") -> dict[int, str]:
    """Give what stands for each segment's name until the browser puts it in."""
    return {segment: f"⟦{segment}⟧" for segment in found.names}


def told(
    described: "Described", found: "Segmentation", table: pd.DataFrame
) -> list[dict[str, Any]]:
    """Say of each segment what a closed card shows.

    Parameters
    ----------
    described : Described
    found : Segmentation
    table : DataFrame
        As from :func:`analytics.facts.facts`.
    """
    data = described.data
    said = insights.insights(data.customers, data.columns, found.labels, table, found.unreliable)
    by_segment = {one.segment: one for one in said}
    worth = _worth(data, found)
    everyone = len(found.labels)
    return [
        {
            "segment": segment,
            "size": size,
            "held": portrait.held(found.stability, segment),
            "share": f"{text.count(size, 'customer')}, {text.percent(size / everyone, 1)}",
            "worth": worth.get(segment),
            "value": by_segment[segment].value if segment in by_segment else "",
            "facts": [[said, int(trivial)] for said, trivial in portrait.told(table, segment)],
            "action": by_segment[segment].action if segment in by_segment else "",
            "reason": by_segment[segment].reason if segment in by_segment else "",
        }
        for segment, size in found.sizes.items()
    ]


def overview(described: "Described", found: "Segmentation") -> list[str]:
    """Say how the customers, and what they pay, are shared out."""
    data = described.data
    return insights.overview(data.customers, data.columns, found.labels, placeholders(found))


def _worth(data: "Dataset", found: "Segmentation") -> dict[int, float]:
    """Give each segment's share of what is paid, where a column tells it."""
    column = behaviour.money(data.columns)
    if column is None:
        return {}
    shares = behaviour.value_shares(data.customers, column, found.labels)["share"]
    return {int(segment): round(float(share), 4) for segment, share in shares.items()}


def details(described: "Described", found: "Segmentation") -> dict[str, dict[str, Any]]:
    """Say of each segment what its card shows when it is opened: its rule, and its examples."""
    data = described.data
    short = rules.rules(data.customers, data.columns, found.labels, found.features, validate=False)
    chosen = reasons.examples(described.matrix, found.labels, found.silhouettes)
    why = _why(described, found, chosen["position"].tolist())
    who = _who(data, chosen["position"].tolist())
    cards: dict[str, dict[str, Any]] = {
        str(rule.segment): {"rule": rules.sentence(rule), "typical": [], "borderline": []}
        for rule in short.rules
    }
    for row in chosen.itertuples():
        card = cards[str(row.segment)]
        card[row.kind].append([who[row.position], why.get(row.position, "")])
    return cards


def _why(described: "Described", found: "Segmentation", positions: list[int]) -> dict[int, str]:
    if sum(segment > 0 for segment in found.names) < 2:
        return {}
    told_ = reasons.reasons(described.matrix, found.labels, found.features, positions)
    names = placeholders(found)
    return {
        position: reasons.sentence(
            told_, position, described.data.customers, found.profiles, found.composition, names
        )
        for position in positions
    }


def _who(data: "Dataset", positions: list[int]) -> dict[int, str]:
    """Name customers by their identifier, or by their row where there is none."""
    known = columns.names(data.columns, "identifier")
    if not known:
        return {position: f"Row {position + 1:,}" for position in positions}
    values = data.customers[known[0]]
    return {position: f"{known[0]} {values.iloc[position]}" for position in positions}

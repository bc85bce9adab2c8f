"""What is known of a dataset, as the Overview tells it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
from dash.development.base_component import Component

from analytics import ledger as ledger_
from analytics import text
from analytics.alerts import Alert
from analytics.choices import Choice, Offer, in_words
from analytics.columns import Column
from layouts import alerts as layout
from layouts import ids, parts

if TYPE_CHECKING:
    from app.answers import Dataset

_MOST_ASIDE = 10
_MOST_TEXT = 160
_EFFECTS = ((0.2, "large"), (0.04, "some"), (0.008, "little"), (-1.0, "no"))


def ledger(data: "Dataset") -> str:
    """Say how many rows the file has and what became of them, and how it was read."""
    return ledger_.sentence(
        data.rows, len(data.customers), form=(data.format, data.delimiter, data.encoding)
    )


def aside(rows: pd.DataFrame, place: str) -> Component | str:
    """List the first rows that are not used."""
    if rows.empty:
        return ""
    first = [
        [f"{row.line:,}", row.reason, f"{row.text[:_MOST_TEXT]}"]
        for row in rows.head(_MOST_ASIDE).itertuples()
    ]
    many = f"The first {_MOST_ASIDE} of {len(rows):,}" if len(rows) > _MOST_ASIDE else "The"
    return parts.table(
        [place.capitalize(), "Why it is set aside", "What stands there"],
        first,
        f"{many} rows set aside",
    )


def questions(offers: Sequence[Offer]) -> list[Component]:
    """Show how the file was read, where it could be read in another way."""
    return [_control(offer, "reading") for offer in offers]


def changes(choices: Sequence[Choice], offers: Sequence[Offer]) -> Component | str:
    """List what the user decided, in the words of the options."""
    if not choices:
        return ""
    return parts.sentences([f"You decided: {one}." for one in in_words(choices, offers)])


def alerts(found: Sequence[Alert]) -> list[Component] | str:
    """List what may be wrong, the large effects first and the small ones folded away."""
    if not found:
        return "Nothing was found that would mislead the segments."
    items = {alert.key: _alert(alert) for alert in found}
    small = [a.key for a in found if _effect(a) in ("little", "no") and not _is_decided(a)]
    first = [item for key, item in items.items() if key not in small]
    return layout.listed(first, [items[key] for key in small])


def shown(found: Sequence[Alert], key: str, rows: int) -> str:
    """Say which rows the table shows."""
    alert = next(one for one in found if one.key == key)
    if alert.count == 1:
        return f"The one row of “{alert.title}”, as it stands in the file."
    part = f"The first {rows:,} of {alert.count:,}" if rows < alert.count else f"All {rows:,}"
    return f"{part} rows of “{alert.title}”, as they stand in the file."


def columns(described: Sequence[Column]) -> Component:
    """List the columns, each with a control of its role."""
    return parts.table(
        ["Column", "Role", "Type", "Missing", "Distinct", "Why this role"],
        [
            [
                column.name,
                parts.choice(
                    ids.choice(f"role:{column.name}", "columns"),
                    [(role, role) for role in column.possible],
                    column.role,
                    f"Role of {column.name}",
                ),
                column.type,
                _missing(column),
                f"{column.distinct:,}",
                column.reason,
            ]
            for column in described
        ],
        "Columns and their roles",
    )


def _missing(column: Column) -> str:
    marks = [f"“{word}”" for word in column.markers or {} if word]
    strays = sum((column.strays or {}).values())
    beside = [*marks[:3], *([f"{strays:,} unreadable"] if strays else [])]
    return f"{column.missing:,}{f' ({text.listing(beside)})' if beside else ''}"


def _alert(alert: Alert) -> Component:
    control = _control(alert.offer, "alerts") if alert.offer else None
    return layout.item(
        alert.title, alert.detail, _effect(alert), alert.key if alert.rows else "", control
    )


def _effect(alert: Alert) -> str:
    return next(word for least, word in _EFFECTS if alert.effect >= least)


def _is_decided(alert: Alert) -> bool:
    return alert.offer is not None and alert.offer.chosen != alert.offer.options[0].value


def _control(offer: Offer, where: str) -> Component:
    return parts.choice(
        ids.choice(offer.key, where),
        [(option.value, option.label) for option in offer.options],
        offer.chosen,
        offer.question,
    )

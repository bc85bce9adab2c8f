"""Alerts about rows: what a row is, and rows that are the same."""

import pandas as pd

from analytics import headers, repeats
from analytics.alerts.alert import Alert, dropping, offer, positions
from analytics.alerts.alert import rows as counted
from analytics.choices import KEEP
from analytics.columns import Column, names


def several(customers: pd.DataFrame, columns: tuple[Column, ...]) -> list[Alert]:
    """Tell a file that has several rows for each customer."""
    found = repeats.grain(columns, len(customers))
    if not found:
        return []
    return [Alert("grain", "Not one row for each customer", found, len(customers), 1.0)]


def repeated(customers: pd.DataFrame, columns: tuple[Column, ...]) -> list[Alert]:
    """Tell rows and identifiers that stand on an earlier row."""
    rows = len(customers)
    found = []
    same = repeats.repeated_rows(customers, columns)
    many = int(same.sum())
    if many:
        found.append(
            Alert(
                "duplicates",
                "Identical rows",
                f"{counted(many, 'equals', 'equal')} an earlier one{_who(columns, rows)} and are"
                " kept unless you say otherwise; each counts fully.",
                many,
                (0.02 if repeats.is_identified(columns, rows) else 0.2) * many / rows,
                offer("duplicates", "", "What should happen to identical rows?", [
                    (KEEP, f"keep all {rows:,} rows"), *dropping(many, rows),
                ]),
                positions(same),
            )
        )  # fmt: skip
    for name in repeats.doubted(columns, rows):
        again = repeats.repeated_identifiers(customers[name])
        many = int(again.sum())
        found.append(
            Alert(
                f"identifiers:{name}",
                f"Repeated identifiers: {headers.label(name)}",
                f"{counted(many, 'has', 'have')} an identifier that stands on an earlier row:"
                " one customer may count several times.",
                many,
                many / rows,
                offer("identifiers", name, f"What should happen to repeated “{name}”?", [
                    (KEEP, f"keep all {rows:,} rows"), *dropping(many, rows),
                ]),
                positions(again),
            )
        )  # fmt: skip
    return found


def _who(columns: tuple[Column, ...], rows: int) -> str:
    beside = " in everything but the identifier" if names(columns, "identifier") else ""
    if repeats.grain(columns, rows):
        return f"{beside}: they may be alike by chance, or one entered twice,"
    if repeats.is_identified(columns, rows):
        return (
            " in everything but the identifier, which differs: they are likely different customers"
        )
    return f"{beside}: they may be different customers"

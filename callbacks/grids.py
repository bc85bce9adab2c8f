"""Customers as rows of a grid."""

from typing import Any

import pandas as pd

from analytics import text

MOST_ROWS = 5_000  # what a browser sorts and filters at once without a pause
_MOST_CONDITIONS = 10  # the cross-filter asks for one segment or another, up to ten


def columns(customers: pd.DataFrame) -> list[dict[str, Any]]:
    """Define a grid column for each column of the customers, numbers with a number filter."""
    return [
        {
            "field": str(name),
            "headerName": str(name),
            "filterParams": {"maxNumConditions": _MOST_CONDITIONS},
            "filter": "agNumberColumnFilter"
            if pd.api.types.is_numeric_dtype(customers[name])
            else "agTextColumnFilter",
        }
        for name in customers.columns
    ]


def rows(customers: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the first rows as plain values, dates in ISO form and nothing for missing ones."""
    head = customers.head(MOST_ROWS).copy()
    for name in head.columns:
        if pd.api.types.is_datetime64_any_dtype(head[name]):
            head[name] = head[name].dt.strftime("%Y-%m-%d")
    plain = head.astype("object").where(head.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def note(customers: int) -> str:
    """Say how many of the customers the grid holds."""
    if customers <= MOST_ROWS:
        return f"All {text.count(customers, 'customer')}."
    return f"The first {MOST_ROWS:,} of {customers:,} customers; downloads hold all of them."

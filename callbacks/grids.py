"""Customers as rows of a grid."""

from typing import Any

import pandas as pd

from analytics import text
from analytics.scoring import EXACT_ROWS

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


def _with_room(definitions: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Give a column room for a few words."""
    return [one | ({"minWidth": 220} if one["field"] == name else {}) for one in definitions]


def rows(customers: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the first rows as plain values, dates in ISO form and nothing for missing ones."""
    head = plain(customers.head(MOST_ROWS))
    return [{str(key): value for key, value in row.items()} for row in head.to_dict("records")]


def plain(customers: pd.DataFrame) -> pd.DataFrame:
    """Give the values as JSON can hold them, dates in ISO form and nothing for missing ones."""
    head = customers.copy()
    for name in head.columns:
        if pd.api.types.is_datetime64_any_dtype(head[name]):
            head[name] = head[name].dt.strftime("%Y-%m-%d")
    return head.astype("object").where(head.notna(), None)


def note(customers: int) -> str:
    """Say how many of the customers the grid holds."""
    if customers <= MOST_ROWS:
        return f"All {text.count(customers, 'customer')}."
    return f"The first {MOST_ROWS:,} of {customers:,} customers; downloads hold all of them."


def listed(customers: pd.DataFrame, told: pd.DataFrame, evaluated: int) -> dict[str, Any]:
    """Give the first customers column by column, after those that tell of their segment.

    The browser makes rows of them and gives each its segment, in ``assets/32-table.js``.

    Parameters
    ----------
    customers : DataFrame
    told : DataFrame
        What the algorithm says of each customer; only its columns are taken.
    evaluated : int
        How many customers have a silhouette.
    """
    ours = pd.DataFrame({"segment": [0], "segment_name": [""], "silhouette": [0.0]})
    ours = ours.join(told.head(0))
    head = customers.drop(columns=[name for name in ours if name in customers]).head(MOST_ROWS)
    values = plain(head)
    return {
        "rows": len(head),
        "columns": [*_with_room(columns(ours), "segment_name"), *columns(head)],
        "ours": ours.shape[1],
        "values": [values.iloc[:, place].tolist() for place in range(values.shape[1])],
        "note": note(len(customers)) + _sampled(evaluated, len(customers)),
    }


def _sampled(evaluated: int, customers: int) -> str:
    """Say why the silhouettes of others are missing, where they are."""
    if evaluated >= customers:
        return ""
    return (
        f" {evaluated:,} of them have a silhouette: it is estimated on a sample above"
        f" {EXACT_ROWS:,} different customers, and who is in no segment has none."
    )

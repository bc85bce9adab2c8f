"""Find rows that are the same, and files that have several rows for each customer."""

import re

import numpy as np
import pandas as pd

from analytics import headers, text
from analytics.columns import Column, names

_WHO = re.compile(
    r"(?:customer|client|cust|user|member|account|acct|household|card|loyaltycard|consumer)"
    r"(?:unique|full)?(?:id|ids|no|nr|num|number|key|code|ref|name)?"
)
_OWN = re.compile(r"(?:id|ids|uuid|guid)")
_PURCHASE = frozenset(
    {"invoice", "order", "transaction", "basket", "receipt", "invoiceno", "ordernumber", "orderid",
     "invoiceid", "transactionid", "basketid", "receiptno"}
)  # fmt: skip
_EVENT = _PURCHASE | {"quantity", "price", "item", "product", "sku", "stock", "sales", "purchase"}
_SEVERAL = 1.5  # rows for each customer, on average


def repeated_rows(customers: pd.DataFrame, columns: tuple[Column, ...]) -> np.ndarray:
    """Mark rows that equal an earlier one in every column but identifiers and leftover indices."""
    out = names(columns, "identifier")
    out += [name for name in names(columns, "ignored") if customers[name].is_unique]
    compared = customers.drop(columns=out)
    if compared.shape[1] == 0:
        return np.zeros(len(customers), dtype=bool)
    hashed = np.zeros(len(customers), dtype=np.uint64)
    for name in compared:
        codes, _ = pd.factorize(compared[name])
        hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + (codes + 2).astype(np.uint64)
        hashed ^= hashed >> np.uint64(29)
    suspects = pd.Series(hashed).duplicated(keep=False).to_numpy()
    same = np.zeros(len(customers), dtype=bool)
    same[suspects] = compared[suspects].duplicated().to_numpy()
    return same


def repeated_identifiers(values: pd.Series) -> np.ndarray:
    """Mark rows whose identifier stands on an earlier row; missing ones are not compared."""
    return np.asarray(values.duplicated() & values.notna())


def is_identified(columns: tuple[Column, ...], rows: int) -> bool:
    """Say whether a column identifies every row that it has a value in."""
    return any(c.role == "identifier" and _times(c, rows) == 1 for c in columns)


def doubted(columns: tuple[Column, ...], rows: int) -> list[str]:
    """List identifiers of customers that are not unique, though nearly.

    None where another identifier is unique, as a customer's beside that of a store, or where the
    file has several rows for each customer anyway.
    """
    if is_identified(columns, rows) or grain(columns, rows):
        return []
    who = [column for column in _who(columns) if column.role == "identifier"]
    found = who or [column for column in columns if column.role == "identifier"]
    return [column.name for column in found if 1 < _times(column, rows) < _SEVERAL]


def grain(columns: tuple[Column, ...], rows: int) -> str:
    """Say in a sentence what a file holds that is not one row for each customer.

    Returns
    -------
    str
        Empty where nothing speaks against one row for each customer.
    """
    who = _who(columns)
    if any(column.role == "identifier" and _times(column, rows) == 1 for column in who):
        return ""
    purchases = [c for c in columns if c.role == "identifier" and _is_about(c, _PURCHASE)]
    for column in who or purchases:
        times = _times(column, rows)
        if column.distinct < 2 or times < _SEVERAL:
            continue
        events = [c.name for c in columns if _is_about(c, _EVENT) and c.name != column.name]
        dates = names(columns, "date")
        looks = "a list of transactions" if events or dates else "a list with several rows for each"
        signs = list(dict.fromkeys([*dates[:1], *events]))[:3]
        beside = f" (it has {text.listing([f'“{name}”' for name in signs])})" if signs else ""
        return (
            f"{rows:,} rows, but {column.distinct:,} different “{column.name}”,"
            f" {text.number(times, 1)} rows for each: this looks like"
            f" {looks}{beside}, not one row for each customer. The segments would be of rows, not"
            " of people; sum the file up to one row for each customer first."
        )
    return ""


def _times(column: Column, rows: int) -> float:
    """Give the rows for each value, on average."""
    return (rows - column.missing) / column.distinct if column.distinct else 0.0


def _is_about(column: Column, words: frozenset[str]) -> bool:
    return bool(words & set(headers.words(column.name)))


def _who(columns: tuple[Column, ...]) -> list[Column]:
    """List the columns that name customers, identifiers first."""
    found = []
    for column in columns:
        header = "".join(headers.words(column.name))
        named = column.role in ("categorical", "text") and header.endswith("name")
        if _WHO.fullmatch(header) and (column.role == "identifier" or named):
            found.append(column)
    plain = [c for c in columns if c.role == "identifier" and _OWN.fullmatch(c.name.lower())]
    return sorted(found or plain, key=lambda column: column.role != "identifier")

"""What columns tell about how customers buy, and what they bring."""

from typing import Literal

import numpy as np
import pandas as pd

from analytics import headers
from analytics.columns import Column, as_float, names, roles
from analytics.effects import CRITICAL
from analytics.members import members

Signal = Literal["income", "spending", "recency", "frequency"]

_MONEY = (
    "revenue", "turnover", "sales", "monetary", "spent", "spend", "spending", "expenditure",
    "purchases", "amount", "payments", "charges",
)  # fmt: skip
_CURRENCIES = frozenset({"€", "$", "£", "k€", "k$", "k£", "eur", "usd", "gbp", "chf"})
_OWNED = frozenset({"income", "salary", "earnings", "wage", "balance", "limit", "credit", "wealth"})
_NO_SUM = frozenset(
    {"score", "rating", "rank", "index", "count", "n", "num", "number", "no", "nr", "frequency",
     "freq", "ratio", "share", "percent", "pct", "rate", "average", "avg", "mean", "median",
     "per", "limit", "days", "day", "trx", "transactions", "minimum", "min", "max", "maximum"}
)  # fmt: skip
_RECENCY = ("recency", "since")
_BOUGHT = frozenset({"last", "purchase", "order", "visit"})
_FREQUENCY = ("frequency", "orders", "visits", "transactions", "trx")


def money(columns: tuple[Column, ...]) -> str | None:
    """Find the column of what each customer has paid, which can be added up over customers.

    Its header speaks of revenue or the like, or states a currency. Scores, counts and averages
    are none, nor is what customers own or earn.
    """
    adding = [
        name
        for name in names(columns, "numeric")
        if not headers.is_scale(name) and not _NO_SUM & set(headers.words(name))
    ]
    found = headers.closest(adding, _MONEY)
    if found is not None:
        return found
    priced = [
        name
        for name in adding
        if headers.unit(name).lower() in _CURRENCIES and not _OWNED & set(headers.words(name))
    ]
    return priced[0] if priced else None


def signals(columns: tuple[Column, ...]) -> dict[Signal, str]:
    """Find the columns of income, spending, recency (time since the last purchase) and frequency.

    Where no header speaks of spending, the column of :func:`money` stands for it.
    """
    numeric = names(columns, "numeric")
    concepts = headers.concepts(roles(columns))
    words = {name: set(headers.words(name)) for name in numeric}
    lately = [n for n in numeric if "since" not in words[n] or words[n] & _BOUGHT]
    counted = [
        n for n in numeric if headers.unit(n).lower() not in _CURRENCIES and not words[n] & _OWNED
    ]
    found: dict[Signal, str | None] = {
        "income": concepts.get("income"),
        "spending": concepts.get("spending") or money(columns),
        "recency": headers.closest(lately, _RECENCY),
        "frequency": headers.closest(counted, _FREQUENCY),
    }
    return {signal: column for signal, column in found.items() if column is not None}


def value_shares(customers: pd.DataFrame, column: str, labels: pd.Series) -> pd.DataFrame:
    """Give what each segment brings of a sum over all customers, noise among them.

    Parameters
    ----------
    customers : DataFrame
    column : str
        What is added up, as from :func:`money`; missing values count as nothing.
    labels : Series of int

    Returns
    -------
    DataFrame indexed by ``segment``, the largest share first
        ``total`` (in the column's unit), ``share`` (0 to 1) with its 95 % interval ``low`` to
        ``high`` (that of a ratio of sums over customers drawn at random, by the delta method),
        and ``customers`` (share of the customers, 0 to 1). Empty if the sum is not positive.
    """
    found = members(labels)
    values = np.nan_to_num(as_float(customers, [column])[column].to_numpy())
    total = values.sum()
    if total <= 0:
        return pd.DataFrame(
            columns=["total", "share", "low", "high", "customers"], dtype=float
        ).rename_axis("segment")
    sums = found.sums(np.column_stack([values, (values / total) ** 2]))[: len(found.segments)]
    share = sums[:, 0] / total
    squares = ((values / total) ** 2).sum()
    error = CRITICAL * np.sqrt(sums[:, 1] * (1 - 2 * share) + share**2 * squares)
    table = pd.DataFrame(
        {"total": sums[:, 0], "share": share, "low": np.maximum(share - error, 0.0),
         "high": np.minimum(share + error, 1.0), "customers": found.sizes / len(labels)},
        index=pd.Index(found.segments, name="segment"),
    )  # fmt: skip
    return table.sort_values("share", ascending=False, kind="stable")

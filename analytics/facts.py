"""What sets each segment apart from all other customers, the largest effect first."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics import headers, text
from analytics.columns import Column, as_float, grouping, names
from analytics.effects import CRITICAL, NEGLIGIBLE, cohens_h, hedges_g, strength, wilson
from analytics.members import Members, members

Floats = NDArray[np.float64]


def facts(customers: pd.DataFrame, columns: tuple[Column, ...], labels: pd.Series) -> pd.DataFrame:
    """Compare each segment with the rest of the customers in every column.

    The segments were made to differ in the features, so for these the intervals say how well a
    segment is measured, not whether it exists.

    Parameters
    ----------
    customers : DataFrame
    columns : tuple of Column
    labels : Series of int
        Segment of each customer. Noise, 0, has no facts but is part of the rest and of everyone.

    Returns
    -------
    DataFrame, the largest segment first, in it the largest effect
        ``segment``, ``column``, ``level`` (empty for a numeric column), ``customers`` (with a
        value), ``value`` (mean in the column's unit, or share of the level, 0 to 1) with its 95 %
        interval ``low`` to ``high``, ``overall`` and ``rest`` (the same of all customers and of
        those outside), ``effect`` (Hedges' g, or Cohen's h of a level; positive above the rest)
        with ``effect_low`` and ``effect_high``, ``index`` (the value where that of all customers
        is 100) with ``index_low`` and ``index_high``, and ``trivial`` (an effect below 0.2, or
        one whose interval covers 0).

        There is no index, NaN, of a column with negative values or with a mean that cannot be
        told from 0.

    References
    ----------
    As in :mod:`analytics.effects`; the interval of a mean's index is by the delta method, that of
    a level's index is Wilson's interval of its share, the share of all taken as known.
    """
    found = members(labels)
    parts = [_numbers(customers, names(columns, "numeric"), found)]
    parts += [_levels(customers[name], name, found) for name in grouping(columns)]
    table = pd.concat(parts, ignore_index=True)
    absolute = table["effect"].abs()
    covered = (table["effect_low"] <= 0) & (table["effect_high"] >= 0)
    table["trivial"] = ~(absolute >= NEGLIGIBLE) | covered
    order = np.lexsort((-absolute.fillna(-1.0), table["place"]))
    segments = np.array(found.segments, dtype=np.int64)[table["place"].to_numpy(dtype=np.int64)]
    table.insert(0, "segment", segments)
    return table.drop(columns="place").iloc[order].reset_index(drop=True)


def _numbers(customers: pd.DataFrame, columns: list[str], found: Members) -> pd.DataFrame:
    values = as_float(customers, columns).to_numpy()
    present = ~np.isnan(values)
    customers_in = found.sums(present.astype(np.float64))
    everyone = customers_in.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        overall = np.where(present, values, 0.0).sum(axis=0) / everyone
        centred = np.where(present, values - overall, 0.0)
        means = found.sums(centred) / customers_in
        away = centred - means[found.places]  # the last row is that of noise, place -1
        squares = found.sums(np.where(present, away**2, 0.0))
        parts = _against_rest(np.nan_to_num(means), customers_in, squares)
    many = len(found.segments)
    n, mean = customers_in[:many], means[:many]
    rest_n, rest_mean, rest_squares = parts
    effect = hedges_g(mean - rest_mean, squares[:many] + rest_squares, n, rest_n)
    with np.errstate(divide="ignore", invalid="ignore"):
        own_error, rest_error = squares[:many] / (n - 1) / n, rest_squares / (rest_n - 1) / rest_n
        spread = np.sqrt((squares + customers_in * np.nan_to_num(means) ** 2).sum(axis=0))
        ratio = (mean + overall) / overall
        part = n / everyone
        error = np.sqrt(
            ((1 - part * ratio) ** 2 * own_error) + (ratio * (1 - part)) ** 2 * rest_error
        ) / abs(overall)
        told = overall > CRITICAL * spread / everyone
    told &= ~np.any(values < 0, axis=0)
    index = np.where(told, 100 * ratio, np.nan)
    margin = CRITICAL * np.sqrt(own_error)
    return _long(
        {"column": [columns], "level": [[""] * len(columns)]},
        {
            "customers": n,
            "value": mean + overall,
            "low": mean + overall - margin,
            "high": mean + overall + margin,
            "overall": np.broadcast_to(overall, n.shape),
            "rest": rest_mean + overall,
            **dict(zip(("effect", "effect_low", "effect_high"), effect, strict=True)),
            "index": index,
            "index_low": np.maximum(index - 100 * CRITICAL * error, 0.0),
            "index_high": index + 100 * CRITICAL * error,
        },
    )


def _against_rest(means: Floats, n: Floats, squares: Floats) -> tuple[Floats, Floats, Floats]:
    """Give number, mean and squares of all customers outside each segment but the last, noise."""
    outside = 1 - np.eye(len(n))[:-1]
    rest_n = outside @ n
    rest_mean = outside @ (n * means) / rest_n
    away = (means[None] - np.nan_to_num(rest_mean)[:, None]) ** 2 * n[None]
    return rest_n, rest_mean, outside @ squares + (outside[:, :, None] * away).sum(axis=1)


def _levels(values: pd.Series, name: str, found: Members) -> pd.DataFrame:
    codes, levels = pd.factorize(values.astype("object"), use_na_sentinel=True)
    inside = found.sums((codes[:, None] == np.arange(len(levels))).astype(np.float64))
    many = len(found.segments)
    customers_in = inside.sum(axis=1, keepdims=True)
    everyone = customers_in.sum()
    n, rest_n = customers_in[:many], everyone - customers_in[:many]
    with np.errstate(divide="ignore", invalid="ignore"):
        share, overall = inside[:many] / n, inside.sum(axis=0) / everyone
        rest = (inside.sum(axis=0) - inside[:many]) / rest_n
    low, high = wilson(inside[:many], n)
    effect = cohens_h(share, n, rest, rest_n)
    return _long(
        {"column": [[name] * len(levels)], "level": [[str(level) for level in levels]]},
        {
            "customers": np.broadcast_to(n, share.shape),
            "value": share,
            "low": low,
            "high": high,
            "overall": np.broadcast_to(overall, share.shape),
            "rest": rest,
            **dict(zip(("effect", "effect_low", "effect_high"), effect, strict=True)),
            "index": 100 * share / overall,
            "index_low": 100 * low / overall,
            "index_high": 100 * high / overall,
        },
    )


def _long(words: Mapping[str, list[list[str]]], tables: Mapping[str, Floats]) -> pd.DataFrame:
    """Put tables of one row per segment below each other, with a row per segment and column."""
    many, width = next(iter(tables.values())).shape
    columns = {name: (rows[0] * many) for name, rows in words.items()}
    values = {name: np.ravel(table) for name, table in tables.items()}
    frame = pd.DataFrame({"place": np.repeat(np.arange(many), width), **columns, **values})
    return frame.astype({"column": object, "level": object, "customers": np.int64})


def sentence(fact: pd.Series) -> str:
    """Say one fact: "Annual Income 86.5 k$, index 143 (134 to 151), far above the rest"."""
    label, unit = headers.label(fact["column"]), headers.unit(fact["column"])
    if fact["level"]:
        value = f"{label} {text.percent(fact['value'])} {fact['level']}"
        how = "more often than the rest" if fact["effect"] > 0 else "less often than the rest"
    else:
        value = f"{label} {text.quantity(fact['value'], unit, text.digits(fact['value']))}"
        how = "above the rest" if fact["effect"] > 0 else "below the rest"
    if np.isfinite(fact["index"]):
        value += f", index {text.number(fact['index'], 0)}"
    if np.isfinite(fact["index_low"]):
        low, high = (text.number(fact[name], 0) for name in ("index_low", "index_high"))
        value += f" ({low} to {high})"
    if fact["trivial"]:
        return f"{value}, much like the rest"
    return f"{value}, {strength(fact['effect'])} {how}"


def leading(table: pd.DataFrame, segment: int, most: int = 3) -> pd.DataFrame:
    """Give a segment's facts that are not trivial, each column once, the largest effect first.

    Parameters
    ----------
    table : DataFrame
        As from :func:`facts`.
    segment, most : int
    """
    own = table[(table["segment"] == segment) & ~table["trivial"]]
    return own.drop_duplicates("column").head(most)

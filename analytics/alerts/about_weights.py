"""Alerts about how columns weigh in distances: skewed, dominant and nearly collinear ones."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analytics import headers, text, together
from analytics.alerts.alert import Alert, named, offer
from analytics.choices import KEEP
from analytics.skewness import MOST_FITTED, Skewness

COLLINEAR = 0.95  # absolute correlation from which two columns say nearly the same
_MOST_PAIRS = 10
_LEAST_COMMON = 10  # rows with both values, for a correlation to be told
_AT_ONCE = 100_000  # rows
_DOMINANT = 0.8  # share of the unscaled distance
_TOP_SHARE_OF_NORMAL = 0.325  # of the variance that the largest tenth of normal values makes


def skewed(numbers: pd.DataFrame) -> list[Alert]:
    """Tell skewed columns; where there are many, together first."""
    found = together.skewed(numbers)
    many = len(found) > together.SINGLY
    single = [
        _skew(name, *found[name], rows=len(numbers), columns=numbers.shape[1] if many else 1)
        for name in found
    ]
    return [*([_skews(found, len(numbers))] if many else []), *single]


def _weight(measured: Skewness) -> float:
    return max(0.0, measured.top_share - _TOP_SHARE_OF_NORMAL)


def _skew(name: str, measured: Skewness, beside: int, *, rows: int, columns: int) -> Alert:
    options = [(KEEP, f"compare as it is (skewness {_one(measured.plain)})")]
    if columns > 1:
        options[0] = (KEEP, f"as is decided for all skewed columns (skewness now"
                            f" {_one(measured.plain)})")  # fmt: skip
        options.append((together.PLAIN, "compare as it is, whatever is decided for all"))
    if measured.log is not None:
        options.append(("log", f"compare log(1 + x): skewness {_one(measured.log)}"))
    if measured.yeo_johnson is not None:
        fitted = f", its power fitted to {MOST_FITTED:,} rows" if rows > MOST_FITTED else ""
        options.append(
            ("yeo-johnson",
             f"compare after Yeo-Johnson: skewness {_one(measured.yeo_johnson)}{fitted}")
        )  # fmt: skip
    without = f" without {text.count(beside, 'value')} told apart" if beside else ""
    label = headers.label(name)
    return Alert(
        f"skew:{name}",
        f"Skewed: {label}",
        f"The largest tenth of {label} makes {text.percent(measured.top_share)} of its variance"
        f" (skewness {_one(measured.plain)}{without}): distances tell the few large customers"
        " apart and hardly the many others.",
        rows,
        _weight(measured) / columns,
        offer("skew", name, f"How should “{name}” be compared?", options),
    )


def _skews(found: Mapping[str, tuple[Skewness, int]], rows: int) -> Alert:
    by_weight = sorted(found, key=lambda name: (-_weight(found[name][0]), name))
    worst = found[by_weight[0]][0]
    negative = sum(measured.log is None for measured, _ in found.values())
    spared = f" but {text.count(negative, 'column')} with negative values" if negative else ""
    options = [(KEEP, "compare them as they are")]
    if negative < len(found):
        options.append(("log", f"compare log(1 + x) of all {len(found):,}{spared}"))
    options.append(("yeo-johnson", f"compare all {len(found):,} after Yeo-Johnson"))
    return Alert(
        "skew",
        f"Skewed: {len(found):,} columns",
        f"{named(by_weight)} have few large values that make most of their variance, up to"
        f" {text.percent(worst.top_share)} of it in the largest tenth: distances tell the few large"
        " customers apart and hardly the many others.",
        rows,
        _weight(worst),
        offer("skew", "", "How should the skewed columns be compared?", options),
    )


def _one(value: float) -> str:
    return text.number(round(value, 1) + 0.0, 1)  # adding 0 takes the sign off −0.0


def dominant(numbers: pd.DataFrame) -> list[Alert]:
    """Tell a column that would rule the distance if nothing were scaled."""
    spread = numbers.var(ddof=0)
    if len(spread) < 2 or not spread.sum() > 0:
        return []
    share = spread / spread.sum()
    name = str(share.idxmax())
    if share[name] < _DOMINANT:
        return []
    part = "over 99 %" if share[name] > 0.99 else text.percent(share[name])
    return [
        Alert(
            f"dominant:{name}",
            f"One column would rule the distance: {headers.label(name)}",
            f"In its own unit {headers.label(name)} makes {part} of the variance of all numeric"
            " columns. Standard scaling, the default, evens that out; with scaling “none” the"
            " segments would be cuts of this column alone.",
            len(numbers),
            0.02,
        )
    ]


def collinear(numbers: pd.DataFrame) -> list[Alert]:
    """Tell columns that say nearly the same as an earlier one, the closest first."""
    if numbers.shape[1] < 2:
        return []
    header = list(numbers)
    table = np.triu(np.round(correlations(numbers.to_numpy()), 9), 1)
    closest = np.abs(table).argmax(axis=0)
    r = table[closest, np.arange(len(header))]
    near = [j for j in np.argsort(-np.abs(r), kind="stable") if abs(r[j]) >= COLLINEAR]
    shares = 0.3 / len(header)
    return [
        _pair(header[closest[j]], header[j], float(r[j]), len(numbers), shares, len(near))
        for j in near[:_MOST_PAIRS]
    ]


def _pair(one: str, other: str, r: float, rows: int, share: float, pairs: int) -> Alert:
    more = f" It is one of {pairs:,} such columns." if pairs > _MOST_PAIRS else ""
    return Alert(
        f"pair:{one}:{other}",
        f"Nearly the same: {headers.label(one)} and {headers.label(other)}",
        f"Their correlation is {text.number(r, 3)}: as features together they count one thing"
        f" twice.{more}",
        rows,
        share * abs(r),
        offer("role", other, f"Should “{other}” stay beside “{one}”?", [
            (KEEP, "keep both"), ("ignored", f"leave “{other}” out")
        ]),
    )  # fmt: skip


def correlations(table: np.ndarray) -> np.ndarray:
    """Give Pearson's r of each pair of columns, from the rows that have both; 0 where too few.

    The same as of pandas, by products of matrices, which take a hundred times less for many
    columns.
    """
    centred = table - np.nanmean(table, axis=0)
    centred /= np.maximum(np.nanmax(np.abs(centred), axis=0), np.finfo(float).tiny)
    totals = np.sum([_products(part) for part in _blocks(centred)], axis=0)
    many, sums, squares, products = totals
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = squares - sums**2 / many
        r = (products - sums * sums.T / many) / np.sqrt(spread * spread.T)
    return np.where((many >= _LEAST_COMMON) & np.isfinite(r), r, 0.0)


def _blocks(table: np.ndarray) -> Iterable[np.ndarray]:
    return (table[start : start + _AT_ONCE] for start in range(0, len(table), _AT_ONCE))


def _products(part: np.ndarray) -> np.ndarray:
    present = np.isfinite(part)
    have, values = present.astype(np.float64), np.where(present, part, 0.0)
    return np.stack([have.T @ have, values.T @ have, (values**2).T @ have, values.T @ values])

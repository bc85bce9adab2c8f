"""Alerts about cells: missing, extreme and impossible values, and numbers that stand for none."""

import numpy as np
import pandas as pd

from analytics import extremes, filling, headers, text, together
from analytics.alerts.alert import Alert, dropping, named, offer, positions, rows
from analytics.choices import KEEP
from analytics.columns import Column, as_float, names

_MOST_SHOWN = 3
_BESIDE = 0.02  # weight of what is wrong in a column that is no feature


def missing(customers: pd.DataFrame, columns: tuple[Column, ...]) -> list[Alert]:
    """Tell columns with missing values; where there are many, together first."""
    many = len(customers)
    others = len(names(columns, "numeric")) > 1
    features = together.lacking(columns)
    grouped = len(features) > together.SINGLY
    found = [_missings(customers, features)] if grouped else []
    for column in columns:
        if not 0 < column.missing < many or column.role == "ignored":
            continue
        name, share = column.name, column.missing / many
        single = not grouped or column not in features
        options = [(KEEP, _unfilled(column) if single else "as is decided for all")]
        options += [] if single else [(together.PLAIN, _unfilled(column))]
        options += dropping(column.missing, many)
        options += _fillings(customers[name], column, others=others)
        weight = _BESIDE if column not in features else 1 / len(columns) if grouped else 1
        found.append(
            Alert(
                f"missing:{name}",
                f"Missing values: {headers.label(name)}",
                f"{rows(column.missing, 'has', 'have')} no value"
                f" ({_percent(share)}){_what_stands_there(column)}.",
                column.missing,
                share * weight,
                offer("missing", name, f"What should happen to missing “{name}”?", options),
                positions(customers[name].isna().to_numpy()),
            )
        )
    return found


def _missings(customers: pd.DataFrame, features: list[Column]) -> Alert:
    by_share = sorted(features, key=lambda column: -column.missing)
    lacking = customers[[column.name for column in features]].isna().to_numpy().any(axis=1)
    many, cells = int(lacking.sum()), sum(column.missing for column in features)
    worst = by_share[0].missing / len(customers)
    return Alert(
        "missing",
        f"Missing values: {len(features):,} columns",
        f"{rows(many, 'lacks', 'lack')} a value ({_percent(many / len(customers))}) of"
        f" {named([column.name for column in by_share])}; the first of them in {_percent(worst)} of"
        " all rows.",
        many,
        worst,
        offer("missing", "", "What should happen to missing values of all columns?", [
            (KEEP, "keep: as features, medians and a level of its own stand in"),
            *dropping(many, len(customers)),
            ("typical", f"fill {text.count(cells, 'cell')}: numbers with their median, others with"
                        " their most frequent value"),
        ]),
        positions(lacking),
    )  # fmt: skip


def _percent(share: float) -> str:
    return text.percent(share, 1) if share >= 0.001 else "under 0.1 %"


def _unfilled(column: Column) -> str:
    if column.role in ("numeric", "ordinal"):
        return "keep: as a feature, the median stands in for the distance only"
    if column.role in ("categorical", "boolean"):
        return "keep: as a feature, missing is a level of its own"
    return "keep"


def _fillings(values: pd.Series, column: Column, *, others: bool) -> list[tuple[str, str]]:
    options = []
    lacking = f"fill {column.missing:,}"
    if column.role == "numeric":
        middle = float(as_float(values.to_frame(), [column.name])[column.name].median())
        options.append(("median", f"{lacking} with the median, {text.number(middle)}"))
        if others and filling.is_fillable(len(values), column.missing):
            options.append(
                ("neighbours", f"{lacking} from the {filling.NEIGHBOURS} most alike customers")
            )
    if column.role in together.FEATURES:
        mode = values.mode().iloc[0]
        times = int((values == mode).sum())
        if times > 1:
            options.append(
                ("mode", f"{lacking} with the most frequent, {filling.written(mode)}"
                         f" (in {times:,} rows)")
            )  # fmt: skip
    return options


def _what_stands_there(column: Column) -> str:
    told = []
    marked = [f"“{word}” in {many:,}" for word, many in (column.markers or {}).items() if word]
    if marked:
        told.append(f"marked by {text.listing(marked[:_MOST_SHOWN])}")
    strays = column.strays or {}
    if strays:
        kind = "date" if column.role == "date" else "number that can be reckoned with"
        shown = text.listing([f"“{word[:30]}”" for word in list(strays)[:_MOST_SHOWN]])
        told.append(f"{sum(strays.values()):,} of them no {kind}, as in {shown}")
    return f", {'; '.join(told)}" if told else ""


def extreme(numbers: pd.DataFrame) -> list[Alert]:
    """Tell values that cannot be, or lie far outside all others."""
    found = []
    for name in numbers:
        values = numbers[name].to_numpy()
        limits = extremes.limits(name, values)
        beyond = extremes.beyond(values, limits)
        many = int(beyond.sum())
        if not many:
            continue
        pull = (
            "it pulls centroids and stretches" if many == 1 else "they pull centroids and stretch"
        )
        found.append(
            Alert(
                f"extreme:{name}",
                f"{'Impossible' if limits.impossible else 'Extreme'} values: {headers.label(name)}",
                f"{rows(many, 'lies', 'lie')} {limits.outside} ({limits.reason}):"
                f" {_examples(values[beyond], limits)}; {pull} the scale.",
                many,
                extremes.leverage(values, beyond),
                offer("extreme", name, f"What should happen to extreme “{name}”?", [
                    (KEEP, "keep as they are"),
                    ("clip", f"clip {many:,} to {limits.span}"),
                    ("blank", f"take {many:,} for missing"),
                    *dropping(many, len(values)),
                ]),
                positions(beyond),
            )
        )  # fmt: skip
    return found


def _examples(values: np.ndarray, limits: extremes.Limits) -> str:
    """Show the values that lie farthest out, on both sides where there are such."""
    different = np.unique(values)
    if len(different) <= _MOST_SHOWN:
        return text.listing([limits.written(value) for value in different])
    below = int((different < limits.low).sum())
    first = 0 if not below else _MOST_SHOWN if below == len(different) else 1
    shown = [*different[:first], *different[len(different) - _MOST_SHOWN + first :]]
    return f"{text.listing([limits.written(value) for value in shown])} farthest"


def stand_ins(numbers: pd.DataFrame) -> list[Alert]:
    """Tell numbers such as 999 that may stand for none."""
    found = []
    for name in numbers:
        values = numbers[name].to_numpy()
        number = extremes.stand_in(values)
        if number is None:
            continue
        mask = values == number
        many = int(mask.sum())
        found.append(
            Alert(
                f"stand-in:{name}",
                f"A number that may be none: {headers.label(name)}",
                f"{text.number(number)} stands in {text.count(many, 'row')}"
                f" ({text.percent(many / len(values))}), {_how(values, number)}: it may mean"
                " “never” or “unknown”, and would set these customers apart.",
                many,
                extremes.parting(values, mask),
                offer("stand-in", name, f"What does {text.number(number)} mean in “{name}”?", [
                    (KEEP, "a number like any other"),
                    ("blank", f"no value: {many:,} become missing"),
                ]),
                positions(mask),
            )
        )  # fmt: skip
    return found


def _how(values: np.ndarray, number: float) -> str:
    others = values[np.isfinite(values) & (values != number)]
    return f"all others lie from {text.number(others.min())} to {text.number(others.max())}"

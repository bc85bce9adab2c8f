"""What may be wrong with the data, by its effect on segments, with what can be done about it."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analytics.alerts import about_cells, about_columns, about_rows, about_weights
from analytics.alerts.alert import Alert
from analytics.columns import Column, as_float, names

__all__ = ["Alert", "alerts", "as_decided"]


def alerts(customers: pd.DataFrame, columns: tuple[Column, ...], today: str = "") -> list[Alert]:
    """Look for everything that may be wrong with the data; nothing is changed.

    Parameters
    ----------
    customers : DataFrame, shape (n_customers, n_columns)
        Before any repair.
    columns : tuple of Column
    today : str
        ISO date from which an age is reckoned if the file has no date.

    Returns
    -------
    list of Alert
        The largest effect first.
    """
    numbers = as_float(customers, names(columns, "numeric"))
    found = [
        *about_rows.several(customers, columns),
        *about_rows.repeated(customers, columns),
        *about_cells.missing(customers, columns),
        *about_cells.extreme(numbers),
        *about_cells.stand_ins(numbers),
        *about_weights.skewed(numbers),
        *about_weights.dominant(numbers),
        *about_weights.collinear(numbers),
        *about_columns.spellings(customers, columns),
        *about_columns.many_levels(customers, columns),
        *about_columns.dates(customers, columns, today),
        *about_columns.kept_out(columns),
    ]
    return sorted(found, key=lambda alert: -alert.effect)


def as_decided(alert: Alert, choices: Mapping[str, str]) -> Alert:
    """Show an alert's offer as it was decided."""
    if alert.offer is None or alert.offer.key not in choices:
        return alert
    return replace(alert, offer=replace(alert.offer, chosen=choices[alert.offer.key]))

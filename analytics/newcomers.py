"""Read the file of other customers as the training customers were read."""

from collections.abc import Mapping

import pandas as pd

from analytics import headers, text
from analytics.errors import UnknownColumn
from analytics.interpret import read_as
from analytics.model import Model
from analytics.reading import Table


def read_newcomers(table: Table, model: Model) -> pd.DataFrame:
    """Give the columns that a model needs, typed as in training.

    Parameters
    ----------
    table : Table
    model : Model

    Returns
    -------
    DataFrame, shape (n_rows, n_sources)
        By the headers of the training file; what does not fit a column is missing.

    Raises
    ------
    UnknownColumn
        If the file lacks a column.
    """
    places = matched(table.cells.column_names, model)
    read = {
        source.name: read_as(
            source.name, table.cells[places[source.name]], source.role, source.choices
        )
        for source in model.sources
    }
    return pd.DataFrame(read).reset_index(drop=True)


def matched(found: list[str], model: Model) -> Mapping[str, str]:
    """Find the header of each column that a model needs, by name or by the words of it.

    Raises
    ------
    UnknownColumn
        If one is missing.
    """
    by_words: dict[tuple[str, ...], list[str]] = {}
    for header in found:
        by_words.setdefault(tuple(headers.words(headers.label(header))), []).append(header)
    places, lacking = {}, []
    for source in model.sources:
        alike = by_words.get(tuple(headers.words(headers.label(source.name))), [])
        if source.name in found:
            places[source.name] = source.name
        elif len(alike) == 1:
            places[source.name] = alike[0]
        else:
            lacking.append(source.name)
    if lacking:
        named = text.listing([f"“{name}”" for name in lacking])
        raise UnknownColumn(
            f"The file has no column {named}, which the segments were found by.",
            f"It has {text.listing([f'“{header}”' for header in found[:20]])}.",
        )
    return places


def single(values: Mapping[str, object], model: Model) -> pd.DataFrame:
    """Make a table of one customer of values by column; what is absent is missing.

    Parameters
    ----------
    values : mapping of str to object
        Numbers, texts, or None.
    model : Model
    """
    columns = {}
    for source in model.sources:
        value = values.get(source.name)
        if source.role == "numeric":
            number = pd.to_numeric(pd.Series([value], dtype="object"), errors="coerce")
            columns[source.name] = number.astype("float64")
        elif source.role == "date":
            columns[source.name] = pd.to_datetime(pd.Series([value]), errors="coerce")
        else:
            columns[source.name] = pd.Series([None if value is None else str(value)], dtype="str")
    return pd.DataFrame(columns)

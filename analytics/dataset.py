"""From the bytes of a file and the user's choices to the customers that everything works on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.choices import KEEP, Offer
from analytics.columns import Column
from analytics.interpret import interpret
from analytics.reading import Limits, SetAside, Table, read
from analytics.repairs import repair


@dataclass(frozen=True)
class Assembled:
    """A file as customers.

    Attributes
    ----------
    table : Table
        The file as read.
    customers : DataFrame, shape (n_used, n_columns)
    columns : tuple of Column
    positions : ndarray of int64, shape (n_used,)
        The row of ``table`` that each customer is.
    set_aside : tuple of SetAside
        Every other row of the file, in file order.
    notes : tuple of str
        What was not as it should be, and what was done about it.
    offers : tuple of Offer
        How the file was read, where it could be read in another way.
    """

    table: Table
    customers: pd.DataFrame
    columns: tuple[Column, ...]
    positions: np.ndarray
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]
    offers: tuple[Offer, ...]

    @property
    def lines(self) -> np.ndarray:
        """Give where each customer stands in the file, as in :attr:`Table.lines`."""
        everyone = len(self.positions) == len(self.table.lines)
        return self.table.lines if everyone else self.table.lines[self.positions]


def assemble(
    content: bytes, choices: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Assembled:
    """Read a file, type its columns, and do what the user chose.

    Rows in the file = customers + rows set aside.

    Parameters
    ----------
    content : bytes
    choices : mapping of str to str, optional
    limits : Limits, optional

    Raises
    ------
    UnreadableFile, FileTooLarge
        If the file cannot be read.
    UnknownChoice
        If a choice does not fit the file.
    """
    choices = {k: v for k, v in (choices or {}).items() if v != KEEP}
    table = read(content, choices, limits)
    found = interpret(table.cells, choices)
    mended = repair(found.customers, found.columns, choices)
    aside = (*table.set_aside, *_dropped(table, mended.reasons))
    return Assembled(
        table=table,
        customers=mended.customers,
        columns=mended.columns,
        positions=np.flatnonzero(mended.kept),
        set_aside=tuple(sorted(aside, key=lambda row: row.line)),
        notes=(*table.notes, *found.doubts, *mended.notes),
        offers=(*table.offers, *found.offers),
    )


def _dropped(table: Table, reasons: Mapping[int, str]) -> list[SetAside]:
    if not reasons:
        return []
    return [
        SetAside(int(table.lines[place]), reason, row)
        for (place, reason), row in zip(
            reasons.items(), table.rows_as_text([*reasons]), strict=True
        )
    ]

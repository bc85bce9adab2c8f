"""Read a file of customers, whatever its format, and account for every row of it."""

from collections.abc import Mapping

from analytics.choices import KEEP
from analytics.errors import UnreadableFile
from analytics.reading import containers, delimited, encodings, structured, total, workbook
from analytics.reading.table import Limits, SetAside, Table, check_single_column

__all__ = ["Limits", "SetAside", "Table", "read"]

_STRUCTURED = {"parquet": structured.read_parquet, "json": structured.read_json}


def read(
    content: bytes, choices: Mapping[str, str] | None = None, limits: Limits | None = None
) -> Table:
    """Read a table of customers; its format is told by its content alone.

    Parameters
    ----------
    content : bytes
        The whole file: delimited text in any usual encoding, gzip or zip of one, an Excel or
        OpenDocument workbook, Parquet, or JSON records.
    choices : mapping of str to str, optional
        ``encoding``, ``sheet`` and ``total`` as the user decided them.
    limits : Limits, optional

    Raises
    ------
    UnreadableFile
        If the file is damaged, is no table, or has no customers; nothing of it is kept.
    FileTooLarge
        If it unpacks to more than the limits allow.
    """
    choices, limits = choices or {}, limits or Limits()
    content, notes = containers.unpacked(content, limits)
    kind = containers.kind(content)
    if kind == "workbook":
        table = workbook.read_workbook(content, limits, choices.get("sheet", KEEP))
    elif kind in _STRUCTURED:
        table = _STRUCTURED[kind](content, limits)
    else:
        decoded = encodings.decode(content, choices.get("encoding", KEEP))
        if containers.kind(decoded.utf8) == "json":
            table = structured.read_json(decoded.utf8, limits)
        else:
            table = delimited.read_delimited(decoded, limits)
    if len(table.lines) < 2:
        found = "a single customer" if len(table.lines) else "no customers below the header"
        aside = f" besides {len(table.set_aside):,} set aside" if table.set_aside else ""
        raise UnreadableFile(
            f"The file has {found}{aside}.", "Segments need at least two customers."
        )
    check_single_column(table)
    return total.without_total(table.noting(notes), choices.get(total.KEY, KEEP))

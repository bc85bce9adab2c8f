"""Write the customers back as a CSV, with their segments."""

import csv
import io
import re

import pandas as pd

_NUMBER = re.compile(r"[+-]?(\d[\d.,]*|\.\d+)([eE][+-]?\d+)?\s*%?")
_EXECUTED = re.compile(r"[\s]*[=+\-@]|[\t\r]")


def labelled_csv(
    original: pd.DataFrame,
    written: list[str],
    added: pd.DataFrame,
    delimiter: str = ",",
    *,
    marked: bool = False,
) -> bytes:
    """Write the original columns as they were, followed by the added ones.

    Cells that a spreadsheet would execute are preceded by an apostrophe; plain numbers are not
    touched, whatever their sign.

    Parameters
    ----------
    original : DataFrame of str, shape (n_customers, n_columns)
        The cells as read.
    written : list of str
        The headers as written in the file.
    added : DataFrame with the same index
        Columns to append. One whose name is taken gets a number.
    delimiter : str
    marked : bool
        Put a byte order mark before the text, by which spreadsheets tell UTF-8 from others.

    Returns
    -------
    bytes
        UTF-8, lines ended by CR LF as RFC 4180 has it.

    References
    ----------
    OWASP, CSV Injection.
    """
    headers = list(written)
    for name in added.columns:
        free, copy = str(name), 2
        while free in headers:
            free, copy = f"{name}_{copy}", copy + 1
        headers.append(free)
    table = pd.concat([original, added.astype(str)], axis=1)
    safe = [_neutral(table.iloc[:, place]) for place in range(table.shape[1])]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([neutralise(header) for header in headers])
    writer.writerows(zip(*safe, strict=True))
    return stream.getvalue().encode("utf-8-sig" if marked else "utf-8")


def neutralise(cell: str) -> str:
    """Precede a cell that a spreadsheet would execute by an apostrophe."""
    if _EXECUTED.match(cell) and not _NUMBER.fullmatch(cell.strip()):
        return f"'{cell}"
    return cell


def _neutral(cells: pd.Series) -> list[str]:
    suspect = cells.str.match(_EXECUTED.pattern)
    if suspect.any():
        cells = cells.mask(suspect, cells[suspect].map(neutralise))
    return list(cells)

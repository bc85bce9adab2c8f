"""Write the customers as a workbook or a packed Parquet file, each with a data dictionary."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from analytics import headers
from analytics.columns import Column
from analytics.errors import UnwritableFile
from analytics.export import neutralise

_MOST_ROWS, _MOST_COLUMNS, _LONGEST_CELL = 1_048_575, 16_384, 32_767  # of a sheet of Excel
ADDED = {
    "segment": "Number of the segment, 1 the largest; 0 is noise.",
    "segment_name": "Name of the segment.",
    "certainty": "Share of half samples of the customers that lead to the same segment, 0 to 1.",
    "membership": "How probably the customer belongs to the segment, 0 to 1.",
    "weak": "Whether the customer was noise and follows the nearest one.",
}


def dictionary(columns: Sequence[Column], added: Mapping[str, str]) -> pd.DataFrame:
    """Describe every column of an export.

    Parameters
    ----------
    columns : sequence of Column
        Those of the file.
    added : mapping of str to str
        The others by their names in the export, and their names in ``ADDED``.

    Returns
    -------
    DataFrame
        ``name``, ``role``, ``unit`` and ``meaning``.
    """
    own = [(c.name, c.role, headers.unit(c.name), c.reason) for c in columns]
    new = [(name, "result", "", ADDED[what]) for name, what in added.items()]
    return pd.DataFrame([*own, *new], columns=["name", "role", "unit", "meaning"])


def beside(customers: pd.DataFrame, added: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Put added columns behind those of the file; one whose name is taken gets a number.

    Returns
    -------
    DataFrame
    dict
        The name of each added column, and what it was.
    """
    taken, renamed = [str(name) for name in customers], {}
    for name in added:
        free, copy = str(name), 2
        while free in taken:
            free, copy = f"{name}_{copy}", copy + 1
        taken.append(free)
        renamed[free] = str(name)
    return pd.concat([customers, added.set_axis(list(renamed), axis=1)], axis=1), renamed


def workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Write frames as the sheets of an Excel workbook.

    Numbers and dates stay such; text that a spreadsheet would execute is preceded by an
    apostrophe, and characters that no workbook may hold are left out.

    Raises
    ------
    UnwritableFile
        If a frame or a text is larger than a sheet or a cell can hold.
    """
    book = Workbook(write_only=True)
    for title, frame in sheets.items():
        if len(frame) > _MOST_ROWS or frame.shape[1] > _MOST_COLUMNS:
            raise UnwritableFile(
                f"{len(frame):,} rows of {frame.shape[1]:,} columns are more than an Excel sheet"
                " holds.",
                "Take the CSV or the Parquet file instead.",
            )
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        sheet.append([_cell(str(name)) for name in frame])
        plain = frame.astype(object).where(frame.notna(), None)
        for row in plain.itertuples(index=False, name=None):
            sheet.append([_cell(value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    if len(value) > _LONGEST_CELL:
        raise UnwritableFile(
            f"A text of {len(value):,} characters is longer than a cell of Excel holds.",
            "Take the CSV or the Parquet file instead.",
        )
    return neutralise(ILLEGAL_CHARACTERS_RE.sub("", value))


def packed_parquet(customers: pd.DataFrame, described: pd.DataFrame) -> bytes:
    """Write customers as Parquet beside a CSV of their data dictionary, in one zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("customers.parquet", customers.to_parquet(index=False))
        archive.writestr("dictionary.csv", described.to_csv(index=False, lineterminator="\r\n"))
    return stream.getvalue()


def summary_csv(
    names: Mapping[int, str],
    sizes: Mapping[int, int],
    profiles: pd.DataFrame,
    composition: pd.DataFrame,
) -> bytes:
    """Write a row for each segment: its size, means and standard deviations, shares of levels.

    Parameters
    ----------
    names, sizes : mapping by segment
    profiles, composition : DataFrame
        As from :mod:`analytics.profiles`.
    """
    total = sum(sizes.values())
    rows = []
    for segment, name in names.items():
        row: dict[str, object] = {
            "segment": segment,
            "segment_name": neutralise(name),
            "customers": sizes[segment],
            "share": sizes[segment] / total,
        }
        if segment in profiles.index:
            for column, found in profiles.loc[segment].iterrows():
                row[neutralise(f"{column}: mean")] = found["mean"]
                row[neutralise(f"{column}: sd")] = found["sd"]
        if segment in composition.index:
            for (column, level), found in composition.loc[segment].iterrows():
                row[neutralise(f"{column} = {level}: share")] = found["share"]
        rows.append(row)
    return str(pd.DataFrame(rows).to_csv(index=False, lineterminator="\r\n")).encode()

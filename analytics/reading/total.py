"""Recognise a last row that sums up the others."""

import re
from dataclasses import replace

from analytics.choices import KEEP, Offer, Option
from analytics.reading.table import SetAside, Table, as_text

KEY = "total"
_WORDS = re.compile(
    r"(?:grand |sub ?)?totals?|sums?|summe|gesamt(?:summe)?|insgesamt|somme|total général|suma"
    r"|totale|totaal",
    re.IGNORECASE,
)
_LEAST_ROWS = 3


def without_total(table: Table, chosen: str) -> Table:
    """Tell a last row that says it is a total, and set it aside where the user chose to."""
    if len(table.lines) < _LEAST_ROWS:
        return table
    last = table.cells.slice(len(table.lines) - 1)
    cells = [as_text(last[name]).iloc[0] for name in last.column_names]
    said = next((cell.strip() for cell in cells if _WORDS.fullmatch(cell.strip(" :"))), "")
    if not said:
        return table
    line = int(table.lines[-1])
    options = (Option(KEEP, "yes, keep it"), Option("drop", "no, set it aside"))
    question = f"Is the last row, which says “{said}”, a customer?"
    table = replace(table, offers=(*table.offers, Offer(KEY, question, options, chosen)))
    if chosen != "drop":
        note = (
            f"The last row, {table.place} {line:,}, says “{said}”: it looks like a sum of the"
            " others, and counts as a customer unless you set it aside."
        )
        return replace(table, notes=(*table.notes, note))
    (written,) = table.rows_as_text([len(table.lines) - 1])
    aside = SetAside(line, f"says “{said}”: a sum of the others", written)
    return replace(
        table,
        cells=table.cells.slice(0, len(table.lines) - 1),
        lines=table.lines[:-1],
        set_aside=tuple(sorted((*table.set_aside, aside), key=lambda row: row.line)),
    )

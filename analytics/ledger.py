"""What became of the rows of a file, in words."""

from analytics import text
from analytics.reading.dialect import DELIMITERS


def sentence(rows: int, used: int, *, form: tuple[str, str, str]) -> str:
    """Say how many rows the file has and what became of them, and how it was read.

    Parameters
    ----------
    rows, used : int
        Of the file; those that are not set aside.
    form : tuple of (str, str, str)
        Format, delimiter and encoding, as in :class:`analytics.reading.Table`.
    """
    format_, delimiter, encoding = form
    cut = DELIMITERS.get(delimiter, "spaces" if delimiter else "")
    parts = ", ".join(part for part in (cut, encoding.upper()) if part)
    return (
        f"{text.count(rows, 'row')} in the file = {used:,} used"
        f" + {rows - used:,} set aside. Read as {format_}{f' ({parts})' if parts else ''}."
    )

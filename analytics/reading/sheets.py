"""Take the cells of a sheet out of a workbook, in a process of its own.

The reader of workbooks ends its process where memory runs out, which a damaged file of some
kilobytes can bring about. Run as a program, this file reads a workbook from standard input.
"""

import contextlib
import io
import pickle
import subprocess
import sys
from typing import Any

from python_calamine import CalamineWorkbook

Rows = list[list[Any]]
_MEMORY = 3 * 2**30
_SECONDS = 120
_TABLE, _LEAST = (3, 2), (2, 1)  # rows and columns: of a table rather than a note; of any sheet


class Failed(Exception):
    """The workbook could not be read."""


def first_table(content: bytes, chosen: str) -> tuple[list[str], str, Rows]:
    """Give the names of the sheets, that of the first with a table, and its rows.

    Parameters
    ----------
    content : bytes
    chosen : str
        Name of the only sheet to look at; without one of that name, all are.

    Raises
    ------
    Failed
        Whatever happens to the process that reads.
    """
    program = [sys.executable, "-I", __file__, chosen]
    try:
        done = subprocess.run(
            program, input=content, capture_output=True, timeout=_SECONDS, check=True
        )
    except subprocess.SubprocessError as error:
        raise Failed from error
    found: tuple[list[str], str, Rows] = pickle.loads(done.stdout)
    return found


def _look(content: bytes, chosen: str) -> tuple[list[str], str, Rows]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = book.sheet_names
    sheets = {n: book.get_sheet_by_name(n) for n in ([chosen] if chosen in names else names)}
    for height, width in (_TABLE, _LEAST):
        for name, sheet in sheets.items():
            if sheet.height >= height and sheet.width >= width:
                return names, name, sheet.to_python(skip_empty_area=False)
    return names, "", []


def _main() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    found = _look(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.buffer.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    _main()

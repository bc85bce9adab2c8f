"""How far the cells of a workbook reach, found before they are read.

The reader of workbooks lays out every sheet as a full rectangle, and ends the whole process if
there is no memory for it. A file of five kilobytes with one cell in the last corner asks for half
a terabyte, so the rectangle is measured first.
"""

import re

_QUOTED = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b(" + _QUOTED + rb")>")
_ODS_ROW = re.compile(_QUOTED + rb">")
_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["']\s*(\d+)""")
_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["']\s*(\d+)""")


def of_sheet(xml: bytes) -> int:
    """Count the cells of the rectangle that a sheet of an .xlsx spans, empty ones included."""
    rows = _ROW.split(xml)
    height, width = len(rows), max(len(_CELL.findall(row)) for row in rows)
    columns: set[bytes] = set()
    for row in rows:
        for column, number in _PLACE.findall(row):
            columns.add(column)
            height = max(height, int(number[:12]))
    return height * max(width, *(_column(letters[:12]) for letters in columns), 0)


def of_document(xml: bytes) -> int:
    """Count the cells of the largest rectangle that a sheet of an .ods spans."""
    return max(_of_table(table) for table in xml.split(b"<table:table "))


def _of_table(xml: bytes) -> int:
    height = width = row = 0
    for written in xml.split(b"<table:table-row")[1:]:
        tag = _ODS_ROW.match(written)
        row += _repeated(_ROWS, tag[0] if tag else b"")
        column = reach = 0
        for cell in _ODS_CELL.finditer(written):
            column += _repeated(_COLUMNS, cell[1])
            if not cell[1].endswith(b"/") or b"office:" in cell[1]:
                reach = column
        if reach:
            height, width = row, max(width, reach)
    return height * width


def _repeated(attribute: re.Pattern[bytes], tag: bytes) -> int:
    found = attribute.search(tag)
    return int(found[1][:12]) if found else 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number

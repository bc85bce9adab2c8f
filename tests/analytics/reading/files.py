"""Files of every format, made from rows."""

import functools
import gzip
import io
import json
import sqlite3
import zipfile
import zlib

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlwt

HEADER = ["id", "name", "income"]
ROWS = [[1, "Ann", 31.5], [2, "Bob", 45.0], [3, "Cid", 27.25]]
PLAIN = b"id,name,income\n1,Ann,31.5\n2,Bob,45\n3,Cid,27.25\n"
FRAME = pd.DataFrame(ROWS, columns=HEADER)


def lines(*rows: str, end: str = "\n") -> bytes:
    return "".join(row + end for row in rows).encode()


def numbered(count: int, row: str = "{},Ann,5", header: str = "id,name,income") -> list[str]:
    return [header, *(row.format(n) for n in range(1, count + 1))]


def xlsx(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    return _saved(book)


def sparse_xlsx(corner: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active[corner] = "id", "far"
    return _saved(book)


def xls(rows: list[list[object]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    return _saved(book)


def ods(frame: pd.DataFrame = FRAME) -> bytes:
    stream = io.BytesIO()
    frame.to_excel(stream, index=False, engine="odf")
    return stream.getvalue()


def repeating_ods(rows: int, columns: int) -> bytes:
    """Make an .ods of one cell with a value, repeated."""
    cell = (
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    content = f'<office:document-content><table:table table:name="S">{row}</table:table>'
    return zipped({"mimetype": kind, "content.xml": content.encode()})


def parquet(columns: object = FRAME, **options: object) -> bytes:
    stream = io.BytesIO()
    if isinstance(columns, pd.DataFrame):
        columns.to_parquet(stream)
    else:
        pq.write_table(pa.table(columns), stream, **options)
    return stream.getvalue()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def locked_zip() -> bytes:
    """Set the flag of encryption in both headers of the only member."""
    content = bytearray(zipped({"a.csv": PLAIN}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying_xlsx() -> bytes:
    """Make a workbook that says its sheet unpacks to fewer bytes than it does."""
    content = xlsx([HEADER, *ROWS])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
        checksum = zlib.crc32(archive.read(sheet)[:100])
    for true, said in ((sheet.file_size, 100), (sheet.CRC, checksum)):
        content = content.replace(true.to_bytes(4, "little"), said.to_bytes(4, "little"))
    return content


def garbled(content: bytes) -> bytes:
    """Change bytes in the middle of the first member, which a zip archive keeps a sum of."""
    return content[:60] + bytes(byte ^ 255 for byte in content[60:70]) + content[70:]


@functools.cache
def gzip_bomb() -> bytes:
    return gzip.compress(b"1,2\n" * 2**21, 9)


@functools.cache
def zip_bomb() -> bytes:
    return zipped({"a.csv": b"1,2\n" * 2**21})


def sqlite() -> bytes:
    with sqlite3.connect(":memory:") as database:
        database.execute("create table customers (id, name)")
        return database.serialize()


def jsonl(records: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def _saved(book: object) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

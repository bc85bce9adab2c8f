"""Files that are no tables of customers, as people bring them."""

import bz2
import gzip
import json
import lzma

import pyarrow as pa

from analytics.errors import FileTooLarge
from tests.analytics.reading import files
from tests.analytics.reading.case import Refused
from tests.analytics.reading.files import FRAME, HEADER, PLAIN, ROWS, lines, numbered

KINDS = {
    "PDF": (b"%PDF-1.7\n", "a PDF document"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
    "GIF": (b"GIF89a\1\0\1\0", "a GIF image"),
    "bitmap": (b"BM\x36\0\0\0\0\0", "a bitmap image"),
    "TIFF": (b"II*\0\x08\0\0\0", "a TIFF image"),
    "Arrow": (b"ARROW1\0\0", "an Arrow file"),
    "database": (files.sqlite(), "a database"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c\0\4", "a 7-Zip archive"),
    "RAR": (b"Rar!\x1a\x07\1\0", "a RAR archive"),
    "bzip2": (bz2.compress(PLAIN), "a bzip2 archive"),
    "xz": (lzma.compress(PLAIN), "an xz archive"),
    "tar": (b"a.csv".ljust(257, b"\0") + b"ustar\x0000", "a tar archive"),
    "program": (b"\x7fELF\2\1\1\0", "a program"),
    "rich text": (b"{\\rtf1\\ansi Ann}", "a rich text document"),
    "HTML": (b"\n <!DOCTYPE html><p>a,b</p>\n", "a web page or XML"),
    "HTML in capitals": (b"<HTML>\n<body>1,2\n", "a web page or XML"),
    "HTML in UTF-16": ("<html><body>1,2</body>".encode("utf-16"), "a web page or XML"),
    "XML": (b"\xef\xbb\xbf<?xml version='1.0'?>\n<a,b/>\n", "a web page or XML"),
    "Word": (files.zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "an office"),
    "binary workbook": (
        files.zipped({"[Content_Types].xml": b"", "xl/workbook.bin": b""}),
        "a binary workbook",
    ),
    "old Word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "damaged, protected or no table",
    ),
}
REFUSED = {name: Refused(*case) for name, case in KINDS.items()} | {
    "empty": Refused(b"", "The file is empty"),
    "blank": Refused(b" \r\n\t\n", "The file is empty"),
    "mark alone": Refused(b"\xef\xbb\xbf\r\n", "The file is empty"),
    "header alone": Refused(b"id,name,income\n", "no customers below the header"),
    "one row": Refused(b"id,name\n1,Ann\n", "a single customer"),
    "one row that fits": Refused(b"id,a\n1,Ann\n,\n", "a single customer besides 1 set aside"),
    "one column of text": Refused(b"name\nAnn\nBob\n", "a single column of text"),
    "one column of text in a sheet": Refused(
        lambda: files.xlsx([["name"], ["1,Ann"], ["2,Bob"]]), "a single column of text"
    ),
    "NUL": Refused(b"id,name\n1,Ann\n2,\0\n", "Line 3 holds binary data"),
    "NUL below CR": Refused(b"id,name\r1,Ann\r2,\0\r", "Line 3 holds binary data"),
    "NUL in an encoding by choice": Refused(
        b"a,b\n1,\0\n", "Line 2 holds binary data", choices={"encoding": "cp1252"}
    ),
    "quote never closed": Refused(b'id,a\n1,2\n3,"4\n5,6\n', "Line 3 opens a quote that is never"),
    "two quotes never closed": Refused(
        lines(*numbered(3), '4,"Ann,5', "5,Ann,5", '6,"Ann,5', "7,Ann,5"),
        "Line 7 opens a quote that is never closed",
    ),
    "quote across the header": Refused(
        b'id,"name\n1,"Ann"\n2,"Bob"\n', "Line 1 should be the header"
    ),
    "uneven": Refused(b"a,b,c\n1,2\n3,4,5,6\n7,8,9\n1,2,3,4,5\n1\n", "cells"),
    "header too short": Refused(
        lines("a,b,c", *["1,1,1,1,1"] * 4), "The header has 3 cells, but most rows have 5"
    ),
    "baskets": Refused(lines(*["milk", "milk,tea", "a,b,c", "a,b,c,d,e"] * 9), "a list of baskets"),
    "10,000 columns": Refused(
        lambda: lines(*[",".join([cell] * 10_000) for cell in ("a", "1", "2")]),
        "10,000 columns; the limit is 1,000",
    ),
    "a line of 10 MB": Refused(lambda: b"x" * 10 * 2**20, "Line 1 is 10.0 MB long"),
    "a line of 2 MB": Refused(lambda: b"a,b\n1,2\n" + b"x" * 2**21 + b"\n", "Line 3 is 2.0 MB"),
    "UTF-16 cut off": Refused(PLAIN.decode().encode("utf-16")[:-1], "marked as UTF-16"),
    "gzip cut off": Refused(gzip.compress(PLAIN)[:-9], "gzip archive is cut off"),
    "gzip damaged": Refused(gzip.compress(PLAIN)[:-8] + b"\0" * 8, "gzip archive is damaged"),
    "gzip bomb": Refused(files.gzip_bomb, "beyond what is accepted", FileTooLarge),
    "gzip of gzip": Refused(gzip.compress(gzip.compress(PLAIN)), "holds another archive"),
    "gzip of zip": Refused(gzip.compress(files.zipped({"a": PLAIN})), "holds another archive"),
    "zip cut off": Refused(files.zipped({"a.csv": PLAIN})[:-9], "cut off or damaged"),
    "zip bomb": Refused(files.zip_bomb, "beyond what is accepted", FileTooLarge),
    "zip of nothing": Refused(files.zipped({}), "holds 0 files"),
    "zip of two": Refused(files.zipped({"a.csv": PLAIN, "b.csv": PLAIN}), "holds 2 files"),
    "zip of zip": Refused(files.zipped({"a.zip": files.zipped({"a": PLAIN})}), "another archive"),
    "zip of PDF": Refused(files.zipped({"a.csv": b"%PDF-1.7"}), "a PDF document"),
    "zip with a password": Refused(files.locked_zip(), "protected by a password"),
    "zip damaged": Refused(
        files.zipped({"a.csv": PLAIN}, 0).replace(b"Bob", b"Rob"), "zip archive is damaged"
    ),
    "xlsx cut off": Refused(lambda: files.xlsx([HEADER, *ROWS])[:-50], "cut off or damaged"),
    "xlsx garbled": Refused(lambda: files.garbled(files.xlsx([HEADER, *ROWS])), "is damaged"),
    "xlsx that lies about its size": Refused(files.lying_xlsx, "damaged"),
    "xlsx of half a terabyte": Refused(
        lambda: files.sparse_xlsx("XFD1048576"), "spans 17,179,869,184 cells", FileTooLarge
    ),
    "ods of three gigabytes": Refused(
        lambda: files.repeating_ods(100_000, 1_000), "spans 100,000,000 cells", FileTooLarge
    ),
    "workbook of nothing": Refused(lambda: files.xlsx([]), "No table was found"),
    "workbook with a header alone": Refused(lambda: files.xlsx([HEADER]), "No table was found"),
    "sheet by choice without a table": Refused(
        lambda: files.xlsx([HEADER, *ROWS], [["x"]]),
        "No table was found in the sheet “S2”",
        choices={"sheet": "S2"},
    ),
    "xls cut off": Refused(lambda: files.xls([HEADER, *ROWS])[:1500], "damaged"),
    "ods cut off": Refused(lambda: files.ods()[:-50], "cut off or damaged"),
    "parquet cut off": Refused(lambda: files.parquet()[:-9], "Parquet file is damaged or cut off"),
    "parquet without rows": Refused(lambda: files.parquet(FRAME[:0]), "The Parquet has no rows"),
    "parquet of 1,001 columns": Refused(
        lambda: files.parquet({f"c{n}": [1, 2] for n in range(1001)}), "1,001 columns"
    ),
    "parquet of two gigabytes of text": Refused(
        lambda: files.parquet(
            {
                "a": pa.DictionaryArray.from_arrays(
                    pa.repeat(pa.scalar(0, pa.int8()), 2**18), ["x" * 10_000]
                )
            }
        ),
        "beyond what is accepted",
        FileTooLarge,
    ),
    "parquet of many cells": Refused(
        lambda: files.parquet({f"c{n}": pa.nulls(15_000_000) for n in range(9)}),
        "1,030 MB, beyond what is accepted",
        FileTooLarge,
    ),
    "json cut off": Refused(b'[{"a": 1}, {"a": 2}', "JSON is not well formed"),
    "json lines garbled": Refused(b'{"a": 1}\n\n{"a": 2}\n{"a" 3}\n', "Line 4 of the JSON lines"),
    "json of no records": Refused(b'{"a": [1, 2, 3]}', "no list of records"),
    "json of nothing": Refused(b"[{}, {}]", "holds no records"),
    "json too deep": Refused(b'[{"a":' * 5000, "JSON is not well formed"),
    "json of many names": Refused(
        lambda: json.dumps([{f"n{n}": 1} for n in range(2000)]).encode(), "2,000 columns"
    ),
}

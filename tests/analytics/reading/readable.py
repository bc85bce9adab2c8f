"""Files that are tables, as people bring them."""

import datetime as dt
import decimal
import gzip
import json

import pyarrow as pa

from tests.analytics.reading import files
from tests.analytics.reading.case import Read
from tests.analytics.reading.files import FRAME, HEADER, PLAIN, ROWS, lines, numbered


def typed(made: object, shape: tuple[int, int] = (3, 3), **expected: object) -> Read:
    """Expect a format without a delimiter and an encoding."""
    return Read(made, shape, "", "", **expected)


UMLAUTS = "id;name;city\n1;Jürgen Müller;Köln\n2;José Núñez;Málaga\n3;Zoë;Besançon\n"
LATE = b"id,name,income\n" + b"1,Ann,5\n" * 38_248 + b"9,M\xfcller,5\n1,Ann,5\n"
CYRILLIC = "id;имя;город\n1;Анна Сергеевна;Москва\n2;Пётр Иванов;Казань\n3;Ольга;Томск\n"
ALIGNED = b"  id  age   income\n   1   31     1.5\n  12   45    22.5\n 123   27   333.5\n"

DELIMITED = {
    "comma": Read(PLAIN),
    "semicolon": Read(PLAIN.replace(b",", b";"), delimiter=";"),
    "tab": Read(PLAIN.replace(b",", b"\t"), delimiter="\t"),
    "bar": Read(PLAIN.replace(b",", b"|"), delimiter="|"),
    "decimal commas": Read(b"a;b\n1,5;2,5\n3,5;4,5\n", (2, 2), ";"),
    "commas within one column": Read(b"id;a, b, c\n1;x\n2;y, z\n3;w\n", (3, 2), ";"),
    "stated delimiter": Read(b"sep=;\n" + PLAIN.replace(b",", b";"), delimiter=";"),
    "stated against the look": Read(b"sep=;\r\na;b,c\r\n1;2,3\r\n4;5,6\r\n", (2, 2), ";"),
    "aligned by spaces": Read(ALIGNED, delimiter=" "),
    "aligned, one line short": Read(
        ALIGNED + b" 124   28\n" + b" 125   29   1\n" * 9, (12, 3), " ", aside=(5,)
    ),
    "CR LF": Read(PLAIN.replace(b"\n", b"\r\n")),
    "CR": Read(PLAIN.replace(b"\n", b"\r")),
    "mixed line ends": Read(b"id,name,income\r\n1,Ann,5\n2,Bob,6\r3,Cid,7", (3, 3)),
    "no line end at the end": Read(PLAIN.rstrip()),
    "all quoted": Read(b'"id","name"\n"1","Ann"\n"2","Bob"\n', (2, 2)),
    "quoted delimiters": Read(b'id,name\n1,"Doe, Ann"\n2,"Roe, Bob"\n', (2, 2)),
    "quoted line ends": Read(b'id,name\n1,"Doe\nAnn"\n2,Bob\n', (2, 2)),
    "a quote within a cell": Read(b'id,size\n1,5" wide\n2,6\n', (2, 2)),
    "a stray quote": Read(b'id,name,x\n1,"Ann,5\n2,B"ob,6\n3,Cid,7\n4,Dan,8\n', (3, 3), aside=(2,)),
    "one column of numbers": Read(b"income\n1.5\n2\n3e2\n", (3, 1), ""),
    "one column without a header": Read(
        b"1.5\n2\n3\n", (3, 1), "", note="The first line holds numbers"
    ),
    "no header": Read(b"1,2.5,3\n4,5,6\n7,8,9\n", note="The first line holds numbers"),
    "no header, powers of ten": Read(
        b"1.5e+00 2e-01\n3.5e+00 4e-01\n5.5e+00 6e-01\n", (3, 2), " ", note="holds numbers"
    ),
    "header of an index": Read(b",0,1\n1,2,3\n4,5,6\n", (2, 3), note="Column 1's header was blank"),
    "blank and repeated headers": Read(
        b"a,,a\n1,2,3\n4,5,6\n", (2, 3), note="it is called “a (2)” here."
    ),
    "header one name short": Read(
        b"age,income\nann,31,5\nbob,45,6\ncid,27,7\n", note="one name too few"
    ),
    "delimiters at the ends": Read(
        b"id,name,\n1,Ann,\n2,Bob,\n", (2, 3), note="Column 3's header was blank"
    ),
    "delimiters at the ends of rows": Read(
        b"id,name\n1,Ann,\n2,Bob,\n", (2, 3), note="ends in a delimiter"
    ),
    "title": Read(b"Customers 2024\n\n" + PLAIN, aside=(1,), note="stands above the header"),
    "two titles": Read(b"Customers\nof 2024\n" + PLAIN, aside=(1, 2)),
    "title above spanning cells": Read(
        b'Customers\nid,name,x\n1,"A\nnn",5\n2,Bob,6\n3,"C\nid",7\n', aside=(1,)
    ),
    "title above no header": Read(b"Sizes\n1,2.5,3\n4,5,6\n7,8,9\n", aside=(1,), note="not names"),
    "total below": Read(PLAIN + b"Total: 3\n", aside=(5,), note="1 cell where the header has 3"),
    "a line too long": Read(lines(*numbered(3), "4,Ann,5,6", "5,Ann,5"), (4, 3), aside=(5,)),
    "a line too short": Read(lines(*numbered(9), "8,Ann", end="\r\n"), (9, 3), aside=(11,)),
    "many lines that do not fit": Read(
        lines(*numbered(20), *["1,2"] * 8), (20, 3), aside=(*range(22, 30),), note="and 3 more"
    ),
    "blank lines": Read(b"\n\nid,name,x\n\n1,Ann,5\n\n2,Bob,6\n3,Cid,7\n\n"),
    "lines of spaces": Read(b"id,name,x\n1,Ann,5\n  \n2,Bob,6\n3,Cid,7\n"),
    "blank rows": Read(
        b"id,name,x\n1,Ann,5\n,,\n2,Bob,6\n, ,\n3,Cid,7\n", aside=(3, 5), note="2 blank lines"
    ),
    "gzip": Read(gzip.compress(PLAIN)),
    "gzip in two parts": Read(gzip.compress(PLAIN[:20]) + gzip.compress(PLAIN[20:])),
    "gzip padded": Read(gzip.compress(PLAIN) + b"\0" * 512),
    "zip": Read(files.zipped({"a.csv": PLAIN}), note="“a.csv” within the zip archive"),
    "zip of bzip2": Read(files.zipped({"a.csv": PLAIN}, 12)),
    "zip by a Macintosh": Read(files.zipped({"a.csv": PLAIN, "__MACOSX/._a.csv": b"\0"})),
    "a thousand columns": Read(
        lines(*[",".join([cell] * 1000) for cell in ("a", "1", "2")]), (2, 1000)
    ),
}
ENCODED = {
    "UTF-8": Read(UMLAUTS.encode(), delimiter=";"),
    "UTF-8 with a mark": Read(UMLAUTS.encode("utf-8-sig"), delimiter=";"),
    "UTF-16": Read(UMLAUTS.encode("utf-16"), delimiter=";", encoding="utf-16"),
    "UTF-16, big end first": Read(
        b"\xfe\xff" + UMLAUTS.encode("utf-16-be"), delimiter=";", encoding="utf-16"
    ),
    "UTF-16 without a mark": Read(UMLAUTS.encode("utf-16-le"), delimiter=";", encoding="utf-16-le"),
    "UTF-32": Read(UMLAUTS.encode("utf-32"), delimiter=";", encoding="utf-32"),
    "ISO 8859-1": Read(
        UMLAUTS.encode("latin-1"), delimiter=";", encoding="latin-1", note="Jürgen Müller"
    ),
    "Windows-1252": Read(
        UMLAUTS.replace("Zoë", "“Zoë”").encode("cp1252"), delimiter=";", encoding="cp1252"
    ),
    "DOS 850": Read(UMLAUTS.encode("cp850"), delimiter=";", encoding="cp850"),
    "Cyrillic": Read(CYRILLIC.encode("cp1251"), delimiter=";", encoding="cp1251"),
    "first letter in line 38,250": Read(
        LATE, (38_250, 3), encoding="latin-1", note="the first of them line 38,250"
    ),
    "one broken byte": Read(
        UMLAUTS.encode().replace(b"\xc3\xb6", b"\xff"), delimiter=";", note="1 byte not valid"
    ),
    "broken behind a mark": Read(
        b"\xef\xbb\xbf" + PLAIN.replace(b"Bob", b"B\xf6b"), note="first in line 3"
    ),
    "encoding by choice": Read(
        UMLAUTS.encode("mac-roman"),
        delimiter=";",
        encoding="cp1250",
        note="as you chose",
        choices={"encoding": "cp1250"},
    ),
    "encoding unknown": Read(PLAIN, choices={"encoding": "klingon"}),
}
TYPED = {
    "xlsx": typed(lambda: files.xlsx([HEADER, *ROWS])),
    "xls": typed(lambda: files.xls([HEADER, *ROWS])),
    "ods": typed(files.ods),
    "gzip of xlsx": typed(lambda: gzip.compress(files.xlsx([HEADER, *ROWS]))),
    "zip of xlsx": typed(lambda: files.zipped({"a": files.xlsx([HEADER, *ROWS])}), note="“a”"),
    "sheets": typed(
        lambda: files.xlsx([["notes"]], [HEADER, *ROWS], [["a", "b"], [1, 2], [3, 4]]),
        note="Read from the sheet “S2”; the workbook has S1, S2 and S3.",
    ),
    "sheet by choice": typed(
        lambda: files.xlsx([HEADER, *ROWS], [["a", "b"], [1, 2], [3, 4]]),
        (2, 2),
        choices={"sheet": "S2"},
    ),
    "title in a sheet": typed(
        lambda: files.xlsx([["Customers"], [], HEADER, *ROWS]), aside=(1,), note="stands in row 3"
    ),
    "index of a sheet": typed(
        lambda: files.xlsx([[None, "a"], [0, 5], [1, 6]]),
        (2, 2),
        note="Column 1's header was blank",
    ),
    "sheet beginning at C3": typed(
        lambda: files.xlsx([[], [], *([None, None, *row] for row in [HEADER, *ROWS])])
    ),
    "sheet without a header": typed(
        lambda: files.xlsx([[1, 2.5], [3, 4], [5, 6]]), (3, 2), note="The first row holds numbers"
    ),
    "blank row in a sheet": typed(
        lambda: files.xlsx([HEADER, ROWS[0], [None] * 3, *ROWS[1:]]), aside=(3,)
    ),
    "one column below a blank": typed(
        lambda: files.xlsx([[None], ["income"], [1], [2]]), (2, 1), note="stands in row 2"
    ),
    "parquet": typed(files.parquet),
    "parquet with an index": typed(
        lambda: files.parquet(FRAME.set_axis([7, 3, 5])), (3, 4), note="Column 4's header was blank"
    ),
    "parquet of many types": typed(
        lambda: files.parquet(
            {
                "kind": pa.array(["a", "b", "a"]).dictionary_encode(),
                "price": [decimal.Decimal("1.50"), None, decimal.Decimal("2.25")],
                "day": [dt.date(2024, 1, 2)] * 3,
                "active": [True, False, None],
                "tags": [["x"], [], None],
                "large": pa.array([1, 2, 2**64 - 1], pa.uint64()),
                "nothing": [None] * 3,
            }
        ),
        (3, 7),
    ),
    "json": typed(FRAME.to_json(orient="records").encode()),
    "json in UTF-16": typed(FRAME.to_json(orient="records").encode("utf-16")),
    "json lines": typed(FRAME.to_json(orient="records", lines=True).encode()),
    "json within an object": typed(
        json.dumps({"n": 1, "rows": [{"a": 1}, {"b": 2}]}).encode(), (2, 2)
    ),
    "json nested": typed(b'[{"a": {"b": [1, 2]}, "c": 1}, {"a": {}, "c": null}]', (2, 2)),
    "json of long numbers": typed(b'[{"a": 123456789012345678901}, {"a": 5}]', (2, 1)),
    "json, a record of nothing": typed(b'[{"a": 1}, {}, {"a": 2}]', (2, 1), aside=(2,)),
}
READ = DELIMITED | ENCODED | TYPED

import gzip
import random

import pytest

from analytics.errors import FileTooLarge, UnreadableFile
from analytics.reading import read
from tests.analytics.reading import files
from tests.analytics.reading.files import FRAME, lines, numbered

NAMED = [f'{n},"Doe, Ann {n}",{n % 5}' for n in range(40)]
DATED = [f"{n}\t{n % 28 + 1:02}/03/2024\t{n * 1.5}" for n in range(40)]
DELIMITED = {
    "comma": lines(*numbered(40, "{},Male,19,15,39", "CustomerID,Gender,Age,Income,Score")),
    "semicolon, all quoted": lines(*numbered(40, '"{}";"no";"3,5"', '"age";"loan";"rate"')),
    "tab with dates": lines("ID\tDt_Customer\tIncome", *DATED),
    "quoted names": lines("id,name,visits", *NAMED),
    "CR LF": lines(*numbered(40), end="\r\n"),
    "ISO 8859-1": "\n".join(numbered(40, "{},Café Müller,£5")).encode("latin-1"),
}
OTHER = {
    "xlsx": files.xlsx([["id", "name"], *([n, f"n{n}"] for n in range(30))]),
    "xls": files.xls([["id", "name"], *([n, f"n{n}"] for n in range(30))]),
    "ods": files.ods(),
    "parquet": files.parquet(),
    "json": FRAME.to_json(orient="records").encode(),
    "json lines": FRAME.to_json(orient="records", lines=True).encode(),
    "gzip": gzip.compress(DELIMITED["comma"]),
    "zip": files.zipped({"a.csv": DELIMITED["comma"]}),
    "UTF-16": DELIMITED["comma"].decode().encode("utf-16"),
}


def corrupted(content: bytes, chance: random.Random) -> bytes:
    """Damage a file in one place, as bad disks, cables, editors and people do."""
    place = chance.randrange(len(content))
    end = place + chance.choice([1, 1, 2, 5, 30])
    first = content.rfind(b"\n", 0, place) + 1
    last = (content.find(b"\n", place) + 1) or len(content)
    before, after = content[:place], content[place:]
    return chance.choice(
        [
            before + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :],
            before + chance.randbytes(end - place) + content[end:],
            before + content[end:],
            before + chance.randbytes(end - place) + after,
            content[:end] + after,
            before,
            content[:first] + content[last:],
            content[:last] + content[first:],
            before + b'"' + after,
            before + chance.choice([b",", b";", b"\t", b"|"]) + after,
            before + chance.choice([b"\n", b"\r", b"\r\n"]) + after,
            before + b"\0" + after,
        ]
    )


def check_outcome(content: bytes) -> None:
    try:
        table = read(content)
    except (UnreadableFile, FileTooLarge) as refused:
        assert refused.cause
        assert refused.remedy
        return
    assert table.cells.num_rows == len(table.lines)
    aside = [row.line for row in table.set_aside]
    assert aside == sorted(aside)
    assert not set(aside) & set(table.lines.tolist())
    assert table.written().shape == table.cells.shape


@pytest.mark.parametrize("name", DELIMITED)
def test_a_damaged_text_is_accounted_for_or_refused(name):
    chance = random.Random(name)
    for _ in range(40):
        check_outcome(corrupted(DELIMITED[name], chance))


@pytest.mark.parametrize("name", OTHER)
def test_a_damaged_file_of_another_format_is_accounted_for_or_refused(name):
    chance = random.Random(name)
    for _ in range(12):
        check_outcome(corrupted(OTHER[name], chance))


@pytest.mark.parametrize("name", DELIMITED)
def test_a_line_that_does_not_fit_costs_no_other_line(name):
    whole = read(DELIMITED[name])
    rows = DELIMITED[name].splitlines(keepends=True)
    table = read(b"".join([*rows[:20], rows[1].rstrip() + b"\t,;9\n", *rows[20:]]))
    assert [row.line for row in table.set_aside] == [21]
    assert table.cells.equals(whole.cells)

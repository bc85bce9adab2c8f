"""The README tells what is so."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import Settings
from docs import screenshots
from layouts import ids

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


@pytest.fixture
def readme():
    return README.read_text(encoding="utf-8")


def rows(readme: str, holding: str) -> list[list[str]]:
    """Give the cells of the one table that has a row for a name."""
    tables = [
        table
        for table in re.findall(r"(?:^\|.*\n?)+", readme, re.MULTILINE)
        if re.search(rf"^\|\s*`{holding}`\s*\|", table, re.MULTILINE)
    ]
    assert len(tables) == 1, f"tables with a row for {holding}: {len(tables)}"
    lines = [line.strip().strip("|").split("|") for line in tables[0].splitlines()[2:]]
    return [[cell.strip() for cell in line] for line in lines]


def test_the_readme_lists_every_setting_with_its_default(readme):
    listed = {row[0].strip("`"): row[1] for row in rows(readme, "SEGMENTS_CACHE_MB")}
    assert list(listed) == [setting.metadata["variable"] for setting in fields(Settings)]
    for setting in fields(Settings):
        if setting.type is not Path:  # the folder's default depends on the machine
            assert listed[setting.metadata["variable"]] == f"`{setting.default}`"


def test_the_readme_lists_every_store(readme):
    listed = [row[0].strip("`") for row in rows(readme, "store-dataset")]
    declared = [value for name, value in vars(ids.Store).items() if name.isupper()]
    assert sorted(listed) == sorted(declared)


def test_what_the_readme_shows_and_links_to_is_there(readme):
    linked = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert len(linked) > 5
    assert [path for path in linked if not (ROOT / path).is_file()] == []


def test_every_picture_is_one_that_is_taken_and_is_small(readme):
    taken = {picture.path for picture in screenshots.PICTURES}
    assert len(taken) == len(screenshots.PICTURES)
    assert set(screenshots.FOLDER.iterdir()) == taken
    for path in taken:
        assert path.read_bytes()[8:12] == b"WEBP"
        assert path.stat().st_size <= screenshots.MOST
        assert f"docs/pictures/{path.name}" in readme

"""The sources of reports are those of the code."""

from pathlib import Path

import pytest

import analytics
from analytics import literature
from analytics.algorithms import ALGORITHMS

SOURCES = [
    path.read_text(encoding="utf-8")
    for path in Path(analytics.__file__).parent.rglob("*.py")
    if path.name != "literature.py"
]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_source_stands_where_its_method_is_computed(algorithm):
    works = literature.works(algorithm)
    assert any(work.algorithms for work in works)
    assert all(not work.algorithms or algorithm in work.algorithms for work in works)
    for work in works:
        assert any(f"doi:{work.doi}" in source for source in SOURCES), work
        assert work.link == f"https://doi.org/{work.doi}"
        assert set(work.algorithms) <= set(ALGORITHMS)

"""The page's style and scripts, out of files; its colours are those of the dashboard."""

import re
from functools import cache
from pathlib import Path

from plotly.offline import get_plotlyjs

_HERE = Path(__file__).parent
_TOKENS = Path(__file__).parents[2] / "assets" / "10-tokens.css"
_LIGHT = re.compile(r"^:root \{(.*?)\}", re.DOTALL | re.MULTILINE)
_DARK = re.compile(r'^:root\[data-bs-theme="dark"\] \{(.*?)\}', re.DOTALL | re.MULTILINE)
_SCREEN_ONLY = "@media screen and (prefers-color-scheme: dark)"


@cache
def style() -> str:
    """Give the style sheet: the dashboard's colours, dark where the reader's system is."""
    tokens = _TOKENS.read_text(encoding="utf-8")
    light, dark = (_declared(pattern, tokens) for pattern in (_LIGHT, _DARK))
    own = (_HERE / "page.css").read_text(encoding="utf-8")
    return f":root {{{light}}}\n{_SCREEN_ONLY} {{\n:root {{{dark}}}\n}}\n{own}"


def _declared(pattern: re.Pattern[str], tokens: str) -> str:
    found = pattern.search(tokens)
    if found is None:
        raise LookupError(f"{_TOKENS.name} has no block like {pattern.pattern}")
    return re.sub(r"/\*.*?\*/", "", found[1], flags=re.DOTALL)


@cache
def script() -> str:
    """Give what draws the figures."""
    return (_HERE / "page.js").read_text(encoding="utf-8")


def plotly() -> str:
    """Give the library that figures are drawn with."""
    return str(get_plotlyjs())

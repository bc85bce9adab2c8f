"""What a page shows of an answer, kept as it is sent until the program that draws it changes."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from plotly.io.json import to_json_plotly

from app.bundles import Bundle, Bundles

_SOURCES = ("analytics", "app", "callbacks", "layouts")
_LIBRARIES = ("dash", "dash-bootstrap-components", "numpy", "pandas", "plotly", "scikit-learn")


def shown(
    bundles: Bundles, recipe: tuple[str, ...], make: Callable[[], Mapping[str, Any]]
) -> dict[str, Any]:
    """Recall what a page shows, or make it.

    Parameters
    ----------
    bundles : Bundles
    recipe : tuple of str
        Says what is shown of which answer.
    make : callable
        Gives what JSON and plotly can write.
    """
    key = bundles.key("shown", program(), *recipe)
    bundles.remember(key, lambda: Bundle(files={"json": _written(make())}))
    return dict(orjson.loads(bundles.content(key, "json")))


@cache
def program() -> str:
    """Give a digest of everything that has a part in what is shown."""
    digest = sha256("\n".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    root = Path(__file__).parent.parent
    for package in _SOURCES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _written(what: Mapping[str, Any]) -> bytes:
    return str(to_json_plotly(what, engine="orjson")).encode()

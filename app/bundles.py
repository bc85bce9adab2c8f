"""What one session keeps: bundles under keys that only it can compute."""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from app.storage.frames import FrameStore


@dataclass(frozen=True)
class Bundle:
    """Frames, facts that JSON can hold, and files kept as they came."""

    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


class Bundles:
    """The store as one session sees it."""

    def __init__(self, store: FrameStore, session: str) -> None:
        self._store = store
        self._session = session

    def key(self, *recipe: str) -> str:
        """Name a recipe by a digest that nobody without the session's secret can compute."""
        return hmac.digest(self._session.encode(), json.dumps(recipe).encode(), "sha256").hex()

    def remember(self, key: str, make: Callable[[], Bundle]) -> None:
        """Make a bundle unless it is there."""
        if not self.keep(key):
            made = make()
            self._store.put(self._session, key, made.frames, made.facts, made.files)

    def keep(self, key: str) -> bool:
        """Say whether a bundle is there, and keep it for longer if it is."""
        return self._store.has(self._session, key)

    def frame(self, key: str, name: str) -> pd.DataFrame:
        """Read a frame; raises ``Expired`` if this session has no such bundle."""
        return self._store.frame(self._session, key, name)

    def facts(self, key: str) -> dict[str, Any]:
        """Read the facts; raises as :meth:`frame` does."""
        return self._store.facts(self._session, key)

    def content(self, key: str, name: str) -> bytes:
        """Read a file as it came; raises as :meth:`frame` does."""
        return self._store.content(self._session, key, name)

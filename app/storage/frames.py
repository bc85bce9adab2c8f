"""Frames as Parquet files in a folder that all workers share, with expiry."""

import contextlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.errors import Expired

_KEY = re.compile(r"[0-9a-f]{64}")
_SWEEP_SECONDS = 60
_UNFINISHED_SECONDS = 3600


class FrameStore:
    """Bundles of frames under keys, each bundle belonging to one session.

    A bundle is a folder of Parquet files and one JSON file of facts, written beside its place
    and renamed into it, so that no reader ever sees half of one. Nothing in it is executable.
    """

    def __init__(self, root: Path, *, max_mb: int, max_hours: int) -> None:
        self._root = root
        self._max_bytes = max_mb * 2**20
        self._max_seconds = max_hours * 3600
        root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(
        self,
        session: str,
        key: str,
        frames: Mapping[str, pd.DataFrame],
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Store a bundle; one that is already there is left as it is."""
        place = self._place(session, key)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=self._root))
        try:
            for name, frame in frames.items():
                frame.to_parquet(draft / f"{name}.parquet", compression="zstd")
            (draft / "facts.json").write_text(json.dumps(facts or {}), encoding="utf-8")
            draft.rename(place)
        except OSError:
            if not place.is_dir():  # another worker may have answered the same question first
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self._expire(keep=place)

    def has(self, session: str, key: str) -> bool:
        """Say whether a bundle is there, and keep it for longer if it is."""
        place = self._place(session, key)
        try:
            os.utime(place)
        except FileNotFoundError:
            return False
        return True

    def frame(
        self, session: str, key: str, name: str, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Read a frame, or only some of its columns.

        Raises
        ------
        Expired
            If the bundle is not there, or not this session's.
        """
        try:
            path = self._place(session, key) / f"{name}.parquet"
            return pd.read_parquet(path, columns=None if columns is None else list(columns))
        except FileNotFoundError as error:
            raise _expired() from error

    def facts(self, session: str, key: str) -> dict[str, Any]:
        """Read the facts of a bundle; raises as :meth:`frame` does."""
        try:
            written = (self._place(session, key) / "facts.json").read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise _expired() from error
        return dict(json.loads(written))

    def _place(self, session: str, key: str) -> Path:
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise _expired()
        return self._root / sha256(session.encode()).hexdigest()[:32] / key

    def _bundles(self) -> Iterator[tuple[float, Path]]:
        for place in self._root.glob("*/" + "[0-9a-f]" * 64):
            try:
                yield place.stat().st_mtime, place
            except FileNotFoundError:
                continue  # another worker expired it first

    def _expire(self, keep: Path) -> None:
        """Remove what is too old, then what is longest unused until the rest fits."""
        mark = self._root / "expired-at"
        now = time.time()
        if mark.exists() and now - mark.stat().st_mtime < _SWEEP_SECONDS:
            return
        mark.touch()
        for draft in self._root.glob("draft-*"):
            if now - draft.stat().st_mtime > _UNFINISHED_SECONDS:
                shutil.rmtree(draft, ignore_errors=True)
        size = 0
        for used, place in sorted(self._bundles(), reverse=True):
            size += sum(file.stat().st_size for file in place.glob("*"))
            stale = now - used > self._max_seconds or size > self._max_bytes
            if stale and place != keep:
                shutil.rmtree(place, ignore_errors=True)
                with contextlib.suppress(OSError):  # other bundles of the session are still there
                    place.parent.rmdir()


def _expired() -> Expired:
    return Expired(
        "The server no longer keeps these customers.", "Upload the file again or use the sample."
    )

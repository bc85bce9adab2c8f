"""Frames as Parquet files in a folder that all workers share, with expiry."""

import contextlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.errors import Expired, UnwritableFile

_KEY = re.compile(r"[0-9a-f]{64}")
_SWEEP_SECONDS = 60
_UNFINISHED_SECONDS = 3600
_ATTEMPTS = 3  # a place that was taken may be expired just then


class FrameStore:
    """Bundles of frames under keys, each bundle belonging to one session.

    A bundle is a folder of Parquet files and one JSON file of facts, written beside its place
    and renamed into it, so that no reader ever sees half of one. Nothing in it is executable.
    """

    def __init__(self, root: Path, *, max_mb: int, max_hours: int) -> None:
        self._root = root
        self._drafts = root / "drafts"
        self._max_bytes = max_mb * 2**20
        self._max_seconds = max_hours * 3600
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._drafts.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise UnwritableFile(
                f"The cache folder {root} cannot be made: {error.strerror}.",
                "Let SEGMENTS_CACHE_DIR name a folder that can be written.",
            ) from error

    def put(
        self,
        session: str,
        key: str,
        frames: Mapping[str, pd.DataFrame],
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Store a bundle; one that is already there is left as it is."""
        place = self._place(session, key)
        draft = Path(tempfile.mkdtemp(dir=self._drafts))
        try:
            for name, frame in frames.items():
                frame.to_parquet(draft / f"{name}.parquet", compression="zstd")
            (draft / "facts.json").write_text(json.dumps(facts or {}), encoding="utf-8")
            self._settle(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self._expire(keep=place)

    def _settle(self, draft: Path, place: Path) -> None:
        """Rename a draft into its place, unless another worker was there first."""
        for attempt in range(_ATTEMPTS):
            try:
                draft.rename(place)
            except OSError:
                if place.is_dir():
                    return
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                return

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
        return self._root / f"{sha256(session.encode()).hexdigest()[:32]}-{key}"

    def _expire(self, keep: Path) -> None:
        """Remove what is too old, then what is longest unused until the rest fits."""
        mark = self._root / "expired-at"
        now = time.time()
        if mark.exists() and now - mark.stat().st_mtime < _SWEEP_SECONDS:
            return
        mark.touch()
        for draft in self._drafts.iterdir():
            if now - _used(draft) > _UNFINISHED_SECONDS:
                shutil.rmtree(draft, ignore_errors=True)
        size = _size(keep)
        bundles = [(_used(place), place) for place in self._root.iterdir() if "-" in place.name]
        for used, place in sorted(bundles, reverse=True):
            if place in (keep, mark):
                continue
            size += _size(place)
            if now - used > self._max_seconds or size > self._max_bytes:
                shutil.rmtree(place, ignore_errors=True)


def _used(place: Path) -> float:
    """Say when a bundle was last used; now, if another worker has just removed it."""
    try:
        return place.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _size(place: Path) -> int:
    """Add up a bundle's bytes, without those that another worker has just removed."""
    size = 0
    with contextlib.suppress(FileNotFoundError), os.scandir(place) as files:
        for file in files:
            size += file.stat().st_size
    return size


def _expired() -> Expired:
    return Expired(
        "The server no longer keeps these customers.", "Upload the file again or use the sample."
    )

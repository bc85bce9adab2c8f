"""Frames as Arrow files in a folder that all workers share, with expiry."""

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
import pyarrow as pa

from analytics.errors import Expired
from app.storage import folder

_KEY = re.compile(r"[0-9a-f]{64}")
_SWEEP_SECONDS = 60
_UNFINISHED_SECONDS = 3600
_ATTEMPTS = 3  # a place that was taken may be expired just then


class FrameStore:
    """Bundles of frames under keys, each bundle belonging to one session.

    A bundle is a folder of Arrow files (IPC), of files kept as they came, and of one JSON
    file of facts; it is written beside its place and renamed into it, so that no reader ever sees
    half of one. Nothing in it is executable.
    """

    def __init__(self, root: Path, *, max_mb: int, max_hours: int) -> None:
        self._root = root
        self._drafts = folder.make(root)
        self._max_bytes = max_mb * 2**20
        self._max_seconds = max_hours * 3600

    def put(
        self,
        session: str,
        key: str,
        frames: Mapping[str, pd.DataFrame],
        facts: Mapping[str, Any] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        """Store a bundle; one that is already there is left as it is."""
        place = self._place(session, key)
        draft = Path(tempfile.mkdtemp(dir=self._drafts))
        try:
            for name, frame in frames.items():
                _write(frame, draft / f"{name}.arrow")
            for name, content in (files or {}).items():
                (draft / name).write_bytes(content)
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
            return _read(self._place(session, key) / f"{name}.arrow", columns)
        except FileNotFoundError as error:
            raise expired() from error

    def content(self, session: str, key: str, name: str) -> bytes:
        """Read a file that was kept as it came; raises as :meth:`frame` does."""
        try:
            return (self._place(session, key) / name).read_bytes()
        except FileNotFoundError as error:
            raise expired() from error

    def facts(self, session: str, key: str) -> dict[str, Any]:
        """Read the facts of a bundle; raises as :meth:`frame` does."""
        try:
            written = (self._place(session, key) / "facts.json").read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise expired() from error
        return dict(json.loads(written))

    def _place(self, session: str, key: str) -> Path:
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise expired()
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
        bundles = [(_used(place), place) for place in self._root.glob("*-*") if place.is_dir()]
        for used, place in sorted(bundles, reverse=True):
            if place in (keep, mark):
                continue
            size += _size(place)
            if now - used > self._max_seconds or size > self._max_bytes:
                shutil.rmtree(place, ignore_errors=True)


def _write(frame: pd.DataFrame, path: Path) -> None:
    table = pa.Table.from_pandas(frame)
    for place, (name, column) in enumerate(zip(table.column_names, table.columns, strict=True)):
        if name in frame and isinstance(frame[name].dtype, pd.Int64Dtype):
            table = table.set_column(place, name, _narrow(column))  # widened again when it is read
    with pa.ipc.new_file(path, table.schema) as file:
        file.write_table(table)


def _narrow(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Store whole numbers in as few bytes as they need."""
    for kind in (pa.int8(), pa.int16(), pa.int32()):
        try:
            return numbers.cast(kind)
        except pa.ArrowInvalid:
            continue
    return numbers


def _read(path: Path, columns: Sequence[str] | None) -> pd.DataFrame:
    with pa.memory_map(str(path)) as source:
        if columns is None:
            return pa.ipc.open_file(source).read_pandas()
        names = pa.ipc.open_file(source).schema.names
        wanted = pa.ipc.IpcReadOptions(included_fields=[names.index(name) for name in columns])
        return pa.ipc.open_file(source, options=wanted).read_all().to_pandas()[list(columns)]


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


def expired() -> Expired:
    """Say that something is not kept, or not for this session."""
    return Expired(
        "The server no longer keeps these customers.", "Upload the file again or use the sample."
    )

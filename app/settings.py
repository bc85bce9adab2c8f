"""Everything the environment may change, and nothing else reads the environment."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from analytics.errors import AnalyticsError


class BadSetting(AnalyticsError):
    """A variable of the environment has a value that cannot be meant."""

    title = "A setting is wrong"


def _private_folder() -> Path:
    return Path(tempfile.gettempdir()) / f"customer-segments-{os.getuid()}"


@dataclass(frozen=True)
class Settings:
    """The settings, each from the variable named in its metadata.

    Attributes
    ----------
    host, port
        Where ``python -m app`` listens.
    cache_dir
        Folder of the frames that the page's stores refer to.
    cache_mb
        Size of that folder above which the entries longest unused go, in MB.
    cache_hours
        How long an unused entry is kept, in hours.
    max_upload_mb
        Largest file that is accepted, in MB.
    max_unpacked_mb
        Largest content of an archive or workbook, in MB.
    workers
        Jobs that run side by side; 0 if the server is to start no worker.
    """

    host: str = field(default="127.0.0.1", metadata={"variable": "HOST"})
    port: int = field(default=8050, metadata={"variable": "PORT"})
    cache_dir: Path = field(
        default_factory=_private_folder, metadata={"variable": "SEGMENTS_CACHE_DIR"}
    )
    cache_mb: int = field(default=2048, metadata={"variable": "SEGMENTS_CACHE_MB"})
    cache_hours: int = field(default=24, metadata={"variable": "SEGMENTS_CACHE_HOURS"})
    max_upload_mb: int = field(default=50, metadata={"variable": "SEGMENTS_MAX_UPLOAD_MB"})
    max_unpacked_mb: int = field(default=500, metadata={"variable": "SEGMENTS_MAX_UNPACKED_MB"})
    workers: int = field(default=1, metadata={"variable": "SEGMENTS_WORKERS", "least": 0})

    @classmethod
    def from_environ(
        cls,
        environ: Mapping[str, str] | None = None,
        otherwise: Mapping[str, object] | None = None,
    ) -> "Settings":
        """Read the settings from the environment; what it lacks is as given, else the default.

        Raises
        ------
        BadSetting
            If a number is not a whole number large enough; the message names the variable.
        """
        environ = os.environ if environ is None else environ
        given = dict(otherwise or {})
        for setting in fields(cls):
            variable = setting.metadata["variable"]
            if environ.get(variable):
                given[setting.name] = _parsed(
                    variable, environ[variable], setting.type, setting.metadata.get("least", 1)
                )
        return cls(**given)  # type: ignore[arg-type]  # parsed to each field's own type


def _parsed(variable: str, written: str, kind: object, least: int) -> str | int | Path:
    if kind is not int:
        return Path(written).expanduser() if kind is Path else written
    if not written.isascii() or not written.isdigit() or int(written) < least:
        raise BadSetting(
            f"The variable {variable} is “{written}”.",
            f"Give it a whole number {'above zero' if least else 'from zero'}.",
        )
    return int(written)

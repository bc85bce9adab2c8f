"""What a file of the catalogue must come to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from analytics.errors import AnalyticsError, UnreadableFile


@dataclass(frozen=True)
class _Case:
    made: bytes | Callable[[], bytes]  # the content, or what makes it

    @property
    def content(self) -> bytes:
        return self.made if isinstance(self.made, bytes) else self.made()


@dataclass(frozen=True)
class Read(_Case):
    """A file that is read."""

    shape: tuple[int, int] = (3, 3)
    delimiter: str = ","
    encoding: str = "utf-8"
    aside: tuple[int, ...] = ()
    note: str = ""
    choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused(_Case):
    """A file that is refused in words that hold ``message``."""

    message: str
    error: type[AnalyticsError] = UnreadableFile
    choices: dict[str, str] = field(default_factory=dict)

"""What can be done to segments that were found."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analytics.errors import UnknownChoice

PARTS = range(2, 11)
MOST_STEPS = 20
_AGAIN = "Choose one that is on the page."


@dataclass(frozen=True)
class Merge:
    """Make one segment of two or more.

    Attributes
    ----------
    segments : tuple of int
        By their numbers after the steps before.
    """

    segments: tuple[int, ...]


@dataclass(frozen=True)
class Split:
    """Cluster the customers of one segment again, by themselves.

    Attributes
    ----------
    segment : int
    count : int or None
        Into how many parts, 2 to 10; ``None`` for as many as separate best, by the silhouette.
    """

    segment: int
    count: int | None = 2


@dataclass(frozen=True)
class MinimumSize:
    """Let no segment have fewer customers than this."""

    size: int


Step = Merge | Split | MinimumSize

_KINDS: dict[str, type[Step]] = {"merge": Merge, "split": Split, "minimum": MinimumSize}


def written(step: Step) -> dict[str, Any]:
    """Write a step as values that JSON can hold."""
    kind = next(name for name, of in _KINDS.items() if isinstance(step, of))
    return {"kind": kind, **asdict(step)}


def read(given: Mapping[str, Any]) -> Step:
    """Read a step.

    Raises
    ------
    UnknownChoice
        If it is none.
    """
    values = {name: value for name, value in given.items() if name != "kind"}
    match str(given.get("kind")), values:
        case "merge", {"segments": [*segments]} if _numbers(*segments) and len(values) == 1:
            return Merge(tuple(sorted(set(segments))))
        case "split", {"segment": segment, "count": None} if _numbers(segment):
            return Split(segment, None)
        case "split", {"segment": segment, "count": count} if _numbers(segment, count):
            return Split(segment, count)
        case "minimum", {"size": size} if _numbers(size):
            return MinimumSize(size)
    raise UnknownChoice(f"“{str(dict(given))[:80]}” is no edit of segments.", _AGAIN)


def check(step: Step, segments: set[int]) -> None:
    """Refuse a step that makes no sense for the segments there are.

    Raises
    ------
    UnknownChoice
    """
    match step:
        case Merge(chosen):
            _known(set(chosen), segments)
            if len(set(chosen)) < 2:
                raise UnknownChoice("A merge needs two segments.", "Choose another one as well.")
            if segments <= set(chosen):
                raise UnknownChoice(
                    "Merging all of them would leave a single segment.", "Keep one of them apart."
                )
        case Split(segment, count):
            _known({segment}, segments)
            if count is not None and count not in PARTS:
                raise UnknownChoice(
                    f"A segment cannot be split into {count}.",
                    f"Choose from {PARTS[0]} to {PARTS[-1]} parts.",
                )
        case MinimumSize(size):
            if size < 1:
                raise UnknownChoice(
                    f"A segment cannot have {size} customers at least.", "Choose 1 or more."
                )


def _known(chosen: set[int], segments: set[int]) -> None:
    for one in sorted(chosen - segments):
        raise UnknownChoice(f"There is no segment {one}.", _AGAIN)


def _numbers(*given: object) -> bool:
    return all(isinstance(one, int) and not isinstance(one, bool) for one in given)

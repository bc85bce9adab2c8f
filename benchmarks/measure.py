"""Measure ways of doing the same work side by side, and print what came out.

The ways are run in turn, round after round, in one process, so that what else the machine does
falls on all of them alike; hence ratios of one run mean something where seconds do not.
"""

import gc
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Timed:
    """The seconds of one way, and what it gave the first time."""

    seconds: list[float] = field(default_factory=list)
    result: Any = None

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def in_turn(
    ways: Mapping[str, Callable[[], object]], rounds: int, budget: float = math.inf
) -> dict[str, Timed]:
    """Time every way in turn, round after round, until the rounds or the budget are spent.

    The first round warms up and does not count, unless it alone spends the budget in seconds:
    of work that takes a minute the first call costs no more than the next.
    """
    timed = {name: Timed() for name in ways}
    begun = time.perf_counter()
    for turn in range(rounds + 1):
        for name, way in ways.items():
            gc.collect()
            start = time.perf_counter()
            result = way()
            timed[name].seconds.append(time.perf_counter() - start)
            if not turn:
                timed[name].result = result
        spent = time.perf_counter() - begun
        if not turn and spent < budget:
            for each in timed.values():
                each.seconds.clear()
        elif spent >= budget:
            break
    return timed


def ratios(above: Timed, below: Timed) -> list[float]:
    """Give the ratio of each round, both of whose runs saw the same machine."""
    return [a / b for a, b in zip(above.seconds, below.seconds, strict=True)]


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Write the median, with the smallest and the largest value."""
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} [{least:.{digits}f} – {most:.{digits}f}]"


def peak_of(action: Callable[[], object]) -> float:
    """Give the MB that an action takes at its peak, above what the process holds already."""
    gc.collect()
    RESET.write_text("5", encoding="ascii")  # the peak from here on, not that of the imports
    before = _peak()
    action()
    return _peak() - before


def _peak() -> float:
    """Give this process' own peak; ``getrusage`` would count its parent's before the start."""
    return int(STATUS.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024


def in_child(module: str, *arguments: object) -> str:
    """Give what a module of the benchmarks prints in a process of its own."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def machine(*packages: str) -> str:
    """Name what the numbers depend on."""
    parts = [f"{os.cpu_count()} cores ({_processor()})", f"Python {platform.python_version()}"]
    return ", ".join(parts + [f"{name} {installed(name)}" for name in packages])


def installed(package: str) -> str:
    """Give the version of a package, or an empty text."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


class Table:
    """A Markdown table, printed row by row as the numbers come.

    Columns are as wide as their headings, unless ``padded`` is off.
    """

    def __init__(self, *headings: str, padded: bool = True) -> None:
        self._widths = [len(heading) if padded else 0 for heading in headings]
        self.row(*headings)
        self.row(*("-" * max(3, width) for width in self._widths))

    def row(self, *cells: str) -> None:
        padded = [
            cell.strip().ljust(width) for cell, width in zip(cells, self._widths, strict=True)
        ]
        print(f"| {' | '.join(padded)} |", flush=True)

"""Read a large CSV: the readers there are, and the whole of an upload, as ratios to pandas.

Run with ``make bench``. Every way reads the same file; the ways are run in turn, several times
over, in one process, so that what else the machine does falls on all of them alike. The memory is
that of one run in a process of its own, above what the imports take.
"""

import argparse
import importlib.util
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from app.answers import DatasetRef
from app.services import Services
from app.session import new_token
from app.settings import Settings

ROWS, ROUNDS = 1_000_000, 7
PEER, OURS = "pandas, C engine", "upload: read, typed, summarised, stored"


def table(rows: int, seed: int = 42) -> bytes:
    """Write customers of six columns, about 30 bytes a row."""
    rng = np.random.default_rng(seed)
    customers = pd.DataFrame(
        {
            "customer_id": np.arange(1, rows + 1),
            "gender": np.where(rng.random(rows) < 0.5, "Female", "Male"),
            "age": rng.integers(18, 80, rows),
            "income": rng.integers(15, 138, rows),
            "spending": rng.integers(1, 100, rows),
            "recency": rng.gamma(2.0, 60.0, rows).round(2),
        }
    )
    return customers.to_csv(index=False).encode()


def upload(path: Path) -> DatasetRef:
    """Read, type, summarise and store, as an upload does; in a store of its own each time."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Services(Settings(cache_dir=Path(folder))).of(new_token())
        return workspace.open_file(path.name, path.read_bytes())


def ways() -> dict[str, Callable[[Path], object]]:
    """Give the ways to read that are installed; the first is the peer."""
    found: dict[str, Callable[[Path], object]] = {
        PEER: pd.read_csv,
        OURS: upload,
        "pyarrow.csv, types inferred": pa_csv.read_csv,
        "pyarrow.csv, every cell as text": _as_text,
        "pandas, pyarrow engine": lambda path: pd.read_csv(path, engine="pyarrow"),
        "pandas, Python engine": lambda path: pd.read_csv(path, engine="python"),
    }
    if importlib.util.find_spec("polars"):
        import polars

        found["polars"] = polars.read_csv
    if importlib.util.find_spec("duckdb"):
        import duckdb

        found["duckdb"] = lambda path: duckdb.read_csv(str(path)).to_arrow_table()
    return found


def _as_text(path: Path) -> pa.Table:
    names = path.read_bytes()[:1000].splitlines()[0].decode().split(",")
    options = pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    return pa_csv.read_csv(path, convert_options=options)


def measure(path: Path, rounds: int) -> dict[str, list[float]]:
    """Time every way in turn, round after round; the first round warms up and does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in ways()}
    for turn in range(rounds + 1):
        for name, way in ways().items():
            start = time.perf_counter()
            way(path)
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return seconds


def memory(name: str, path: Path) -> float:
    """Give the MB that one run takes at its peak, above the imports."""
    command = [sys.executable, "-m", "benchmarks.read", "--memory", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _peak() -> float:
    """Give this process' own peak; ``getrusage`` would count its parent's before the start."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def report(rows: int, rounds: int, path: Path) -> None:
    """Print the table of ratios."""
    path.write_bytes(table(rows))
    seconds = measure(path, rounds)
    peer = statistics.median(seconds[PEER])
    print(
        f"{rows:,} rows x 6 columns, {path.stat().st_size / 2**20:.0f} MB; median of {rounds}"
        f" rounds in turn; {platform.machine()}, Python {platform.python_version()}\n"
    )
    print("| way | median, s | spread, s | ratio to pandas | peak memory, MB |")
    print("| --- | --- | --- | --- | --- |")
    for name, times in seconds.items():
        middle = statistics.median(times)
        print(
            f"| {name} | {middle:.3f} | {min(times):.3f} – {max(times):.3f} |"
            f" {middle / peer:.2f} | {memory(name, path):,.0f} |"
        )


def main() -> None:
    """Run the benchmark, or one way of it to measure its memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--memory", nargs=2, metavar=("WAY", "FILE"), help="print the peak memory of one way alone"
    )
    options = parser.parse_args()
    if options.memory:
        name, path = options.memory
        before = _peak()
        ways()[name](Path(path))
        print(_peak() - before)
        return
    with tempfile.TemporaryDirectory() as folder:
        report(options.rows, options.rounds, Path(folder) / "customers.csv")


if __name__ == "__main__":
    main()

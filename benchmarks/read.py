"""Read a large CSV: the readers there are, and the whole of an upload, as ratios to pandas.

Every way reads the same file. The memory is that of one run in a process of its own, above what
the imports take.
"""

import argparse
import importlib.util
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from app.answers import DatasetRef
from app.services import Services
from app.session import new_token
from app.settings import Settings
from benchmarks.measure import Table, in_child, in_turn, machine, peak_of, ratios, spread

ROWS, ROUNDS = 1_000_000, 7
PEER, OURS = "pandas, C engine", "upload: read, typed, summarised, stored"


def customers(rows: int, seed: int = 42) -> bytes:
    """Write customers of six columns, about 30 bytes a row."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "customer_id": np.arange(1, rows + 1),
            "gender": np.where(rng.random(rows) < 0.5, "Female", "Male"),
            "age": rng.integers(18, 80, rows),
            "income": rng.integers(15, 138, rows),
            "spending": rng.integers(1, 100, rows),
            "recency": rng.gamma(2.0, 60.0, rows).round(2),
        }
    )
    return frame.to_csv(index=False).encode()


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


def report(rows: int, rounds: int, path: Path) -> None:
    """Print the table of ratios."""
    path.write_bytes(customers(rows))
    timed = in_turn({name: partial(way, path) for name, way in ways().items()}, rounds)
    print(
        f"{rows:,} rows × 6 columns, {path.stat().st_size / 2**20:.0f} MB; medians [spread] of"
        f" {rounds} rounds in turn; {machine('pandas', 'pyarrow', 'polars', 'duckdb')}\n"
    )
    table = Table(f"{'way':40}", f"{'seconds':22}", f"{'ratio to pandas':22}", "peak memory, MB")
    for name, each in timed.items():
        taken = float(in_child("benchmarks.read", "--memory", name, path))
        table.row(name, spread(each.seconds, 3), spread(ratios(each, timed[PEER])), f"{taken:,.0f}")


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
        way = ways()[name]
        print(peak_of(lambda: way(Path(path))))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(options.rows, options.rounds, Path(folder) / "customers.csv")


if __name__ == "__main__":
    main()

"""Compare k = 2..10: ours, every score included, against other ways, as ratios to theirs.

Each peer runs in turn with ours in one process, both with one thread and with all; the faster of
the two is what ours is compared with. ``--markdown`` prints the README's table.
"""

import argparse
import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analytics.sweep import sweep
from benchmarks.customers import mixture, repeated
from benchmarks.measure import Table, in_child, in_turn, machine, peak_of, ratios, spread
from benchmarks.peers import PEERS, Floats, Found, Peer, quiet

COUNTS, ROUNDS, BUDGET = range(2, 11), 9, 30.0
SAME = 1e-9  # partitions whose WCSS differ by no more, relatively, are taken for the same
WARM_ROWS = 500
SETTINGS = {"1 thread": 1, "all threads": None}  # of the pools; which one suits depends
LIBRARIES = ("numpy", "numba", "scikit-learn", "faiss-cpu", "yellowbrick", "clustergram")


@dataclass(frozen=True)
class Case:
    name: str
    rows: int
    make: Callable[[], pd.DataFrame]


def _mixed(rows: int, features: int) -> Case:
    return Case(f"{rows:,} × {features}", rows, partial(mixture, rows, features))


CASES = (
    _mixed(500, 2),
    _mixed(10_000, 2),
    _mixed(10_000, 8),
    _mixed(100_000, 4),
    _mixed(1_000_000, 4),
    Case("1,000,000 × 2 integers", 1_000_000, partial(repeated, 1_000_000)),
)


def ours(matrix: pd.DataFrame) -> Found:
    scores = sweep(matrix, COUNTS).scores
    return Found(wcss=dict(scores["wcss"]), silhouette=dict(scores["silhouette"]))


def theirs(peer: Peer, values: Floats, threads: int | None) -> Found:
    with threadpool_limits(threads):
        return peer.way(values, COUNTS)


def wcss(values: Floats, found: Found) -> dict[int, float]:
    """Sum the squares anew from the partitions: what peers report is not always of their own."""
    return {k: _wcss(values, labels) for k, labels in found.labels.items()} or found.wcss


def _wcss(values: Floats, labels: np.ndarray) -> float:
    groups = (values[labels == label] for label in np.unique(labels))
    return sum(float(((group - group.mean(axis=0)) ** 2).sum()) for group in groups)


def compare(peer: Peer, matrix: pd.DataFrame, budget: float) -> list[str]:
    """Give the cells of one row, from the peer's name on."""
    values = matrix.to_numpy()
    theirs(peer, values[:WARM_ROWS], 1)
    ways = {name: partial(theirs, peer, values, threads) for name, threads in SETTINGS.items()}
    timed = in_turn({"ours": partial(ours, matrix)} | ways, ROUNDS, budget)
    mine = timed.pop("ours")
    setting = min(timed, key=lambda name: timed[name].median)
    other = timed[setting]
    sums = wcss(values, other.result)
    quality = {k: mine.result.wcss[k] / sums[k] for k in sums}
    gaps = [
        abs(mine.result.silhouette[k] - silhouette)
        for k, silhouette in other.result.silhouette.items()
        if k in quality and abs(quality[k] - 1) <= SAME
    ]
    return [
        f"{peer.name}, {setting}",
        f"{mine.median:.3f}",
        f"{other.median:.3f}",
        f"{spread(ratios(other, mine))}, n = {len(mine.seconds)}",
        f"{max(quality.values()):.6f}" if quality else "–",
        f"{max(gaps):.0e} ({len(gaps)} k)" if gaps else "–",
    ]


def row(peer: Peer, matrix: pd.DataFrame, budget: float) -> list[str]:
    """Compare with a peer, or say why that cannot be."""
    if not peer.installed:
        return [peer.name, "", "", "not installed", "", ""]
    try:
        with quiet():
            return compare(peer, matrix, budget)
    except Exception as error:  # a peer's failure is a result, too
        return [peer.name, "", "", f"cannot run: {type(error).__name__}: {error}", "", ""]


def memory(matrix: pd.DataFrame) -> str:
    """Give our peak, also as a multiple of the matrix, in a process that did nothing before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.npy"
        np.save(path, matrix.to_numpy())
        peak = float(in_child("benchmarks.sweep", "--memory", path))
    return f"{peak:,.0f} MB = {peak * 2**20 / matrix.to_numpy().nbytes:.1f} ×"


def print_memory(path: Path) -> None:
    ours(mixture(WARM_ROWS, 2))  # what is compiled or loaded once is no cost of the rows
    matrix = pd.DataFrame(np.load(path))
    print(peak_of(lambda: ours(matrix)))


def report(cases: list[Case], budget: float, *, padded: bool) -> None:
    """Print the table."""
    print(f"k = 2 to 10, medians [spread] of runs in turn; {machine(*LIBRARIES)}\n")
    table = Table(
        f"{'customers':22}",
        f"{'peer, at its best setting':50}",
        "ours, s",
        "peer, s",
        f"{'times faster':28}",
        "WCSS, ours / peer, worst k",
        "silhouettes differ by at most",
        "our memory, × the data",
        padded=padded,
    )
    ours(mixture(WARM_ROWS, 2))
    for case in cases:
        matrix = case.make()
        taken = memory(matrix)
        for peer in PEERS:
            if peer.least <= case.rows <= peer.most:
                table.row(case.name, *row(peer, matrix, budget), taken)


def main() -> None:
    """Run the benchmark, or one part of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="print the table for the README")
    parser.add_argument("--budget", type=float, default=BUDGET, help="seconds for each row")
    parser.add_argument("--most", type=float, default=math.inf, help="the most rows of data")
    parser.add_argument("--memory", type=Path, metavar="FILE", help="print our peak memory alone")
    options = parser.parse_args()
    if options.memory:
        print_memory(options.memory)
        return
    cases = [case for case in CASES if case.rows <= options.most]
    report(cases, options.budget, padded=not options.markdown)


if __name__ == "__main__":
    main()

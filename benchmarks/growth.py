"""Tell how the time and the memory of k = 2..10 grow with the customers, and draw it.

Each size runs in a process of its own. The picture is ``docs/growth.svg``.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from analytics.sweep import sweep
from benchmarks.customers import mixture
from benchmarks.measure import Table, Timed, in_child, in_turn, machine, peak_of, spread

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
FEATURES, ROUNDS, BUDGET = 4, 5, 30.0
PICTURE = Path(__file__).parent.parent / "docs" / "growth.svg"


def measure(rows: int) -> dict[str, Any]:
    """Measure one size, in this process."""
    matrix = mixture(rows, FEATURES)
    sweep(mixture(500, FEATURES))  # what is compiled or loaded once is no cost of the rows
    peak = peak_of(lambda: sweep(matrix))
    timed = in_turn({"ours": lambda: sweep(matrix)}, ROUNDS, BUDGET)["ours"]
    return {"seconds": timed.seconds, "peak": peak, "data": matrix.to_numpy().nbytes / 2**20}


def exponents(sizes: list[int], values: list[float]) -> list[float]:
    """Give the slope of the logarithms from each size to the next."""
    return list(np.diff(np.log(values)) / np.diff(np.log(sizes)))


def overall(sizes: list[int], values: list[float]) -> float:
    """Give the slope of the line through the logarithms of all."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def draw(sizes: list[int], seconds: list[float], peaks: list[float], path: Path) -> None:
    """Draw time and memory, both on logarithmic axes."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "growth", "svg.fonttype": "none", "font.size": 11}
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(8, 3), layout="constrained")
    for ax, values, title in zip(
        axes, (seconds, peaks), ("Time, seconds", "Peak memory, MB"), strict=True
    ):
        slope = overall(sizes, values)
        ax.loglog(sizes, values, "o-", color="#2563eb", label=f"k = 2 to 10: exponent {slope:.2f}")
        proportional = values[0] * np.array(sizes) / sizes[0]
        ax.loglog(sizes, proportional, "--", color="#94a3b8", label="in proportion to customers")
        ax.set(title=title, xlabel="customers")
        ax.spines[["top", "right"]].set_visible(False)
        ax.legend(frameon=False, fontsize=9)
    figure.savefig(path, metadata={"Date": None})


def report(sizes: list[int], picture: Path) -> None:
    """Print the table, and draw it."""
    print(f"k = 2 to 10, {FEATURES} features; {machine('numpy', 'numba', 'scikit-learn')}\n")
    table = Table("customers", "seconds, median [spread]", "peak memory, MB", "× the data")
    seconds, peaks = [], []
    for rows in sizes:
        found = json.loads(in_child("benchmarks.growth", "--child", rows))
        seconds.append(Timed(found["seconds"]).median)
        peaks.append(found["peak"])
        table.row(
            f"{rows:,}",
            spread(found["seconds"]),
            f"{found['peak']:,.0f}",
            f"{found['peak'] / found['data']:.1f}",
        )
    steps = ", ".join(f"{slope:.2f}" for slope in exponents(sizes, seconds))
    print(f"\nTime grows as customers to the power of {overall(sizes, seconds):.2f} ({steps}).")
    draw(sizes, seconds, peaks, picture)


def main() -> None:
    """Run the benchmark, or one size of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child", type=int, metavar="ROWS", help="measure one size, as JSON")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the most rows of data")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(options.child)))
        return
    report([rows for rows in SIZES if rows <= options.most], options.picture)


if __name__ == "__main__":
    main()

"""Start from cold: ``python -m app`` to its first page, as a ratio to an empty Dash app."""

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Table, Timed, machine, ratios, spread

ROUNDS, PATIENCE = 9, 60.0
OURS, PEER = "python -m app", "an empty Dash app"
EMPTY = """
import os
from dash import Dash, html
app = Dash()
app.layout = html.Div()
app.run(port=os.environ["PORT"])
"""
COMMANDS = {OURS: ["-m", "app"], PEER: ["-c", EMPTY]}
ROOT = Path(__file__).parent.parent


@contextlib.contextmanager
def running(command: Sequence[str], folder: str) -> Iterator[tuple[str, float]]:
    """Run a server in a process; give its address, and the seconds to its first page."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        env=os.environ | {"PORT": str(port), "SEGMENTS_CACHE_DIR": folder},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _serves(url):
            late = time.perf_counter() - begun > PATIENCE
            if late or process.poll() is not None:
                raise RuntimeError(f"No page came from: python {' '.join(command)}")
            time.sleep(0.005)
        yield url, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait()


def _serves(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return bool(answer.status == 200 and answer.read())
    except (urllib.error.URLError, ConnectionError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Start both in turn; the first round, which fills the caches of the disk, does not count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    timed = {name: Timed() for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for name, command in COMMANDS.items():
                with running(command, folder) as (_, seconds):
                    if turn:
                        timed[name].seconds.append(seconds)
    print(f"Start to first page, median of {rounds} rounds in turn; {machine('dash')}\n")
    table = Table(f"{'server':17}", "seconds, median [spread]", "ratio, median [spread]")
    for name, each in timed.items():
        table.row(name, spread(each.seconds), spread(ratios(each, timed[PEER])))


if __name__ == "__main__":
    main()

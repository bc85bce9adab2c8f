"""Run every benchmark in turn, each in a process of its own."""

import subprocess
import sys

PARTS = ("read", "sweep", "growth", "start", "load", "touch")

if __name__ == "__main__":
    for part in PARTS:
        print(f"\n{part}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=True)

"""Spread independent pieces of compiled work over the cores."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

_Piece = TypeVar("_Piece")
_Result = TypeVar("_Result")


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[_Piece], _Result], pieces: Iterable[_Piece], threads: int | None = None
) -> list[_Result]:
    """Do the work on every piece, side by side where it lets go of the interpreter.

    The pieces, not the number of threads, decide what is computed.
    """
    pieces, threads = list(pieces), threads or cores()
    if threads == 1 or len(pieces) < 2:
        return [work(piece) for piece in pieces]
    return list(_pool(threads, os.getpid()).map(work, pieces))


def deal(
    work: Callable[[_Piece], _Result], pieces: Sequence[_Piece], threads: int | None = None
) -> list[_Result]:
    """Do what :func:`spread` does where to hand out one piece takes about as long as the piece.

    Each core is dealt its pieces in one hand.
    """
    hands = [pieces[place :: threads or cores()] for place in range(threads or cores())]
    done = spread(lambda hand: [work(piece) for piece in hand], hands, threads)
    return [done[place % len(hands)][place // len(hands)] for place in range(len(pieces))]


@cache
def _pool(threads: int, _: int) -> ThreadPoolExecutor:
    """Keep a pool for each process: a forked one inherits the object but not its threads."""
    return ThreadPoolExecutor(threads, thread_name_prefix="kernels")

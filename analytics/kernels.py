"""Compile the numeric kernels.

What is compiled is kept beside the sources, so that only the first run after a change compiles;
``python -m analytics.kernels`` compiles everything ahead of the first user.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., Any])

# Sums may be taken in lanes; infinities and NaN keep their meaning.
_LANES = {"reassoc", "contract", "arcp", "nsz"}


def compiled(function: _Function) -> _Function:
    """Compile a kernel that lets other threads run."""
    return cast(
        _Function,
        numba.njit(fastmath=_LANES, cache=True, nogil=True, error_model="numpy")(function),
    )


if __name__ == "__main__":
    from analytics import algorithms, engine

    engine.warm()
    algorithms.warm()

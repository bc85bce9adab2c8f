"""The page's frame is served at once; what fills it is loaded beside it, once.

The frame is ``GET /``, the assets and the components' scripts. It needs Dash and little else, and a
browser is busy with it for about as long as the numerical libraries take to load, which layout,
callbacks and API need. So a server may listen before it has them: it calls :meth:`Loading.finish`
in a thread when it does. Whoever comes first loads, that thread or a request that needs the rest,
while the others wait. A failure is kept and raised to each of them.
"""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock

from flask import Flask, request

_NEEDY = ("/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/api/")
_NAME = "loading"


class Loading:
    """What is still to be loaded, or was.

    Parameters
    ----------
    load : callable
        Called once, by whoever first finishes the loading.
    """

    def __init__(self, load: Callable[[], None]) -> None:
        self._load = load
        self._lock = Lock()
        self._outcome: Future[None] = Future()

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be loaded, for good or ill."""
        return self._outcome.done()

    def finish(self) -> None:
        """Load, or wait until it is done; raises what the loading raised."""
        with self._lock:
            if not self.finished:
                try:
                    with uncollected():
                        self._outcome.set_result(self._load())
                except BaseException as error:
                    self._outcome.set_exception(error)
        self._outcome.result()


def install(server: Flask, load: Callable[[], None]) -> None:
    """Have every request that needs more than the frame wait for it."""
    server.extensions[_NAME] = Loading(load)

    @server.before_request
    def wait() -> None:
        if request.path.startswith(_NEEDY):
            of(server).finish()


def of(server: Flask) -> Loading:
    """Give the loading that belongs to a server."""
    loading: Loading = server.extensions[_NAME]
    return loading


@contextmanager
def uncollected() -> Iterator[None]:
    """Import without the search for garbage: there is none, and it takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

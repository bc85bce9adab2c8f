"""Kinds of jobs that only tests ask for."""

import itertools
import os
import signal

from analytics.errors import NotEnoughData


def _busy(_, __, progress):
    progress(0.25, str(os.getpid()))
    sum(itertools.repeat(1))  # one endless loop in C


def _once(_, mark, progress):
    """Loop for ever at the first time only."""
    if not os.path.exists(mark):  # noqa: PTH110
        os.close(os.open(mark, os.O_CREAT))
        _busy(_, mark, progress)


def _refuse(*_):
    raise NotEnoughData("Nine segments need ten customers.", "Choose fewer.")


def _break(*_):
    raise ZeroDivisionError


def _vanish(*_):
    os.kill(os.getpid(), signal.SIGKILL)


KINDS = {
    "quick": lambda *_: None,
    "busy": _busy,
    "once": _once,
    "refuse": _refuse,
    "break": _break,
    "vanish": _vanish,
}

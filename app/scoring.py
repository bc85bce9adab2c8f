"""Models of segmentations, and other customers put into their segments."""

import platform
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import pandas as pd

from analytics import drift as drift_
from analytics import export
from analytics.assign import Assigned, assign, summary
from analytics.drift import Drift
from analytics.editing import Edited
from analytics.model import Model, Origin
from analytics.newcomers import read_newcomers
from analytics.reading import Limits, Table, read
from analytics.sweep import SEED
from analytics.training import Training, make_model
from app.answers import Dataset, Segmentation, SweepRequest, Swept

_LIBRARIES = ("numpy", "pandas", "scikit-learn", "numba")


@dataclass(frozen=True)
class Scored:
    """Other customers in the segments of a model.

    Attributes
    ----------
    rows, set_aside : int
        Rows of the file; those of them that could not be read.
    assigned : Assigned
    counts : DataFrame
        As from :func:`analytics.assign.summary`.
    novel : float
        Share of the customers unlike any segment.
    drifts : tuple of Drift
    advice : str
        Whether to find the segments anew.
    notes : tuple of str
        What was found while reading, and what is an approximation.
    csv : bytes
        The file with the segments beside.
    """

    rows: int
    set_aside: int
    assigned: Assigned
    counts: pd.DataFrame
    novel: float
    drifts: tuple[Drift, ...]
    advice: str
    notes: tuple[str, ...]
    csv: bytes


def versions() -> dict[str, str]:
    """Name the versions that a result depends on."""
    return {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES}


def origin(file: str, sha256: str, data: Dataset, request: SweepRequest) -> Origin:
    """Say where a model comes from."""
    return Origin(
        file=file,
        sha256=sha256,
        rows=data.rows,
        used=len(data.customers),
        set_aside=data.set_aside,
        choices=data.choices,
        algorithm=request.method.algorithm,
        options=dict(request.method.options),
        noise=request.method.noise,
        seed=SEED,
        scaling=request.spec.scaling,
        coding=request.spec.coding,
        weights=request.spec.weights,
        versions=versions(),
    )


def model_of(
    found: Segmentation,
    swept: Swept,
    request: SweepRequest,
    data: Dataset,
    before: Dataset,
    kept: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    whence: Origin,
    count: int,
    edited: Edited | None = None,
) -> Model:
    """Make the model of a segmentation.

    Parameters
    ----------
    before : Dataset
        The same before any repair.
    kept : array of bool
        Which of its rows were used.
    count : int
        How many segments were found.
    edited : Edited or None
        What was then made of them by hand.
    """
    training = Training(
        found=before.customers,
        columns=before.columns,
        kept=kept,
        customers=data.customers,
        repaired=data.columns,
        spec=request.spec,
        sweep=swept.sweep,
        count=count,
        names=found.names,
        edited=edited if edited and edited.steps else None,
    )
    return make_model(training, whence)


def score(model: Model, content: bytes, limits: Limits) -> Scored:
    """Put the customers of a file into the segments of a model.

    Raises
    ------
    UnreadableFile, FileTooLarge, UnknownColumn
    """
    table = read(content, {}, limits)
    customers = read_newcomers(table, model)
    assigned = assign(model, customers)
    drifts = tuple(drift_.drift(assigned.unfilled, model.bins))
    novel = float((assigned.table["novel"] == "yes").mean())
    return Scored(
        rows=table.rows,
        set_aside=len(table.set_aside),
        assigned=assigned,
        counts=summary(model, assigned),
        novel=novel,
        drifts=drifts,
        advice=drift_.advice(drifts, novel, len(customers)),
        notes=(*_aside(table), *table.notes, *model.notes),
        csv=_written(table, assigned),
    )


def _aside(table: Table) -> list[str]:
    return [f"{table.place} {row.line:,} set aside: {row.reason}" for row in table.set_aside]


def _written(table: Table, assigned: Assigned) -> bytes:
    return export.labelled_csv(
        table.written().reset_index(drop=True),
        list(table.headers),
        assigned.table.reset_index(drop=True),
        table.delimiter.strip() or ",",
        marked=table.marked,
    )

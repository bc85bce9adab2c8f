"""Ways of finding segments, all behind one question and one answer."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analytics import text
from analytics.algorithms.algorithm import Algorithm, Found, Mixed, Parameter, Task
from analytics.algorithms.comparison import compare
from analytics.algorithms.density import DBSCAN
from analytics.algorithms.hierarchy import HDBSCAN
from analytics.algorithms.kmeans import KMEANS
from analytics.algorithms.medoids import MEDOIDS
from analytics.algorithms.mixed import MIXED, mixed_data
from analytics.algorithms.mixture import MIXTURE
from analytics.algorithms.ward import WARD
from analytics.errors import NotEnoughData, UnknownChoice
from analytics.progress import Progress, silent

__all__ = ["ALGORITHMS", "Algorithm", "Found", "Mixed", "Parameter", "Task", "mixed_data", "run"]

ALGORITHMS = {
    algorithm.name: algorithm
    for algorithm in (KMEANS, MIXTURE, WARD, MEDOIDS, DBSCAN, HDBSCAN, MIXED)
}
_THREADED_WORK = 10_000_000  # rows x features x k below which thread pools cost more than they give
_GLANCE = 10_000  # rows that usually suffice to see enough distinct ones


def run(name: str, task: Task, progress: Progress = silent) -> Found:
    """Find segments.

    Parameters
    ----------
    name : str
        A key of ``ALGORITHMS``.
    task : Task
    progress : callable, optional

    Raises
    ------
    UnknownChoice
        If there is no such algorithm or parameter, or a value is out of bounds.
    NotEnoughData
        If there are too few distinct customers.
    NoSegments
        If an algorithm that finds its own number finds none, one, or too many to tell apart.
    UnusableFeature
        If the method of mixed columns gets no column with levels.
    """
    if name not in ALGORITHMS:
        raise UnknownChoice(
            f"There is no algorithm “{name}”.", f"Choose {text.listing([*ALGORITHMS], 'or')}."
        )
    algorithm = ALGORITHMS[name]
    task = replace(task, options=_checked(algorithm, task.options))
    if algorithm.counted:
        _countable(task)
    told = task.matrix
    if name == MIXED.name and task.mixed is not None:
        told = pd.concat([task.mixed.numeric, task.mixed.codes], axis=1)
    _enough(told, task.counts[-1] if algorithm.counted else 2)
    widest = task.counts[-1] if algorithm.counted else 1
    work = task.matrix.size * widest
    with threadpool_limits(limits=None if work > _THREADED_WORK else 1):
        found = algorithm.run(task, progress)
    progress(1.0, "Done")
    return found


def warm() -> None:
    """Load every kernel of the algorithms, compiling what is not kept from an earlier run."""
    random = np.random.default_rng(0)
    matrix = pd.DataFrame(np.repeat([[0.0, 0.0], [9.0, 9.0]], 20, axis=0) + random.random((40, 2)))
    mixed = Mixed(matrix, pd.DataFrame({"level": np.arange(40, dtype=np.int32) % 2}))
    # One column of a frame is an array that cannot be written to, which is another type.
    for values in (matrix, matrix[[0]]):
        for name in ALGORITHMS:
            options = {"eps": 2.0} if name == "dbscan" else {}
            found = run(name, Task(values, range(2, 3), options, mixed=mixed))
            compare(values, {name: found.partitions["2"].to_numpy(dtype=np.int64)})


def _checked(algorithm: Algorithm, options: Mapping[str, float]) -> dict[str, float]:
    """Check the options, and add the defaults that do not depend on the data."""
    known = {parameter.name: parameter for parameter in algorithm.parameters}
    unknown = [name for name in options if name not in known]
    if unknown:
        has = text.listing([f"“{name}”" for name in known]) or "none"
        raise UnknownChoice(
            f"{algorithm.title} has no parameter “{unknown[0]}”.", f"Its parameters: {has}."
        )
    checked = {}
    for parameter in algorithm.parameters:
        value = options.get(parameter.name, parameter.default)
        if value is None:
            continue
        if not parameter.low <= value <= parameter.high:
            raise UnknownChoice(
                f"“{parameter.title}” of {algorithm.title} cannot be {text.number(value)}.",
                f"Choose {text.number(parameter.low)} to {text.number(parameter.high)}.",
            )
        if parameter.step >= 1 and value % 1:
            raise UnknownChoice(
                f"“{parameter.title}” of {algorithm.title} cannot be {text.number(value)}.",
                "Choose a whole number.",
            )
        checked[parameter.name] = value
    return checked


def _countable(task: Task) -> None:
    if not len(task.counts) or task.counts[0] < 2:
        raise UnknownChoice("Segments are counted from 2.", "Choose a range from 2 upwards.")


def _enough(told: pd.DataFrame, count: int) -> None:
    if len(told.head(_GLANCE).drop_duplicates()) > count:
        return
    distinct = len(told.drop_duplicates())
    if distinct <= count:
        raise NotEnoughData(
            f"{count} segments need more than {distinct} customers that differ in the"
            " chosen features.",
            "Choose fewer segments or more features.",
        )

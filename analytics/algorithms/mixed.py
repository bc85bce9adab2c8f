"""Segments of numbers and levels together: Gower's dissimilarity with k-medoids."""

import numpy as np
import pandas as pd

from analytics import text
from analytics.algorithms import medoids, swaps
from analytics.algorithms.algorithm import (
    Algorithm,
    Floats,
    Found,
    Integers,
    Mixed,
    Parameter,
    Task,
)
from analytics.algorithms.rows import values
from analytics.columns import Column, Role
from analytics.errors import UnknownChoice, UnusableFeature
from analytics.kernels import compiled
from analytics.prepare import FeatureSpec, check, prepare
from analytics.progress import Progress

LEVELS: tuple[Role, ...] = ("categorical", "boolean")
_NO_LEVELS = (
    "None of the chosen features has levels, such as gender or region.",
    "Choose a categorical feature as well, or another algorithm.",
)


def mixed_data(customers: pd.DataFrame, columns: tuple[Column, ...], spec: FeatureSpec) -> Mixed:
    """Give the chosen columns as numbers and levels.

    Numbers are filled, transformed and scaled as for the matrix; a missing level is a level.

    Parameters
    ----------
    customers : DataFrame
        Typed columns, as from :func:`analytics.columns.interpret`.
    columns : tuple of Column
    spec : FeatureSpec

    Raises
    ------
    UnknownColumn, UnknownChoice, UnusableFeature
        As :func:`analytics.prepare.prepare`; also if no chosen column has levels, or any has a
        weight.
    """
    check(columns, spec)
    if spec.weights:
        raise UnknownChoice(
            "The method of mixed types does not take weights: it gives its columns weights itself.",
            "Take the weights away, or choose another algorithm.",
        )
    kinds = {column.name: column.role for column in columns}
    levels = [name for name in spec.columns if kinds[name] in LEVELS]
    if not levels:
        raise UnusableFeature(*_NO_LEVELS)
    measured = tuple(name for name in spec.columns if name not in levels)
    numeric = pd.DataFrame(index=customers.index)
    if measured:
        numeric = prepare(customers, columns, FeatureSpec(measured, spec.scaling)).matrix
    codes = {
        name: pd.factorize(customers[name].astype("object"), use_na_sentinel=True)[0]
        for name in levels
    }
    return Mixed(numeric, pd.DataFrame(codes, index=customers.index).astype(np.int32))


def balance(numbers: Floats, codes: Integers) -> float:
    """Find the weight at which levels contribute as much as numbers, column by column.

    With equal weights a column of levels, 0 or 1 apart, outweighs numbers, which are seldom a
    whole range apart. Gower's weight of 1 where there are no numbers.

    Parameters
    ----------
    numbers : array of shape (n_customers, n_numeric)
        From 0 to 1.
    codes : array of int, shape (n_customers, n_categorical)

    References
    ----------
    Hennig and Liao 2013, doi:10.1111/j.1467-9876.2012.01066.x, on the weight of nominal columns.
    """
    if not numbers.shape[1]:
        return 1.0
    by_number, by_level = contributions(numbers, codes)
    apart, differing = float(by_number.mean()), float(by_level.mean())
    if apart <= 0 or differing <= 0:
        return 1.0
    return float(apart / differing)


def contributions(numbers: Floats, codes: Integers) -> tuple[Floats, Floats]:
    """Find what each column adds on average to how far two customers are apart, unweighted.

    Parameters are those of :func:`balance`.

    Returns
    -------
    by_number : array of shape (n_numeric,)
        Mean absolute difference of two customers (Gini's).
    by_level : array of shape (n_categorical,)
        How probably two customers differ.
    """
    rows = len(codes)
    ranks = 2 * np.arange(1, rows + 1) - rows - 1
    by_number = [2 * (ranks @ np.sort(column)) / rows**2 for column in numbers.T]
    shares = [np.unique(column, return_counts=True)[1] / rows for column in codes.T]
    return np.array(by_number), np.array([1 - (share**2).sum() for share in shares])


def ranged(numeric: pd.DataFrame) -> Floats:
    """Bring numbers to 0 to 1 by their range, as Gower does; constant ones to 0."""
    numbers = values(numeric).reshape(numeric.shape)
    if not numbers.size:
        return numbers
    spans = np.ptp(numbers, axis=0)
    shifted: Floats = (numbers - numbers.min(axis=0)) / np.where(spans > 0, spans, 1)
    return shifted


@compiled
def _gower(numbers: Floats, codes: Integers, weight: float, one: int, other: int) -> float:
    total = 0.0
    for column in range(numbers.shape[1]):
        total += abs(numbers[one, column] - numbers[other, column])
    for column in range(codes.shape[1]):
        if codes[one, column] != codes[other, column]:
            total += weight
    return float(total / (numbers.shape[1] + weight * codes.shape[1]))


@compiled
def gower(
    numbers: Floats, codes: Integers, weight: float, positions: Integers
) -> swaps.Dissimilarities:
    """Compute Gower's dissimilarities between the customers at some positions.

    Parameters
    ----------
    numbers : array of shape (n_customers, n_numeric)
        From 0 to 1.
    codes : array of int, shape (n_customers, n_categorical)
    weight : float
        Of a column of levels, against 1 of one of numbers.
    positions : array of int, shape (n_positions,)

    Returns
    -------
    array of float32, shape (n_positions, n_positions)
        From 0, equal in all, to 1.

    References
    ----------
    Gower 1971, doi:10.2307/2528823.
    """
    result = np.zeros((len(positions), len(positions)), np.float32)
    for one in range(len(positions)):
        for other in range(one):
            apart = _gower(numbers, codes, weight, positions[one], positions[other])
            result[one, other] = result[other, one] = apart
    return result


@compiled
def _closest(
    numbers: Floats, codes: Integers, weight: float, chosen: Integers
) -> tuple[Integers, Floats]:
    labels = np.zeros(len(codes), np.int64)
    distances = np.full(len(codes), np.inf)
    for point in range(len(codes)):
        for medoid in range(len(chosen)):
            apart = _gower(numbers, codes, weight, point, chosen[medoid])
            if apart < distances[point]:
                labels[point], distances[point] = medoid, apart
    return labels, distances


def _run(task: Task, progress: Progress) -> Found:
    """Choose the customers from whom the sum of Gower's dissimilarities to everyone is least.

    ``extra["weight"]`` has the ``weight`` of a column of levels.

    Preferred to k-prototypes (Huang 1998, doi:10.1023/A:1009769707641): its segments are shown by
    actual customers, and a column of levels has a weight with a meaning.
    """
    if task.mixed is None or not task.mixed.codes.shape[1]:
        raise UnusableFeature(*_NO_LEVELS)
    numbers = ranged(task.mixed.numeric)
    codes = np.ascontiguousarray(task.mixed.codes.to_numpy(dtype=np.int64))
    weight = task.options.get("weight")
    notes: tuple[str, ...] = ()
    if weight is None:
        weight = balance(numbers, codes)
        notes = (
            f"A column of levels weighs {text.number(weight, 2)} of one of numbers, so that"
            " either contributes as much to how far customers are apart on average.",
        )
    heavy = weight
    found = medoids.search(
        np.column_stack([numbers, codes]),
        lambda positions: gower(numbers, codes, heavy, positions),
        lambda chosen: _closest(numbers, codes, heavy, chosen),
        task,
        progress,
    )
    extra = {**found.extra, "weight": pd.DataFrame({"weight": [heavy]})}
    return Found(found.partitions, extra=extra, notes=notes + found.notes)


MIXED = Algorithm(
    "mixed",
    "Mixed types (Gower)",
    "When features such as gender or region should count as levels, not as numbers.",
    f"Needs a categorical feature; above {medoids.EXACT_ROWS:,} differing customers the medoids"
    " are sought in samples.",
    (
        Parameter(
            "weight",
            "Weight of levels",
            None,
            0.01,
            10,
            0.01,
            "What a column of levels counts against one of numbers; without it such that both"
            " contribute alike. 1 is Gower's own.",
        ),
    ),
    counted=True,
    run=_run,
)

"""Shapes and shortcuts that the tests of the algorithms share."""

import numpy as np
import pandas as pd
import pytest

from analytics.algorithms import Task, run

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture(scope="session")
def income_and_spending(mall_matrix):
    return mall_matrix(INCOME, SPENDING)


@pytest.fixture(scope="session")
def moons():
    """Two interlocked half circles of 250, and which of them each point is of."""
    rng = np.random.default_rng(3)
    angle = rng.uniform(0, np.pi, 500)
    truth = np.repeat([1, 2], 250)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    points = np.where(truth[:, None] == 1, upper, [1, 0.5] - upper)
    return pd.DataFrame(points + rng.normal(scale=0.05, size=(500, 2))), truth


@pytest.fixture(scope="session")
def rings():
    """Two linked rings in space of 300, and which of them each point is of."""
    rng = np.random.default_rng(4)
    angle = rng.uniform(0, 2 * np.pi, 600)
    truth = np.repeat([1, 2], 300)
    zero = np.zeros(600)
    flat = np.column_stack([np.cos(angle), np.sin(angle), zero])
    upright = np.column_stack([1 + np.cos(angle), zero, np.sin(angle)])
    points = np.where(truth[:, None] == 1, flat, upright)
    return pd.DataFrame(points + rng.normal(scale=0.03, size=(600, 3))), truth


@pytest.fixture(scope="session")
def segments():
    """Run an algorithm and give the labels of one column."""

    def labels(name, matrix, count=None, **options):
        counts = range(count, count + 1) if count else range(2, 3)
        found = run(name, Task(matrix, counts, options)).partitions
        return found.iloc[:, 0].to_numpy(dtype=np.int64)

    return labels

"""k-medoids: segments around actual customers."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist

from analytics.algorithms import swaps
from analytics.algorithms.algorithm import Algorithm, Floats, Found, Integers, Task
from analytics.algorithms.rows import distinct, nearest, numbered, partitions, values
from analytics.progress import Progress

EXACT_ROWS = 4_000  # differing customers; their dissimilarities take 64 MB
DRAWS = 5
DRAWN_ROWS = 2_000

Between = Callable[[Integers], swaps.Dissimilarities]
Closest = Callable[[Integers], tuple[Integers, Floats]]


def search(
    rows: Floats, between: Between, closest: Closest, task: Task, progress: Progress
) -> Found:
    """Find medoids for each k, of all or of the best of several draws, and assign everyone.

    Parameters
    ----------
    rows : array of shape (n_customers, n_columns)
        Customers who are equal here are equal to ``between``.
    between : callable
        The dissimilarities between the customers at some positions.
    closest : callable
        For each customer the nearest of those at some positions, and how far it is.
    task : Task
    progress : callable

    Returns
    -------
    Found
        ``extra["medoids"]`` has the ``row`` of the medoid of each ``segment`` for each ``k``.

    References
    ----------
    Kaufman and Rousseeuw 1990, Finding Groups in Data, chapter 3 (CLARA): a draw is judged by the
    loss of everyone.
    """
    firsts, _, weights = distinct(rows)
    draws = [(firsts, weights)]
    notes: tuple[str, ...] = ()
    if len(firsts) > EXACT_ROWS:
        rng = np.random.default_rng(task.seed)
        drawn = [rng.choice(len(rows), DRAWN_ROWS, replace=False) for _ in range(DRAWS)]
        draws = [(np.sort(draw), np.ones(DRAWN_ROWS)) for draw in drawn]
        notes = (
            f"Medoids were sought among {DRAWS} samples of {DRAWN_ROWS:,} of {len(rows):,}"
            " customers; everyone was assigned, and the sample that fits everyone best was kept.",
        )
    best: dict[int, tuple[float, Integers, Integers]] = {}
    for step, (positions, counted) in enumerate(draws):
        progress(step / len(draws), "Seeking medoids")
        found = swaps.medoids(between(positions), counted, task.counts, task.seed)
        for count, chosen in found.items():
            labels, distances = closest(positions[chosen])
            loss = float(distances.sum())
            if count not in best or loss < best[count][0]:
                best[count] = loss, labels, positions[chosen]
    numbers, tables = {}, []
    for count, (_, labels, chosen) in best.items():
        numbers[count], order = numbered(rows, labels)
        segments = np.arange(1, len(order) + 1)
        tables.append(pd.DataFrame({"k": count, "segment": segments, "row": chosen[order]}))
    return Found(
        partitions(numbers),
        extra={"medoids": pd.concat(tables, ignore_index=True)},
        notes=notes,
    )


def _run(task: Task, progress: Progress) -> Found:
    """Choose the customers from whom the sum of Euclidean distances to everyone is least."""
    rows = values(task.matrix)

    def between(positions: Integers) -> swaps.Dissimilarities:
        chosen = rows[positions]
        result = np.empty((len(chosen), len(chosen)), dtype=np.float32)
        for begin in range(0, len(chosen), 500):
            result[begin : begin + 500] = cdist(chosen[begin : begin + 500], chosen)
        return result

    return search(rows, between, lambda chosen: nearest(rows[chosen], rows), task, progress)


MEDOIDS = Algorithm(
    "medoids",
    "k-medoids",
    "When each segment should be shown by a typical customer, and outliers should weigh less.",
    f"Above {EXACT_ROWS:,} differing customers the medoids are sought in samples.",
    (),
    counted=True,
    run=_run,
)

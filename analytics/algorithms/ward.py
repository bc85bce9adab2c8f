"""Agglomerative segments by Ward's criterion."""

import numpy as np
import pandas as pd
from sklearn.cluster import MiniBatchKMeans

from analytics import text
from analytics.algorithms import agglomeration
from analytics.algorithms.algorithm import Algorithm, Floats, Found, Integers, Task
from analytics.algorithms.rows import distinct, drawn, nearest, numbered, partitions, values
from analytics.progress import Progress

EXACT_ROWS = 10_000  # time is quadratic in the points that are merged
MICRO = 2_000
_MICRO_ROWS = 100_000  # rows that place the small groups; everyone is then gathered
LINKAGE = ["left", "right", "height", "leaves", "left_customers", "right_customers"]


def _run(task: Task, progress: Progress) -> Found:
    """Merge the pair of groups that adds least to the WCSS, from single customers up.

    ``extra["linkage"]`` has a row for each merge: ``left``, ``right``, ``height`` and ``leaves``
    as in scipy's linkage matrix, and ``left_customers`` and ``right_customers``.

    References
    ----------
    Ward 1963, doi:10.1080/01621459.1963.10500845; Zhang et al. 1996 (BIRCH),
    doi:10.1145/235968.233324, for merging small groups in place of very many customers.
    """
    rows = values(task.matrix)
    firsts, inverse, weights = distinct(rows)
    points, notes = rows[firsts], []
    if len(points) > EXACT_ROWS:
        progress(0.0, "Gathering customers into small groups")
        groups = _micro(points, weights, task.seed)
        inverse = groups[inverse]
        weights = np.bincount(inverse).astype(np.float64)
        points = np.column_stack([np.bincount(inverse, column) / weights for column in rows.T])
        notes.append(
            f"{len(rows):,} customers, of which {len(firsts):,} differ, were first gathered into"
            f" {len(points):,} small groups by k-means; these were then merged by Ward's"
            " criterion, weighted by their customers."
        )
    progress(0.4, "Merging")
    table = agglomeration.ward(points, weights)
    found = {}
    for count in task.counts:
        labels = agglomeration.cut(table, count)[inverse]
        found[count], _ = numbered(rows, labels)
    return Found(
        partitions(found),
        extra={"linkage": pd.DataFrame(table, columns=LINKAGE)},
        notes=tuple(notes),
    )


def _micro(points: Floats, weights: Floats, seed: int) -> Integers:
    seen = drawn(len(points), _MICRO_ROWS, seed)
    fit = MiniBatchKMeans(
        MICRO, batch_size=10_000, n_init=1, init="random", max_iter=3, random_state=seed
    ).fit(points[seen], sample_weight=weights[seen])
    labels, _ = nearest(np.ascontiguousarray(fit.cluster_centers_), points)
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


WARD = Algorithm(
    "ward",
    "Agglomerative (Ward)",
    "When you want to see how segments split into smaller ones, as a tree.",
    f"Exact up to {EXACT_ROWS:,} differing customers; above, {text.count(MICRO, 'small group')}"
    " are merged in their place. A merge is never undone.",
    (),
    counted=True,
    run=_run,
)

"""HDBSCAN: dense regions at whatever density they last the longest."""

import numpy as np
from sklearn import cluster

from analytics import text
from analytics.algorithms import noise
from analytics.algorithms.algorithm import Algorithm, Found, Parameter, Task
from analytics.algorithms.rows import drawn, nearest, numbered, partitions, values
from analytics.errors import NoSegments, NotEnoughData
from analytics.progress import Progress

FIT_ROWS = 10_000  # its spanning tree takes time quadratic in rows
_SMALLEST = 5
_SHARE = 0.01


def _run(task: Task, progress: Progress) -> Found:
    """Keep the regions that last longest as the density asked for rises.

    References
    ----------
    Campello, Moulavi and Sander 2013, doi:10.1007/978-3-642-37456-2_14; Campello et al. 2015,
    doi:10.1145/2733381.
    """
    rows = values(task.matrix)
    kept = drawn(len(rows), FIT_ROWS, task.seed)
    sample, notes = rows[kept], []
    wanted = task.options.get("smallest")
    smallest = max(_SMALLEST, round(_SHARE * len(rows))) if wanted is None else int(wanted)
    scaled = max(2 if wanted is not None else _SMALLEST, round(smallest * len(sample) / len(rows)))
    if scaled > len(sample):
        raise NotEnoughData(
            f"A segment of {smallest:,} is more than all {text.count(len(rows), 'customer')}.",
            "Choose a smaller least size.",
        )
    neighbours = min(int(task.options.get("neighbours", scaled)), len(sample))
    progress(0.0, "Building the tree of densities")
    fit = cluster.HDBSCAN(
        min_cluster_size=scaled, min_samples=neighbours, algorithm="kd_tree", copy=True
    ).fit(sample)
    labels = np.asarray(fit.labels_, dtype=np.int64)
    if len(sample) < len(rows):
        progress(0.7, "Assigning everyone")
        labels = labels[nearest(sample, rows)[0]]
        notes.append(
            f"Fitted on {len(sample):,} of {len(rows):,} customers; the others follow the nearest"
            " of these, into noise as well."
        )
    segments, order = numbered(rows, labels)
    if len(order) < 2:
        raise NoSegments(
            f"No two regions of at least {text.count(smallest, 'customer')} are denser than what"
            " lies between them: everyone would be noise.",
            "Choose a smaller least size; if that does not help, the density shows no segments,"
            " and k-means can still cut some.",
        )
    if wanted is None:
        notes.append(f"Segments of fewer than {text.count(smallest, 'customer')} were not sought.")
    notes += noise.told(segments)
    return Found(partitions({len(order): segments}), notes=tuple(notes))


HDBSCAN = Algorithm(
    "hdbscan",
    "HDBSCAN",
    "When dense regions differ in density, and no eps is to be chosen.",
    f"Fitted on at most {FIT_ROWS:,} customers, which the others follow; often calls many noise.",
    (
        Parameter(
            "smallest",
            "Least size",
            None,
            2,
            1_000_000,
            1,
            "The least customers that count as a segment; without it 1 % of all, at least 5.",
        ),
        Parameter(
            "neighbours",
            "Neighbours",
            None,
            1,
            1_000,
            1,
            "More calls more customers noise; without it the least size.",
        ),
    ),
    counted=False,
    run=_run,
)

"""DBSCAN: segments as dense regions of any shape, the rest noise."""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from analytics import text
from analytics.algorithms import noise, reach
from analytics.algorithms.algorithm import Algorithm, Floats, Found, Integers, Parameter, Task
from analytics.algorithms.rows import distinct, drawn, numbered, partitions, values
from analytics.errors import NoSegments, NotEnoughData
from analytics.progress import Progress

CURVE_POINTS = 2_000
MOST_SEGMENTS = 200
_MOST_COMPARED = 20_000_000_000  # pairs of customers: about a minute


def _run(task: Task, progress: Progress) -> Found:
    """Join customers who have enough others within eps; those within eps of one belong to it.

    Repeated rows are one point that counts as often as it occurs. A border customer goes to the
    nearest core customer, where the original leaves it to the order of the rows.
    ``extra["distances"]`` has the ``distance`` of each of some customers to their
    ``neighbours``-th nearest, themselves counted, in ascending order by ``share`` of the
    customers, and ``eps``.

    References
    ----------
    Ester et al. 1996 (KDD-96); Sander et al. 1998, doi:10.1023/A:1009745219419, for twice the
    features as the number of neighbours; Satopää et al. 2011 (Kneedle),
    doi:10.1109/ICDCSW.2011.20.
    """
    rows = values(task.matrix)
    wanted = task.options.get("neighbours")
    neighbours = max(4, 2 * rows.shape[1]) if wanted is None else int(wanted)
    if neighbours > len(rows):
        raise NotEnoughData(
            f"There are only {text.count(len(rows), 'customer')}, so nobody has"
            f" {neighbours:,} within reach.",
            "Choose fewer neighbours.",
        )
    notes = []
    progress(0.0, "Measuring distances to neighbours")
    curve = k_distances(rows, neighbours, task.seed)
    eps = task.options.get("eps")
    if eps is None:
        eps = knee(curve["distance"].to_numpy())
        notes.append(
            f"eps {text.number(eps)} was chosen at the knee of the {neighbours}-distance curve."
        )
    progress(0.3, "Joining dense regions")
    labels = _labels(rows, eps, neighbours)
    segments, order = numbered(rows, labels)
    _refuse(len(order), eps, neighbours, float(curve["distance"].median()))
    notes += noise.told(segments)
    curve["eps"] = eps
    return Found(partitions({len(order): segments}), extra={"distances": curve}, notes=tuple(notes))


def k_distances(rows: Floats, neighbours: int, seed: int) -> pd.DataFrame:
    """Give the sorted distances to the so-manieth nearest customer, oneself counted.

    Parameters
    ----------
    rows : array of shape (n_customers, n_features)
    neighbours : int
        From 1 to the number of customers.
    seed : int
        Of the up to ``CURVE_POINTS`` customers asked; their neighbours are sought among all.

    Returns
    -------
    DataFrame, one row for each customer asked
        ``share`` of the customers, 0 to 1, ``distance`` in scaled units, and ``neighbours``.
    """
    asked = rows[drawn(len(rows), CURVE_POINTS, seed)]
    # An unbalanced tree is built much faster where rows repeat.
    tree = cKDTree(rows, balanced_tree=False)
    distances = np.sort(tree.query(asked, k=[neighbours])[0][:, 0])
    share = np.linspace(0, 1, len(asked))
    return pd.DataFrame({"share": share, "distance": distances, "neighbours": neighbours})


def knee(distances: Floats) -> float:
    """Find the knee of an ascending curve: the point farthest below the chord of its ends.

    The least positive distance where the knee is at 0, as when most rows repeat.

    Raises
    ------
    NotEnoughData
        If all distances are 0.

    References
    ----------
    Satopää et al. 2011 (Kneedle), doi:10.1109/ICDCSW.2011.20.
    """
    if distances[-1] <= 0:
        raise NotEnoughData(
            "Every customer equals its neighbours in the chosen features, so no distance"
            " separates them.",
            "Choose more features or another algorithm.",
        )
    along = np.linspace(0, 1, len(distances))
    up = (distances - distances[0]) / max(distances[-1] - distances[0], np.finfo(float).tiny)
    found = float(distances[int(np.argmax(along - up))])
    return found if found > 0 else float(distances[distances > 0][0])


def _labels(rows: Floats, eps: float, neighbours: int) -> Integers:
    firsts, inverse, weights = distinct(rows)
    points = rows[firsts]
    order, begins, ends = reach.laid(points, eps)
    work = int((ends - begins).sum())
    if work > _MOST_COMPARED:
        raise NoSegments(
            f"With eps {text.number(eps)} there are {work // len(points):,} others to compare"
            f" each of {len(rows):,} customers with, which takes too long.",
            "Choose a smaller eps, or HDBSCAN.",
        )
    points, weights = np.ascontiguousarray(points[order]), weights[order]
    core = reach.cores(points, weights, begins, ends, eps, float(neighbours))
    labels = np.empty(len(points), dtype=np.int64)
    labels[order] = reach.joined(points, core, begins, ends, eps)
    return labels[inverse]


def _refuse(segments: int, eps: float, neighbours: int, median: float) -> None:
    """Say what is wrong where there is nothing to compare."""
    if segments == 0:
        raise NoSegments(
            f"No customer has {neighbours:,} within eps {text.number(eps)}, itself counted:"
            " everyone would be noise.",
            f"Choose a larger eps (half of the customers have as many within"
            f" {text.number(median)}) or fewer neighbours.",
        )
    if segments == 1:
        raise NoSegments(
            f"With eps {text.number(eps)} and {neighbours:,} neighbours all dense regions touch:"
            " there is one segment only.",
            "Choose a smaller eps or more neighbours; if that leaves noise only, the density"
            " shows no segments, and k-means can still cut some.",
        )
    if segments > MOST_SEGMENTS:
        raise NoSegments(
            f"With eps {text.number(eps)} and {neighbours:,} neighbours there are"
            f" {segments:,} segments, more than can be told apart.",
            "Choose a larger eps or more neighbours.",
        )


DBSCAN = Algorithm(
    "dbscan",
    "DBSCAN",
    "When segments are dense regions of any shape, and outliers should not count.",
    "One density for all: segments of unequal density merge or fall apart; few features only.",
    (
        Parameter(
            "eps",
            "eps",
            None,
            0.0001,
            1_000_000,
            0.01,
            "How near, in scaled units, counts as a neighbour; without it the knee of the"
            " distance curve.",
        ),
        Parameter(
            "neighbours",
            "Neighbours",
            None,
            2,
            1_000,
            1,
            "How many customers within eps, itself counted, make a place dense; without it twice"
            " the features, at least 4.",
        ),
    ),
    counted=False,
    run=_run,
)

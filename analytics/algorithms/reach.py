"""Density by neighbours within reach, on a grid, without lists of neighbours."""

import numpy as np

from analytics.algorithms.agglomeration import root
from analytics.algorithms.algorithm import Floats, Integers
from analytics.kernels import compiled

_SIDES = 3  # features that the grid is laid over; a cell has 3 to that power neighbours
_FINEST = 2**20  # cells along a side, so that three sides fit one 64-bit key


def laid(points: Floats, eps: float) -> tuple[Integers, Integers, Integers]:
    """Lay a grid of side eps over the widest features.

    Parameters
    ----------
    points : array of shape (n_points, n_features)
    eps : float

    Returns
    -------
    order : array of int, shape (n_points,)
        The points cell by cell.
    begins : array of int, shape (n_points, 9)
    ends : array of int, shape (n_points, 9)
        For each point in that order the runs of points, in that order too, that hold everyone
        within reach, and others.
    """
    spans = np.ptp(points, axis=0)
    widest = np.argsort(-spans, kind="stable")[:_SIDES]
    side = max(eps * (1 + 1e-9), float(spans.max()) / _FINEST)
    cells = np.zeros((len(points), _SIDES), dtype=np.int64)
    cells[:, _SIDES - len(widest) :] = (points[:, widest] - points[:, widest].min(axis=0)) // side
    cells += 1  # room for the neighbours of the first cell
    room = cells.max(axis=0) + 2
    keys = (cells[:, 0] * room[1] + cells[:, 1]) * room[2] + cells[:, 2]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = np.empty((len(points), 9), dtype=np.int64)
    ends = np.empty_like(begins)
    steps = [(a * room[1] + b) * room[2] for a in (-1, 0, 1) for b in (-1, 0, 1)]
    for place, step in enumerate(steps):
        begins[:, place] = np.searchsorted(keys, keys + step - 1, "left")
        ends[:, place] = np.searchsorted(keys, keys + step + 1, "right")
    return order, begins, ends


@compiled
def _square(points: Floats, one: int, other: int) -> float:
    total = 0.0
    for feature in range(points.shape[1]):
        total += (points[one, feature] - points[other, feature]) ** 2
    return total


@compiled
def cores(
    points: Floats, weights: Floats, begins: Integers, ends: Integers, eps: float, least: float
) -> Integers:
    """Tell which points have enough customers within reach, their own included: 1 or 0."""
    found = np.zeros(len(points), np.int64)
    for point in range(len(points)):
        near = 0.0
        for run in range(begins.shape[1]):
            for other in range(begins[point, run], ends[point, run]):
                if _square(points, point, other) <= eps * eps:
                    near += weights[other]
                    if near >= least:
                        break
            if near >= least:
                found[point] = 1
                break
    return found


@compiled
def joined(
    points: Floats, core: Integers, begins: Integers, ends: Integers, eps: float
) -> Integers:
    """Join core points within reach of each other, and give the rest to the nearest in reach.

    Gives the position of a core point as the name of each group, -1 for noise.
    """
    parents = np.arange(len(points))
    for point in range(len(points)):
        if core[point] == 0:
            continue
        own = root(parents, point)
        for run in range(begins.shape[1]):
            for other in range(begins[point, run], min(ends[point, run], point)):
                if core[other] == 0:
                    continue
                theirs = root(parents, other)
                if theirs != own and _square(points, point, other) <= eps * eps:
                    own, theirs = min(own, theirs), max(own, theirs)
                    parents[theirs] = own
    labels = np.full(len(points), -1)
    for point in range(len(points)):
        if core[point] == 1:
            labels[point] = root(parents, point)
            continue
        closest = eps * eps
        for run in range(begins.shape[1]):
            for other in range(begins[point, run], ends[point, run]):
                if core[other] == 1:
                    square = _square(points, point, other)
                    if square < closest or (square == closest and labels[point] < 0):
                        closest = square
                        labels[point] = root(parents, other)
    return labels

"""Ward's agglomeration of weighted points without a matrix of distances."""

import numpy as np

from analytics.algorithms.algorithm import Floats, Integers
from analytics.kernels import compiled


@compiled
def _merges(centres: Floats, sizes: Floats) -> tuple[Integers, Floats]:
    """Merge along chains of nearest neighbours, in the order found.

    ``centres`` and ``sizes`` are used up. Gives a point of either side of each merge, and heights.
    """
    points, features = centres.shape
    pairs = np.empty((points - 1, 2), np.int64)
    heights = np.empty(points - 1)
    member = np.arange(points)  # a point of the group in each slot
    chain = np.empty(points, np.int64)
    length, left = 0, points
    for merge in range(points - 1):
        if length == 0:
            chain[0], length = 0, 1
        while True:
            top = chain[length - 1]
            best, least = -1, np.inf
            if length > 1:  # on a tie the way back ends the chain
                best = chain[length - 2]
                square = 0.0
                for feature in range(features):
                    square += (centres[top, feature] - centres[best, feature]) ** 2
                least = square * sizes[top] * sizes[best] / (sizes[top] + sizes[best])
            for slot in range(left):
                if slot == top:
                    continue
                square = 0.0
                for feature in range(features):
                    square += (centres[top, feature] - centres[slot, feature]) ** 2
                cost = square * sizes[top] * sizes[slot] / (sizes[top] + sizes[slot])
                if cost < least:
                    best, least = slot, cost
            if length > 1 and best == chain[length - 2]:
                break
            chain[length] = best
            length += 1
        length -= 2
        keep, free = min(top, best), max(top, best)
        pairs[merge, 0], pairs[merge, 1] = member[keep], member[free]
        heights[merge] = np.sqrt(2 * least)
        total = sizes[keep] + sizes[free]
        for feature in range(features):
            centres[keep, feature] += (
                (centres[free, feature] - centres[keep, feature]) * sizes[free] / total
            )
        sizes[keep] = total
        left -= 1
        if free != left:  # the last slot moves into the free one, so that scans stay dense
            centres[free] = centres[left]
            sizes[free] = sizes[left]
            member[free] = member[left]
            for place in range(length):
                if chain[place] == left:
                    chain[place] = free
    return pairs, heights


@compiled
def root(parents: Integers, node: int) -> int:
    """Find the root of a node, halving the path to it."""
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


@compiled
def _named(pairs: Integers, heights: Floats, weights: Floats) -> Floats:
    points = len(weights)
    parents = np.arange(2 * points - 1)
    leaves = np.ones(2 * points - 1)
    customers = np.zeros(2 * points - 1)
    customers[:points] = weights
    table = np.empty((points - 1, 6))
    for merge in range(points - 1):
        left = root(parents, pairs[merge, 0])
        right = root(parents, pairs[merge, 1])
        left, right = min(left, right), max(left, right)
        node = points + merge
        parents[left] = parents[right] = node
        leaves[node] = leaves[left] + leaves[right]
        customers[node] = customers[left] + customers[right]
        table[merge, 0], table[merge, 1] = left, right
        table[merge, 2], table[merge, 3] = heights[merge], leaves[node]
        table[merge, 4], table[merge, 5] = customers[left], customers[right]
    return table


def ward(centres: Floats, weights: Floats) -> Floats:
    """Build Ward's hierarchy of weighted points.

    Chains of nearest neighbours need memory for the points only, and time that is quadratic in
    them; the hierarchy is the exact one.

    Parameters
    ----------
    centres : array of shape (n_points, n_features)
    weights : array of shape (n_points,)
        How many customers each point stands for.

    Returns
    -------
    array of shape (n_points - 1, 6)
        The two nodes merged, their distance √(2·n₁·n₂/(n₁+n₂))·‖c₁−c₂‖ and the number of points,
        exactly as scipy's linkage matrix; then the customers in either node.

    References
    ----------
    Ward 1963, doi:10.1080/01621459.1963.10500845; Murtagh 1983, doi:10.1093/comjnl/26.4.354;
    Müllner 2011, arXiv:1109.2378.
    """
    pairs, heights = _merges(centres.copy(), weights.copy())
    order = np.argsort(heights, kind="stable")
    return _named(pairs[order], heights[order], weights)


@compiled
def cut(table: Floats, count: int) -> Integers:
    """Cut a hierarchy into so many groups.

    Parameters
    ----------
    table : array of shape (n_points - 1, 4 or more)
        A linkage matrix.
    count : int
        From 1 to the number of points.

    Returns
    -------
    array of int, shape (n_points,)
        From 0, in the order of first appearance.
    """
    points = len(table) + 1
    parents = np.arange(2 * points - 1)
    for merge in range(points - count):
        parents[int(table[merge, 0])] = points + merge
        parents[int(table[merge, 1])] = points + merge
    labels = np.empty(points, np.int64)
    names = np.full(2 * points - 1, -1)
    found = 0
    for point in range(points):
        top = root(parents, point)
        if names[top] < 0:
            names[top] = found
            found += 1
        labels[point] = names[top]
    return labels

"""Lloyd's iterations on weighted rows.

Rows lie feature by feature, shape (n_features, n_rows), so that the inner loops run along
memory. Distances are compared as ``|c|^2 / 2 - x.c``, which has the order of ``|x - c|``.
"""

import numpy as np
from numpy.typing import NDArray

from analytics.engine.threads import spread
from analytics.kernels import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Labels = NDArray[np.int32]

MOST_ITERATIONS = 300
_BLOCK = 512  # rows that stay in the nearest cache while every centre passes
_CHUNK = 65_536  # rows of one piece of parallel work; fixed, so that sums add up in one order


@compiled
def nearest(
    rows: Floats, centres: Floats, low: int, high: int, labels: Labels, scores: Floats
) -> int:
    """Label the rows from ``low`` to ``high`` with their nearest centre; count the changes."""
    features, counts = rows.shape[0], centres.shape[0]
    score, label = np.empty(_BLOCK), np.empty(_BLOCK)
    changes = 0
    for begin in range(low, high, _BLOCK):
        size = min(_BLOCK, high - begin)
        best = scores[begin : begin + size]
        if features == 2:
            _in_plane(rows, centres, begin, best, label[:size])
        for centre in range(counts if features != 2 else 0):
            half = 0.0
            for feature in range(features):
                half += centres[centre, feature] ** 2
            half *= 0.5
            _score(rows, centres[centre], half, begin, size, score)
            if centre == 0:
                for row in range(size):
                    best[row] = score[row]
                    label[row] = 0.0
            else:
                this = float(centre)
                for row in range(size):
                    closer = score[row] < best[row]
                    best[row] = score[row] if closer else best[row]
                    label[row] = this if closer else label[row]
        for row in range(size):
            new = np.int32(label[row])
            changes += labels[begin + row] != new
            labels[begin + row] = new
    return changes


@compiled
def _in_plane(rows: Floats, centres: Floats, begin: int, best: Floats, label: Floats) -> None:
    """Label rows of two features; two centres pass at once, the last of an odd number twice."""
    size, counts = len(best), len(centres)
    first, second = rows[0, begin : begin + size], rows[1, begin : begin + size]
    best[:] = np.inf
    for centre in range(0, counts, 2):
        one, two = centres[centre], centres[min(centre + 1, counts - 1)]
        _closer_of_two(first, second, one[0], one[1], two[0], two[1], float(centre), best, label)


@compiled
def _closer_of_two(
    first: Floats, second: Floats, a: float, b: float, c: float, d: float, centre: float,
    best: Floats, label: Floats,
) -> None:  # fmt: skip
    half, other_half = 0.5 * (a * a + b * b), 0.5 * (c * c + d * d)
    for row in range(len(best)):
        score = half - first[row] * a - second[row] * b
        other = other_half - first[row] * c - second[row] * d
        less, this = (other, centre + 1.0) if other < score else (score, centre)
        closer = less < best[row]
        best[row] = less if closer else best[row]
        label[row] = this if closer else label[row]


@compiled
def _score(rows: Floats, centre: Floats, half: float, begin: int, size: int, score: Floats) -> None:
    features = rows.shape[0]
    first = rows[0, begin : begin + size]
    a = centre[0]
    if features == 1:
        for row in range(size):
            score[row] = half - first[row] * a
        return
    second, b = rows[1, begin : begin + size], centre[1]
    if features == 2:
        for row in range(size):
            score[row] = half - first[row] * a - second[row] * b
        return
    third, c = rows[2, begin : begin + size], centre[2]
    for row in range(size):
        score[row] = half - first[row] * a - second[row] * b - third[row] * c
    feature = 3
    while feature + 1 < features:
        one, two = rows[feature, begin : begin + size], rows[feature + 1, begin : begin + size]
        a, b = centre[feature], centre[feature + 1]
        for row in range(size):
            score[row] -= one[row] * a + two[row] * b
        feature += 2
    if feature < features:
        last, a = rows[feature, begin : begin + size], centre[feature]
        for row in range(size):
            score[row] -= last[row] * a


@compiled
def add_up(
    rows: Floats, weights: Floats, labels: Labels, low: int, high: int, sums: Floats, sizes: Floats
) -> None:
    """Add the rows from ``low`` to ``high`` to the sums and sizes of their segments.

    Four rows at a time each go to sums of their own: neighbours mostly are in one segment, and
    to add to what was just written means to wait for it.
    """
    features, counts = rows.shape[0], len(sizes)
    width = features + 1
    lanes = np.zeros((4, counts * width))
    one, two, three, four = lanes[0], lanes[1], lanes[2], lanes[3]
    whole = low + (high - low) // 4 * 4
    for row in range(low, whole, 4):
        a, b = _slot(labels[row], width), _slot(labels[row + 1], width)
        c, d = _slot(labels[row + 2], width), _slot(labels[row + 3], width)
        first, second, third, fourth = weights[row : row + 4]
        one[a] += first
        two[b] += second
        three[c] += third
        four[d] += fourth
        for feature in range(features):
            step = np.uint32(feature + 1)
            one[a + step] += first * rows[feature, row]
            two[b + step] += second * rows[feature, row + 1]
            three[c + step] += third * rows[feature, row + 2]
            four[d + step] += fourth * rows[feature, row + 3]
    for row in range(whole, high):
        a = _slot(labels[row], width)
        one[a] += weights[row]
        for feature in range(features):
            one[a + np.uint32(feature + 1)] += weights[row] * rows[feature, row]
    for centre in range(counts):
        for lane in range(4):
            sizes[centre] += lanes[lane, centre * width]
            for feature in range(features):
                sums[centre, feature] += lanes[lane, centre * width + feature + 1]


@compiled
def _slot(label: int, width: int) -> np.uint32:
    """Give the place of a segment's sums; without a sign, an index is not checked for one."""
    return np.uint32(label) * np.uint32(width)


@compiled
def _move(
    rows: Floats, weights: Floats, labels: Labels, before: Labels, sums: Floats, sizes: Floats
) -> None:
    for row in range(len(labels)):
        old, new = before[row], labels[row]
        if old != new:
            weight = weights[row]
            sizes[new] += weight
            sizes[old] -= weight
            for feature in range(rows.shape[0]):
                value = weight * rows[feature, row]
                sums[new, feature] += value
                sums[old, feature] -= value
            before[row] = new


@compiled
def _farthest(rows: Floats, scores: Floats, low: int, high: int) -> int:
    found, most = low, -np.inf
    for row in range(low, high):
        distance = scores[row]
        for feature in range(rows.shape[0]):
            distance += 0.5 * rows[feature, row] ** 2
        if distance > most:
            found, most = row, distance
    return found


@compiled
def spread_within(
    rows: Floats, weights: Floats, centres: Floats, labels: Labels, low: int, high: int
) -> float:
    """Sum the weighted squared distances of rows to their centres, each taken directly."""
    total = 0.0
    for feature in range(rows.shape[0]):
        along = rows[feature]
        for row in range(low, high):
            gap = along[row] - centres[np.uint32(labels[row]), feature]
            total += weights[row] * gap * gap
    return total


@compiled
def distances_within(rows: Floats, weights: Floats, centres: Floats, labels: Labels) -> Floats:
    """Sum the weighted distances of rows to their centres, for each segment."""
    sums, square = np.zeros(len(centres)), np.empty(_BLOCK)
    for begin in range(0, len(labels), _BLOCK):
        size = min(_BLOCK, len(labels) - begin)
        square[:] = 0.0
        for feature in range(rows.shape[0]):
            along = rows[feature, begin : begin + size]
            for row in range(size):
                gap = along[row] - centres[np.uint32(labels[begin + row]), feature]
                square[row] += gap * gap
        for row in range(size):
            sums[np.uint32(labels[begin + row])] += weights[begin + row] * np.sqrt(square[row])
    return sums


@compiled
def lloyd(
    rows: Floats, weights: Floats, centres: Floats, most: int, tolerance: float
) -> tuple[Labels, float]:
    """Iterate on one core until nothing changes, or the centres move less than a tolerance.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
    weights : array of shape (n_rows,)
    centres : array of shape (n_segments, n_features)
        Moved in place.
    most : int
        Iterations at most.
    tolerance : float
        Summed squared movement of the centres at which to stop.

    Returns
    -------
    labels : array of shape (n_rows,)
    wcss : float
        Of these labels about their own means.
    """
    features, size = rows.shape
    counts = centres.shape[0]
    labels, before = np.full(size, -1, np.int32), np.empty(size, np.int32)
    scores = np.empty(size)
    sums, sizes = np.zeros((counts, features)), np.zeros(counts)
    for turn in range(most):
        changes = nearest(rows, centres, 0, size, labels, scores)
        if changes == 0:
            break
        if turn % 16 == 0 or changes * 4 > size:
            sums[:] = 0.0
            sizes[:] = 0.0
            add_up(rows, weights, labels, 0, size, sums, sizes)
            before[:] = labels
        else:
            _move(rows, weights, labels, before, sums, sizes)
        moved = 0.0
        for centre in range(counts):
            # A sum of many moves may leave a rounding rest in an empty segment.
            if sizes[centre] > 1e-9:
                for feature in range(features):
                    new = sums[centre, feature] / sizes[centre]
                    moved += (new - centres[centre, feature]) ** 2
                    centres[centre, feature] = new
            else:
                far = _farthest(rows, scores, 0, size)
                scores[far] = -np.inf
                for feature in range(features):
                    centres[centre, feature] = rows[feature, far]
                moved = np.inf
        if moved <= tolerance:
            nearest(rows, centres, 0, size, labels, scores)
            break
    sums[:] = 0.0
    sizes[:] = 0.0
    add_up(rows, weights, labels, 0, size, sums, sizes)
    for centre in range(counts):
        if sizes[centre] > 0:
            for feature in range(features):
                centres[centre, feature] = sums[centre, feature] / sizes[centre]
    return labels, spread_within(rows, weights, centres, labels, 0, size)


def lloyd_together(
    rows: Floats, weights: Floats, centres: Floats, most: int, tolerance: float
) -> tuple[Labels, float]:
    """Iterate as :func:`lloyd` does, with every core on the same centres: for many rows."""
    features, size = rows.shape
    counts = len(centres)
    labels, scores = np.full(size, -1, np.int32), np.empty(size)
    pieces = [(low, min(low + _CHUNK, size)) for low in range(0, size, _CHUNK)]

    def step(piece: tuple[int, int]) -> tuple[int, Floats, Floats]:
        sums, sizes = np.zeros((counts, features)), np.zeros(counts)
        changes = nearest(rows, centres, *piece, labels, scores)
        add_up(rows, weights, labels, *piece, sums, sizes)
        return changes, sums, sizes

    for _ in range(most):
        done = spread(step, pieces)
        sizes = np.sum([part[2] for part in done], axis=0)
        means = np.sum([part[1] for part in done], axis=0) / np.maximum(sizes, 1e-300)[:, None]
        for centre in np.flatnonzero(sizes == 0):
            far = _farthest(rows, scores, 0, size)
            scores[far] = -np.inf
            means[centre] = rows[:, far]
        moved = float(((means - centres) ** 2).sum())
        centres[:] = means
        if not any(part[0] for part in done) or moved <= tolerance:
            break
    done = spread(step, pieces)
    sizes = np.sum([part[2] for part in done], axis=0)
    filled = sizes > 0
    centres[filled] = np.sum([part[1] for part in done], axis=0)[filled] / sizes[filled, None]
    within = spread(lambda piece: spread_within(rows, weights, centres, labels, *piece), pieces)
    return labels, float(np.sum(within))

"""K-means with a least size of every segment."""

import heapq

import numpy as np

from analytics.divisions import Floats, Integers, powers
from analytics.engine.distinct import Distinct
from analytics.engine.sampling import systematic
from analytics.errors import NotEnoughData

_ITERATIONS = 50
WHOLE_ROWS = 10_000  # distinct rows up to which the centres are moved by everyone ...
_SAMPLE_ROWS = 4_000  # ... and beyond by so many customers; everyone is then assigned


def bounded(data: Distinct, centres: Floats, minimum: int) -> tuple[Integers, Floats, Floats]:
    """Move centres until the assignment of least cost that keeps the minimum moves no more.

    Parameters
    ----------
    data : Distinct
        Equal customers stay together.
    centres : array of shape (n_segments, n_features)
        Where to begin, about the same centre as the rows.
    minimum : int
        Customers that every segment is to have at least.

    Returns
    -------
    labels : array of int, shape (n_distinct,)
        From 0.
    centres : array of shape (n_segments, n_features)
        To which the labels are the cheapest assignment.
    added : array of shape (n_segments,)
        As in :class:`analytics.divisions.Division`: who is not on a border goes where the
        squared distance and this are least.

    Raises
    ------
    NotEnoughData
        If there are too few customers, or too many of them are equal.

    References
    ----------
    Bradley, Bennett and Demiriz 2000, Constrained k-means clustering, MSR-TR-2000-65.
    """
    rows, weights = np.ascontiguousarray(data.rows.T), data.weights
    if len(rows) > WHOLE_ROWS:
        centres = sampled(data, centres, minimum, _SAMPLE_ROWS)[0]
        labels = assigned(_squares(centres, rows), weights, minimum)
    else:
        labels, centres = _moved(rows, weights, centres, minimum)
    return labels, centres, _added(_squares(centres, rows), labels, weights, minimum)


def sampled(data: Distinct, centres: Floats, minimum: int, most: int) -> tuple[Floats, Floats]:
    """Do as :func:`bounded` on some of the customers, so that the rest keep the minimum roughly.

    Returns
    -------
    centres, added
        As from :func:`bounded`.
    """
    drawn, weights = np.arange(data.size), data.weights
    if data.size > most:
        drawn, weights = systematic(data.weights, most, 0)
    rows = np.ascontiguousarray(data.rows[:, drawn].T)
    least = max(1, int(minimum * weights.sum() / data.weights.sum()))
    labels, centres = _moved(rows, weights, centres, least)
    return centres, _added(_squares(centres, rows), labels, weights, least)


def _squares(centres: Floats, rows: Floats) -> Floats:
    return powers(centres, np.zeros(len(centres)), rows)


def _moved(rows: Floats, weights: Floats, centres: Floats, minimum: int) -> tuple[Integers, Floats]:
    """Iterate; the cost falls with every turn, so it ends."""
    labels = assigned(_squares(centres, rows), weights, minimum)
    for _ in range(_ITERATIONS):
        sizes = np.bincount(labels, weights=weights, minlength=len(centres))
        sums = [np.bincount(labels, column * weights, len(centres)) for column in rows.T]
        moved = np.array(sums).T / sizes[:, None]
        after = assigned(_squares(moved, rows), weights, minimum)
        centres = moved
        if (after == labels).all():
            break
        labels = after
    return labels, centres


class _Moves:
    """The cheapest row to move from each segment to each other, as rows are moved.

    Attributes
    ----------
    edges : array of shape (n_segments, n_segments)
        What the cheapest move costs, from the row's segment to the column's.
    rows : array of int, as ``edges``
    """

    def __init__(self, costs: Floats, labels: Integers) -> None:
        self.costs, self.labels = costs, labels
        self.count = costs.shape[1]
        self.edges = np.full((self.count, self.count), np.inf)
        self.rows = np.full((self.count, self.count), -1)
        self._queues: dict[tuple[int, int], tuple[Floats, Integers]] = {}
        self._begun: dict[tuple[int, int], int] = {}
        self._late: dict[tuple[int, int], list[tuple[float, int]]] = {}
        self._left = np.zeros(len(labels), dtype=bool)  # rows that are not where they began
        for own in range(self.count):
            mine = np.flatnonzero(labels == own)
            for other in self._others(own):
                gaps = costs[mine, other] - costs[mine, own]
                order = np.argsort(gaps, kind="stable")
                self._queues[own, other] = gaps[order], mine[order]
                self._begun[own, other], self._late[own, other] = 0, []
            self._renew(own)

    def _others(self, own: int) -> list[int]:
        return [other for other in range(self.count) if other != own]

    def _cheapest(self, own: int, other: int) -> tuple[float, int]:
        gaps, rows = self._queues[own, other]
        at = self._begun[own, other]
        while at < len(rows) and self._left[rows[at]]:
            at += 1
        self._begun[own, other] = at
        late = self._late[own, other]
        while late and self.labels[late[0][1]] != own:
            heapq.heappop(late)
        first = (float(gaps[at]), int(rows[at])) if at < len(rows) else (np.inf, -1)
        return min(first, late[0]) if late else first

    def _renew(self, own: int) -> None:
        for other in self._others(own):
            self.edges[own, other], self.rows[own, other] = self._cheapest(own, other)

    def move(self, chain: list[tuple[int, int]]) -> None:
        """Move rows to other segments."""
        touched = {other for _, other in chain} | {int(self.labels[row]) for row, _ in chain}
        for row, other in chain:
            self._left[row] = True
            self.labels[row] = other
            for next_ in self._others(other):
                gap = float(self.costs[row, next_] - self.costs[row, other])
                heapq.heappush(self._late[other, next_], (gap, row))
        for own in touched:
            self._renew(own)


def assigned(costs: Floats, weights: Floats, minimum: int) -> Integers:
    """Assign rows at the least cost so that every segment gets its minimum.

    It begins with the cheapest segment of everyone and fills up what is short along the cheapest
    chains of moves from what has more than enough: a minimum-cost flow by successive shortest
    paths, which is the optimum where every row is one customer. Rows of several customers move
    as a whole; where a chain would not help for that reason, the cheapest single move is taken.

    Parameters
    ----------
    costs : array of shape (n_rows, n_segments)
    weights : array of shape (n_rows,)
        Customers of each row.
    minimum : int

    Raises
    ------
    NotEnoughData

    References
    ----------
    Ahuja, Magnanti and Orlin 1993, Network Flows, section 9.7.
    """
    count, everyone = costs.shape[1], int(weights.sum())
    if everyone < count * minimum:
        raise NotEnoughData(
            f"{count} segments of at least {minimum:,} customers need {count * minimum:,}"
            f" customers, and there are {everyone:,}.",
            f"Choose a minimum of at most {everyone // count:,}, or merge segments first.",
        )
    labels: Integers = costs.argmin(axis=1).astype(np.int64)
    sizes = np.bincount(labels, weights=weights, minlength=count).astype(np.float64)
    moves = _Moves(costs, labels)
    while (sizes < minimum).any():
        lacking = np.maximum(minimum - sizes, 0).sum()
        chain = _chain(moves, sizes, minimum)
        after = sizes.copy()
        for row, other in chain:
            after[labels[row]] -= weights[row]
            after[other] += weights[row]
        if not chain or np.maximum(minimum - after, 0).sum() >= lacking:
            chain = _single(costs, labels, weights, sizes, minimum)
        for row, other in chain:
            sizes[labels[row]] -= weights[row]
            sizes[other] += weights[row]
        moves.move(chain)
    return labels


def _paths(edges: Floats, away: Floats) -> tuple[Floats, Integers]:
    """Shorten distances along edges as far as they go; no cycle of them is negative."""
    away, before = away.copy(), np.full(len(away), -1)
    for _ in range(len(away)):
        through = away[:, None] + edges
        nearer = through.min(axis=0) < away - 1e-12
        if not nearer.any():
            break
        before[nearer] = through.argmin(axis=0)[nearer]
        away = np.where(nearer, through.min(axis=0), away)
    return away, before


def _chain(moves: _Moves, sizes: Floats, minimum: int) -> list[tuple[int, int]]:
    """List the moves of the cheapest chain from a segment with more than enough to one short."""
    away, before = _paths(moves.edges, np.where(sizes > minimum, 0.0, np.inf))
    at = int(np.where(sizes < minimum, away, np.inf).argmin())
    chain: list[tuple[int, int]] = []
    while before[at] >= 0 and len(chain) < moves.count:
        own = int(before[at])
        chain.append((int(moves.rows[own, at]), at))
        at = own
    return chain


def _single(
    costs: Floats, labels: Integers, weights: Floats, sizes: Floats, minimum: int
) -> list[tuple[int, int]]:
    """Take the cheapest move of a row that its own segment can spare."""
    free = np.flatnonzero(sizes[labels] - weights >= minimum)
    short = np.flatnonzero(sizes < minimum)
    if not len(free):
        raise NotEnoughData(
            f"No way was found to give every segment {minimum:,} customers: customers with the"
            " same values stay together, and some of these groups are too large to be moved.",
            "Choose a smaller minimum, merge segments first, or choose more features.",
        )
    gaps = costs[np.ix_(free, short)] - costs[free, labels[free]][:, None]
    row, other = np.unravel_index(int(gaps.argmin()), gaps.shape)
    return [(int(free[row]), int(short[other]))]


def _added(costs: Floats, labels: Integers, weights: Floats, minimum: int) -> Floats:
    """Give the prices under which everyone is where they cost least, as far as there are any.

    What has more than enough is not held back. The mean of the extreme prices is as far from all
    bounds as they allow, so that nobody is on a border who need not be.
    """
    count = costs.shape[1]
    edges = _Moves(costs, labels.copy()).edges
    spare = np.bincount(labels, weights=weights, minlength=count) > minimum
    edges[np.ix_(spare, spare)] = np.minimum(edges[np.ix_(spare, spare)], 0.0)
    prices = np.zeros(count)
    for begin in range(count):
        only = np.where(np.arange(count) == begin, 0.0, np.inf)
        prices += (_paths(edges, only)[0] - _paths(edges.T, only)[0]) / (2 * count)
    return np.asarray(prices.max() - prices)

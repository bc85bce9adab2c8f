"""Search along the ladder of k: solutions for k - 1 and k + 1 improve the one for k."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.engine.lloyd import MOST_ITERATIONS, lloyd
from analytics.engine.seeding import best_start, trials
from analytics.engine.threads import deal, spread

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]

_ROUNDS = 40
_GAIN = 1e-9  # relative; less is rounding
_PROGRESS = 1e-5  # relative; rounds that gain less are not worth another
_SAME = 1e-4  # relative difference of WCSS within which two starts found the same solution
_SETTLED = 1e-5  # of the variance; a search need not follow every start to its last change
_STRICT_ROWS = 2_000  # ... except where that costs nothing
_SHARED_WORK = 4_000  # rows x features below which a move takes no longer than to hand it out
_MERGES = 3
_RIVALS = 4  # partitions that are remembered for each k
_FIRST, _AGREED = 10, 8  # where so many of the first starts agree, the others are spared
_SURE = 12  # times that a solution is found after which its k is left alone
_PATIENCE, _PATIENCE_STRICT = 2, 10  # rounds in a row without progress that end the search


@dataclass(frozen=True)
class Solution:
    """The best partition found for one k.

    Attributes
    ----------
    centres : array of shape (n_segments, n_features)
    labels : array of int, shape (n_rows,)
    wcss : float
    starts, found : int
        Independent starts, and how many of them alone reached this WCSS.
    rivals : tuple of array
        Centres of the next best partitions, which other rows may prefer.
    """

    centres: Floats
    labels: Labels
    wcss: float
    starts: int = 0
    found: int = 0
    rivals: tuple[Floats, ...] = ()


def climb(
    rows: Floats,
    weights: Floats,
    counts: range,
    *,
    starts: int,
    seed: int,
    threads: int | None = None,
    told: Callable[[float], None] = lambda _: None,
) -> dict[int, Solution]:
    """Find the best partition for every k of a range.

    A number of greedy k-means++ starts for each k come first. Then rounds of three moves, each
    iterated to its end: growing (the best of k - 1 with one more centre), merging (the best of
    k + 1 with two of its centres made one, the pairs of least Ward distance first) and swapping
    (merging and growing the best of k itself), until nothing improves.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
    weights : array of shape (n_rows,)
    counts : range
        Consecutive numbers of segments, below the number of distinct rows.
    starts : int
        Independent starts for each k at most; fewer where the first ones agree.
    seed : int
    threads : int, optional
        Cores to use, which changes nothing but the time.
    told : callable
        Takes the share of the search that is done.

    References
    ----------
    Arthur and Vassilvitskii 2007 (k-means++); Fränti 2018 (random swap),
    doi:10.1186/s40537-018-0122-y.
    """
    features, size = rows.shape
    ladder = range(max(2, counts[0] - 1), min(counts[-1] + 1, size) + 1)
    nothing, none = np.empty((0, features)), np.empty((0, 0, 0))
    tolerance = 0.0 if size <= _STRICT_ROWS else _SETTLED * float(rows.var(axis=1).mean())
    hand_out = deal if size * features < _SHARED_WORK else spread

    random = {k: np.random.default_rng([seed, k]) for k in ladder}

    def start(piece: tuple[int, Floats, Floats]) -> tuple[Floats, Labels, Floats]:
        k, base, draws = piece
        return best_start(rows, weights, base, k, draws, MOST_ITERATIONS, tolerance)

    best: dict[int, Solution] = {}
    rivals: dict[int, list[tuple[float, Floats]]] = {k: [] for k in ladder}
    alone: dict[int, list[float]] = {k: [] for k in ladder}
    first = min(_FIRST, starts)
    for many in (first, starts - first):
        half = -(-many // 2)
        pieces = [
            (k, nothing, random[k].random((size_, k, trials(k))))
            for k in reversed(ladder)
            for size_ in (half, many - half)
            if size_ and (not alone[k] or _times(alone[k], min(alone[k])) < _AGREED)
        ]
        started = spread(start, pieces, threads)
        for (k, *_), (centres, labels, wcss) in zip(pieces, started, strict=True):
            alone[k] += wcss.tolist()
            _keep(best, k, centres, labels, float(wcss.min()))
            _remember(rivals[k], centres, float(wcss.min()))
    told(0.5)

    def move(piece: tuple[int, Floats, Floats]) -> tuple[Floats, Labels, float]:
        k, base, _ = piece
        if len(base) == k:
            centres = base.copy()
            labels, wcss = lloyd(rows, weights, centres, MOST_ITERATIONS, tolerance)
            return centres, labels, wcss
        centres, labels, found = start(piece)
        return centres, labels, float(found[0])

    patience = _PATIENCE if tolerance else _PATIENCE_STRICT
    stale, tried, changed = 0, dict.fromkeys(ladder, np.inf), dict.fromkeys(ladder, True)
    merges: dict[int, list[Floats]] = {}
    seen = {k: list(wcss) for k, wcss in alone.items()}
    for turn in range(_ROUNDS):
        for k in ladder:
            if changed[k]:
                merges[k] = _merges(best[k], weights)
        moves: list[tuple[int, Floats, Floats]] = []
        for k in reversed(ladder):
            if _times(seen[k], min(seen[k])) >= _SURE:
                continue
            if k - 1 in best:
                moves.append((k, best[k - 1].centres, random[k].random((1, k, trials(k)))))
            if k + 1 in best and best[k + 1].wcss < tried[k]:
                tried[k] = best[k + 1].wcss
                moves += [(k, base, none) for base in merges[k + 1][:_MERGES]]
            if k > 2:
                base = merges[k][turn % len(merges[k])]
                moves.append((k, base, random[k].random((1, k, trials(k)))))
        gained, changed = False, dict.fromkeys(ladder, False)
        for (k, *_), result in zip(moves, hand_out(move, moves, threads), strict=True):
            before = best[k].wcss
            seen[k].append(result[2])
            _keep(best, k, *result)
            _remember(rivals[k], result[0], result[2])
            changed[k] |= best[k].wcss < before
            gained |= k in counts and best[k].wcss < before * (1 - _PROGRESS)
        told(0.5 + 0.5 * (turn + 1) / _ROUNDS)
        stale = 0 if gained else stale + 1
        if stale == patience:
            break
    if tolerance:
        tolerance = 0.0
        polish = [(k, best[k].centres, none) for k in reversed(counts)]
        for (k, *_), result in zip(polish, spread(move, polish, threads), strict=True):
            best[k] = Solution(*result)
    return {
        k: replace(
            best[k],
            starts=len(alone[k]),
            found=_times(alone[k], best[k].wcss),
            rivals=tuple(centres for _, centres in rivals[k][1:]),
        )
        for k in counts
    }


def _times(found: list[float], wcss: float) -> int:
    """Count how often a WCSS was found."""
    return int(np.count_nonzero(np.array(found) <= wcss * (1 + _SAME)))


def _keep(best: dict[int, Solution], k: int, centres: Floats, labels: Labels, wcss: float) -> None:
    if k not in best or wcss < best[k].wcss * (1 - _GAIN):
        best[k] = Solution(centres, labels, wcss)


def _remember(rivals: list[tuple[float, Floats]], centres: Floats, wcss: float) -> None:
    """Keep the few best partitions that differ, the best first."""
    if any(abs(other - wcss) <= _SAME * wcss for other, _ in rivals):
        return
    rivals.append((wcss, centres))
    rivals.sort(key=lambda rival: rival[0])
    del rivals[_RIVALS:]


def _merges(solution: Solution, weights: Floats) -> list[Floats]:
    """Make two centres one, in the ways that cost least by Ward's formula."""
    centres = solution.centres
    sizes = np.bincount(solution.labels, weights=weights, minlength=len(centres))
    first, second = np.triu_indices(len(centres), 1)
    gaps = ((centres[first] - centres[second]) ** 2).sum(axis=1)
    cost = sizes[first] * sizes[second] / (sizes[first] + sizes[second]) * gaps
    merged = []
    for pair in np.argsort(cost, kind="stable")[:_ROUNDS]:
        one, two = first[pair], second[pair]
        base = centres.copy()
        base[one] = sizes[one] * base[one] + sizes[two] * base[two]
        base[one] /= sizes[one] + sizes[two]
        base[two] = base[-1]
        merged.append(base[:-1])
    return merged

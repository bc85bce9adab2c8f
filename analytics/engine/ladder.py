"""Search along the ladder of k: solutions for k - 1 and k + 1 improve the one for k."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.engine.lloyd import MOST_ITERATIONS
from analytics.engine.seeding import iterate_all, trials
from analytics.engine.threads import deal, spread

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Labels = NDArray[np.int32]

_ROUNDS = 40
_GAIN = 1e-9  # relative; less is rounding
_PROGRESS = 1e-5  # relative; rounds that gain less are not worth another
_SAME = 1e-4  # relative difference of WCSS within which two starts found the same solution
_SETTLED = 1e-5  # of the variance; a search need not follow every start to its last change
_STRICT_ROWS = 2_000  # ... except where that costs nothing
_SHARED_WORK = 4_000  # rows x features below which a move takes no longer than to hand it out
_MERGES = 3
_RIVALS = 4  # partitions that are remembered for each k ...
_NEAR = 0.02  # ... of which others may prefer those whose WCSS is so near the best, relatively
_FIRST, _AGREED = 10, 8  # where so many of the first starts agree, the others are spared
_LOW, _HIGH_STARTS = 5, 20  # above so many segments, moves find more than further starts do
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


@dataclass(frozen=True)
class _Tries:
    """Sets of centres of one k that are to be completed and iterated."""

    k: int
    centres: Floats
    given: Integers
    draws: Floats

    @classmethod
    def fresh(cls, k: int, features: int, many: int, random: np.random.Generator) -> "_Tries":
        given = np.zeros(many, dtype=np.int64)
        return cls(k, np.empty((many, k, features)), given, random.random((many, k, trials(k))))

    @classmethod
    def of(cls, k: int, bases: list[Floats], random: np.random.Generator) -> "_Tries":
        given = np.array([len(base) for base in bases])
        centres = np.empty((len(bases), k, bases[0].shape[1]))
        for place, base in enumerate(bases):
            centres[place, : len(base)] = base
        return cls(k, centres, given, random.random((len(bases), k, trials(k))))


class _Found:
    """The best partition of one k, and the next best that differ from it."""

    best: Solution

    def __init__(self) -> None:
        self.rivals: list[tuple[float, Floats]] = []

    def keep(self, centres: Floats, labels: Labels, wcss: Floats) -> None:
        """Take note of partitions, of which the labels of the best are given."""
        each = wcss.tolist()
        least = min(each)
        if not self.rivals or least < self.best.wcss * (1 - _GAIN):
            self.best = Solution(centres[each.index(least)], labels, least)
        for place, one in enumerate(each):
            if all(abs(other - one) > _SAME * one for other, _ in self.rivals):
                self.rivals.append((one, centres[place]))
        self.rivals.sort(key=lambda rival: rival[0])
        del self.rivals[_RIVALS:]

    def near(self) -> tuple[Floats, ...]:
        """Give the next best that are hardly worse."""
        most = self.best.wcss * (1 + _NEAR)
        return tuple(centres for wcss, centres in self.rivals[1:] if wcss <= most)


class _Merges:
    """A solution with two of its centres made one, the pairs of least Ward distance first."""

    def __init__(self, solution: Solution, weights: Floats) -> None:
        self._centres, many = solution.centres, len(solution.centres)
        self._sizes = np.bincount(solution.labels, weights=weights, minlength=many)
        first, second = np.triu_indices(many, 1)
        gaps = ((self._centres[first] - self._centres[second]) ** 2).sum(axis=1)
        share = (
            self._sizes[first] * self._sizes[second] / (self._sizes[first] + self._sizes[second])
        )
        order = np.argsort(share * gaps, kind="stable")
        self._pairs = np.column_stack((first, second))[order].tolist()

    def __call__(self, place: int) -> Floats:
        """Give the centres after one merge; after the last pair the first comes again."""
        one, two = self._pairs[place % len(self._pairs)]
        sizes, base = self._sizes, self._centres.copy()
        base[one] = (sizes[one] * base[one] + sizes[two] * base[two]) / (sizes[one] + sizes[two])
        base[two] = base[-1]
        return base[:-1]


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
    tolerance = 0.0 if size <= _STRICT_ROWS else _SETTLED * float(rows.var(axis=1).mean())
    hand_out = deal if size * features < _SHARED_WORK else spread

    random = {k: np.random.default_rng([seed, k]) for k in ladder}
    found: dict[int, _Found] = {k: _Found() for k in ladder}

    def work(tries: "_Tries") -> tuple[Labels, Floats]:
        return iterate_all(
            rows, weights, tries.centres, tries.given, tries.draws, MOST_ITERATIONS, tolerance
        )

    alone: dict[int, list[float]] = {k: [] for k in ladder}
    planned = {k: starts if k <= _LOW else min(starts, _HIGH_STARTS) for k in ladder}
    for upto in (_FIRST, starts):
        missing = {
            k: min(upto, planned[k]) - len(alone[k])
            for k in reversed(ladder)
            if not alone[k] or _times(alone[k], min(alone[k])) < _AGREED
        }
        pieces = [
            _Tries.fresh(k, features, part, random[k])
            for k, many in missing.items()
            for part in ((many + 1) // 2, many // 2)
            if part
        ]
        for tries, (labels, wcss) in zip(pieces, hand_out(work, pieces, threads), strict=True):
            alone[tries.k] += wcss.tolist()
            found[tries.k].keep(tries.centres, labels, wcss)
    told(0.5)

    patience = _PATIENCE if tolerance else _PATIENCE_STRICT
    stale, tried, changed = 0, dict.fromkeys(ladder, np.inf), dict.fromkeys(ladder, True)
    merges: dict[int, _Merges] = {}
    seen = {k: list(wcss) for k, wcss in alone.items()}
    for turn in range(_ROUNDS):
        for k in ladder:
            if changed[k]:
                merges[k] = _Merges(found[k].best, weights)
        moves = []
        for k in reversed(ladder):
            if _times(seen[k], min(seen[k])) >= _SURE:
                continue
            bases = []
            if k - 1 in found:
                bases.append(found[k - 1].best.centres)
            bases.append(merges[k](turn))
            if k + 1 in found and found[k + 1].best.wcss < tried[k]:
                tried[k] = found[k + 1].best.wcss
                bases += [merges[k + 1](place) for place in range(_MERGES)]
            if bases:
                moves.append(_Tries.of(k, bases, random[k]))
        gained, changed = False, dict.fromkeys(ladder, False)
        for tries, (labels, wcss) in zip(moves, hand_out(work, moves, threads), strict=True):
            k, before = tries.k, found[tries.k].best.wcss
            seen[k] += wcss.tolist()
            found[k].keep(tries.centres, labels, wcss)
            changed[k] = found[k].best.wcss < before
            gained |= k in counts and found[k].best.wcss < before * (1 - _PROGRESS)
        told(0.5 + 0.5 * (turn + 1) / _ROUNDS)
        stale = 0 if gained else stale + 1
        if stale == patience:
            break
    if tolerance:
        tolerance = 0.0
        polish = [_Tries.of(k, [found[k].best.centres], random[k]) for k in reversed(counts)]
        for tries, (labels, wcss) in zip(polish, spread(work, polish, threads), strict=True):
            found[tries.k].best = Solution(tries.centres[0], labels, float(wcss[0]))
    return {
        k: replace(
            found[k].best,
            starts=len(alone[k]),
            found=_times(alone[k], found[k].best.wcss),
            rivals=found[k].near(),
        )
        for k in counts
    }


def _times(found: list[float], wcss: float) -> int:
    """Count how often a WCSS was found."""
    most = wcss * (1 + _SAME)
    return sum(one <= most for one in found)

"""The best k-means partitions for a range of k, at any size."""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from analytics.engine.distinct import Distinct
from analytics.engine.ladder import Solution, climb
from analytics.engine.lloyd import lloyd, lloyd_together
from analytics.engine.sampling import systematic
from analytics.engine.threads import spread
from analytics.indices import centroids
from analytics.one_dimension import optimal_cuts
from analytics.progress import Progress, part, silent

Floats = NDArray[np.float64]

WHOLE_ROWS = 20_000  # distinct rows up to which the search itself runs on everyone
SAMPLE_ROWS = 5_000
_SAMPLES = 2
_TOGETHER_ROWS = 300_000  # above, the cores share the rows of one k; below, each takes a k
_LOOK_ROWS = 25_000  # rows that candidates are first judged by ...
_LOOKS = 2  # ... after so many iterations on them:
_EQUAL, _NEAR = 1e-4, 3e-3  # those as good as a better one go, and those far behind the best
_TRIED = 2  # iterations after which the worse half of the others goes; doubled each time
_FINISH = 100  # iterations over everyone at most ...
_SETTLED = 1e-6  # ... or until the centres move less than this share of the variance


def starts(rows: int) -> int:
    """Give the number of independent starts for so many distinct rows."""
    return 50 if rows <= 1_000 else 20 if rows <= 3_000 else 6


def search(
    data: Distinct,
    counts: range,
    *,
    seed: int,
    threads: int | None = None,
    progress: Progress = silent,
) -> dict[int, Solution]:
    """Find the best partition for every k.

    One feature is solved exactly. Up to ``WHOLE_ROWS`` distinct rows the ladder is climbed on
    all; above, on samples of ``SAMPLE_ROWS`` customers, and the best solution for each k, judged
    on everyone, is then iterated over everyone.

    Parameters
    ----------
    data : Distinct
    counts : range
        Each below the number of distinct rows.
    seed : int
    threads : int, optional
        Cores to use, which changes nothing but the time.
    progress : callable

    Returns
    -------
    dict of int to Solution
        With as many labels as there are distinct rows; the WCSS is that of weights of which the
        least is 1.
    """
    # Copies of everyone must not so much as round differently.
    data = replace(data, weights=data.weights / data.weights.min())
    if len(data.rows) == 1:
        progress(0.0, "Cutting one feature exactly")
        cuts = optimal_cuts(data.rows[0], counts, data.weights)
        return {k: _solved(data, cuts[k].astype(np.int32)) for k in counts}
    if data.size <= WHOLE_ROWS:
        return climb(
            data.rows,
            data.weights,
            counts,
            starts=starts(data.size),
            seed=seed,
            threads=threads,
            told=partial(_tell, progress, "Searching every number of segments"),
        )
    candidates: dict[int, list[Solution]] = {k: [] for k in counts}
    for sample in range(_SAMPLES):
        told = part(progress, 0.3 * sample / _SAMPLES, 0.3 * (sample + 1) / _SAMPLES)
        drawn, weights = systematic(data.weights, SAMPLE_ROWS, seed + sample)
        doing = f"Searching on sample {sample + 1} of {_SAMPLES}, {SAMPLE_ROWS:,} customers"
        found = climb(
            np.ascontiguousarray(data.rows[:, drawn]),
            weights,
            counts,
            starts=starts(SAMPLE_ROWS),
            seed=seed + sample,
            threads=threads,
            told=partial(_tell, told, doing),
        )
        for k in counts:
            candidates[k].append(found[k])
    return _finish(data, candidates, seed, threads, part(progress, 0.3, 1.0))


def _finish(
    data: Distinct,
    candidates: dict[int, list[Solution]],
    seed: int,
    threads: int | None,
    progress: Progress,
) -> dict[int, Solution]:
    drawn, times = systematic(data.weights, _LOOK_ROWS, seed)
    some = np.ascontiguousarray(data.rows[:, drawn])
    tolerance = _SETTLED * data.total / data.rows.size
    everyone = f"{len(data.place):,} customers"
    done: list[int] = []

    def finish(k: int, together: bool) -> Solution:
        iterate = lloyd_together if together else lloyd
        left = [one.copy() for each in candidates[k] for one in (each.centres, *each.rivals)]
        left = _promising(left, [lloyd(some, times, one, _LOOKS, 0.0)[1] for one in left])
        turns = _TRIED
        while len(left) > 1:
            after = [iterate(data.rows, data.weights, one, turns, 0.0)[1] for one in left]
            left = [left[place] for place in np.argsort(after, kind="stable")[: len(left) // 2]]
            turns *= 2
        centres = left[0]
        labels, wcss = iterate(data.rows, data.weights, centres, _FINISH, tolerance)
        done.append(k)
        progress(len(done) / len(candidates), f"Finished {k} segments on all {everyone}")
        best = min(candidates[k], key=lambda solution: solution.wcss)
        return Solution(centres, labels.astype(np.int16), wcss, best.starts, best.found)

    if data.size > _TOGETHER_ROWS:
        return {k: finish(k, together=True) for k in candidates}
    order = sorted(candidates, reverse=True)
    finished = spread(lambda k: finish(k, together=False), order, threads)
    by_count = dict(zip(order, finished, strict=True))
    return {k: by_count[k] for k in candidates}


def _promising(candidates: list[Floats], wcss: list[float]) -> list[Floats]:
    """Keep those that are near the best, one of each that are equally good."""
    kept: list[Floats] = []
    reached = -np.inf
    for place in np.argsort(wcss, kind="stable"):
        if wcss[place] > min(wcss) * (1 + _NEAR):
            break
        if wcss[place] > reached * (1 + _EQUAL):
            kept.append(candidates[place])
            reached = wcss[place]
    return kept


def _solved(data: Distinct, labels: NDArray[np.int32]) -> Solution:
    centres, _, wcss = centroids(data.rows, data.weights, labels)
    return Solution(centres, labels, wcss)


def _tell(progress: Progress, doing: str, share: float) -> None:
    progress(share, doing)

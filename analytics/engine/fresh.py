"""K-means from a few fresh starts, for the many small fits that resampling asks for."""

import numpy as np
from numpy.typing import NDArray

from analytics.engine.lloyd import MOST_ITERATIONS
from analytics.engine.seeding import iterate_all, least_wcss, trials
from analytics.indices import centroids
from analytics.one_dimension import optimal_cuts

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]
Fit = tuple[Floats, Labels, float]  # centres, the label of each row, WCSS

_STRICT_ROWS = 2_000  # above, iterations end when hardly anything moves
_SETTLED = 1e-5  # of the variance


def draw(counts: range, starts: int, random: np.random.Generator) -> dict[int, Floats]:
    """Draw the random numbers that :func:`fit` starts from, for each k."""
    return {k: random.random((starts, k, trials(k))) for k in counts}


def fit(rows: Floats, weights: Floats, draws: dict[int, Floats]) -> dict[int, Fit]:
    """Find a partition for each k, the best of a few greedy k-means++ starts.

    One feature is solved exactly. A k that exceeds the number of distinct rows leaves segments
    empty.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
    weights : array of shape (n_rows,)
    draws : dict of int to array
        As from :func:`draw`, by ascending k.
    """
    if len(rows) == 1:
        distinct = len(np.unique(rows))
        cuts = optimal_cuts(rows[0], range(1, min(max(draws), distinct) + 1), weights)
        return {k: _cut(rows, weights, cuts[min(k, distinct)].astype(np.int32)) for k in draws}
    tolerance = _tolerance(rows)
    found = {}
    for k, uniform in draws.items():
        centres, given = np.empty((len(uniform), k, len(rows))), np.zeros(len(uniform), np.int64)
        labels, wcss = iterate_all(
            rows, weights, centres, given, uniform, MOST_ITERATIONS, tolerance
        )
        found[k] = centres[wcss.argmin()], labels, float(wcss.min())
    return found


def least(rows: Floats, weights: Floats, draws: dict[int, Floats]) -> Floats:
    """Give only the WCSS of what :func:`fit` finds, for each k in turn."""
    if len(rows) == 1:
        return np.array([wcss for _, _, wcss in fit(rows, weights, draws).values()])
    most = max(draws)
    together = np.zeros((len(draws), len(draws[most]), most, trials(most)))
    for place, uniform in enumerate(draws.values()):
        together[place, :, : uniform.shape[1], : uniform.shape[2]] = uniform
    counts = np.array(list(draws))
    return least_wcss(rows, weights, counts, together, MOST_ITERATIONS, _tolerance(rows))


def _tolerance(rows: Floats) -> float:
    if rows.shape[1] <= _STRICT_ROWS:
        return 0.0
    return _SETTLED * float(rows.var(axis=1).mean())


def _cut(rows: Floats, weights: Floats, labels: Labels) -> Fit:
    centres, _, wcss = centroids(rows, weights, labels)
    return centres, labels, wcss

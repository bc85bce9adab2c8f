"""Whether other algorithms find the same segments."""

import numpy as np
import pandas as pd

from analytics.algorithms import Task, run
from analytics.algorithms.comparison import adjusted_rand
from analytics.algorithms.rows import drawn
from analytics.progress import Progress, part, silent

ROWS = 2_000
ALGORITHMS = ("ward", "mixture")


def agreement(
    matrix: pd.DataFrame,
    labels: pd.DataFrame,
    *,
    seed: int = 42,
    progress: Progress = silent,
) -> pd.DataFrame:
    """Compare partitions with those of agglomeration and of Gaussian mixtures for the same k.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
    labels : DataFrame of int, shape (n_customers, n_counts), columns are consecutive k as text
        Segments from 1; a single column is compared soonest.
    seed : int
        Of the up to ``ROWS`` customers that are compared, and of the mixtures.
    progress : callable, optional

    Returns
    -------
    DataFrame indexed by ``k``
        ``ward`` and ``mixture``: adjusted Rand index, 1 for the same partition, 0 for no more than
        chance.

    Raises
    ------
    NotEnoughData
        If there are not more distinct rows than the largest k.

    References
    ----------
    Hubert and Arabie 1985, doi:10.1007/BF01908075.
    """
    kept = drawn(len(matrix), ROWS, seed)
    counts = pd.Index(labels.columns.astype(int), name="k")
    task = Task(
        matrix.iloc[kept].reset_index(drop=True),
        range(int(counts.min()), int(counts.max()) + 1),
        seed=seed,
    )
    own = {k: labels[str(k)].to_numpy(dtype=np.int64)[kept] for k in counts}
    indices = {}
    for step, name in enumerate(ALGORITHMS):
        share = 1 / len(ALGORITHMS)
        found = run(name, task, part(progress, step * share, (step + 1) * share)).partitions
        indices[name] = [
            adjusted_rand(own[k], found[str(k)].to_numpy(dtype=np.int64)) for k in counts
        ]
    return pd.DataFrame(indices, index=counts)

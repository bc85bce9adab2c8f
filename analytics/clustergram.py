"""How segments split as k grows."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.integer]


def clustergram(
    rows: Floats, weights: Floats, partitions: dict[int, Labels]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Place every segment of every k, and count who moves between them.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
        Centred.
    weights : array of shape (n_rows,)
    partitions : dict of int to array of int, shape (n_rows,)
        Labels from 0 for each k, ascending.

    Returns
    -------
    segments : DataFrame indexed by (``k``, ``segment``)
        ``height``: mean score on the first principal component, in the units of the features;
        ``customers``.
    flows : DataFrame
        ``k``, ``segment`` at that k, ``before``: segment at the k before, ``customers`` who are
        in both.

    References
    ----------
    Schonlau 2002, doi:10.1177/1536867X0200200405, with the height by principal component.
    """
    _, axes = np.linalg.eigh(np.einsum("fr,gr,r->fg", rows, rows, weights))
    main = axes[:, -1]
    # The sign of a component is arbitrary: the feature that weighs most points up.
    upward = main * np.sign(main[np.argmax(np.abs(main))])
    weighted = weights * np.einsum("f,fr->r", upward, rows)
    segments, flows, before = [], [], None
    for k, labels in partitions.items():
        sizes = np.bincount(labels, weights=weights, minlength=k)
        heights = np.bincount(labels, weights=weighted, minlength=k) / sizes
        segments += [
            (k, segment + 1, heights[segment], sizes[segment]) for segment in range(len(sizes))
        ]
        if before is not None:
            wide = int(labels.max()) + 1
            shared = np.bincount(before.astype(np.int64) * wide + labels, weights=weights)
            flows += [
                (k, code % wide + 1, code // wide + 1, shared[code])
                for code in np.flatnonzero(shared)
            ]
        before = labels
    placed = pd.DataFrame(segments, columns=["k", "segment", "height", "customers"])
    moved = pd.DataFrame(flows, columns=["k", "segment", "before", "customers"])
    return placed.set_index(["k", "segment"]), moved

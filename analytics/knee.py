"""The elbow of a falling curve."""

import numpy as np
import pandas as pd

_PROMINENT = 0.05  # of the unit square; a smooth 1/k curve stays below


def knee(wcss: pd.Series) -> int | None:
    """Find the elbow of the WCSS curve: the k farthest below the chord between its ends.

    Parameters
    ----------
    wcss : Series indexed by ``k``

    Returns
    -------
    int or None
        ``None`` where no k stands out from its neighbours.

    References
    ----------
    Satopää et al. 2011 (Kneedle), doi:10.1109/ICDCSW.2011.20.
    """
    if len(wcss) < 3 or wcss.iloc[0] <= wcss.iloc[-1]:
        return None
    counts = wcss.index.to_numpy(dtype=float)
    along = (counts - counts[0]) / (counts[-1] - counts[0])
    down = ((wcss - wcss.iloc[-1]) / (wcss.iloc[0] - wcss.iloc[-1])).to_numpy()
    depth = 1 - along - down
    place = int(np.argmax(depth))
    if place in (0, len(depth) - 1):
        return None
    prominence = depth[place] - (depth[place - 1] + depth[place + 1]) / 2
    return int(counts[place]) if prominence >= _PROMINENT else None

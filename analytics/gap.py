"""The gap statistic: how much smaller the WCSS is than data without any groups would give."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.engine.fresh import draw, least
from analytics.engine.threads import spread
from analytics.reference import even_box, principal

Floats = NDArray[np.float64]

REFERENCES = 20
_STARTS = 2


def gap_statistic(
    rows: Floats, counts: range, *, seed: int, threads: int | None = None
) -> pd.DataFrame:
    """Compare the WCSS with that of data spread evenly over the same box.

    The box lies along the principal components, so that its shape is that of the data. Data and
    references are searched in the same way.

    Parameters
    ----------
    rows : array of shape (n_features, n_rows)
        Centred; rows may repeat.
    counts : range
        Numbers of segments, from 1.
    seed : int
    threads : int, optional
        Cores to use, which changes nothing but the time.

    Returns
    -------
    DataFrame indexed by ``k``
        ``gap``, in units of log WCSS, higher is better, and ``gap_se``, its standard error from
        the references.

    References
    ----------
    Tibshirani, Walther and Hastie 2001, doi:10.1111/1467-9868.00293, with the reference of its
    section 4 (b).
    """
    random = np.random.default_rng(seed)
    turned = principal(rows)
    draws = draw(counts, _STARTS, random)
    boxes = even_box(turned, REFERENCES, random)

    def logs(along: Floats) -> Floats:
        wcss = least(np.ascontiguousarray(along), np.ones(along.shape[1]), draws)
        return np.log(np.maximum(wcss, np.finfo(float).tiny))

    own, *references = np.array(spread(logs, [turned, *boxes], threads))
    return pd.DataFrame(
        {
            "gap": np.mean(references, axis=0) - own,
            "gap_se": np.std(references, axis=0) * np.sqrt(1 + 1 / REFERENCES),
        },
        index=pd.Index(counts, name="k"),
    )


def smallest_sufficient(gaps: pd.DataFrame) -> int | None:
    """Give the smallest k whose gap is within a standard error of the next one's, if any."""
    enough = gaps["gap"] >= (gaps["gap"] - gaps["gap_se"]).shift(-1)
    return int(enough.idxmax()) if enough.any() else None

"""What an edit costs: in explained variance, in separation and in stability."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analytics import text
from analytics.divisions import Floats, Integers
from analytics.editing.steps import Merge, MinimumSize, Split, Step
from analytics.members import members
from analytics.stability import word
from analytics.trust import Trust


@dataclass(frozen=True)
class Standing:
    """How good segments are as they stand.

    Attributes
    ----------
    segments : int
    smallest : int
        Customers of the smallest segment.
    explained : float
        Share of the sum of squares, in scaled units, that lies between the segments, 0 to 1.
    silhouette, silhouette_se : float
        Mean, -1 to 1, higher is better, and its standard error.
    jaccard, low, high : float or None
        Of the least stable segment: how much of it comes back when customers are drawn anew,
        0 to 1, and where the central 95 % of the draws lie.
    """

    segments: int
    smallest: int
    explained: float
    silhouette: float
    silhouette_se: float
    jaccard: float | None = None
    low: float | None = None
    high: float | None = None


def standing(
    matrix: pd.DataFrame,
    labels: pd.Series,
    silhouettes: pd.Series,
    trust: Trust | None,
    count: int,
) -> Standing:
    """Judge segments.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
    labels : Series of int
        Segments from 1; noise, 0, is left out.
    silhouettes : Series of float
        Of those evaluated.
    trust : Trust or None
        Where they were sought anew.
    count : int
        How many there are, noise left out.
    """
    rows = matrix.to_numpy(dtype=np.float64)
    sizes = np.bincount(labels)[1:]
    error = silhouettes.std(ddof=1) / np.sqrt(len(silhouettes))
    held: dict[str, float] = {}
    if trust is not None:
        table = trust.segments.loc[count]
        worst = table.loc[table["jaccard"].idxmin()]
        held = {name: float(worst[name]) for name in ("jaccard", "low", "high")}
    return Standing(
        count,
        int(sizes.min()),
        explained(rows, labels.to_numpy(dtype=np.int64)),
        float(silhouettes.mean()),
        float(error),
        **held,
    )


def explained(rows: Floats, labels: Integers) -> float:
    """Give the share of the sum of squares that lies between segments, noise left out."""
    rows, labels = rows[labels > 0], labels[labels > 0]
    centred = rows - rows.mean(axis=0)
    total = float((centred**2).sum())
    sizes = np.bincount(labels)
    sums = np.array([np.bincount(labels, column) for column in centred.T])
    between = float(((sums**2).sum(axis=0)[sizes > 0] / sizes[sizes > 0]).sum())
    return between / total if total > 0 else 0.0


def pairs(matrix: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """List the pairs of segments by what merging them would cost, the cheapest first.

    Returns
    -------
    DataFrame
        ``first``, ``second`` (segments) and ``cost`` (share of the sum of squares that would no
        longer be explained).

    References
    ----------
    Ward 1963, doi:10.1080/01621459.1963.10500845.
    """
    rows = matrix.to_numpy(dtype=np.float64)
    kept = (labels > 0).to_numpy()
    centred = rows - rows[kept].mean(axis=0)
    found = members(labels)
    many = len(found.segments)
    sizes = found.sizes.astype(np.float64)
    centres = found.sums(centred)[:many] / sizes[:, None]
    total = float((centred[kept] ** 2).sum())
    one, other = np.triu_indices(many, 1)
    apart = ((centres[one] - centres[other]) ** 2).sum(axis=1)
    cost = sizes[one] * sizes[other] / (sizes[one] + sizes[other]) * apart
    names = np.array(found.segments)
    table = pd.DataFrame(
        {"first": names[one], "second": names[other], "cost": cost / total if total > 0 else cost}
    )
    return table.sort_values("cost", kind="stable", ignore_index=True)


def moved(before: Integers, after: Integers) -> int:
    """Count the customers who leave the one segment that continues theirs."""
    table = pd.crosstab(before[before > 0], after[before > 0]).to_numpy()
    old, new = linear_sum_assignment(table, maximize=True)
    return int(table.sum() - table[old, new].sum())


def sentence(
    step: Step, names: Mapping[int, str], before: Standing, after: Standing, moves: int = 0
) -> str:
    """Say in words what a step does and costs.

    Parameters
    ----------
    step : Step
    names : mapping of int to str
        Of the segments before it; those without one are told by their numbers.
    before, after : Standing
    moves : int
        Customers that a minimum size moves, as from :func:`moved`.
    """
    points = 100 * (after.explained - before.explained)
    direction = "more" if points >= 0 else "less"
    told = (
        f"{_doing(step, names, before, after, moves)} explains {text.number(abs(points), 1)} points"
        f" {direction} variance ({text.percent(before.explained, 1)} →"
        f" {text.percent(after.explained, 1)}); the mean silhouette goes from"
        f" {text.number(before.silhouette, 3)} to"
        f" {text.uncertain(after.silhouette, after.silhouette_se, 3)}"
    )
    if before.jaccard is None or after.jaccard is None or after.low is None or after.high is None:
        return f"{told}. How stable it is, is known of k-means only."
    back, once = text.percent(after.jaccard), text.percent(before.jaccard)
    return (
        f"{told}; of the least stable segment {back} come back when customers are drawn anew,"
        f" {'as before' if back == once else f'instead of {once}'} (95 % of draws:"
        f" {text.percent(after.low)} to {text.percent(after.high)}; {word(after.jaccard)})."
    )


def _doing(
    step: Step, names: Mapping[int, str], before: Standing, after: Standing, moves: int
) -> str:
    match step:
        case Merge(segments):
            return f"Merging {text.listing([_called(one, names) for one in segments])}"
        case Split(segment):
            parts = after.segments - before.segments + 1
            return f"Splitting {_called(segment, names)} into {parts}"
        case MinimumSize(size):
            some = text.count(moves, "customer")
            return f"A minimum of {size:,} moves {some} to another segment and"


def _called(segment: int, names: Mapping[int, str]) -> str:
    return f"{segment} “{names[segment]}”" if segment in names else str(segment)

"""Whether there is any clumping to find, asked before clustering."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from analytics import text
from analytics.errors import NotEnoughData
from analytics.even import Even

FEWEST = 10  # customers
SIGNIFICANT = 0.05
_DRAWS = 99
_SAMPLE = 6_000  # numbers in a sample of customers, which bounds the time ...
_LEAST, _MOST = 200, 1_000  # ... and the customers in it
_REPEATED = 2_000  # numbers; smaller samples are probed several times to lessen the noise ...
_REPETITIONS = 5  # ... but not more often than this

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Clusterability:
    """How much closer together customers lie than evenly spread ones would.

    Attributes
    ----------
    hopkins : float
        From 0 to 1: near a half for evenly spread customers, higher the more they clump.
    low, high : float
        The central 95 % of the statistic's values for evenly spread customers.
    p_value : float
        Share of evenly spread sets that clump at least as much, the customers' own included.
    sampled, customers : int
        How many customers were measured, and how many there are.
    sentence : str
    """

    hopkins: float
    low: float
    high: float
    p_value: float
    sampled: int
    customers: int
    sentence: str


def clusterability(matrix: pd.DataFrame, *, seed: int = 42) -> Clusterability:
    """Compare the customers with evenly spread ones by the Hopkins statistic.

    The evenly spread customers are simulated: as many of them, uniform within the customers'
    extremes in every column and rounded like the customers. A column of two values says nothing
    about spacing, so there they keep the customers' values, dealt out anew; the 0/1 indicators of
    one category, which exclude each other, are dealt together. Values on a regular grid are
    blurred over its cells, in customers and simulation alike: copies of a point have no distance
    to compare. Columns of two values stay sharp, and do not count in the power of the distances,
    as long as there are others. What many customers share in a column without a regular grid
    counts as clumping, and so does correlation.

    Large tables are judged by a random sample. The order of rows and columns does not matter.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
        As from :func:`analytics.prepare.prepare`, without missing values.
    seed : int

    Raises
    ------
    NotEnoughData
        If there are fewer than ``FEWEST`` customers or they do not differ.

    References
    ----------
    Hopkins and Skellam 1954, doi:10.1093/oxfordjournals.aob.a083391; Besag and Diggle 1977
    (tests by simulation), doi:10.2307/2346974.
    """
    if len(matrix) < FEWEST:
        raise NotEnoughData(
            f"Whether customers clump cannot be told from {text.count(len(matrix), 'customer')}.",
            f"Use at least {FEWEST}.",
        )
    rng = np.random.default_rng(seed)
    sample = _sample(matrix.sort_index(axis=1).to_numpy(dtype=np.float64), rng)
    even = Even.like(sample)
    if even is None:
        raise NotEnoughData(
            "The customers hardly differ in the chosen features.",
            "Choose features in which they differ.",
        )
    observed = _averaged(even, even.sample, rng)
    null = np.array([_averaged(even, even.customers(rng), rng) for _ in range(_DRAWS)])
    low, high = (float(limit) for limit in np.quantile(null, [0.025, 0.975]))
    p_value = (1 + int((null >= observed).sum())) / (1 + _DRAWS)
    everyone = text.count(len(matrix), "customer")
    measured = "" if len(sample) == len(matrix) else f", measured on {len(sample):,} of {everyone}"
    sentence = _sentence(observed, (low, high), p_value < SIGNIFICANT, measured)
    return Clusterability(observed, low, high, p_value, len(sample), len(matrix), sentence)


def hopkins(points: Floats, probes: Floats, power: int) -> float:
    """Compute the Hopkins statistic: sum(u^d) / (sum(u^d) + sum(w^d)).

    Here u is the distance from a probe to the nearest point and w that from a point to the
    nearest other point. All points are measured, not a few of them: the textbook's few make the
    distances independent, which a simulated null does not need.

    Parameters
    ----------
    points, probes : array of shape (n_points, n_features)
    power : int
        The power d, in the literature the number of features.

    Returns
    -------
    float
        From 0 to 1; a half where every distance is zero.

    References
    ----------
    Cross and Jain 1982; Wright 2022 (on the power d), doi:10.32614/RJ-2022-055.
    """
    tree = cKDTree(points)
    within = tree.query(points, k=2)[0][:, 1]
    across = tree.query(probes)[0]
    longest = max(within.max(), across.max())
    if longest == 0:
        return 0.5
    within_sum = ((within / longest) ** power).sum()
    across_sum = ((across / longest) ** power).sum()
    return float(across_sum / (across_sum + within_sum))


def _averaged(even: Even, customers: Floats, rng: np.random.Generator) -> float:
    """Average the statistic over probes and blurs."""
    repetitions = min(max(_REPEATED // customers.size, 1), _REPETITIONS)
    values = [
        hopkins(even.blurred(customers, rng), even.blurred(even.probes(rng), rng), even.power)
        for _ in range(repetitions)
    ]
    return float(np.mean(values))


def _sample(values: Floats, rng: np.random.Generator) -> Floats:
    """Draw customers at random, whatever the order in which they come."""
    ordered = values[np.lexsort(values.T)]
    most = min(max(_SAMPLE // values.shape[1], _LEAST), _MOST)
    if len(ordered) <= most:
        return ordered
    return np.asarray(ordered[rng.choice(len(ordered), most, replace=False)])


def _sentence(observed: float, null: tuple[float, float], clumped: bool, measured: str) -> str:
    numbers = (
        f"(Hopkins statistic {text.number(observed, 2)}{measured}; evenly spread customers would"
        f" give {text.number(null[0], 2)} to {text.number(null[1], 2)})"
    )
    if clumped:
        return (
            f"The customers lie closer together than chance would put them {numbers}: there is some"
            " clumping to look for, though one dense or elongated group gives that too, so look at"
            " the silhouette."
        )
    return (
        f"The customers lie no closer together than chance would put them {numbers}: any segments"
        " are likely to be cuts through one cloud rather than natural groups."
    )

"""Whether there is any clumping to find, asked before clustering."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from analytics import text
from analytics.errors import NotEnoughData

FEWEST = 10  # customers
SIGNIFICANT = 0.05
_DRAWS = 99
_SAMPLE = 6_000  # numbers in a sample of customers, which bounds the time ...
_LEAST, _MOST = 200, 1_000  # ... and the customers in it
_REPEATED = 2_000  # numbers; smaller samples are probed several times to lessen the noise ...
_REPETITIONS = 5  # ... but not more often than this
_SAME = 1e-9  # share of a width below which a difference is none
_OFF_GRID = 1e-3  # steps

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


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
    widths = np.ptp(sample, axis=0)
    varying = widths > _SAME * widths.max()
    if not varying.any():
        raise NotEnoughData(
            "The customers hardly differ in the chosen features.",
            "Choose features in which they differ.",
        )
    even = _Even(((sample - sample.min(axis=0)) / widths.max())[:, varying])
    observed = even.hopkins(even.sample, rng)
    null = np.array([even.hopkins(even.customers(rng), rng) for _ in range(_DRAWS)])
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


class _Even:
    """Customers as evenly spread as a sample's extremes, rounding and categories allow.

    Parameters
    ----------
    sample : array of shape (n_customers, n_features)
        Every column begins at 0 and varies.
    """

    def __init__(self, sample: Floats) -> None:
        self.sample = sample
        self._widths = sample.max(axis=0)
        self._steps = np.array([_step(column) for column in sample.T])
        paired = self._steps == self._widths
        self._categories = _categories(sample, np.flatnonzero(paired))
        self._sharp = paired & ~paired.all()

    def customers(self, rng: np.random.Generator) -> Floats:
        """Draw as many customers as the sample has, reaching as far in every column.

        Uniform values that are stretched to given extremes are distributed as uniform values
        that happen to have these extremes.
        """
        shares = rng.random(self.sample.shape)
        shares -= shares.min(axis=0)
        customers = self._placed(shares / shares.max(axis=0))
        for columns in self._categories:
            customers[:, columns] = rng.permutation(self.sample[:, columns])
        return customers

    def hopkins(self, customers: Floats, rng: np.random.Generator) -> float:
        """Average the statistic over probes and blurs."""
        repetitions = min(max(_REPEATED // customers.size, 1), _REPETITIONS)
        power = int((~self._sharp).sum())
        values = [
            hopkins(self._blurred(customers, rng), self._blurred(self._probes(rng), rng), power)
            for _ in range(repetitions)
        ]
        return float(np.mean(values))

    def _probes(self, rng: np.random.Generator) -> Floats:
        probes = self._placed(rng.random(self.sample.shape))
        for columns in self._categories:
            probes[:, columns] = rng.choice(self.sample[:, columns], len(probes))
        return probes

    def _placed(self, shares: Floats) -> Floats:
        """Turn shares of the way through every column, 0 to 1, into values it can take."""
        points = shares * (self._widths + self._steps) - self._steps / 2
        grids = self._steps > 0
        points[:, grids] = np.rint(points[:, grids] / self._steps[grids]) * self._steps[grids]
        return np.asarray(points.clip(0, self._widths))

    def _blurred(self, points: Floats, rng: np.random.Generator) -> Floats:
        steps = np.where(self._sharp, 0.0, self._steps)
        return np.asarray(points + (rng.random(points.shape) - 0.5) * steps)


def _sample(values: Floats, rng: np.random.Generator) -> Floats:
    """Draw customers at random, whatever the order in which they come."""
    ordered = values[np.lexsort(values.T)]
    most = min(max(_SAMPLE // values.shape[1], _LEAST), _MOST)
    if len(ordered) <= most:
        return ordered
    return np.asarray(ordered[rng.choice(len(ordered), most, replace=False)])


def _step(values: Floats) -> float:
    """Give the step of the regular grid that the values of a column lie on, 0 without one."""
    distinct = np.unique(values)
    width = distinct[-1] - distinct[0]
    gaps = np.diff(distinct)
    cells = np.rint(width / gaps[gaps > _SAME * width].min())
    places = (distinct - distinct[0]) / width * cells
    regular = np.abs(places - np.rint(places)).max() < _OFF_GRID
    return float(width / cells) if regular else 0.0


def _categories(sample: Floats, columns: Integers) -> list[Integers]:
    """Group columns of two values such that those whose higher values exclude each other meet."""
    high = (sample[:, columns] > 0).astype(np.float64)
    count, groups = connected_components(high.T @ high == 0)
    return [columns[groups == group] for group in range(count)]


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

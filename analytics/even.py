"""Customers spread evenly over the extremes of others, on the same grid of values."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

_SAME = 1e-9  # share of a width below which a difference is none
_OFF_GRID = 1e-3  # steps

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Even:
    """Customers as evenly spread as a sample's extremes, rounding and categories allow.

    Values on a regular grid stay on it; a column of two values, and the 0/1 indicators of one
    category together, are dealt out anew.

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

    @classmethod
    def like(cls, sample: Floats) -> "Even | None":
        """Take the columns in which a sample varies, by its greatest width; nothing if none do."""
        widths = np.ptp(sample, axis=0)
        varying = widths > _SAME * widths.max()
        if not varying.any():
            return None
        return cls(((sample - sample.min(axis=0)) / widths.max())[:, varying])

    @property
    def power(self) -> int:
        """The columns in which distances are measured: those that are not sharp."""
        return int((~self._sharp).sum())

    @property
    def levels(self) -> float:
        """The fewest values that a grid has in a column; infinite without a grid."""
        gridded = self._steps > 0
        return float((self._widths[gridded] / self._steps[gridded] + 1).min(initial=np.inf))

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

    def probes(self, rng: np.random.Generator) -> Floats:
        """Draw as many points of the same box, not stretched to its ends."""
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

    def blurred(self, points: Floats, rng: np.random.Generator) -> Floats:
        """Blur points over the cells of their grid."""
        steps = np.where(self._sharp, 0.0, self._steps)
        return np.asarray(points + (rng.random(points.shape) - 0.5) * steps)


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

"""Make customers of any number, with known groups in them."""

import numpy as np
import pandas as pd

from analytics.prepare import SCALERS

SHARES = (0.3, 0.22, 0.18, 0.14, 0.1, 0.06)


def mixture(rows: int, features: int, seed: int = 42) -> pd.DataFrame:
    """Draw six groups of unequal sizes and spreads, scaled as the dashboard does by default."""
    return _scaled(_mixture(rows, features, seed))


def repeated(rows: int, seed: int = 42) -> pd.DataFrame:
    """Draw two columns of whole numbers, as incomes and scores are, that few pairs fill."""
    values = _mixture(rows, 2, seed)
    low, high = np.array([15, 1]), np.array([137, 99])
    within = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    return _scaled(np.rint(low + within * (high - low)))


def _mixture(rows: int, features: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    group = rng.choice(len(SHARES), rows, p=SHARES)
    centres = rng.uniform(-5, 5, (len(SHARES), features))
    spreads = rng.uniform(0.6, 1.6, (len(SHARES), 1))
    return centres[group] + spreads[group] * rng.standard_normal((rows, features))


def _scaled(values: np.ndarray) -> pd.DataFrame:
    names = [f"feature {number}" for number in range(1, values.shape[1] + 1)]
    return pd.DataFrame(SCALERS["standard"]().fit_transform(values), columns=names)

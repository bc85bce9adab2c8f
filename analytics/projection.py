"""Two coordinates per customer, for the map of segments."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from threadpoolctl import threadpool_limits

from analytics import headers, text
from analytics.columns import as_float


@dataclass(frozen=True)
class Projection:
    """Where each customer lies on the map.

    Attributes
    ----------
    points : DataFrame, shape (n_customers, 2), columns ``x`` and ``y``
    x, y : str
        Titles of the axes.
    note : str
        What the map keeps and what it leaves out.
    """

    points: pd.DataFrame
    x: str
    y: str
    note: str


def project(
    customers: pd.DataFrame, matrix: pd.DataFrame, features: Sequence[str], *, seed: int = 42
) -> Projection:
    """Place the customers on a map.

    One or two numeric features are drawn in their own units, a single one with a random height
    that only keeps points apart; anything else on its first two principal components.

    Parameters
    ----------
    customers : DataFrame
        Typed columns.
    matrix : DataFrame, shape (n_customers, n_features)
        As from :func:`analytics.prepare.prepare`.
    features : sequence of str
        The columns that made the matrix.
    """
    own_units = list(matrix.columns) == list(features) and all(
        pd.api.types.is_numeric_dtype(customers[name]) for name in features
    )
    if own_units and len(features) <= 2:
        values = as_float(customers, list(features))
        values = values.fillna(values.median())
        if len(features) == 1:
            height = np.random.default_rng(seed).uniform(-1, 1, len(values))
            points = pd.DataFrame({"x": values[features[0]], "y": height})
            return Projection(
                points, features[0], "", "One feature: the height only keeps the points apart."
            )
        points = values.set_axis(["x", "y"], axis=1)
        return Projection(points, features[0], features[1], "Both features in their own units.")
    if matrix.shape[1] == 1:
        height = np.random.default_rng(seed).uniform(-0.4, 0.4, len(matrix))
        points = pd.DataFrame({"x": matrix.iloc[:, 0], "y": height})
        return Projection(
            points, str(matrix.columns[0]), "", "One feature: the height keeps points apart."
        )
    with threadpool_limits(limits=1):
        model = PCA(2, random_state=seed).fit(matrix)
        coordinates = model.transform(matrix)
    kept = model.explained_variance_ratio_
    x, y = (f"Component {n + 1} ({text.percent(kept[n])} of variance)" for n in (0, 1))
    made_of = [_main(loadings, matrix.columns) for loadings in model.components_]
    return Projection(
        pd.DataFrame(coordinates, columns=["x", "y"], index=matrix.index),
        x,
        y,
        f"Two principal components of {matrix.shape[1]} features keep"
        f" {text.percent(kept.sum())} of the variance, the first mostly {made_of[0]}, the second"
        f" mostly {made_of[1]}; segments may lie apart in what is left out.",
    )


def _main(loadings: np.ndarray, columns: pd.Index) -> str:
    """Name the two features that weigh most in a component."""
    main = [columns[place] for place in np.argsort(-np.abs(loadings))[:2]]
    return text.listing([headers.label(str(name)) for name in main])

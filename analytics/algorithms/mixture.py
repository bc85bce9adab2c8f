"""Gaussian mixtures: segments as overlapping clouds, with the probability of each."""

import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from analytics.algorithms.algorithm import Algorithm, Floats, Found, Integers, Parameter, Task
from analytics.algorithms.rows import drawn, numbered, partitions, values
from analytics.kernels import compiled
from analytics.progress import Progress

Chances = NDArray[np.float32]

FIT_ROWS = 20_000  # above this a sample is fitted
START_ROWS = 3_000  # above this the starts are made on a part of the sample
MEMBERSHIP_ROWS = 200_000  # above this the probabilities are kept for the best k only
SHAPES = ("full", "tied", "diag", "spherical")
_WORDS = ("any ellipsoid", "one ellipsoid for all", "ellipsoid along the axes", "ball")
_ITERATIONS = 300
_REGULARISATION = 1e-6  # of the mean variance: what keeps repeated rows from a spread of zero


def _run(task: Task, progress: Progress) -> Found:
    """Fit a mixture for each k by expectation maximisation, and score it by BIC and AIC.

    ``extra["gaussians"]`` has the parameters of each Gaussian as :func:`expectation` takes them,
    by ``k`` and ``segment``, which is 0 for one that is the likeliest of nobody: ``height``, the
    ``mean`` of each feature, and the entries of ``root``, row by row.

    References
    ----------
    Dempster, Laird and Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x; Fraley and Raftery
    2002, doi:10.1198/016214502760047131, for choosing k by BIC.
    """
    rows = values(task.matrix)
    sample = rows[drawn(len(rows), FIT_ROWS, task.seed)]
    shape = SHAPES[int(task.options["shape"])]
    found, scores, notes = {}, {}, []
    membership: dict[int, pd.DataFrame] = {}
    gaussians = []
    if len(sample) < len(rows):
        notes.append(
            f"Fitted on {len(sample):,} of {len(rows):,} customers; all were assigned, and BIC"
            " and AIC are of all."
        )
    best = np.inf
    for step, count in enumerate(task.counts):
        progress(step / len(task.counts), f"Fitting {count} Gaussians")
        model = _fit(sample, count, shape, int(task.options["starts"]), task.seed)
        if not model.converged_:
            notes.append(f"k = {count} had not settled after {_ITERATIONS} iterations.")
        roots, heights = _parameters(model, rows.shape[1])
        loglikelihood, chances = expectation(rows, model.means_, roots, heights)
        labels, order = numbered(rows, chances.argmax(axis=1))
        gaussians.append(_table(count, order, heights, model.means_, roots))
        found[count] = labels
        free = free_parameters(count, rows.shape[1], shape)
        bic = free * float(np.log(len(rows))) - 2 * loglikelihood
        scores[count] = {"bic": bic, "aic": 2 * free - 2 * loglikelihood}
        if len(order) < count:
            notes.append(
                f"k = {count}: only {len(order)} of the Gaussians are the likeliest of anyone."
            )
        lone = np.setdiff1d(np.arange(count), order)
        if len(rows) > MEMBERSHIP_ROWS and bic < best:
            membership.clear()
        if len(rows) <= MEMBERSHIP_ROWS or bic < best:
            names = [str(segment) for segment in range(1, count + 1)]
            membership[count] = pd.DataFrame(chances[:, [*order, *lone]], columns=names)
        best = min(best, bic)
    if len(rows) > MEMBERSHIP_ROWS:
        notes.append(f"Probabilities are kept for k = {next(iter(membership))} only, of least BIC.")
    return Found(
        partitions(found),
        information=pd.DataFrame.from_dict(scores, orient="index").rename_axis("k"),
        membership=membership,
        extra={"gaussians": pd.concat(gaussians, ignore_index=True)},
        notes=tuple(notes),
    )


def _table(
    count: int, order: Integers, heights: Floats, means: Floats, roots: Floats
) -> pd.DataFrame:
    """Put the parameters of a mixture into a frame, a row for each Gaussian."""
    segments = np.zeros(count, dtype=np.int64)
    segments[order] = np.arange(1, len(order) + 1)
    table = pd.DataFrame({"k": count, "segment": segments, "height": heights})
    means_ = pd.DataFrame(means).add_prefix("mean-")
    return pd.concat(
        [table, means_, pd.DataFrame(roots.reshape(count, -1)).add_prefix("root-")], axis=1
    )


def _fit(sample: Floats, count: int, shape: str, starts: int, seed: int) -> GaussianMixture:
    """Fit the best of several starts; of many rows the starts see a part, and the best goes on."""
    model = GaussianMixture(
        count,
        covariance_type=shape,
        n_init=starts,
        reg_covar=_REGULARISATION * float(sample.var(axis=0).mean()),
        max_iter=_ITERATIONS,
        random_state=seed,
    )
    with warnings.catch_warnings():  # what is not settled is told in the notes
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(sample[drawn(len(sample), START_ROWS, seed)])
        if len(sample) > START_ROWS:
            model.set_params(
                n_init=1,
                weights_init=model.weights_,
                means_init=model.means_,
                precisions_init=model.precisions_,
            ).fit(sample)
    return model


def _parameters(model: GaussianMixture, features: int) -> tuple[Floats, Floats]:
    """Give the roots and the heights of the Gaussians, as :func:`expectation` takes them."""
    roots = np.asarray(model.precisions_cholesky_, dtype=np.float64)
    match model.covariance_type:
        case "tied":
            roots = np.repeat(roots[None], model.n_components, axis=0)
        case "diag":
            roots = roots[:, :, None] * np.eye(features)
        case "spherical":
            roots = roots[:, None, None] * np.eye(features)
    heights = np.log(model.weights_) + np.log(np.diagonal(roots, axis1=1, axis2=2)).sum(axis=1)
    heights -= features * np.log(2 * np.pi) / 2
    return np.ascontiguousarray(roots), heights


@compiled
def expectation(
    rows: Floats, means: Floats, roots: Floats, heights: Floats
) -> tuple[float, Chances]:
    """Compute the log-likelihood of a mixture and the probabilities of its Gaussians.

    Parameters
    ----------
    rows : array of shape (n_rows, n_features)
    means : array of shape (n_gaussians, n_features)
    roots : array of shape (n_gaussians, n_features, n_features)
        Upper triangular Cholesky factors of the precisions.
    heights : array of shape (n_gaussians,)
        Logarithms of the weighted densities at the means.

    Returns
    -------
    float
        Natural logarithm, summed over the rows.
    array of float32, shape (n_rows, n_gaussians)
    """
    count, features = means.shape
    chances = np.empty((len(rows), count), np.float32)
    logs = np.empty(count)
    total = 0.0
    for row in range(len(rows)):
        highest = -np.inf
        for gaussian in range(count):
            square = 0.0
            for column in range(features):
                away = 0.0
                for feature in range(column + 1):
                    step = rows[row, feature] - means[gaussian, feature]
                    away += step * roots[gaussian, feature, column]
                square += away * away
            logs[gaussian] = heights[gaussian] - square / 2
            highest = max(highest, logs[gaussian])
        density = 0.0
        for gaussian in range(count):
            logs[gaussian] = np.exp(logs[gaussian] - highest)
            density += logs[gaussian]
        for gaussian in range(count):
            chances[row, gaussian] = logs[gaussian] / density
        total += highest + np.log(density)
    return total, chances


def free_parameters(count: int, features: int, shape: str) -> int:
    """Count the free parameters of a mixture, as BIC and AIC charge them."""
    one = features * (features + 1) // 2
    spreads = {"full": count * one, "tied": one, "diag": count * features, "spherical": count}
    return spreads[shape] + count * features + count - 1


MIXTURE = Algorithm(
    "mixture",
    "Gaussian mixture",
    "When segments overlap or stretch, and you want to know how surely a customer belongs.",
    "Takes every segment for an ellipsoid, and needs some dozens of customers for each.",
    (
        Parameter(
            "shape",
            "Shape",
            0,
            0,
            3,
            1,
            "How freely the spread of a segment may differ; simpler shapes need fewer customers.",
            _WORDS,
        ),
        Parameter("starts", "Starts", 5, 1, 50, 1, "Fits from different starts; the best is kept."),
    ),
    counted=True,
    run=_run,
)

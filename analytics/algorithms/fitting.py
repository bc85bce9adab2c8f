"""Fit any algorithm and score it as k-means is scored, and set all of them side by side."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.algorithms import ALGORITHMS, Mixed, Task, run
from analytics.algorithms.comparison import Comparison, compare
from analytics.algorithms.noise import assign
from analytics.algorithms.rows import drawn
from analytics.engine.distinct import Distinct
from analytics.errors import AnalyticsError
from analytics.progress import Progress, part, silent
from analytics.scoring import Sweep, score
from analytics.sweep import sweep

COMPARED_ROWS = 5_000


def fit(name: str, task: Task, progress: Progress = silent, *, keep_noise: bool = True) -> Sweep:
    """Find segments with an algorithm and score them.

    Parameters
    ----------
    name : str
        A key of :data:`analytics.algorithms.ALGORITHMS`.
    task : Task
    progress : callable, optional
    keep_noise : bool
        Keep noise as segment 0, which the scores leave out; else give each of these customers to
        the segment of the nearest one who has one.

    Returns
    -------
    Sweep
        One k only where the algorithm finds its own number. ``scores`` has ``bic`` and ``aic``
        for mixtures; ``extra`` holds what the algorithm tells of itself, ``certainty`` (of
        mixtures: how probably each customer belongs to its own segment, by k) and ``weak`` (who
        was noise, where noise was assigned).

    Raises
    ------
    UnknownChoice, NotEnoughData, NoSegments, UnusableFeature
        As :func:`analytics.algorithms.run` does.
    """
    if name == "kmeans":
        return sweep(task.matrix, task.counts, seed=task.seed, progress=progress)
    found = run(name, task, part(progress, 0.0, 0.7))
    labels, extra = found.partitions, dict(found.extra)
    notes = list(found.notes)
    noisy = np.flatnonzero((labels == 0).any(axis=1))
    if len(noisy) and not keep_noise:
        assigned, weak = assign(task.matrix, labels.iloc[:, 0].to_numpy(dtype=np.int64))
        labels = labels.assign(**{labels.columns[0]: assigned.astype(np.int16)})
        extra["weak"] = pd.DataFrame({"weak": weak})
        notes.append(f"{len(noisy):,} customers were noise and follow their nearest neighbour.")
    elif len(noisy):
        notes.append("The scores leave the noise out.")
    progress(0.7, "Scoring")
    scored = score_of(task.matrix, labels, task.seed)
    if found.membership:
        extra["certainty"] = pd.DataFrame(
            {str(k): table.max(axis=1).to_numpy() for k, table in found.membership.items()}
        )
    return replace(
        scored,
        scores=scored.scores.join(found.information),
        extra=extra,
        notes=(*notes, *scored.notes),
    )


def score_of(matrix: pd.DataFrame, labels: pd.DataFrame, seed: int) -> Sweep:
    """Score the customers who have a segment under every partition."""
    members = np.flatnonzero((labels > 0).all(axis=1))
    rows = np.ascontiguousarray(matrix.to_numpy(dtype=np.float64)[members].T)
    centre = rows.mean(axis=1)
    data = Distinct(rows - centre[:, None], np.ones(len(members)), np.arange(len(members)), centre)
    counts = [int(k) for k in labels]
    scored = score(data, matrix.columns, counts, labels.to_numpy()[members] - 1, seed=seed)
    silhouettes = scored.silhouettes.set_axis(members[scored.silhouettes.index], axis=0)
    return replace(scored, labels=labels.reset_index(drop=True), silhouettes=silhouettes)


def compare_all(task: Task, progress: Progress = silent) -> Comparison:
    """Run every algorithm with its defaults on the same customers, for one k where it takes one.

    Parameters
    ----------
    task : Task
        With a single k.
    progress : callable, optional

    Returns
    -------
    Comparison
        Indexed by the titles of the algorithms; one that cannot be used here is missing, and a
        note says why.
    """
    labels, notes = {}, []
    rows = len(task.matrix)
    if rows > COMPARED_ROWS:
        task = _sampled(task)
        notes.append(f"Compared on {COMPARED_ROWS:,} of {rows:,} customers, drawn at random.")
    for step, (name, algorithm) in enumerate(ALGORITHMS.items()):
        told = part(progress, 0.8 * step / len(ALGORITHMS), 0.8 * (step + 1) / len(ALGORITHMS))
        told(0.0, f"Fitting {algorithm.title}")
        try:
            found = run(name, replace(task, options={}), told)
        except AnalyticsError as error:
            notes.append(f"{algorithm.title}: {error}")
            continue
        labels[algorithm.title] = found.partitions.iloc[:, 0].to_numpy(dtype=np.int64)
        notes += [f"{algorithm.title}: {note}" for note in found.notes]
    progress(0.8, "Measuring how far they agree")
    compared = compare(task.matrix, labels)
    return replace(compared, notes=(*notes, *compared.notes))


def _sampled(task: Task) -> Task:
    kept = drawn(len(task.matrix), COMPARED_ROWS, task.seed)
    mixed = task.mixed and Mixed(
        task.mixed.numeric.iloc[kept].reset_index(drop=True),
        task.mixed.codes.iloc[kept].reset_index(drop=True),
    )
    return replace(task, matrix=task.matrix.iloc[kept].reset_index(drop=True), mixed=mixed)

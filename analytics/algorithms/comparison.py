"""The answers of several algorithms side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analytics import text
from analytics.algorithms.algorithm import Floats, Integers
from analytics.algorithms.rows import drawn, values
from analytics.indices import indices
from analytics.silhouette import silhouettes

EXACT_ROWS = 20_000
POINTS = 2_000
_SEED = 42
_INDICES = ("silhouette", "silhouette_se", "calinski_harabasz", "davies_bouldin")


@dataclass(frozen=True)
class Comparison:
    """How well several partitions of the same customers separate them, and how far they agree.

    Attributes
    ----------
    scores : DataFrame indexed by the name of the partition
        ``silhouette`` (-1 to 1, higher is better), ``silhouette_se`` (its standard error),
        ``calinski_harabasz`` (higher is better), ``davies_bouldin`` (lower is better), ``wcss``
        (squared scaled units), all Euclidean on the same matrix and without the noise, NaN where
        there is one segment only; ``segments`` and ``noise`` (share of the customers).
    agreement : DataFrame, shape (n_partitions, n_partitions)
        Adjusted Rand index of each pair: 1 is the same partition, 0 no more than by chance.
    notes : tuple of str
    """

    scores: pd.DataFrame
    agreement: pd.DataFrame
    notes: tuple[str, ...]


def compare(matrix: pd.DataFrame, labels_by_name: Mapping[str, Integers]) -> Comparison:
    """Score partitions by the same indices and measure how far they agree.

    For the agreement noise is a segment like the others, as it is on the screen: without it, a
    method that calls most customers noise would agree with everything.

    Parameters
    ----------
    matrix : DataFrame of float64, shape (n_customers, n_features)
    labels_by_name : mapping of str to array of int, shape (n_customers,)
        Segments from 1; 0 is noise.

    References
    ----------
    Hubert and Arabie 1985, doi:10.1007/BF01908075.
    """
    rows = values(matrix)
    labels = {name: np.asarray(given, dtype=np.int64) for name, given in labels_by_name.items()}
    with threadpool_limits(limits=1 if rows.size < 1_000_000 else None):
        scores = _scores(rows, labels)
    agreement = pd.DataFrame(np.eye(len(labels)), index=list(labels), columns=list(labels))
    for name, own in labels.items():
        for other, theirs in labels.items():
            if name < other:
                index = adjusted_rand(own, theirs)
                agreement.loc[name, other] = agreement.loc[other, name] = index
    notes = []
    noisy = [name for name, score in scores.items() if score["noise"] > 0]
    if noisy:
        notes.append(
            f"The indices of {text.listing(noisy)} leave the noise out, which flatters them; for"
            " the agreement noise is a segment like the others."
        )
    if len(rows) > EXACT_ROWS:
        notes.append(
            f"Silhouettes are of {POINTS:,} of {len(rows):,} customers, each against all others."
        )
    return Comparison(pd.DataFrame.from_dict(scores, orient="index"), agreement, tuple(notes))


def adjusted_rand(first: Integers, second: Integers) -> float:
    """Compute the adjusted Rand index of two partitions; labels from 0, gaps allowed.

    References
    ----------
    Hubert and Arabie 1985, doi:10.1007/BF01908075.
    """
    width = int(second.max()) + 1
    together = _pairs(np.bincount(first * width + second))
    one, other = _pairs(np.bincount(first)), _pairs(np.bincount(second))
    everyone = _pairs(np.array([len(first)]))
    expected = one * other / max(everyone, 1.0)
    most = (one + other) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def _pairs(sizes: Integers) -> float:
    many = sizes.astype(np.float64)
    return float((many * (many - 1)).sum() / 2)


def _scores(rows: Floats, labels: Mapping[str, Integers]) -> dict[str, dict[str, float]]:
    """Score each partition; those without noise share one pass over the distances."""
    whole = {name: own for name, own in labels.items() if own.min() > 0 and _separates(own)}
    shared: dict[str, Floats] = {}
    if whole:
        numbers = [np.unique(own, return_inverse=True)[1] for own in whole.values()]
        widths = silhouettes(rows, np.column_stack(numbers), _points(len(rows)))
        shared = dict(zip(whole, widths.T, strict=True))
    scores = {}
    for name, own in labels.items():
        kept = own > 0
        members = rows if kept.all() else rows[kept]
        numbered = np.unique(own[kept], return_inverse=True)[1]
        widths = shared.get(name, np.empty(0))
        if name not in shared and _separates(own[kept]):
            widths = silhouettes(members, numbered[:, None], _points(len(members)))[:, 0]
        scores[name] = _score(members, numbered, widths) | {"noise": float(1 - kept.mean())}
    return scores


def _separates(labels: Integers) -> bool:
    return 2 <= len(np.unique(labels)) < len(labels)


def _points(rows: int) -> Integers:
    return drawn(rows, POINTS if rows > EXACT_ROWS else EXACT_ROWS, _SEED)


def _score(rows: Floats, labels: Integers, widths: Floats) -> dict[str, float]:
    if not len(labels):
        return dict.fromkeys(_INDICES, np.nan) | {"wcss": 0.0, "segments": 0}
    found = indices(np.ascontiguousarray(rows.T), np.ones(len(rows)), labels.astype(np.int32))
    score = dict.fromkeys(_INDICES, np.nan) | {"wcss": found.wcss, "segments": len(found.sizes)}
    if len(widths):
        score["silhouette"] = float(widths.mean())
        score["silhouette_se"] = float(widths.std(ddof=1) / np.sqrt(len(widths)))
        score["calinski_harabasz"] = found.calinski_harabasz
        score["davies_bouldin"] = found.davies_bouldin
    return score

"""Whether segments come back when other customers of the same kind are drawn."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from analytics.engine.distinct import Distinct
from analytics.engine.fresh import Fit, draw, fit
from analytics.engine.lloyd import nearest
from analytics.engine.sampling import systematic
from analytics.engine.threads import spread
from analytics.progress import Progress, silent

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Labels = NDArray[np.int32]

UNRELIABLE = "do not rely on"
SOLID, USABLE = 0.85, 0.75  # mean Jaccard; Hennig 2007: highly stable, and valid
RECOVERED, DISSOLVED = 0.75, 0.5  # Jaccard in one resample; from the same
BOOTSTRAPS, SPLITS = 100, 30
ROWS = 5_000  # customers up to which all are resampled
_OFTEN_ROWS = 2_000  # customers beyond which a third as many resamples are taken
_STARTS, _FEW_STARTS, _STARTS_ROWS = 10, 4, 1_000
_CHUNK = 65_536  # customers whose certainty is one piece of work
_ASSIGNED = 5e8  # distances of the pass over everyone; beyond, it takes fewer resamples ...
_FEWEST = 20  # ... but not fewer than these


@dataclass(frozen=True)
class Stability:
    """How stable each partition is, each of its segments, and each customer's place in them.

    Attributes
    ----------
    counts : DataFrame indexed by ``k``
        ``jaccard`` (the least of the segments' means, 0 to 1), ``prediction_strength`` (0 to 1,
        higher is better) and ``prediction_strength_se`` (its standard error over the splits).
    segments : DataFrame indexed by (``k``, ``segment``)
        ``jaccard`` (mean over the bootstraps of the overlap with the most similar segment found
        anew, 0 to 1), ``low`` and ``high`` (where the central 95 % of the bootstraps lie),
        ``recovered`` and ``dissolved`` (share of bootstraps with a Jaccard of at least 0.75, and
        of at most 0.5) and ``word``: "solid", "usable" or "do not rely on".
    certainty : DataFrame of float32, shape (n_customers, n_counts), columns are ``k`` as text
        Share of half samples that put the customer into its own segment, 0 to 1.
    notes : tuple of str
    """

    counts: pd.DataFrame
    segments: pd.DataFrame
    certainty: pd.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Partitions:
    """Distinct customers with their segments under every k, numbered as they first occur.

    Attributes
    ----------
    owner : array of shape (n_customers,)
        The distinct row of each customer, ascending.
    own : dict of int to array of shape (n_distinct,)
    """

    rows: Floats
    owner: Integers
    own: dict[int, Integers]

    @property
    def counts(self) -> range:
        """Every k."""
        return range(min(self.own), max(self.own) + 1)


def stability(
    data: Distinct,
    labels: pd.DataFrame,
    *,
    bootstraps: int | None = None,
    splits: int | None = None,
    seed: int = 42,
    threads: int | None = None,
    progress: Progress = silent,
) -> Stability:
    """Resample the customers, find the segments anew and see what comes back.

    Every resample is fitted from fresh greedy k-means++ starts, never from the solution that is
    judged; a single feature is solved exactly. Bootstraps are fitted to the customers drawn, each
    once, and compared with the segments on these. Half samples vary as much about all customers
    as these do about the population, so they, all other customers included, tell how certain a
    customer's place is: the chance that other customers of the same kind would lead to it. The
    order of the customers, that of the segments and the number of cores change nothing.

    Parameters
    ----------
    data : Distinct
    labels : DataFrame of int, shape (n_customers, n_counts), columns are consecutive k as text
        Segments of k-means from 1, as in :class:`analytics.scoring.Sweep`.
    bootstraps, splits : int, optional
        How often to resample; 100 and 30, beyond 2,000 customers a third as often, which a note
        tells.
    seed : int
    threads : int, optional
        Cores to use, which changes nothing but the time.
    progress : callable, optional

    References
    ----------
    Hennig 2007, doi:10.1016/j.csda.2006.11.025; Tibshirani and Walther 2005 (prediction
    strength), doi:10.1198/106186005X59243; McCarthy 1969 (half samples), doi:10.2307/1402116.
    """
    first = np.empty(data.size, dtype=np.int64)
    first[data.place[::-1]] = np.arange(len(data.place))[::-1]
    names, own = {}, {}
    for column in labels:
        given = labels[column].to_numpy(dtype=np.int64)[first]
        own[int(column)], names[int(column)] = pd.factorize(given)
    whole = Partitions(data.rows, np.repeat(np.arange(data.size), data.weights.astype(int)), own)
    part, notes = resampled(data, whole, seed)
    less = rarer(part)
    bootstraps, splits = bootstraps or BOOTSTRAPS // less, splits or SPLITS // less
    if less > 1:
        notes.append(f"Segments were sought anew in {bootstraps} bootstraps and {splits} splits.")
    starts = starts_of(part)
    done: list[int] = []

    def tell(doing: str) -> None:
        done.append(1)
        progress(0.9 * len(done) / (bootstraps + splits), doing)

    def bootstrap(turn: int) -> dict[int, Floats]:
        found = _bootstrap(part, starts, np.random.default_rng([seed, 0, turn]))
        tell("Drawing customers anew")
        return found

    def split(turn: int) -> tuple[dict[int, float], list[dict[int, Fit]]]:
        found = _split(part, starts, np.random.default_rng([seed, 1, turn]))
        tell("Predicting one half from the other")
        return found

    overlaps = spread(bootstrap, range(bootstraps), threads)
    halves = spread(split, range(splits), threads)
    segments = pd.concat(
        [summarised(k, names[k], np.array([found[k] for found in overlaps])) for k in own]
    )
    strengths = pd.DataFrame([found for found, _ in halves])
    counts = pd.DataFrame(
        {
            "jaccard": segments["jaccard"].groupby(level="k").min(),
            "prediction_strength": strengths.mean(),
            "prediction_strength_se": strengths.std(ddof=1) / np.sqrt(splits),
        }
    ).rename_axis("k")
    progress(0.9, "Placing every customer")
    fits = [one for _, both in halves for one in both]
    shares, used = _certainty(whole, part, fits, threads)
    certainty = pd.DataFrame({str(k): share[data.place] for k, share in shares.items()})
    if used < len(fits):
        notes.append(f"Certainty is that of {used} resamples, to steps of {1 / used:.0%}.")
    progress(1.0, "Done")
    return Stability(counts, segments, certainty[labels.columns], tuple(notes))


def word(jaccard: float) -> str:
    """Say what a mean Jaccard means, by Hennig's thresholds."""
    return "solid" if jaccard >= SOLID else "usable" if jaccard >= USABLE else UNRELIABLE


def starts_of(part: Partitions) -> int:
    """Give how often k-means starts in every resample."""
    return _STARTS if len(part.owner) <= _STARTS_ROWS else _FEW_STARTS


def rarer(part: Partitions) -> int:
    """Give by how much fewer resamples are taken of many customers."""
    return 3 if len(part.owner) > _OFTEN_ROWS else 1


def resampled(data: Distinct, whole: Partitions, seed: int) -> tuple[Partitions, list[str]]:
    """Take a part of very many customers, stratified along their order."""
    if len(whole.owner) <= ROWS:
        return whole, []
    drawn, times = systematic(data.weights, ROWS, seed)
    part = Partitions(
        data.rows.take(drawn, axis=1),
        np.repeat(np.arange(len(drawn)), times.astype(int)),
        {k: labels[drawn] for k, labels in whole.own.items()},
    )
    note = (
        f"Stability is that of {ROWS:,} of {len(whole.owner):,} customers; all of them are, if"
        " anything, more stable."
    )
    return part, [note]


def _bootstrap(part: Partitions, starts: int, random: np.random.Generator) -> dict[int, Floats]:
    """Give the Jaccard of every segment, by k, in one bootstrap."""
    customers = len(part.owner)
    times = np.bincount(random.integers(0, customers, customers), minlength=customers)
    present, rows, weights = taken(part, np.flatnonzero(times))
    overlaps = {}
    for k, (_, labels, _) in fit(rows, weights, draw(part.counts, starts, random)).items():
        table = cross(part.own[k][present], labels, weights, k)
        union = table.sum(axis=1, keepdims=True) + table.sum(axis=0) - table
        overlaps[k] = (table / np.maximum(union, 1.0)).max(axis=1)
    return overlaps


def _split(
    part: Partitions, starts: int, random: np.random.Generator
) -> tuple[dict[int, float], list[dict[int, Fit]]]:
    """Give the prediction strength by k, in one split, and the fits of both halves."""
    order = random.permutation(len(part.owner))
    middle = len(order) // 2
    halves = [taken(part, np.sort(half)) for half in (order[:middle], order[middle:])]
    fits = [fit(rows, weights, draw(part.counts, starts, random)) for _, rows, weights in halves]
    strengths = {}
    for k in part.counts:
        both = [
            _strength(halves[own][1:], fits[own][k][1], fits[1 - own][k][0], k) for own in (0, 1)
        ]
        strengths[k] = float(np.mean(both))
    return strengths, fits


def _strength(half: tuple[Floats, Floats], labels: Labels, centres: Floats, k: int) -> float:
    """Give the least share of pairs of one segment that the other half's centres keep together.

    A segment of one customer has no pairs.
    """
    rows, weights = half
    table = cross(labels, _place(rows, centres), weights, k)
    sizes = table.sum(axis=1)
    pairs = sizes * (sizes - 1)
    kept = (table * (table - 1)).sum(axis=1)
    return float((kept[pairs > 0] / pairs[pairs > 0]).min(initial=1.0)) if pairs.any() else 0.0


def _certainty(
    whole: Partitions, part: Partitions, fits: list[dict[int, Fit]], threads: int | None
) -> tuple[dict[int, NDArray[np.float32]], int]:
    """Give the share of the fits that put each distinct customer into its own segment."""
    size = whole.rows.shape[1]
    used = min(len(fits), max(_FEWEST, int(_ASSIGNED / (size * sum(whole.own)))))
    everyone = np.bincount(part.owner).astype(np.float64)

    def match(one: dict[int, Fit]) -> dict[int, Integers]:
        matched = {}
        for k, (centres, *_) in one.items():
            table = cross(part.own[k], _place(part.rows, centres), everyone, k)
            mine, theirs = linear_sum_assignment(table, maximize=True)
            matched[k] = np.empty(k, dtype=np.int64)
            matched[k][theirs] = mine
        return matched

    matches = spread(match, fits[:used], threads)
    shares = {k: np.empty(size, dtype=np.float32) for k in whole.own}

    def work(piece: tuple[int, int]) -> None:
        k, low = piece
        high = min(low + _CHUNK, size)
        rows = np.ascontiguousarray(whole.rows[:, low:high])
        agreed = np.zeros(high - low, dtype=np.int64)
        for one, matched in zip(fits, matches, strict=False):
            agreed += matched[k][_place(rows, one[k][0])] == whole.own[k][low:high]
        shares[k][low:high] = agreed / used

    spread(work, [(k, low) for k in whole.own for low in range(0, size, _CHUNK)], threads)
    return shares, used


def taken(part: Partitions, customers: Integers) -> tuple[Integers, Floats, Floats]:
    """Give the distinct rows of some customers: which, their features, and how many of each."""
    many = np.bincount(part.owner[customers], minlength=part.rows.shape[1])
    present = np.flatnonzero(many)
    return present, part.rows.take(present, axis=1), many[present].astype(np.float64)


def _place(rows: Floats, centres: Floats) -> Labels:
    labels = np.empty(rows.shape[1], dtype=np.int32)
    nearest(rows, centres, 0, len(labels), labels, np.empty(len(labels)))
    return labels


def cross(one: NDArray[np.integer], other: NDArray[np.integer], weights: Floats, k: int) -> Floats:
    """Count the customers of each pair of labels, from 0 to ``k`` less one."""
    counts = np.bincount(one * k + other, weights=weights, minlength=k * k)
    return counts.astype(np.float64).reshape(k, k)


def summarised(k: int, names: Integers, overlaps: Floats) -> pd.DataFrame:
    """Summarise the Jaccard of each segment over the bootstraps, as in :class:`Stability`."""
    mean = overlaps.mean(axis=0)
    low, high = np.quantile(overlaps, [0.025, 0.975], axis=0)
    index = pd.MultiIndex.from_product([[k], names], names=["k", "segment"])
    return pd.DataFrame(
        {
            "jaccard": mean,
            "low": low,
            "high": high,
            "recovered": (overlaps >= RECOVERED).mean(axis=0),
            "dissolved": (overlaps <= DISSOLVED).mean(axis=0),
            "word": [word(value) for value in mean],
        },
        index=index,
    ).sort_index()

"""Other ways to compare k = 2..10: each fits every k, and scores it as far as it can in time."""

import contextlib
import importlib.util
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.metrics import silhouette_score

Floats = NDArray[np.float64]
SEED, STARTS, SAMPLE = 42, 10, 2_000
SCORED_ROWS = 20_000  # above this an exact silhouette, quadratic in rows, takes minutes for each k


@dataclass
class Found:
    """What a way found for each k; a peer gives its partitions, or the WCSS without them."""

    labels: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    wcss: dict[int, float] = field(default_factory=dict)
    silhouette: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Peer:
    """A way that others offer.

    Attributes
    ----------
    name
        What the table calls it.
    package
        What has to be installed.
    way
        From the values and the range of k to what was found.
    least, most
        The rows that it is compared on.
    """

    name: str
    package: str
    way: Callable[[Floats, range], Found]
    least: int = 0
    most: int = SCORED_ROWS

    @property
    def installed(self) -> bool:
        return importlib.util.find_spec(self.package) is not None


def notebook(values: Floats, counts: range) -> Found:
    found = Found()
    for k in counts:
        labels = KMeans(k, n_init=STARTS, random_state=SEED).fit(values).labels_
        found.labels[k] = labels
        if len(values) <= SCORED_ROWS:
            found.silhouette[k] = float(silhouette_score(values, labels))
    return found


def mini_batch(values: Floats, counts: range) -> Found:
    found = Found()
    for k in counts:
        labels = MiniBatchKMeans(k, random_state=SEED).fit(values).labels_
        found.labels[k] = labels
        found.silhouette[k] = float(
            silhouette_score(values, labels, sample_size=SAMPLE, random_state=SEED)
        )
    return found


def faiss(values: Floats, counts: range) -> Found:
    import faiss

    found, single = Found(), values.astype(np.float32)
    for k in counts:
        fit = faiss.Kmeans(values.shape[1], k, nredo=STARTS, seed=SEED)
        fit.train(single)
        found.labels[k] = fit.assign(single)[1]
    return found


def yellowbrick(metric: str) -> Callable[[Floats, range], Found]:
    def way(values: Floats, counts: range) -> Found:
        import matplotlib as mpl

        mpl.use("Agg")
        from yellowbrick.cluster import KElbowVisualizer

        fits = KMeans(n_init=STARTS, random_state=SEED)
        # Unforced, it takes a KMeans of scikit-learn 1.6 or newer for no clustering.
        elbow = KElbowVisualizer(
            fits, k=(counts.start, counts.stop), metric=metric, force_model=True, locate_elbow=False
        )
        scores = dict(zip(counts, map(float, elbow.fit(values).k_scores_), strict=True))
        elbow.fig.clear()
        return Found(wcss=scores) if metric == "distortion" else Found(silhouette=scores)

    return way


def clustergram(values: Floats, counts: range) -> Found:
    from clustergram import Clustergram

    fit = Clustergram(
        counts, backend="sklearn", method="kmeans", n_init=STARTS, random_state=SEED, verbose=False
    ).fit(values)
    labels = {k: fit.labels_[k].to_numpy() for k in counts}
    return Found(labels=labels, silhouette=dict(fit.silhouette_score().items()))


PEERS = (
    Peer("scikit-learn KMeans, silhouette_score", "sklearn", notebook),
    Peer("scikit-learn KMeans, fits only", "sklearn", notebook, 20_001, 10**9),
    Peer("MiniBatchKMeans, silhouette of 2,000", "sklearn", mini_batch, 20_001, 10**9),
    Peer("faiss Kmeans, fits only", "faiss", faiss, most=10**9),
    Peer("Yellowbrick, distortion (forced)", "yellowbrick", yellowbrick("distortion")),
    Peer("Yellowbrick, silhouette (forced)", "yellowbrick", yellowbrick("silhouette")),
    Peer("Clustergram, silhouette", "clustergram", clustergram),
)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep the warnings of the peers out of the table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield

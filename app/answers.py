"""What the services are asked and what they answer."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analytics import columns as columns_
from analytics import headers
from analytics.choices import Choice, Offer
from analytics.clusterability import Clusterability
from analytics.columns import Column
from analytics.errors import UnknownChoice
from analytics.prepare import FeatureSpec
from analytics.projection import Projection
from analytics.recommend import Recommendation
from analytics.scoring import Sweep


@dataclass(frozen=True)
class DatasetRef:
    """What the page keeps of a dataset: where it is, what it is called and how large it is."""

    key: str
    name: str
    customers: int


@dataclass(frozen=True)
class Dataset:
    """A dataset as read, interpreted and repaired.

    Attributes
    ----------
    customers : DataFrame
    columns : tuple of Column
    rows, set_aside : int
        Rows of the file; those of them that are not used.
    format, delimiter, encoding, place : str
        As in :class:`analytics.reading.Table`.
    notes : tuple of str
    choices : tuple of (str, str)
        What the user decided, the latest last.
    offers : tuple of Offer
        How the file was read, where it could be read in another way.
    """

    key: str
    customers: pd.DataFrame
    columns: tuple[Column, ...]
    rows: int
    set_aside: int
    format: str
    delimiter: str
    encoding: str
    place: str
    notes: tuple[str, ...]
    choices: tuple[Choice, ...]
    offers: tuple[Offer, ...]

    @cached_property
    def concepts(self) -> dict[headers.Concept, str]:
        """Give the columns that stand for age, income, spending and gender."""
        return headers.concepts(columns_.roles(self.columns))


@dataclass(frozen=True)
class Method:
    """How segments are found.

    Attributes
    ----------
    algorithm : str
        A key of :data:`analytics.algorithms.ALGORITHMS`.
    options : tuple of (str, float)
        Values of its parameters; those left out take their defaults.
    noise : str
        What becomes of noise: "keep" it as a segment of its own, or give it to the "nearest".
    """

    algorithm: str = "kmeans"
    options: tuple[tuple[str, float], ...] = ()
    noise: str = "keep"


@dataclass(frozen=True)
class SweepRequest:
    """The question "how many segments?": of whom, by what, in which range of k, and how."""

    dataset: str
    spec: FeatureSpec
    low: int
    high: int
    method: Method = Method()


@dataclass(frozen=True)
class Swept:
    """The answer to a :class:`SweepRequest`."""

    key: str
    sweep: Sweep
    recommendation: Recommendation
    clusterability: Clusterability | None
    notes: tuple[str, ...]

    def partition(self, count: int) -> tuple[pd.Series, pd.Series]:
        """Give the labels of all customers and the silhouettes of those evaluated.

        Raises
        ------
        UnknownChoice
            If that number of segments was not tried.
        """
        if not isinstance(count, int) or str(count) not in self.sweep.labels:
            tried = self.sweep.scores.index
            raise UnknownChoice(
                f"{count} segments were not tried.", f"Choose from {tried.min()} to {tried.max()}."
            )
        return self.sweep.labels[str(count)], self.sweep.silhouettes[str(count)]

    def told(self, count: int) -> pd.DataFrame:
        """Give what the algorithm says of each customer, as in :class:`Segmentation`."""
        said = pd.DataFrame(index=self.sweep.labels.index)
        certainty = self.sweep.extra.get("certainty")
        if certainty is not None and str(count) in certainty:
            said["membership"] = certainty[str(count)].round(3)
        if "weak" in self.sweep.extra:
            said["weak"] = self.sweep.extra["weak"]["weak"].map({True: "yes", False: "no"})
        return said


@dataclass(frozen=True)
class Job:
    """How long work stands.

    Attributes
    ----------
    state : str
        queued, running, done, failed or cancelled.
    share : float
        What is done of it, 0 to 1.
    doing : str
        What is being done, in words.
    problem : tuple of str or None
        The title and the detail of what went wrong.
    """

    id: str
    state: str
    share: float
    doing: str
    problem: tuple[str, str] | None = None


@dataclass(frozen=True)
class Segmentation:
    """The customers in segments, described.

    Attributes
    ----------
    labels : Series of int
        Segment of each customer, from 1, the largest first.
    names, sizes : dict
        By segment; noise, which is segment 0, comes last.
    profiles, composition : DataFrame
        As from :mod:`analytics.profiles`.
    projection : Projection
    silhouettes : Series
        By position of the customer; those evaluated.
    told : DataFrame
        What the algorithm says of each customer: ``membership`` (how probably they belong to
        their segment) or ``weak`` (noise that was given to the nearest segment); often nothing.
    features : tuple of str
    """

    key: str
    labels: pd.Series
    names: dict[int, str]
    sizes: dict[int, int]
    profiles: pd.DataFrame
    composition: pd.DataFrame
    projection: Projection
    silhouettes: pd.Series
    features: tuple[str, ...]
    told: pd.DataFrame

"""What the services are asked and what they answer."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analytics import columns as columns_
from analytics import headers
from analytics.choices import Choice, Offer
from analytics.clusterability import Clusterability
from analytics.columns import Column
from analytics.editing import Step
from analytics.errors import UnknownChoice
from analytics.figures import theme
from analytics.influence import Imbalance
from analytics.prepare import FeatureSpec
from analytics.projection import Projection
from analytics.recommend import Recommendation
from analytics.scoring import Sweep
from analytics.stability import UNRELIABLE
from analytics.trust import Trust


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
    """The question "how many segments?": of whom, by what, in which range of k, and how.

    ``names`` are those that the user gave to segments of the number in hand. They change what the
    segments are called, never which there are; that do ``edits``, the steps taken with these.
    """

    dataset: str
    spec: FeatureSpec
    low: int
    high: int
    method: Method = Method()
    names: tuple[tuple[int, str], ...] = ()
    edits: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Swept:
    """The answer to a :class:`SweepRequest`.

    Attributes
    ----------
    sweep : Sweep
    recommendation : Recommendation
    clusterability : Clusterability or None
    notes : tuple of str
    trust : Trust or None
        Of k-means alone, which is sought anew in resamples.
    agreement : DataFrame indexed by ``k``, or None
        As from :func:`analytics.agreement.agreement`, of the recommended k.
    """

    key: str
    sweep: Sweep
    recommendation: Recommendation
    clusterability: Clusterability | None
    notes: tuple[str, ...]
    trust: Trust | None = None
    agreement: pd.DataFrame | None = None

    @property
    def scores(self) -> pd.DataFrame:
        """Give the scores of every number of segments, with what resampling tells of it."""
        if self.trust is None:
            return self.sweep.scores
        return self.sweep.scores.join(self.trust.counts)

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
        if self.trust is not None:
            said["certainty"] = self.trust.certainty[str(count)].round(2)
        certainty = self.sweep.extra.get("certainty")
        if certainty is not None and str(count) in certainty:
            said["membership"] = certainty[str(count)].round(3)
        if "weak" in self.sweep.extra:
            said["weak"] = self.sweep.extra["weak"]["weak"].map({True: "yes", False: "no"})
        return said

    def stability(self, count: int) -> pd.DataFrame:
        """Give how stable each segment is, as :class:`analytics.trust.Trust`; empty if unknown."""
        if self.trust is None:
            return pd.DataFrame()
        return self.trust.segments.loc[count]

    @property
    def all_unreliable(self) -> set[tuple[int, int]]:
        """Give the k and the number of every segment as :meth:`unreliable` does."""
        return {(int(k), s) for k in self.sweep.scores.index for s in self.unreliable(int(k))}

    def unreliable(self, count: int) -> set[int]:
        """Give the segments that are known not to come back when customers are drawn anew."""
        table = self.stability(count)
        return {int(s) for s in table.index[table["word"] == UNRELIABLE]} if len(table) else set()


@dataclass(frozen=True)
class Influence:
    """How much each feature decides who is like whom.

    Attributes
    ----------
    shares : DataFrame
        As from :func:`analytics.influence.influence`.
    warnings : tuple of Imbalance
    """

    shares: pd.DataFrame
    warnings: tuple[Imbalance, ...]


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
        What the algorithm says of each customer: ``certainty`` (share of half samples that lead
        to the same segment), ``membership`` (how probably they belong to their segment) or
        ``weak`` (noise that was given to the nearest segment).
    features : tuple of str
    stability : DataFrame indexed by segment
        As in :class:`analytics.trust.Trust`; empty where the segments were not sought anew.
    unreliable : set of int
        Segments that are known not to come back when customers are drawn anew.
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
    stability: pd.DataFrame
    unreliable: set[int]

    @property
    def marked(self) -> dict[int, str]:
        """Give the names as figures show them, those of unreliable segments marked."""
        return {
            segment: theme.marked(name) if segment in self.unreliable else name
            for segment, name in self.names.items()
        }

"""Every number of segments of one sweep, described from frames that are read once."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analytics import insights, naming, portrait, profiles
from analytics.projection import Projection
from app.answers import Dataset, Segmentation, SweepRequest, Swept

NOISE = 0  # the segment of those that are in none


@dataclass(frozen=True)
class Described:
    """A sweep with what its segments are described by.

    Attributes
    ----------
    swept : Swept
    data : Dataset
    request : SweepRequest
    matrix : DataFrame
        That distances are measured in.
    projection : Projection
    key : callable
        Names the segmentation into a number of segments.
    """

    swept: Swept
    data: Dataset
    request: SweepRequest
    matrix: pd.DataFrame
    projection: Projection
    key: Callable[[int], str]

    @property
    def features(self) -> tuple[str, ...]:
        """Give the columns that formed the segments."""
        return self.request.spec.columns

    def segmentation(self, count: int) -> Segmentation:
        """Describe the customers in a number of segments.

        Raises
        ------
        UnknownChoice
            If that number was not tried.
        """
        labels, silhouettes = self.swept.partition(count)
        described = profiles.profile(self.data.customers, self.data.columns, labels)
        made_of = profiles.composition(self.data.customers, self.data.columns, labels)
        sizes = labels.value_counts()
        segments = [*range(1, count + 1), *([NOISE] if NOISE in sizes.index else [])]
        names = self.traits(described, made_of) | dict(self.request.names) | {NOISE: "Noise"}
        return Segmentation(
            key=self.key(count),
            labels=labels,
            names={segment: names[segment] for segment in segments},
            sizes={segment: int(sizes[segment]) for segment in segments},
            profiles=described,
            composition=made_of,
            projection=self.projection,
            silhouettes=silhouettes,
            features=self.features,
            told=self.swept.told(count),
            stability=self.swept.stability(count),
            unreliable=self.swept.unreliable(count),
        )

    def traits(self, described: pd.DataFrame, made_of: pd.DataFrame) -> dict[int, str]:
        """Name segments by what sets them apart, whatever the user calls them.

        Parameters
        ----------
        described, made_of : DataFrame
            As from :mod:`analytics.profiles`.
        """
        return naming.name_segments(
            described.drop(index=NOISE, level=0, errors="ignore"),
            made_of.drop(index=NOISE, level=0, errors="ignore"),
            self.features,
            self.data.concepts,
        )

    def claims(self) -> list[str]:
        """Check what is often said of such data, and caution against what follows from it."""
        checked = portrait.claims(
            self.data.customers,
            self.data.columns,
            self.features,
            self.swept.sweep.scores,
            self.swept.recommendation.k,
        )
        return [*checked, insights.CAUTION]

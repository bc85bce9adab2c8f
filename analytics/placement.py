"""The rules by which a model puts customers into segments."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from analytics.divisions import Division
from analytics.recipe import Finite


@dataclass(frozen=True)
class Points:
    """Segments by the nearest of some points, in scaled units.

    Attributes
    ----------
    metric : str
        ``euclidean`` or ``cityblock``.
    places : tuple of tuple of float, shape (n_points, n_features)
    segments : tuple of int
        The segment of each: one point for each segment, or many training customers.
    kind : str
    """

    metric: Literal["euclidean", "cityblock"]
    places: tuple[tuple[Finite, ...], ...]
    segments: tuple[int, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Gaussians:
    """Segments by the likeliest of some Gaussians.

    Attributes
    ----------
    segments : tuple of int
        The segment of each; 0 for one that is the likeliest of nobody in training.
    heights, means, roots
        As in :func:`analytics.algorithms.mixture.expectation`.
    kind : str
    """

    segments: tuple[int, ...]
    heights: tuple[Finite, ...]
    means: tuple[tuple[Finite, ...], ...]
    roots: tuple[tuple[tuple[Finite, ...], ...], ...]
    kind: Literal["gaussians"] = "gaussians"


@dataclass(frozen=True)
class Edits:
    """Segments by a rule, and then divided anew by hand, step by step.

    Attributes
    ----------
    base : Points or Gaussians
    divisions : tuple of Division
    kind : str
    """

    base: Annotated[Points | Gaussians, Field(discriminator="kind")]
    divisions: tuple[Division, ...]
    kind: Literal["edits"] = "edits"

    def fit(self, width: int, segments: set[int]) -> bool:
        """Say whether every division is of the segments before it, and the last gives these."""
        known = {segment for segment in self.base.segments if segment}
        for division in self.divisions:
            if not division.fits(width, known):
                return False
            known = division.after
        return known == segments - {0}

    @property
    def anew(self) -> tuple[Division, ...]:
        """What decides alone, as it begins with dividing everyone anew; empty if nothing does."""
        if 0 in self.base.segments:
            return ()
        whole = [place for place, one in enumerate(self.divisions) if not one.kept]
        return self.divisions[whole[-1] :] if whole else ()


Rule = Points | Gaussians | Edits

"""The verbs of the application, for the page, the API and the command line alike."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd

from analytics import export, naming, profiles
from analytics.clusterability import Clusterability, clusterability
from analytics.errors import NotEnoughData, UnknownChoice
from analytics.prepare import FeatureSpec, check, prepare
from analytics.projection import project
from analytics.reading import Limits
from analytics.recommend import recommend
from analytics.sweep import COUNTS, Sweep, feasible, sweep
from app.answers import Segmentation, SweepRequest, Swept
from app.bundles import Bundle, Bundles
from app.datasets import Datasets
from app.session import token
from app.settings import Settings
from app.storage.frames import FrameStore


class Services:
    """Opens each visitor's workspace."""

    def __init__(self, settings: Settings) -> None:
        self._store = FrameStore(
            settings.cache_dir, max_mb=settings.cache_mb, max_hours=settings.cache_hours
        )
        self._settings = settings

    def workspace(self, cookies: Mapping[str, str]) -> "Workspace":
        """Open the workspace of the session that the cookies name."""
        return self.of(token(cookies))

    def of(self, session: str) -> "Workspace":
        """Open the workspace of a session."""
        return Workspace(Bundles(self._store, session), self._settings)


class Workspace(Datasets):
    """What one session can do; everything it stores is bound to its secret."""

    def __init__(self, bundles: Bundles, settings: Settings) -> None:
        limits = Limits(unpacked_bytes=settings.max_unpacked_mb * 2**20)
        super().__init__(bundles, settings.max_upload_mb * 2**20, limits)

    def choose(self, dataset: str, columns: Sequence[str], scaling: str) -> str:
        """Check a choice of features and give its key."""
        spec = _spec(columns, scaling)
        check(self.dataset(dataset).columns, spec)
        return self._bundles.key("features:v1", dataset, *_spelled(spec))

    def ask(
        self,
        dataset: str,
        columns: Sequence[str],
        scaling: str = "standard",
        low: int = COUNTS.start,
        high: int = COUNTS.stop - 1,
    ) -> SweepRequest:
        """Put the question how many segments there are."""
        return SweepRequest(dataset, _spec(columns, scaling), low, high)

    def sweep(self, request: SweepRequest) -> Swept:
        """Fit and score every number of segments in the range, or recall it.

        A range that reaches beyond what the distinct customers allow is cut down to it.

        Raises
        ------
        NotEnoughData, UnknownColumn, UnusableFeature, UnknownChoice, Expired
        """
        if not COUNTS.start <= request.low <= request.high < COUNTS.stop:
            raise UnknownChoice(
                f"A range from {request.low} to {request.high} segments cannot be tried.",
                f"Choose from {COUNTS.start} to {COUNTS.stop - 1}.",
            )
        key = self._bundles.key(
            "sweep:v2",
            request.dataset,
            *_spelled(request.spec),
            str(request.low),
            str(request.high),
        )

        def make() -> Bundle:
            data = self.dataset(request.dataset)
            matrix = prepare(data.customers, data.columns, request.spec)
            wanted = feasible(matrix.matrix, range(request.low, request.high + 1))
            found = sweep(matrix.matrix, wanted or range(request.low, request.low + 1))
            frames = {
                "scores": found.scores,
                "labels": found.labels,
                "silhouettes": found.silhouettes,
                "matrix": matrix.matrix,
            }
            clumping = _clusterability(matrix.matrix)
            facts = {
                "total": found.total,
                "notes": matrix.notes,
                "clusterability": asdict(clumping) if clumping else None,
            }
            return Bundle(frames, facts)

        self._bundles.keep(request.dataset)
        self._bundles.remember(key, make)
        facts = self._bundles.facts(key)
        frames = {
            name: self._bundles.frame(key, name) for name in ("scores", "labels", "silhouettes")
        }
        found = Sweep(**frames, total=facts["total"])
        clumping = facts["clusterability"]
        return Swept(
            key,
            found,
            recommend(found.scores, len(found.labels)),
            Clusterability(**clumping) if clumping else None,
            tuple(facts["notes"]),
        )

    def segment(self, request: SweepRequest, count: int) -> Segmentation:
        """Put the customers into a number of segments and describe these."""
        swept = self.sweep(request)
        labels, silhouettes = swept.partition(count)
        data = self.dataset(request.dataset)
        described = profiles.profile(data.customers, data.columns, labels)
        made_of = profiles.composition(data.customers, data.columns, labels)
        features = request.spec.columns
        matrix = self._bundles.frame(swept.key, "matrix")
        return Segmentation(
            key=self._bundles.key("segments:v1", swept.key, str(count)),
            labels=labels,
            names=naming.name_segments(described, made_of, features, data.concepts),
            sizes={int(n): int(size) for n, size in labels.value_counts().sort_index().items()},
            profiles=described,
            composition=made_of,
            projection=project(data.customers, matrix, features),
            silhouettes=silhouettes,
            features=features,
        )

    def export(self, request: SweepRequest, count: int, segments: list[int] | None = None) -> bytes:
        """Write the customers as a CSV with their segments; only those of some, if given."""
        found = self.segment(request, count)
        original, facts = self.written(request.dataset)
        added = pd.DataFrame(
            {"segment": found.labels, "segment_name": found.labels.map(found.names)}
        )
        kept = found.labels.isin(segments) if segments else np.ones(len(added), dtype=bool)
        return export.labelled_csv(
            original[kept],
            list(facts["headers"]),
            added[kept],
            facts["delimiter"].strip() or ",",
            marked=facts["marked"],
        )


def _clusterability(matrix: pd.DataFrame) -> Clusterability | None:
    """Test for clumping; nothing where there are too few customers to tell."""
    try:
        return clusterability(matrix)
    except NotEnoughData:
        return None


def _spec(columns: Sequence[str], scaling: str) -> FeatureSpec:
    return FeatureSpec(tuple(dict.fromkeys(columns)), scaling)


def _spelled(spec: FeatureSpec) -> list[str]:
    return [json.dumps(spec.columns), spec.scaling]

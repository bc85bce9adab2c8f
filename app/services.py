"""The verbs of the application, for the page, the API and the command line alike."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from analytics import columns as columns_
from analytics import export, findings, ingest, naming, profiles, sample
from analytics.columns import Column
from analytics.errors import FileTooLarge, UnknownChoice, UnreadableFile
from analytics.prepare import FeatureSpec, check, prepare
from analytics.projection import project
from analytics.recommend import recommend
from analytics.sweep import COUNTS, Sweep, feasible, sweep
from app.answers import Dataset, DatasetRef, Segmentation, SweepRequest, Swept
from app.session import token
from app.settings import Settings
from app.storage.frames import FrameStore

Bundle = tuple[Mapping[str, pd.DataFrame], Mapping[str, Any]]


class Services:
    """Opens each visitor's workspace."""

    def __init__(self, settings: Settings) -> None:
        self._store = FrameStore(
            settings.cache_dir, max_mb=settings.cache_mb, max_hours=settings.cache_hours
        )
        self._max_bytes = settings.max_upload_mb * 2**20

    def workspace(self, cookies: Mapping[str, str]) -> "Workspace":
        """Open the workspace of the session that the cookies name."""
        return Workspace(self._store, token(cookies), self._max_bytes)


class Workspace:
    """What one session can do; everything it stores is bound to its secret."""

    def __init__(self, store: FrameStore, session: str, max_bytes: int) -> None:
        self._store = store
        self._session = session
        self._max_bytes = max_bytes

    def open_sample(self) -> DatasetRef:
        """Open the built-in sample."""
        return self._ingest(sample.NAME, self.template())

    def template(self) -> bytes:
        """Write the built-in sample as a CSV, to start a file of one's own from."""
        return str(sample.mall_customers().to_csv(index=False)).encode()

    def open_upload(self, name: str, contents: str) -> DatasetRef:
        """Open a file that the browser sent as a data URL.

        Raises
        ------
        UnreadableFile
            If the URL is damaged or the file is no table.
        FileTooLarge
            If the file is over the limit.
        """
        _, _, encoded = contents.partition(",")
        if len(encoded) * 3 // 4 > self._max_bytes + 2:
            raise self._too_large(len(encoded) * 3 // 4)
        try:
            content = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise UnreadableFile(
                "The upload arrived damaged.", "Choose the file once more."
            ) from error
        return self.open_file(name, content)

    def open_file(self, name: str, content: bytes) -> DatasetRef:
        """Open a file by its content; its name is only shown."""
        if len(content) > self._max_bytes:
            raise self._too_large(len(content))
        return self._ingest(PurePath(name.replace("\\", "/")).name[:120], content)

    def _too_large(self, size: int) -> FileTooLarge:
        return FileTooLarge(
            f"The file has {size / 2**20:,.1f} MB; the limit is {self._max_bytes // 2**20:,} MB.",
            "Remove columns you do not need, or split the file.",
        )

    def _ingest(self, name: str, content: bytes) -> DatasetRef:
        key = self._key("dataset:v1", hashlib.sha256(content).hexdigest())

        def make() -> Bundle:
            table = ingest.read(content)
            customers, described = columns_.interpret(table.original)
            facts = {
                "delimiter": table.delimiter,
                "encoding": table.encoding,
                "headers": table.headers,
                "renamed": table.renamed,
                "columns": [asdict(column) for column in described],
                "rows": len(customers),
            }
            return {"original": table.original, "customers": customers}, facts

        self._remember(key, make)
        return DatasetRef(key, name, int(self._store.facts(self._session, key)["rows"]))

    def dataset(self, key: str) -> Dataset:
        """Load a dataset.

        Raises
        ------
        Expired
            If the server does not keep it for this session.
        """
        self._store.has(self._session, key)
        facts = self._store.facts(self._session, key)
        return Dataset(
            key=key,
            customers=self._store.frame(self._session, key, "customers"),
            columns=tuple(Column(**column) for column in facts["columns"]),
            delimiter=facts["delimiter"],
            encoding=facts["encoding"],
            renamed=tuple(facts["renamed"]),
        )

    def findings(self, key: str) -> list[str]:
        """Say what the columns of a dataset show together."""
        data = self.dataset(key)
        answer = self._key("findings:v1", key)
        self._remember(
            answer,
            lambda: ({}, {"sentences": findings.findings(data.customers, data.columns)}),
        )
        return list(self._store.facts(self._session, answer)["sentences"])

    def choose(self, dataset: str, columns: Sequence[str], scaling: str) -> str:
        """Check a choice of features and give its key."""
        spec = _spec(columns, scaling)
        check(self.dataset(dataset).columns, spec)
        return self._key("features:v1", dataset, *_spelled(spec))

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
        key = self._key(
            "sweep:v1",
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
            return frames, {"total": found.total, "notes": matrix.notes}

        self._store.has(self._session, request.dataset)
        self._remember(key, make)
        facts = self._store.facts(self._session, key)
        frames = {
            name: self._store.frame(self._session, key, name)
            for name in ("scores", "labels", "silhouettes")
        }
        found = Sweep(**frames, total=facts["total"])
        return Swept(key, found, recommend(found.scores, len(found.labels)), tuple(facts["notes"]))

    def segment(self, request: SweepRequest, count: int) -> Segmentation:
        """Put the customers into a number of segments and describe these."""
        swept = self.sweep(request)
        labels, silhouettes = swept.partition(count)
        data = self.dataset(request.dataset)
        described = profiles.profile(data.customers, data.columns, labels)
        made_of = profiles.composition(data.customers, data.columns, labels)
        features = request.spec.columns
        matrix = self._store.frame(self._session, swept.key, "matrix")
        return Segmentation(
            key=self._key("segments:v1", swept.key, str(count)),
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
        original = self._store.frame(self._session, request.dataset, "original")
        facts = self._store.facts(self._session, request.dataset)
        added = pd.DataFrame(
            {"segment": found.labels, "segment_name": found.labels.map(found.names)}
        )
        kept = found.labels.isin(segments) if segments else np.ones(len(added), dtype=bool)
        return export.labelled_csv(
            original[kept], list(facts["headers"]), added[kept], facts["delimiter"]
        )

    def _key(self, *recipe: str) -> str:
        """Name a recipe by a digest that nobody without the session's secret can compute."""
        return hmac.digest(self._session.encode(), json.dumps(recipe).encode(), "sha256").hex()

    def _remember(self, key: str, make: Callable[[], Bundle]) -> None:
        if not self._store.has(self._session, key):
            frames, facts = make()
            self._store.put(self._session, key, frames, facts)


def _spec(columns: Sequence[str], scaling: str) -> FeatureSpec:
    return FeatureSpec(tuple(dict.fromkeys(columns)), scaling)


def _spelled(spec: FeatureSpec) -> list[str]:
    return [json.dumps(spec.columns), spec.scaling]

"""The verbs of the application, for the page, the API and the command line alike."""

import hashlib
import json
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics import bundled, export, sql
from analytics import model as model_
from analytics.model import Model
from app import document
from app.answers import SweepRequest
from app.bundles import Bundle, Bundles
from app.scoring import Scored, model_of, origin, score
from app.segmentations import Segmentations
from app.session import token
from app.settings import Settings
from app.storage.frames import FrameStore
from app.work import Jobs


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
        bundles = Bundles(self._store, session)
        return Workspace(bundles, self._settings, Jobs(self._settings, bundles, session))


class Workspace(Segmentations):
    """What one session can do; everything it stores is bound to its secret."""

    def export(self, request: SweepRequest, count: int, segments: list[int] | None = None) -> bytes:
        """Write the customers as a CSV with their segments; only those of some, if given."""
        found = self.segment(request, count)
        original, facts = self.written(request.dataset)
        added = pd.DataFrame(
            {"segment": found.labels, "segment_name": found.labels.map(found.names)}
        ).join(found.told)
        kept = found.labels.isin(segments) if segments else np.ones(len(added), dtype=bool)
        return export.labelled_csv(
            original[kept],
            list(facts["headers"]),
            added[kept],
            facts["delimiter"].strip() or ",",
            marked=facts["marked"],
        )

    def model(self, request: SweepRequest, count: int, file: str = "") -> bytes:
        """Write the model that puts other customers into the segments, or recall it.

        Parameters
        ----------
        request : SweepRequest
        count : int
        file : str
            The name of the training file, which the model tells.
        """
        swept = self.sweep(request)
        found, names = self.edit(request, count), json.dumps(request.names)
        key = self._bundles.key("model:v2", found.key, str(count), file, names)

        def make() -> Bundle:
            data, base = self.dataset(request.dataset), self._as_read(request.dataset)
            made = model_of(
                found.segmentation,
                swept,
                request,
                data,
                self.dataset(base),
                np.isin(self._lines(base), self._lines(request.dataset)),
                origin(file, self.digest(request.dataset), data, request),
                count,
                found.edited,
            )
            return Bundle(files={"model": model_.write(made)})

        self._bundles.remember(key, make)
        return self._bundles.content(key, "model")

    def report(self, request: SweepRequest, count: int, file: str = "") -> bytes:
        """Write a page that shows the segments and how they were found, and needs nothing else."""
        return document.write(self, request, count, file)

    def sql(self, request: SweepRequest, count: int) -> str:
        """Write the assignment to segments as one SQL expression."""
        return sql.expression(model_.read(self.model(request, count)))

    def score(self, model: Model, content: bytes) -> Scored:
        """Put the customers of a file into the segments of a model.

        Raises
        ------
        UnreadableFile, FileTooLarge, UnknownColumn
        """
        self.check_size(len(content))
        return score(model, content, self._limits)

    def summary(self, request: SweepRequest, count: int) -> bytes:
        """Write a CSV with a row for each segment."""
        found = self.segment(request, count)
        return bundled.summary_csv(found.names, found.sizes, found.profiles, found.composition)

    def _labelled(self, request: SweepRequest, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the customers as read with their segments, and a description of the columns."""
        found, base = self.segment(request, count), self.dataset(self._as_read(request.dataset))
        used = np.isin(self._lines(base.key), self._lines(request.dataset))
        customers = base.customers[used].reset_index(drop=True)
        added = pd.DataFrame(
            {"segment": found.labels, "segment_name": found.labels.map(found.names)}
        ).join(found.told)
        table, renamed = bundled.beside(customers, added)
        return table, bundled.dictionary(base.columns, renamed)

    def workbook(self, request: SweepRequest, count: int) -> bytes:
        """Write the customers with their segments, and a data dictionary, for Excel.

        Raises
        ------
        UnwritableFile
            If there are more than a sheet holds.
        """
        table, described = self._labelled(request, count)
        return bundled.workbook({"Customers": table, "Dictionary": described})

    def parquet(self, request: SweepRequest, count: int) -> bytes:
        """Write the same as Parquet and CSV in a zip."""
        return bundled.packed_parquet(*self._labelled(request, count))

    def remember_scored(self, scored: Scored) -> str:
        """Keep a scored file for its download, and give its key."""
        key = self._bundles.key("scored:v1", hashlib.sha256(scored.csv).hexdigest())
        self._bundles.remember(key, lambda: Bundle(files={"csv": scored.csv}))
        return key

    def scored_csv(self, key: str) -> bytes:
        """Give a scored file; raises ``Expired`` if this session has none of the key."""
        return self._bundles.content(key, "csv")

"""The verbs of the application, for the page, the API and the command line alike."""

import hashlib
import json
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics import bundled, export, sql
from analytics import model as model_
from analytics.algorithms import Task, mixed_data
from analytics.algorithms.comparison import Comparison
from analytics.algorithms.fitting import compare_all
from analytics.algorithms.mixed import LEVELS
from analytics.errors import UnknownChoice
from analytics.influence import dominant, gower_influence, influence
from analytics.model import Model
from analytics.prepare import check, prepare
from analytics.progress import Progress, silent
from analytics.projection import project
from analytics.reading import Limits
from analytics.sweep import COUNTS, is_long
from app import carrying, document, editing, sweeping
from app.answers import Influence, Job, Method, Segmentation, SweepRequest, Swept
from app.bundles import Bundle, Bundles
from app.carrying import Carried, Named
from app.datasets import Datasets
from app.described import Described
from app.editing import Edits
from app.scoring import Scored, model_of, origin, score
from app.session import token
from app.settings import Settings
from app.storage.frames import FrameStore
from app.work import Jobs, spelled

_KMEANS = Method()


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


class Workspace(Datasets):
    """What one session can do; everything it stores is bound to its secret."""

    def __init__(self, bundles: Bundles, settings: Settings, jobs: Jobs) -> None:
        self.jobs = jobs
        limits = Limits(unpacked_bytes=settings.max_unpacked_mb * 2**20)
        super().__init__(bundles, settings.max_upload_mb * 2**20, limits)

    def method(
        self,
        algorithm: str = "kmeans",
        options: Mapping[str, float] | None = None,
        noise: str = "keep",
    ) -> Method:
        """Name a way to find segments."""
        return Method(algorithm, tuple(sorted((options or {}).items())), noise)

    def choose(
        self,
        dataset: str,
        columns: Sequence[str],
        scaling: str,
        method: Method = _KMEANS,
        coding: str = "indicators",
        weights: Mapping[str, float] | None = None,
    ) -> str:
        """Check a choice of features and of a way to find segments, and give its key."""
        spec = sweeping.spec(columns, scaling, coding, weights)
        check(self.dataset(dataset).columns, spec)
        return self._bundles.key("features:v2", dataset, *sweeping.recipe(spec, method))

    def ask(
        self,
        dataset: str,
        columns: Sequence[str],
        scaling: str = "standard",
        low: int = COUNTS.start,
        high: int = COUNTS.stop - 1,
        method: Method = _KMEANS,
        coding: str = "indicators",
        weights: Mapping[str, float] | None = None,
        names: Mapping[int, str] | None = None,
    ) -> SweepRequest:
        """Put the question how many segments there are."""
        spec = sweeping.spec(columns, scaling, coding, weights)
        return SweepRequest(dataset, spec, low, high, method, tuple(sorted((names or {}).items())))

    def influence(self, request: SweepRequest) -> Influence:
        """Tell how much each feature decides, and warn where that is too much.

        Raises
        ------
        UnknownColumn, UnusableFeature, UnknownChoice, Expired
        """
        data = self.dataset(request.dataset)
        if request.method.algorithm == "mixed":  # it balances its columns itself
            return Influence(
                gower_influence(mixed_data(data.customers, data.columns, request.spec)), ()
            )
        matrix = prepare(data.customers, data.columns, request.spec).matrix
        shares = influence(matrix, request.spec.columns)
        return Influence(shares, tuple(dominant(shares, data.columns, request.spec)))

    def begin_sweep(self, request: SweepRequest) -> Job | None:
        """Have a question answered as a job; nothing if its answer is known or quickly found."""
        rows = len(self.dataset(request.dataset).customers)
        if not is_long(rows, len(request.spec.columns), request.high - request.low + 1):
            return None
        if self._bundles.keep(self._key(request)):
            return None
        return self.jobs.begin("sweep", spelled(request))

    def _key(self, request: SweepRequest) -> str:
        low, high = str(request.low), str(request.high)
        recipe = sweeping.recipe(request.spec, request.method)
        return self._bundles.key("sweep:v6", request.dataset, *recipe, low, high)

    def sweep(self, request: SweepRequest, progress: Progress = silent) -> Swept:
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
        key = self._key(request)

        self._bundles.keep(request.dataset)
        self._bundles.remember(
            key, lambda: sweeping.find(self.dataset(request.dataset), request, progress)
        )
        return sweeping.recall(self._bundles, key)

    def describe(self, request: SweepRequest) -> Described:
        """Read once what describes every number of segments in the range."""
        swept = self.sweep(request)
        data = self.dataset(request.dataset)
        matrix = self._bundles.frame(swept.key, "matrix")
        return Described(
            swept,
            data,
            request,
            matrix,
            project(data.customers, matrix, request.spec.columns),
            lambda count: self._bundles.key("segments:v1", swept.key, str(count)),
        )

    def carry(
        self, given: Sequence[Named], request: SweepRequest, count: int | None = None
    ) -> Carried:
        """Carry names that the user gave over to every number of segments of another sweep.

        Parameters
        ----------
        given : sequence of (SweepRequest, count, names by segment)
            What was named, in that order; a later name takes the place of an earlier one. What
            the server keeps no more, or is of another file, is passed over.
        request : SweepRequest
        count : int, optional
            Where the question has edits, the number of segments that they are of.
        """
        key = self._key(request)
        kept = [
            carrying.Given(self._found(asked, k), k, names, rows, again=self._key(asked) != key)
            for asked, k, names in given
            if self._bundles.keep(self._key(asked))
            and (rows := self.shared_rows(asked.dataset, request.dataset)) is not None
        ]
        return carrying.carried(kept, self._found(request, count))

    def _found(self, request: SweepRequest, count: int | None) -> pd.DataFrame:
        """Give the segments of every number, or of the only one that was edited."""
        if request.edits and count is not None:
            return self.edit(request, count).labels(count)
        return self._bundles.frame(self._key(request), "labels")

    def segment(self, request: SweepRequest, count: int) -> Segmentation:
        """Put the customers into a number of segments, edited or not, and describe these."""
        return self.edit(request, count).segmentation

    def edit(self, request: SweepRequest, count: int) -> Edits:
        """Take the steps of a question with the segments of a number; see :mod:`app.editing`."""
        return editing.edits(self._bundles, self.describe(request), count, request.edits)

    def compare(self, request: SweepRequest, count: int) -> Comparison:
        """Run every algorithm with its defaults on the same features, for one number of segments.

        Raises
        ------
        NotEnoughData, UnknownColumn, UnusableFeature, UnknownChoice, Expired
        """
        data = self.dataset(request.dataset)
        matrix = prepare(data.customers, data.columns, request.spec).matrix
        mixed = None
        if any(
            column.role in LEVELS for column in data.columns if column.name in request.spec.columns
        ):
            mixed = mixed_data(data.customers, data.columns, request.spec)
        return compare_all(Task(matrix, range(count, count + 1), mixed=mixed))

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

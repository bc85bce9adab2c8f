"""What one session can ask of its customers: how many segments there are, and which."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from analytics.algorithms import Task, mixed_data
from analytics.algorithms.comparison import Comparison
from analytics.algorithms.fitting import compare_all
from analytics.algorithms.mixed import LEVELS
from analytics.errors import UnknownChoice
from analytics.influence import dominant, gower_influence, influence
from analytics.prepare import check, prepare
from analytics.progress import Progress, silent
from analytics.projection import project
from analytics.reading import Limits
from analytics.sweep import COUNTS, is_long
from app import carrying, editing, sweeping
from app.answers import Influence, Job, Method, Segmentation, SweepRequest, Swept
from app.bundles import Bundles
from app.carrying import Carried, Named
from app.datasets import Datasets
from app.described import Described
from app.editing import Edits
from app.settings import Settings
from app.shown import shown
from app.storage.frames import expired
from app.work import Jobs, spelled

_KMEANS = Method()


class Segmentations(Datasets):
    """The questions of one session, and the answers that it keeps."""

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

    def shown(
        self, request: SweepRequest, part: tuple[str, ...], make: Callable[[], Mapping[str, Any]]
    ) -> dict[str, Any]:
        """Recall what a page shows of an answer, or make it; see :mod:`app.shown`.

        Raises
        ------
        Expired
            If the customers are no longer kept, whatever is of their page.
        """
        if not self._bundles.keep(request.dataset):
            raise expired()
        return shown(self._bundles, (self._key(request), *part), make)

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

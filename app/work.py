"""The verbs that ask for long work, follow it and stop it."""

import json
import time
from dataclasses import asdict, replace

from analytics.errors import Expired
from analytics.prepare import FeatureSpec
from app.answers import Job, Method, SweepRequest
from app.bundles import Bundles
from app.jobs import queue, start
from app.jobs.records import Records, owner
from app.settings import Settings

_WAIT_SECONDS = 15  # for a worker to start, which takes a second or two
_ALONE = ("No worker is running", "Try again in a moment; if it stays so, tell the administrator.")


class Jobs:
    """The jobs of one session; those of another cannot be told from those that never were."""

    def __init__(self, settings: Settings, bundles: Bundles, session: str) -> None:
        self._settings = settings
        self._bundles = bundles
        self._session = session
        self._records = Records(settings.cache_dir)

    def begin(self, kind: str, arguments: str) -> Job:
        """Ask for a job; the same question joins the one that waits or runs."""
        id_ = self._bundles.key("job:v1", kind, arguments)
        self._records.find(id_)  # what a dead worker left is marked failed, and begins anew
        if self._records.queue(id_, self._session, kind, arguments):
            queue.put(self._settings.cache_dir, id_)
        start.ensure(self._settings)
        return self.find(id_)

    def find(self, id_: str) -> Job:
        """Tell how a job stands; raises ``Expired`` if this session has none such."""
        record = self._records.find(id_)
        if record is None or record.owner != owner(self._session):
            raise Expired("The server knows no such work.", "Ask for it again.")
        late = record.state == "queued" and time.time() - record.updated > _WAIT_SECONDS
        if late and not start.running(self._settings.cache_dir):
            self._records.give_up(id_, "failed", _ALONE)
            return self.find(id_)
        problem = (record.title, record.detail) if record.title else None
        return Job(id_, record.state, record.share, record.doing, problem)

    def cancel(self, id_: str) -> Job:
        """Stop a job, whether it waits or runs; raises as :meth:`find` does."""
        self.find(id_)
        self._records.give_up(id_, "cancelled")
        return self.find(id_)

    def leave(self, id_: str) -> None:
        """Stop a job that is no longer waited for, if it is this session's and goes on."""
        record = self._records.find(id_)
        if record is not None and record.owner == owner(self._session):
            self._records.give_up(id_, "cancelled")


def spelled(request: SweepRequest) -> str:
    """Write a question as a job's arguments, without the edits, which it does not answer."""
    return json.dumps(asdict(replace(request, edits=())))


def read(arguments: str) -> SweepRequest:
    """Read a question that was written as a job's arguments."""
    given = json.loads(arguments)
    spec, method = given.pop("spec"), given.pop("method")
    names = tuple((segment, name) for segment, name in given.pop("names"))
    options = tuple((name, value) for name, value in method.pop("options"))
    del given["edits"]
    return SweepRequest(
        **given,
        names=names,
        spec=FeatureSpec(
            tuple(spec.pop("columns")),
            weights=tuple((name, weight) for name, weight in spec.pop("weights")),
            **spec,
        ),
        method=Method(**method, options=options),
    )

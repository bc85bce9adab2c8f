"""What can be done as a job."""

from collections.abc import Callable

from analytics.progress import Progress
from app.services import Workspace
from app.work import read

Work = Callable[[Workspace, str, Progress], None]


def _sweep(workspace: Workspace, arguments: str, progress: Progress) -> None:
    workspace.sweep(read(arguments), progress)


KINDS: dict[str, Work] = {"sweep": _sweep}

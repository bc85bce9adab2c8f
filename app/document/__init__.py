"""Segments as one page that is read anywhere: it asks no server and needs no other file."""

import datetime as dt
from typing import TYPE_CHECKING

from app.document.matter import Matter
from app.document.page import render
from app.scoring import origin

if TYPE_CHECKING:
    from app.answers import SweepRequest
    from app.services import Workspace


def write(workspace: "Workspace", request: "SweepRequest", count: int, file: str) -> bytes:
    """Write the page of a number of segments.

    Parameters
    ----------
    workspace : Workspace
    request : SweepRequest
    count : int
    file : str
        The name of the file that the customers came from.
    """
    described = workspace.describe(request)
    data = described.data
    edits = workspace.edit(request, count)
    matter = Matter(
        described=described,
        found=edits.segmentation,
        edits=edits,
        count=count,
        origin=origin(file, workspace.digest(data.key), data, request),
        shares=workspace.influence(request).shares["share"],
        aside=workspace.set_aside(data.key),
        alerts=tuple(workspace.alerts(data.key)),
        offers=tuple(workspace.offers(data.key)) if data.choices else (),
    )
    return render(matter, dt.datetime.now(dt.UTC))

"""What each ``dcc.Store`` holds.

A store is user input: anyone can put anything into it. It holds references; the frames that
these name stay on the server, bound to the session.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from dash.exceptions import PreventUpdate

from analytics import approaches
from analytics.editing import read

if TYPE_CHECKING:
    from app.answers import Method, SweepRequest
    from app.services import Workspace

MOST_NAME = 80  # letters of a name that the user gives to a segment


class DatasetState(TypedDict):
    """``store-dataset``: written by ``overview.open_dataset``, read by every tab."""

    key: str
    name: str
    customers: int


class DecisionState(TypedDict):
    """``store-decision``: written in the browser by ``choices``, read by ``overview``.

    What the user decided about the dataset in hand, as in :mod:`analytics.choices`.
    """

    dataset: str
    changed: str
    option: str


class MethodState(TypedDict):
    """How segments are found, as part of ``store-features``."""

    algorithm: str
    options: dict[str, float]
    noise: str


class KeptState(TypedDict):
    """``store-kept``: written in the browser by ``address.keep``, read when the page is loaded.

    What outlives a reload beside the dataset and the settings: the beginning of the key of the
    scores, the number of segments, and the features.
    """

    of: str
    count: int
    columns: list[str]


class FeaturesState(TypedDict):
    """``store-features``: written by ``selection.choose``, read by Model Selection and Segments."""

    key: str
    dataset: str
    columns: list[str]
    scaling: str
    coding: NotRequired[str]
    weights: NotRequired[dict[str, float]]
    method: NotRequired[MethodState]


class ScoresState(TypedDict):
    """``store-scores``: written by ``selection.compare``, read by ``views``."""

    key: str
    features: FeaturesState
    low: int
    high: int
    recommended: int


class JobState(TypedDict):
    """``store-job``: written by ``selection.compare``, read by ``jobs.follow``."""

    id: str


class EndedState(TypedDict):
    """``store-ended``: written by ``jobs.follow``, read by ``selection.compare``.

    The job that was done last.
    """

    id: str


class NamedSegment(TypedDict):
    """A segment as the browser needs it to say what is selected."""

    segment: int
    name: str
    size: int


class ViewState(TypedDict):
    """``store-view``: written by ``views.begin``, read in the browser by ``views.show``.

    All that the number of segments to begin with shows, and what every number shares.
    """

    key: str
    count: int
    shared: dict[str, Any]
    view: dict[str, Any]


class BegunState(TypedDict):
    """``store-begun``: written by ``views.begin``, read by ``views.follow``.

    The scores that are shown, and the number of segments whose view was sent first.
    """

    scores: ScoresState
    count: int


class ViewsState(TypedDict):
    """``store-views``: written by ``views.follow``, read in the browser by ``views.arrive``.

    The views as in :func:`analytics.packing.difference`: ``first`` is the whole one of the number
    to begin with, ``count``, against what was sent of it; the others are against the whole one.
    """

    key: str
    count: int
    first: dict[str, Any]
    views: dict[str, Any]


class ArrivedState(TypedDict):
    """``store-arrived``: written in the browser by ``views.arrive``, read by ``views.detail``."""

    key: str
    count: int


class DetailsState(TypedDict):
    """``store-details``: written by ``views.detail``, read in the browser by ``cards.show``.

    What the opened cards of every number of segments say, by that number and segment.
    """

    key: str
    cards: dict[str, dict[str, dict[str, Any]]]


class StepState(TypedDict):
    """A step with segments, as :func:`analytics.editing.read` reads it, and their names then."""

    step: dict[str, Any]
    names: dict[str, str]


class EditsState(TypedDict):
    """An entry of ``store-edits``: written by ``editing.change``.

    The steps taken with the segments of one number; ``editing`` and ``names`` read them.
    """

    scores: ScoresState
    count: int
    steps: list[StepState]


class EditedState(TypedDict):
    """``store-edited``: written by ``editing.show``, read in the browser by ``views.show``.

    By number of segments the edited ones: ``view`` and ``cards`` as those that were found,
    ``steps``, and ``costs``, a sentence for each of them.
    """

    key: str
    solutions: dict[str, dict[str, Any]]


class GivenState(TypedDict):
    """An entry of ``store-names``: written in the browser by ``renaming``, read by ``names.carry``.

    A name that the user gave to a segment.
    """

    scores: ScoresState
    count: int
    segment: int
    name: str
    edits: NotRequired[list[StepState] | None]


class NamedState(TypedDict):
    """``store-named``: written by ``names.carry``, read in the browser by ``views.show``.

    The names that the user gave, by number of segments and segment, as far as they carry over;
    ``edited`` those of the edited segments.
    """

    key: str
    names: dict[str, dict[str, str]]
    edited: dict[str, dict[str, str]]


class BalanceState(TypedDict):
    """``store-balance``: written in the browser by ``balance``, read by ``selection.choose``.

    How much each feature of a dataset is to count, and the columns where they change as well.
    """

    dataset: str
    coding: str
    weights: dict[str, float]
    columns: list[str] | None


class SegmentsState(TypedDict):
    """``store-segments``: written in the browser by ``views.tell``.

    It is read by the cross-filter and the download.
    """

    key: str
    scores: ScoresState
    count: int
    segments: list[NamedSegment]
    edits: NotRequired[list[StepState] | None]


class AssignedState(TypedDict):
    """``store-assigned``: written by ``assign.score``, read by ``assign.save``.

    The scored file, and the segmentation that it was scored by.
    """

    key: str
    segments: str
    name: str


class TriedState(TypedDict):
    """``store-tried``: written by ``assign.describe``, read by ``assign.try_out``.

    The segmentation whose features the form asks for.
    """

    segments: str


def opened(dataset: DatasetState | None) -> str:
    """Give the key of the dataset in hand; without one nothing is to be drawn."""
    if not dataset:
        raise PreventUpdate
    return dataset["key"]


def request(
    workspace: "Workspace", scores: ScoresState, edits: list[StepState] | None = None
) -> "SweepRequest":
    """Spell out the question that the scores answer, and the steps taken with some segments."""
    asked = question(workspace, scores["features"], scores["low"], scores["high"])
    return replace(asked, edits=tuple(read(one["step"]) for one in edits or []))


def first_count(scores: ScoresState, approach: str | None, kept: KeptState | None) -> int:
    """Give the number of segments to begin with: that before a reload, or the approach's own."""
    tried = range(scores["low"], scores["high"] + 1)
    if kept and scores["key"].startswith(kept["of"]) and kept["count"] in tried:
        return int(kept["count"])
    return approaches.count(approach or approaches.CUSTOM, tried, scores["recommended"])


def named(workspace: "Workspace", segments: SegmentsState) -> "SweepRequest":
    """Spell out the question that the segments answer, with the names that they bear."""
    names = {one["segment"]: str(one["name"])[:MOST_NAME] for one in segments["segments"]}
    asked = request(workspace, segments["scores"], segments.get("edits"))
    return replace(asked, names=tuple(sorted(names.items())))


def question(
    workspace: "Workspace",
    features: FeaturesState,
    low: int,
    high: int,
) -> "SweepRequest":
    """Put the question how many segments there are, by the features in hand."""
    return workspace.ask(
        features["dataset"],
        features["columns"],
        features["scaling"],
        low,
        high,
        method(workspace, features.get("method")),
        features.get("coding", "indicators"),
        features.get("weights"),
    )


def method(workspace: "Workspace", given: MethodState | None) -> "Method":
    """Spell out how segments are found; by k-means unless something else is given."""
    if not given:
        return workspace.method()
    return workspace.method(given["algorithm"], given["options"], given["noise"])

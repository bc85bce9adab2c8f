"""What each ``dcc.Store`` holds.

A store is user input: anyone can put anything into it. It holds references; the frames that
these name stay on the server, bound to the session.
"""

from typing import TYPE_CHECKING, TypedDict

from dash.exceptions import PreventUpdate

if TYPE_CHECKING:
    from app.answers import SweepRequest
    from app.services import Workspace


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


class FeaturesState(TypedDict):
    """``store-features``: written by ``selection.choose``, read by Model Selection and Segments."""

    key: str
    dataset: str
    columns: list[str]
    scaling: str


class ScoresState(TypedDict):
    """``store-scores``: written by ``selection.compare``, read by Model Selection and Segments."""

    key: str
    features: FeaturesState
    low: int
    high: int
    recommended: int


class NamedSegment(TypedDict):
    """A segment as the browser needs it to say what is selected."""

    segment: int
    name: str
    size: int


class SegmentsState(TypedDict):
    """``store-segments``: written by ``segments.fit``, read by Segments and its cross-filter."""

    key: str
    scores: ScoresState
    count: int
    segments: list[NamedSegment]


def opened(dataset: DatasetState | None) -> str:
    """Give the key of the dataset in hand; without one nothing is to be drawn."""
    if not dataset:
        raise PreventUpdate
    return dataset["key"]


def current(features: FeaturesState | None, scores: ScoresState | None) -> ScoresState | None:
    """Give the scores if they answer for the features in hand, else nothing."""
    if features and scores and scores["features"]["key"] == features["key"]:
        return scores
    return None


def request(workspace: "Workspace", scores: ScoresState) -> "SweepRequest":
    """Spell out the question that the scores answer."""
    features = scores["features"]
    return workspace.ask(
        features["dataset"],
        features["columns"],
        features["scaling"],
        scores["low"],
        scores["high"],
    )

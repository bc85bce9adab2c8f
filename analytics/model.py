"""A segmentation as one file: everything needed to put other customers into its segments."""

from dataclasses import asdict, dataclass
from functools import cache
from typing import Annotated, Final, Literal

import numpy as np
import orjson
from pydantic import Field, TypeAdapter, ValidationError

from analytics.columns import Role
from analytics.drift import Bins
from analytics.errors import UnreadableModel
from analytics.mending import Mend
from analytics.placement import Edits, Gaussians, Points, Rule
from analytics.recipe import Finite, Recipe

SCHEMA: Final = "customer-segments/model"
VERSION: Final = 1
MOST_BYTES = 32 * 2**20
_AGAIN = "Choose a file that this program wrote as a model."


@dataclass(frozen=True)
class Source:
    """A column of a file that the model needs.

    Attributes
    ----------
    name : str
        Its header.
    role : str
    choices : dict of str to str
        How it is to be read, where that was decided: as in :func:`analytics.interpret.interpret`.
    """

    name: str
    role: Role
    choices: dict[str, str]


@dataclass(frozen=True)
class Member:
    """A segment of the model.

    Attributes
    ----------
    segment : int
    name : str
    size : int
        Training customers.
    far : float
        99th percentile of how far they are from its point, in scaled units.
    """

    segment: int
    name: str
    size: int
    far: Finite


@dataclass(frozen=True)
class Fixed:
    """A training customer on a border, whose segment is kept as it was found."""

    place: tuple[Finite, ...]
    segment: int


@dataclass(frozen=True)
class Origin:
    """Where a model comes from.

    Attributes
    ----------
    file, sha256 : str
        Name of the training file, and the digest of its bytes.
    rows, used, set_aside : int
        rows = used + set_aside.
    choices : tuple of (str, str)
        What the user decided about the data.
    algorithm : str
    options : dict of str to float
    noise : str
    seed : int
    scaling, coding : str
    weights : tuple of (str, float)
    versions : dict of str to str
        Of the program and its libraries.
    """

    file: str
    sha256: str
    rows: int
    used: int
    set_aside: int
    choices: tuple[tuple[str, str], ...]
    algorithm: str
    options: dict[str, Finite]
    noise: str
    seed: int
    scaling: str
    coding: str
    weights: tuple[tuple[str, Finite], ...]
    versions: dict[str, str]


@dataclass(frozen=True)
class Model:
    """Everything needed to put other customers into the segments.

    Attributes
    ----------
    origin : Origin
    sources : tuple of Source
        The columns that a file must have.
    mends : tuple of Mend
        The repairs, sources of made columns first.
    recipe : Recipe
    rule : Points, Gaussians or Edits
    segments : tuple of Member
    fixed : tuple of Fixed
        Training customers whom the rule alone would put elsewhere.
    agreement : float
        Share of the training customers who get their own segment again, 0 to 1.
    bins : tuple of Bins
        Of each feature, for drift.
    novel : float
        Share of the training customers who are farther than ``far``.
    notes : tuple of str
        What is an approximation.
    """

    origin: Origin
    sources: tuple[Source, ...]
    mends: tuple[Mend, ...]
    recipe: Recipe
    rule: Annotated[Rule, Field(discriminator="kind")]
    segments: tuple[Member, ...]
    fixed: tuple[Fixed, ...]
    agreement: Finite
    bins: tuple[Bins, ...]
    novel: Finite
    notes: tuple[str, ...]
    schema: Literal["customer-segments/model"] = SCHEMA
    version: Literal[1] = VERSION

    @property
    def names(self) -> dict[int, str]:
        """The name of each segment."""
        return {member.segment: member.name for member in self.segments}


@cache
def _adapter() -> TypeAdapter[Model]:
    return TypeAdapter(Model)


def write(model: Model) -> bytes:
    """Write a model as JSON, its schema and version first."""
    content = asdict(model)
    head = {name: content.pop(name) for name in ("schema", "version")}
    return orjson.dumps(head | content, option=orjson.OPT_INDENT_2)


def read(content: bytes) -> Model:
    """Read a model, every part of it checked.

    Raises
    ------
    UnreadableModel
        If it is no model, of another version, damaged, or its parts do not fit together.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableModel(
            f"The model has {len(content) / 2**20:,.0f} MB; none has more than"
            f" {MOST_BYTES // 2**20} MB.",
        )
    try:
        head = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UnreadableModel(f"The model is no JSON: {error}.", _AGAIN) from error
    if not isinstance(head, dict) or head.get("schema") != SCHEMA:
        raise UnreadableModel("This JSON is no model of segments.", _AGAIN)
    if head.get("version") != VERSION:
        raise UnreadableModel(
            f"The model is of version {str(head.get('version'))[:20]}; this program reads"
            f" version {VERSION}.",
            _AGAIN,
        )
    try:
        model = _adapter().validate_json(content, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:120] or "its top"
        raise UnreadableModel(
            f"The model is damaged at {where}: {first['msg']}.", _AGAIN
        ) from error
    _check(model)
    return model


def _check(model: Model) -> None:
    """Refuse parts that do not fit together."""
    width = len(model.recipe.features)
    known = {member.segment for member in model.segments}
    files = {source.name for source in model.sources}
    columns = {mend.name for mend in model.mends}
    edited = model.rule if isinstance(model.rule, Edits) else None
    rule = model.rule.base if isinstance(model.rule, Edits) else model.rule
    spots = rule.places if isinstance(rule, Points) else rule.means
    of = {one.segment for one in model.fixed} | (set() if edited else set(rule.segments))
    fitting = {
        "it has no two segments": len(known) >= 2 and len(known) == len(model.segments),
        "its points have no feature or another number of features": bool(width)
        and all(len(spot) == width for spot in [*spots, *(one.place for one in model.fixed)]),
        "its points and their segments differ in number": len(spots) == len(rule.segments) > 0,
        "a point or a border customer is of an unknown segment": of
        <= known | ({0} if isinstance(rule, Gaussians) else set()),
        "its edits do not fit": edited is None or edited.fit(width, known),
        "a feature is made of no column": {step.name for step in model.recipe.steps} <= columns,
        "a column comes from nowhere": _come_from(model, files),
        "its features repeat": len(set(model.recipe.features)) == width,
        "a scale is 0": all(
            step.kind == "indicators" or step.spread != 0 for step in model.recipe.steps
        ),
        "the levels of a feature do not fit": all(
            step.kind == "measure"
            or (len(step.means) == len(step.shown) and set(step.shown) <= set(step.levels))
            for step in model.recipe.steps
        ),
        "its Gaussians do not fit": isinstance(rule, Points) or _are_gaussians(rule, width),
        "its bins do not fit": all(bins.fit for bins in model.bins)
        and {bins.name for bins in model.bins} <= columns,
    }  # fmt: skip
    for what, fits in fitting.items():
        if not fits:
            raise UnreadableModel(f"The model is damaged: {what}.", _AGAIN)


def _come_from(model: Model, files: set[str]) -> bool:
    so_far: set[str] = set()
    for mend in model.mends:
        if mend.made is None and mend.name not in files:
            return False
        if mend.made is not None and (mend.made.source not in so_far or not _is_day(mend.made.day)):
            return False
        so_far.add(mend.name)
    return True


def _is_day(day: str) -> bool:
    try:
        return bool(np.datetime64(day, "D").astype(object))
    except ValueError:
        return False


def _are_gaussians(rule: Gaussians, width: int) -> bool:
    count = len(rule.segments)
    square = all(
        len(root) == width and all(len(row) == width for row in root) for root in rule.roots
    )
    return square and len(rule.roots) == len(rule.heights) == count and any(rule.segments)

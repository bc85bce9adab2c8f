"""Segments edited by hand: what each step leaves in a bundle, and how it is read from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from analytics.algorithms.fitting import score_of
from analytics.divisions import Division
from analytics.editing import (
    MOST_STEPS,
    Edited,
    Merge,
    MinimumSize,
    Step,
    costs,
    edit,
    read,
    written,
)
from analytics.editing.costs import Standing, standing
from analytics.editing.steadiness import steadiness
from analytics.errors import UnknownChoice
from analytics.scoring import Sweep
from analytics.sweep import SEED
from analytics.trust import Trust
from app.answers import Segmentation, Swept
from app.bundles import Bundle, Bundles
from app.described import Described

_FRAMES = ("scores", "labels", "silhouettes", "centres", "gaps", "heights", "flows")
_TRUST = ("counts", "segments", "certainty")
_DIVISIONS = TypeAdapter(tuple[Division, ...])


@dataclass(frozen=True)
class Edits:
    """Segments after some steps, and what these cost.

    Attributes
    ----------
    described : Described
        The edited segments as the only ones of a sweep.
    edited : Edited
    standings : tuple of Standing
        Before the first step and after each.
    """

    described: Described
    edited: Edited
    standings: tuple[Standing, ...]

    @property
    def key(self) -> str:
        """The key of the sweep, or of what was made of it."""
        return self.described.swept.key

    def labels(self, count: int) -> pd.DataFrame:
        """Give the segments as those of the number that was edited."""
        return pd.DataFrame({str(count): self.edited.labels})

    def told(self, names: Sequence[Mapping[int, str]]) -> list[str]:
        """Say what every step did and cost.

        Parameters
        ----------
        names : sequence of mapping
            What the segments were called before each step.
        """
        partitions = self.edited.partitions
        return [
            costs.sentence(
                step,
                names[at],
                self.standings[at],
                self.standings[at + 1],
                costs.moved(*partitions[at : at + 2]) if isinstance(step, MinimumSize) else 0,
            )
            for at, step in enumerate(self.edited.steps)
        ]

    @property
    def segmentation(self) -> Segmentation:
        """Describe the edited segments."""
        return self.described.segmentation(self.standings[-1].segments)


def edits(bundles: Bundles, base: Described, count: int, steps: Sequence[Step]) -> Edits:
    """Take steps with the segments of one number, or recall what they gave.

    Raises
    ------
    UnknownChoice, NotEnoughData, Expired
    """
    if len(steps) > MOST_STEPS:
        raise UnknownChoice(
            f"{len(steps)} edits are too many.", f"Undo some: {MOST_STEPS} can be kept."
        )
    if base.request.method.algorithm == "mixed" and not all(isinstance(s, Merge) for s in steps):
        raise UnknownChoice(
            "By Gower's dissimilarity segments have no centre, so they can only be merged.",
            "Find the segments by k-means to split them or to set a minimum size.",
        )
    labels, silhouettes = base.swept.partition(count)
    first = standing(base.matrix, labels, silhouettes, base.swept.trust, count)
    found = Edits(base, Edited((labels.to_numpy(dtype=np.int64),), (), ()), (first,))
    for many in range(1, len(steps) + 1):
        taken = [json.dumps(written(step)) for step in steps[:many]]
        key = bundles.key("edited:v1", base.swept.key, str(count), *taken)
        bundles.remember(key, partial(_take, base, count, found, steps[many - 1]))
        found = _recall(bundles, base, key, found.standings)
    return found


def _take(base: Described, count: int, before: Edits, step: Step) -> Bundle:
    """Take one step more, and judge what it gives."""
    matrix = base.matrix
    last = edit(matrix, pd.Series(before.edited.labels), [step])
    edited = Edited(
        (*before.edited.partitions, last.labels),
        (*before.edited.divisions, *last.divisions),
        (*before.edited.steps, *last.steps),
    )
    segments = str(int(last.labels.max()))
    found = score_of(matrix, pd.DataFrame({segments: last.labels.astype(np.int16)}), SEED)
    held, trusted = None, {}
    if base.swept.trust is not None:
        tried = base.swept.sweep.scores.index
        held = steadiness(matrix, range(tried.min(), tried.max() + 1), count, edited)
        trusted = {f"trust-{name}": getattr(held, name) for name in _TRUST}
    after = standing(
        matrix, found.labels[segments], found.silhouettes[segments], held, int(segments)
    )
    partitions = {str(n): one for n, one in enumerate(edited.partitions)}
    return Bundle(
        {name: getattr(found, name) for name in _FRAMES}
        | trusted
        | {"partitions": pd.DataFrame(partitions)},
        {
            "total": found.total,
            "notes": list(held.notes) if held else None,
            "divisions": [asdict(one) for one in edited.divisions],
            "steps": [written(one) for one in edited.steps],
            "standing": asdict(after),
        },
    )


def _recall(bundles: Bundles, base: Described, key: str, standings: tuple[Standing, ...]) -> Edits:
    facts = bundles.facts(key)
    partitions = bundles.frame(key, "partitions")
    edited = Edited(
        tuple(partitions[name].to_numpy(dtype=np.int64) for name in partitions),
        _DIVISIONS.validate_python(facts["divisions"]),
        tuple(read(step) for step in facts["steps"]),
    )
    held = None
    if facts["notes"] is not None:
        parts = {name: bundles.frame(key, f"trust-{name}") for name in _TRUST}
        held = Trust(**parts, notes=tuple(facts["notes"]))
    weak = base.swept.sweep.extra.get("weak")
    sweep = Sweep(
        **{name: bundles.frame(key, name) for name in _FRAMES},
        total=facts["total"],
        extra={} if weak is None else {"weak": weak},
    )
    swept = replace(base.swept, key=key, sweep=sweep, trust=held, notes=_notes(base.swept, held))
    described = replace(base, swept=swept, key=lambda _: key)
    return Edits(described, edited, (*standings, Standing(**facts["standing"])))


def _notes(swept: Swept, held: Trust | None) -> tuple[str, ...]:
    return (*swept.notes, *(held.notes if held else ()))

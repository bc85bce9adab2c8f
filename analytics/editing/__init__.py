"""Segments merged, split and enlarged by hand, with what that costs."""

from analytics.editing.edits import Edited, edit, replayed
from analytics.editing.steps import (
    MOST_STEPS,
    PARTS,
    Merge,
    MinimumSize,
    Split,
    Step,
    read,
    written,
)

__all__ = [
    "MOST_STEPS",
    "PARTS",
    "Edited",
    "Merge",
    "MinimumSize",
    "Split",
    "Step",
    "edit",
    "read",
    "replayed",
    "written",
]

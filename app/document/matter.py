"""What the page is made of, and the kinds of things it is made into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from analytics import facts
from analytics.alerts import Alert
from analytics.choices import Offer
from analytics.model import Origin
from app.answers import Segmentation
from app.described import Described
from app.editing import Edits


@dataclass(frozen=True)
class Matter:
    """Everything that a page tells.

    Attributes
    ----------
    described : Described
        Every number of segments that was tried.
    found : Segmentation
        The segments in use: of one of these numbers, edited or not.
    edits : Edits
    count : int
        That number, before any edits.
    origin : Origin
    shares : Series indexed by column
        How much of the distances each feature makes, 0 to 1.
    aside : DataFrame
        The rows that are not used: ``line``, ``reason`` and ``text``.
    alerts : tuple of Alert
    offers : tuple of Offer
        What could be decided, for the words of what was.
    """

    described: Described
    found: Segmentation
    edits: Edits
    count: int
    origin: Origin
    shares: pd.Series
    aside: pd.DataFrame
    alerts: tuple[Alert, ...]
    offers: tuple[Offer, ...]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Give what sets each segment apart, as from :func:`analytics.facts.facts`."""
        data = self.described.data
        return facts.facts(data.customers, data.columns, self.found.labels)

    @property
    def scores(self) -> pd.DataFrame:
        """Give the scores of every number of segments, as in :class:`app.answers.Swept`."""
        return self.described.swept.scores


@dataclass(frozen=True)
class Table:
    """A table of words; the first cell of a row is its heading.

    Attributes
    ----------
    caption : str
    headings : sequence of str
    rows : sequence of sequence of str
    note : str
    prose : bool
        Whether its cells are sentences, which are wrapped.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    prose: bool = False


@dataclass(frozen=True)
class Drawing:
    """A figure, with what it says in numbers.

    Attributes
    ----------
    id, title, subtitle : str
    drawing : dict
        As plotly takes it, without a look.
    reading : str
        How to read it.
    said : str
        What it shows.
    wide : bool
        Whether it takes the whole width.
    """

    id: str
    title: str
    subtitle: str
    drawing: dict[str, Any]
    reading: str
    said: str
    wide: bool = False


@dataclass(frozen=True)
class Card:
    """What is said of one segment.

    Attributes
    ----------
    segment : int
    name : str
    named : str
        The name by its traits, where the user gave another.
    colour : str
    size, value, held, action, reason, rule : str
    facts : list of (str, bool)
        Each with whether it is trivial.
    """

    segment: int
    name: str
    named: str
    colour: str
    size: str
    value: str
    held: str
    facts: list[tuple[str, bool]]
    action: str
    reason: str
    rule: str


@dataclass(frozen=True)
class Method:
    """How the segments came about.

    Attributes
    ----------
    settings, versions : list of (str, str)
        Each a term and what it is.
    ledger : str
    tables : dict of str to Table
    decisions, doubts, notes : list of str
    """

    settings: list[tuple[str, str]]
    versions: list[tuple[str, str]]
    ledger: str
    tables: dict[str, Table] = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

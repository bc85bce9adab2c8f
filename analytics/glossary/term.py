"""A word that needs explaining."""

from dataclasses import dataclass

from analytics.literature import Work, named


@dataclass(frozen=True)
class Term:
    """A word, for readers who have never met it.

    Attributes
    ----------
    name : str
    what : str
        What it is, in plain language.
    reading : str
        How to read it: its range, its unit and which end is good.
    worry : str
        When to worry.
    also : tuple of str
        Other words for it, by which headings and the search know it.
    work : str
        Of which work of :mod:`analytics.literature` it comes; empty where it is common knowledge.
    """

    name: str
    what: str
    reading: str
    worry: str
    also: tuple[str, ...] = ()
    work: str = ""

    @property
    def source(self) -> Work | None:
        """Give the paper that it comes from."""
        return named(self.work) if self.work else None

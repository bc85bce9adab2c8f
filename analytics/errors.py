"""Everything that can be wrong with a user's data or choices, in words fit for the screen."""


class AnalyticsError(Exception):
    """A problem the user can act on.

    Parameters
    ----------
    cause : str
        What is wrong and where, as a full sentence.
    remedy : str, optional
        What to do about it, as a full sentence.
    """

    title = "That did not work"

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(f"{cause} {remedy}".strip())
        self.cause = cause
        self.remedy = remedy


class UnreadableFile(AnalyticsError):
    """The file cannot be read as a table of customers."""

    title = "This file could not be read"


class UnreadableModel(AnalyticsError):
    """The file cannot be read as a model of segments."""

    title = "This model could not be read"


class FileTooLarge(AnalyticsError):
    """The file is over the stated limit."""

    title = "This file is too large"


class UnwritableFile(AnalyticsError):
    """A file or folder cannot be written."""

    title = "This cannot be written"


class UnknownColumn(AnalyticsError):
    """A column was asked for that the data do not have."""

    title = "No such column"


class UnusableFeature(AnalyticsError):
    """A column exists but cannot measure how alike two customers are."""

    title = "That column cannot be a feature"


class UnknownChoice(AnalyticsError):
    """An option was asked for that does not exist."""

    title = "No such option"


class NotEnoughData(AnalyticsError):
    """There are too few distinct customers for the question."""

    title = "Too few customers"


class Expired(AnalyticsError):
    """The server no longer keeps the data that the page refers to."""

    title = "Your data have expired"


class NoSegments(AnalyticsError):
    """An algorithm that finds its own number of segments found nothing to tell apart."""

    title = "No segments were found"

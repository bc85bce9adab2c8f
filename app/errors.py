"""How an error is told: the one place that maps exceptions to words."""

import logging
import secrets
import sys
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from analytics.errors import AnalyticsError, Expired, FileTooLarge

log = logging.getLogger(__name__)

EXIT_REFUSED = 2


@dataclass(frozen=True)
class Problem:
    """What the user is told.

    Attributes
    ----------
    status : int
        HTTP status that fits.
    title, detail : str
        What happened in a few words; the cause and the remedy in sentences.
    """

    status: int
    title: str
    detail: str


def describe(error: Exception) -> Problem:
    """Turn any exception into words; an unexpected one is logged under a short reference."""
    match error:
        case Expired():
            return Problem(410, error.title, str(error))
        case FileTooLarge():
            return Problem(413, error.title, str(error))
        case AnalyticsError():
            return Problem(422, error.title, str(error))
        case HTTPException():
            return Problem(error.code or 500, error.name, error.description or error.name)
    reference = secrets.token_hex(4)
    log.error("unexpected error %s", reference, exc_info=error)
    return Problem(
        500,
        "Something went wrong on the server",
        f"Nothing was changed. Try again; if it happens again, report the reference {reference}.",
    )


def refused(command: str, error: Exception) -> int:
    """Tell in one line on stderr why a command was not done; give its exit status."""
    sys.stderr.write(f"{command}: {describe(error).detail}\n")
    return EXIT_REFUSED

"""Every file of the catalogue, by name."""

from tests.analytics.reading.readable import READ
from tests.analytics.reading.unreadable import REFUSED

__all__ = ["READ", "REFUSED"]

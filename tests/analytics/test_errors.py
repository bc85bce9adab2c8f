import pytest

from analytics import errors
from analytics.errors import AnalyticsError, UnreadableFile

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, AnalyticsError) and kind is not AnalyticsError
]


def test_an_error_reads_as_its_cause_then_its_remedy():
    error = UnreadableFile("The file is empty.", "Choose another.")
    assert str(error) == "The file is empty. Choose another."
    assert (error.cause, error.remedy) == ("The file is empty.", "Choose another.")


def test_an_error_without_a_remedy_reads_as_its_cause_alone():
    assert str(AnalyticsError("No.")) == "No."


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_error_has_its_own_title(kind):
    titles = [other.title for other in [AnalyticsError, *KINDS]]
    assert titles.count(kind.title) == 1

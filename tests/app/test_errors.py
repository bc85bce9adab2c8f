"""Every error is told in words, and what was not foreseen tells nothing of its inside."""

import re

import pytest
from werkzeug.exceptions import BadRequest, HTTPException, NotFound

from analytics import errors
from analytics.errors import AnalyticsError
from app.errors import describe
from app.settings import BadSetting

STATUS = {
    errors.UnreadableFile: 422,
    errors.FileTooLarge: 413,
    errors.UnwritableFile: 422,
    errors.UnknownColumn: 422,
    errors.UnusableFeature: 422,
    errors.UnknownChoice: 422,
    errors.NotEnoughData: 422,
    errors.NoSegments: 422,
    errors.Expired: 410,
    BadSetting: 422,
    errors.UnreadableModel: 422,
}


@pytest.mark.parametrize(("kind", "status"), STATUS.items())
def test_a_user_s_problem_is_told_with_cause_and_remedy(kind, status, caplog):
    problem = describe(kind("The cat sat on it.", "Lift the cat."))
    assert problem.status == status
    assert problem.title == kind.title
    assert problem.detail == "The cat sat on it. Lift the cat."
    assert caplog.records == []


def test_every_kind_of_user_s_problem_is_told_in_a_title_of_its_own():
    assert set(AnalyticsError.__subclasses__()) == set(STATUS)
    titles = [kind.title for kind in (AnalyticsError, *STATUS)]
    assert len(titles) == len(set(titles))


def test_a_problem_without_a_remedy_ends_with_its_cause():
    assert describe(AnalyticsError("It broke.")).detail == "It broke."


@pytest.mark.parametrize("error", [NotFound(), BadRequest("No JSON.")])
def test_an_error_of_http_keeps_its_status(error, caplog):
    problem = describe(error)
    assert (problem.status, problem.title) == (error.code, error.name)
    assert problem.detail == error.description
    assert caplog.records == []


def test_an_error_of_http_without_words_is_told_by_its_name():
    problem = describe(HTTPException())
    assert problem.status == 500
    assert problem.detail == problem.title


def test_an_unexpected_error_is_logged_under_the_reference_that_is_told(caplog):
    try:
        raise KeyError("secret/path of Alice")
    except KeyError as error:
        problem = describe(error)
    assert problem.status == 500
    (reference,) = re.findall(r"report the reference ([0-9a-f]{8})\.", problem.detail)
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert record.getMessage() == f"unexpected error {reference}"
    assert "secret/path of Alice" in caplog.text  # the traceback is in the log ...
    assert "Alice" not in problem.title + problem.detail  # ... and nowhere else
    assert "KeyError" not in problem.title + problem.detail


def test_each_unexpected_error_has_its_own_reference(caplog):
    assert describe(ValueError()).detail != describe(ValueError()).detail
    assert len(caplog.records) == 2


def test_an_error_inside_a_callback_leaks_nothing_to_the_page(fire, monkeypatch, caplog):
    def fail(_: object) -> None:
        raise RuntimeError("database password")

    monkeypatch.setattr("app.services.Workspace.open_sample", fail)
    answer = fire("store-dataset.data", by="overview-sample.n_clicks")
    assert answer["response"] == {}
    assert answer["sideUpdate"]["page-notice"]["header"] == "Something went wrong on the server"
    assert "password" not in str(answer)
    assert "password" in caplog.text

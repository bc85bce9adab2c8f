"""The bar of long work, fired over HTTP."""

from dataclasses import replace

import pytest

from app.factory import create_app
from app.jobs.records import Records

NOTHING = {"store-features.data": None}


@pytest.fixture
def settings(settings):
    return replace(settings, workers=0)


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr("app.segmentations.is_long", lambda *_: True)
    return create_app(settings)


@pytest.fixture
def asked(given, visitor):
    given["selection-range.value"] = [2, 7]
    answer = visitor.fire("store-scores.data", by="selection-range.value", given=given)
    assert "store-scores" not in answer["response"]
    given["store-job.data"] = answer["response"]["store-job"]["data"]
    return given


def follow(visitor, asked, by="job-tick.n_intervals"):
    return visitor.fire("store-ended.data", by=by, given=asked)["response"]


def test_a_known_answer_is_no_job(given, fire):
    answer = fire("store-scores.data", by="selection-range.value", given=given)["response"]
    assert answer["store-job"]["data"] is None
    assert answer["store-scores"]["data"] == given["store-scores.data"]


def test_the_bar_says_what_is_being_done(asked, visitor, settings):
    shown = follow(visitor, asked, "store-job.data")
    assert shown["job-card"]["hidden"] is False
    assert shown["job-doing"]["children"] == "Waiting its turn …"
    assert shown["job-tick"]["disabled"] is False
    assert "results-working" in shown["selection-results"]["className"]
    records = Records(settings.cache_dir)
    id_ = asked["store-job.data"]["id"]
    run = records.claim(id_)
    records.beat(id_, run.attempt, (0.42, "Fitting 4 segments"))
    shown = follow(visitor, asked)
    assert shown["job-percent"]["children"] == "42%"
    assert shown["job-bar"]["value"] == "42"
    records.end(id_, run.attempt, "done")
    shown = follow(visitor, asked)
    assert shown["store-ended"]["data"] == {"id": id_}
    assert shown["job-card"]["hidden"] is True
    assert shown["job-tick"]["disabled"] is True


def test_cancel_offers_to_try_again(asked, visitor):
    shown = follow(visitor, asked, "job-cancel.n_clicks")
    assert shown["job-doing"]["children"] == "Cancelled."
    assert shown["job-again"]["hidden"] is False
    assert shown["job-tick"]["disabled"] is True
    assert "store-ended" not in shown
    again = visitor.fire("store-scores.data", by="job-again.n_clicks", given=asked)["response"]
    assert again["store-job"]["data"] == asked["store-job.data"]
    assert follow(visitor, asked)["job-doing"]["children"] == "Waiting its turn …"


def test_another_question_stops_the_work_on_the_one_before(asked, visitor, visit, settings):
    before = asked["store-job.data"]["id"]
    records = Records(settings.cache_dir)
    visit().fire("store-scores.data", by="selection-range.value", given=asked | NOTHING)
    assert records.find(before).state == "queued"  # somebody else can't stop it
    asked["selection-range.value"] = [2, 8]
    answer = visitor.fire("store-scores.data", by="selection-range.value", given=asked)["response"]
    assert records.find(answer["store-job"]["data"]["id"]).state == "queued"
    assert records.find(before).state == "cancelled"


def test_a_job_that_is_not_the_visitor_s_is_not_told(asked, visit):
    answer = visit().fire("store-ended.data", by="job-tick.n_intervals", given=asked)
    assert answer["sideUpdate"]["page-notice"]["is_open"]

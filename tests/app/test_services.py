"""The verbs of the application, without a page."""

import base64
import gzip
import io
import json
import threading
from dataclasses import replace

import pandas as pd
import pytest

from analytics.errors import (
    Expired,
    FileTooLarge,
    UnknownChoice,
    UnknownColumn,
    UnreadableFile,
    UnusableFeature,
)
from app import datasets as datasets_
from app import sweeping, work
from app.services import Services
from app.session import COOKIE, new_token
from app.settings import Settings
from tests.conftest import data_url, full_megabyte, mall_table, written

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
OURS = ["segment", "segment_name", "certainty"]


@pytest.fixture
def services(settings):
    return Services(settings)


@pytest.fixture
def workspace(services):
    return services.workspace({COOKIE: new_token()})


@pytest.fixture
def other(services):
    """The workspace of somebody else on the same server."""
    return services.workspace({COOKIE: new_token()})


@pytest.fixture
def asked(workspace, mall_csv):
    dataset = workspace.open_file("mall.csv", mall_csv)
    return workspace.ask(dataset.key, [INCOME, SPENDING], "standard", 4, 6)


@pytest.fixture
def sweeps(monkeypatch):
    """Count how often anything is really fitted."""
    made, real = [], sweeping.fit

    def counting(name, task, *rest, **more):
        made.append(task.counts)
        return real(name, task, *rest, **more)

    monkeypatch.setattr(sweeping, "fit", counting)
    return made


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content))


def test_a_file_becomes_segments_and_a_labelled_file(workspace, mall_csv):
    dataset = workspace.open_upload("mall.csv", data_url(mall_csv))
    assert (dataset.name, dataset.customers) == ("mall.csv", 60)
    data = workspace.dataset(dataset.key)
    assert data.concepts == {
        "age": "Age", "income": INCOME, "spending": SPENDING, "gender": "Gender"
    }  # fmt: skip
    assert (data.delimiter, data.encoding, data.notes) == (",", "utf-8", ())
    assert (data.rows, data.set_aside, data.choices) == (60, 0, ())
    assert all(isinstance(sentence, str) for sentence in workspace.findings(dataset.key))
    assert len(workspace.choose(dataset.key, [INCOME], "robust")) == 64
    request = workspace.ask(dataset.key, [INCOME, SPENDING])
    swept = workspace.sweep(request)
    assert list(swept.sweep.scores.index) == list(range(2, 11))
    assert swept.recommendation.k == 5
    found = workspace.segment(request, 5)
    assert found.sizes == dict.fromkeys(range(1, 6), 12)
    assert len(set(found.names.values())) == 5
    table = read(workspace.export(request, 5))
    pd.testing.assert_frame_equal(table.drop(columns=OURS), mall_table(), check_dtype=False)
    assert table["segment"].value_counts().to_dict() == found.sizes
    assert table["segment_name"].tolist() == table["segment"].map(found.names).tolist()
    assert table.groupby("segment").apply(lambda t: (t.index % 5).nunique()).eq(1).all()


def test_findings_are_recalled(workspace, mall_csv, monkeypatch):
    key = workspace.open_file("mall.csv", mall_csv).key
    first = workspace.findings(key)
    monkeypatch.setattr(datasets_.findings, "findings", None)
    assert first
    assert workspace.findings(key) == first


def test_the_same_question_is_answered_once(workspace, asked, sweeps):
    first = workspace.sweep(asked)
    again = workspace.sweep(asked)
    workspace.segment(asked, 6)
    workspace.export(asked, 4)
    assert sweeps == [range(4, 7)]
    pd.testing.assert_frame_equal(first.sweep.scores, again.sweep.scores)
    pd.testing.assert_frame_equal(first.sweep.labels, again.sweep.labels)
    assert first.sweep.total == again.sweep.total
    assert first.recommendation == again.recommendation


def test_another_question_is_answered_anew(workspace, asked, sweeps):
    keys = {workspace.sweep(asked).key}
    for columns, scaling, low, high in (
        ([INCOME], "standard", 4, 6),
        ([INCOME, SPENDING], "minmax", 4, 6),
        ([INCOME, SPENDING], "standard", 5, 6),
        ([INCOME, SPENDING], "standard", 4, 5),
    ):
        request = workspace.ask(asked.dataset, columns, scaling, low, high)
        keys.add(workspace.sweep(request).key)
    assert len(sweeps) == len(keys) == 5


def test_weights_and_coding_are_part_of_the_question_and_survive_a_job(workspace, asked):
    plain = asked.spec
    specs = [
        plain,
        replace(plain, weights=((INCOME, 2.0),)),
        replace(plain, weights=((INCOME, 4.0),)),
        replace(plain, coding="balanced"),
    ]
    requests = [replace(asked, spec=spec) for spec in specs]
    assert len({workspace.sweep(request).key for request in requests}) == len(specs)
    assert [work.read(work.spelled(request)) for request in requests] == requests


def test_columns_whose_names_run_together_are_different_questions(workspace):
    table = mall_table().rename(columns={"Age": "a,b", INCOME: "a", SPENDING: "b"})
    key = workspace.open_file("x.csv", written(table)).key
    assert workspace.choose(key, ["a,b"], "none") != workspace.choose(key, ["a", "b"], "none")
    assert workspace.choose(key, ["a"], "none") != workspace.choose(key, ["a"], "minmax")


@pytest.mark.parametrize(
    "contents",
    ["data:text/csv;base64,abc", "data:text/csv;base64,a$b=", "data:text/csv;base64,=QUJD"],
)
def test_a_damaged_upload_is_refused(workspace, contents):
    with pytest.raises(UnreadableFile, match=r"damaged\. Choose the file once more"):
        workspace.open_upload("a.csv", contents)


@pytest.mark.parametrize("contents", ["", "data:text/csv;base64,", "no data URL at all"])
def test_an_upload_without_content_is_refused(workspace, contents):
    with pytest.raises(UnreadableFile, match="empty"):
        workspace.open_upload("a.csv", contents)


@pytest.fixture
def narrow(tmp_path):
    """A workspace that accepts files of up to 1 MB."""
    narrow = Services(Settings(cache_dir=tmp_path / "narrow", max_upload_mb=1))
    return narrow.workspace({COOKIE: new_token()})


def test_an_upload_over_the_limit_is_refused_before_it_is_decoded(narrow, monkeypatch):
    monkeypatch.setattr(base64, "b64decode", None)
    contents = "data:text/csv;base64," + "A" * (2 * 2**20)
    with pytest.raises(FileTooLarge, match=r"has 1\.5 MB; the limit is 1 MB"):
        narrow.open_upload("a.csv", contents)


def test_a_byte_over_the_limit_is_too_much(narrow):
    content = full_megabyte()
    assert len(content) == 2**20
    assert narrow.open_upload("a.csv", data_url(content)).customers == 1023
    with pytest.raises(FileTooLarge):
        narrow.open_upload("a.csv", data_url(content + b"\n"))
    with pytest.raises(FileTooLarge):
        narrow.open_file("a.csv", content + b"\n")


def test_a_refused_file_leaves_nothing_behind(workspace, settings):
    with pytest.raises(UnreadableFile):
        workspace.open_file("a.csv", b"only one column\nx\ny\n")
    assert not list(settings.cache_dir.rglob("*.arrow"))
    assert not list((settings.cache_dir / "drafts").iterdir())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mall.csv", "mall.csv"),
        ("/etc/passwd.csv", "passwd.csv"),
        ("../../up.csv", "up.csv"),
        ("C:\\Users\\Alice\\mall.csv", "mall.csv"),
        ("a/b\\c.csv", "c.csv"),
        ("Ä ö.csv", "Ä ö.csv"),
        ("x" * 500 + ".csv", "x" * 120),
    ],
)
def test_the_name_of_a_file_loses_its_path(workspace, mall_csv, name, shown):
    assert workspace.open_file(name, mall_csv).name == shown


def test_the_name_of_a_file_does_not_change_where_it_is_kept(workspace, mall_csv, settings):
    keys = {workspace.open_file(name, mall_csv).key for name in ("a.csv", "../../b.csv")}
    assert len(keys) == 1
    assert {path.parent.parent for path in settings.cache_dir.rglob("*.arrow")} == {
        settings.cache_dir
    }


def test_a_dataset_that_is_gone_is_told_as_expired(workspace, asked):
    workspace.sweep(asked)
    missing = workspace.ask("0" * 64, [INCOME])
    for verb in (
        lambda: workspace.dataset("0" * 64),
        lambda: workspace.findings("0" * 64),
        lambda: workspace.choose("0" * 64, [INCOME], "standard"),
        lambda: workspace.sweep(missing),
        lambda: workspace.segment(missing, 3),
        lambda: workspace.export(missing, 3),
    ):
        with pytest.raises(Expired, match=r"Upload the file again or use the sample\."):
            verb()


def test_a_known_key_of_somebody_else_is_told_as_expired(workspace, other, asked):
    swept = workspace.sweep(asked)
    for verb in (
        lambda: other.dataset(asked.dataset),
        lambda: other.findings(asked.dataset),
        lambda: other.sweep(asked),
        lambda: other.segment(asked, 5),
        lambda: other.export(asked, 5),
        lambda: other.dataset(swept.key),
    ):
        with pytest.raises(Expired):
            verb()


def test_two_sessions_with_the_same_file_share_no_key(workspace, other, mall_csv):
    keys = []
    for mine in (workspace, other):
        dataset = mine.open_file("mall.csv", mall_csv)
        request = mine.ask(dataset.key, [INCOME], "standard", 2, 3)
        swept = mine.sweep(request)
        keys += [dataset.key, swept.key, mine.segment(request, 2).key]
        keys.append(mine.choose(dataset.key, [INCOME], "standard"))
    assert len(set(keys)) == 8


def test_a_key_of_another_kind_opens_no_dataset(workspace, asked):
    swept = workspace.sweep(asked)
    with pytest.raises(Expired):
        workspace.dataset(swept.key)


def test_all_customers_are_exported_in_their_order(workspace, asked):
    table = read(workspace.export(asked, 5))
    assert table["CustomerID"].tolist() == list(range(1, 61))


def as_workbook(table: pd.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.to_excel(stream, index=False)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("write", "marked"),
    [
        (written, False),
        (as_workbook, False),
        (lambda table: table.to_parquet(index=False), False),
        (lambda table: table.to_json(orient="records").encode(), False),
        (lambda table: table.to_csv(index=False, sep=";").encode("utf-16"), True),
        (lambda table: gzip.compress(written(table)), False),
    ],
    ids=["csv", "xlsx", "parquet", "json", "utf-16", "gzip"],
)
def test_files_of_any_format_come_back_as_csv_with_their_segments(workspace, write, marked):
    dataset = workspace.open_file("mall", write(mall_table()))
    content = workspace.export(workspace.ask(dataset.key, [INCOME], "standard", 2, 3), 3)
    assert content.startswith(b"\xef\xbb\xbf") == marked
    table = pd.read_csv(io.BytesIO(content), sep=";" if marked else ",")
    pd.testing.assert_frame_equal(table.drop(columns=OURS), mall_table(), check_dtype=False)
    assert table["segment"].value_counts().sum() == 60


def test_rows_set_aside_are_in_no_export_and_the_others_stay_as_written(workspace):
    content = written(mall_table(customers=20)).replace(b"CustomerID", b"id")
    lines = content.splitlines()
    lines[4:4] = [b"0007,short"]
    lines[9] = b"9,Male,35,,50"
    dataset = workspace.open_file("mall.csv", b"\n".join(lines))
    dataset = workspace.revise(dataset, f"missing:{INCOME}", "drop")
    rows = workspace.dataset(dataset.key)
    assert (rows.rows, rows.set_aside) == (21, 2)
    assert workspace.set_aside(dataset.key)["line"].tolist() == [5, 10]
    exported = workspace.export(workspace.ask(dataset.key, [INCOME], "standard", 2, 3), 3)
    kept = [line for n, line in enumerate(lines) if n not in (4, 9)]
    assert [line.rsplit(b",", 3)[0] for line in exported.splitlines()] == kept


def test_undo_leads_back_step_by_step(workspace, mall_csv):
    first = workspace.open_file("mall.csv", mall_csv)
    second = workspace.revise(first, "role:Age", "ignored")
    third = workspace.revise(second, "role:Gender", "ignored")
    assert len({first.key, second.key, third.key}) == 3
    assert workspace.undo(third) == second
    assert workspace.undo(second) == first
    assert workspace.revise(second, "role:Age", "ignored") == second
    with pytest.raises(UnknownChoice, match="no change to undo"):
        workspace.undo(first)


def test_a_choice_about_the_same_takes_the_place_of_the_earlier(workspace, mall_csv):
    first = workspace.open_file("mall.csv", mall_csv)
    one = workspace.revise(first, "role:Age", "ignored")
    other = workspace.revise(one, "role:Age", "categorical")
    assert workspace.dataset(other.key).choices == (("role:Age", "categorical"),)
    assert workspace.revise(other, "role:Age", "keep") == first


def test_nobody_revises_or_sees_the_rows_of_somebody_else(workspace, other, mall_csv):
    dataset = workspace.open_file("mall.csv", mall_csv)
    for verb in (
        lambda: other.revise(dataset, "role:Age", "ignored"),
        lambda: other.undo(dataset),
        lambda: other.alerts(dataset.key),
        lambda: other.set_aside(dataset.key),
        lambda: other.rows_of(dataset.key, "out:CustomerID"),
        lambda: other.refer(dataset.key, "x"),
    ):
        with pytest.raises(Expired):
            verb()


def test_a_selection_exports_the_customers_of_its_segments_only(workspace, asked):
    everyone = read(workspace.export(asked, 5))
    some = read(workspace.export(asked, 5, [2, 4]))
    expected = everyone[everyone["segment"].isin([2, 4])].reset_index(drop=True)
    assert len(expected) == 24
    pd.testing.assert_frame_equal(some, expected)


def test_the_export_keeps_every_cell_as_it_was_written(workspace):
    table = mall_table()
    table["Note"] = [f' "quoted, {n}" ' for n in range(60)]
    lines = table.to_csv(index=False, sep=";").replace("Age", "").splitlines()
    request = workspace.ask(
        workspace.open_file("x.csv", "\n".join(lines).encode()).key, [INCOME], "none", 3, 3
    )
    exported = workspace.export(request, 3).decode().splitlines()
    assert exported[0] == f"{lines[0]};segment;segment_name;certainty"
    for before, after in zip(lines[1:], exported[1:], strict=True):
        assert after.startswith(f"{before};")


def test_a_range_is_cut_to_what_the_distinct_customers_allow(workspace):
    table = pd.concat([mall_table(customers=4)] * 5)
    request = workspace.ask(workspace.open_file("x.csv", written(table)).key, [INCOME, SPENDING])
    assert list(workspace.sweep(request).sweep.scores.index) == [2, 3]


@pytest.mark.parametrize(("low", "high"), [(1, 5), (2, 11), (6, 5), (0, 0), (-3, 4)])
def test_a_range_that_is_not_offered_is_refused(workspace, asked, sweeps, low, high):
    request = workspace.ask(asked.dataset, [INCOME], "standard", low, high)
    with pytest.raises(UnknownChoice, match="Choose from 2 to 10"):
        workspace.sweep(request)
    assert sweeps == []


@pytest.mark.parametrize("count", [3, 7, 0, -5, "x", None, 4.5])
def test_a_number_of_segments_that_was_not_tried_is_refused(workspace, asked, count):
    with pytest.raises(UnknownChoice, match=r"were not tried\. Choose from 4 to 6"):
        workspace.segment(asked, count)


def test_features_that_measure_nothing_are_refused(workspace, asked):
    for columns, scaling, refusal in (
        ([], "standard", UnusableFeature),
        (["CustomerID"], "standard", UnusableFeature),
        (["Nope"], "standard", UnknownColumn),
        ([INCOME], "loud", UnknownChoice),
    ):
        with pytest.raises(refusal):
            workspace.choose(asked.dataset, columns, scaling)
        with pytest.raises(refusal):
            workspace.sweep(workspace.ask(asked.dataset, columns, scaling))


def test_filled_values_are_told_in_the_notes_and_kept_with_the_answer(workspace):
    table = mall_table().astype({"Age": "Int64"})
    table.loc[[3, 8], "Age"] = pd.NA
    request = workspace.ask(
        workspace.open_file("x.csv", written(table)).key, ["Age", INCOME], "standard", 2, 3
    )
    (note,) = workspace.sweep(request).notes
    assert note.startswith("2 customers without Age were given its median")
    assert workspace.sweep(request).notes == (note,)


def test_only_frames_facts_and_the_file_itself_are_kept(workspace, asked, settings, mall_csv):
    workspace.segment(asked, 5)
    workspace.findings(asked.dataset)
    kept = [path for path in settings.cache_dir.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept if path.suffix} == {".json", ".arrow"}
    (own,) = [path for path in kept if not path.suffix and path.name != "expired-at"]
    assert own.read_bytes() == mall_csv
    for facts in settings.cache_dir.rglob("*.json"):
        assert isinstance(json.loads(facts.read_text(encoding="utf-8")), dict)


def test_eight_visitors_at_once_each_get_their_own_customers(services):
    failures, exported = [], {}

    def visit(number: int) -> None:
        try:
            mine = services.workspace({COOKIE: new_token()})
            table = mall_table(number, customers=40, first=1000 * number)
            dataset = mine.open_upload("mall.csv", data_url(written(table)))
            mine.findings(dataset.key)
            request = mine.ask(dataset.key, [INCOME, SPENDING], "standard", 4, 5)
            assert mine.sweep(request).recommendation.k == 5
            exported[number] = read(mine.export(request, 5))["CustomerID"].tolist()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert exported == {n: list(range(1000 * n, 1000 * n + 40)) for n in range(1, 9)}


def test_the_sample_opens_as_its_own_template(workspace):
    sample = workspace.open_sample()
    assert (sample.name, sample.customers) == ("Sample", 500)
    assert workspace.open_file("template.csv", workspace.template()).key == sample.key
    customers = workspace.dataset(sample.key).customers
    assert customers["Age"].mean() == pytest.approx(38.85)
    assert customers[INCOME].mean() == pytest.approx(60.56)
    assert customers[SPENDING].mean() == pytest.approx(50.20)
    assert (customers["Gender"] == "Female").sum() == 280

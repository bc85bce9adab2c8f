"""The command line does what the page does, and refuses in one line."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from app.cli import main
from tests.conftest import mall_table, written

ROOT = Path(__file__).parents[2]
QUICK = ("--approach", "univariate")  # solved exactly, which takes no time
INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture
def run(capsys):
    """Run a command that succeeds; give what it prints."""

    def run(*arguments: object) -> str:
        assert main([str(argument) for argument in arguments]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return run


@pytest.fixture
def refused(capsys, caplog):
    """Run a command that is refused; give its one line on stderr."""

    def refused(*arguments: object) -> str:
        assert main([str(argument) for argument in arguments]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert caplog.records == []  # which would be printed with a traceback
        (line,) = printed.err.splitlines()
        return line

    return refused


def strict(text: str) -> dict:
    """Read JSON as the standard has it, without NaN."""

    def never(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=never)


def test_inspect_reports_what_was_read(run, mall_file):
    report = strict(run("inspect", mall_file, "--json"))
    assert list(report) == [
        "rows",
        "rows_used",
        "format",
        "delimiter",
        "encoding",
        "columns",
        "alerts",
        "set_aside",
        "notes",
        "choices",
        "offers",
    ]
    assert (report["rows"], report["rows_used"], report["set_aside"]) == (60, 60, [])
    assert (report["delimiter"], report["encoding"]) == (",", "utf-8")
    assert (report["notes"], report["choices"], report["offers"]) == ([], {}, [])
    roles = {column["name"]: column["role"] for column in report["columns"]}
    assert roles == {
        "CustomerID": "identifier",
        "Gender": "categorical",
        "Age": "numeric",
        INCOME: "numeric",
        SPENDING: "numeric",
    }
    for column in report["columns"]:
        assert list(column)[:6] == ["name", "role", "type", "missing", "distinct", "reason"]
        assert column["missing"] == 0
        assert column["distinct"] == mall_table()[column["name"]].nunique()
    assert [alert["key"] for alert in report["alerts"]] == ["out:CustomerID"]


def test_inspect_counts_what_may_be_wrong(run, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("a;a;;b\n1;2;x;\n1;2;x;\n3;4;y;5,5\n", encoding="utf-8")
    report = strict(run("inspect", path, "--json"))
    assert (report["rows"], report["delimiter"]) == (3, ";")
    assert [column["name"] for column in report["columns"]] == ["a", "a (2)", "column 3", "b"]
    assert len(report["notes"]) == 2
    counts = {alert["key"]: alert["count"] for alert in report["alerts"]}
    assert counts["duplicates"] == 1
    assert "out:b" in counts


def test_rows_that_do_not_fit_are_listed_by_line_and_can_be_saved(run, mall_file, tmp_path):
    lines = mall_file.read_text(encoding="utf-8").splitlines()
    lines[7:7] = ["99,Male", "=1+1,2,3,4,5,6"]
    mall_file.write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "rows.csv"
    report = strict(run("inspect", mall_file, "--json", "--set-aside", out))
    assert (report["rows"], report["rows_used"]) == (62, 60)
    assert [row["line"] for row in report["set_aside"]] == [8, 9]
    assert report["set_aside"][0]["text"] == "99,Male"
    assert all("cells" in row["reason"] for row in report["set_aside"])
    saved = pd.read_csv(out)
    assert saved["line"].tolist() == [8, 9]
    assert saved["text"].tolist() == ["99,Male", "'=1+1,2,3,4,5,6"]


def test_a_choice_is_carried_out_and_told(run, mall_file, tmp_path):
    table = mall_table().astype({"Age": "Int64"})
    table.loc[3, "Age"] = pd.NA
    mall_file.write_bytes(written(table))
    asked = ("--choose", "missing:Age=drop", "--choose", "role:Gender=ignored")
    report = strict(run("inspect", mall_file, "--json", *asked))
    assert report["choices"] == {"missing:Age": "drop", "role:Gender": "ignored"}
    assert (report["rows"], report["rows_used"]) == (60, 59)
    assert report["set_aside"][0]["line"] == 5
    assert {c["name"]: c["role"] for c in report["columns"]}["Gender"] == "ignored"
    out = tmp_path / "labelled.csv"
    run("segment", mall_file, "--out", out, *asked, *QUICK)
    assert pd.read_csv(out)["CustomerID"].tolist() == [1, 2, 3, *range(5, 61)]


@pytest.mark.parametrize(
    ("choice", "cause"),
    [
        ("missing", "“missing” is no choice. Write it as KEY=OPTION"),
        ("missing:Height=drop", "Nothing called “missing:Height” can be decided here."),
        ("role:Gender=date", "“date” is no option of “role:Gender”."),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(refused, mall_file, choice, cause):
    assert cause in refused("inspect", mall_file, "--choose", choice)


def test_inspect_says_the_same_in_words(run, mall_file):
    first, *lines = run("inspect", mall_file).splitlines()
    assert first == "60 rows in the file = 60 used + 0 set aside; 5 columns"
    assert len(lines) == 6
    assert lines[0].startswith("  CustomerID: identifier (")


def test_segment_reports_the_segments(run, mall_file):
    report = strict(run("segment", mall_file, "--json"))
    assert list(report) == [
        "rows",
        "features",
        "k",
        "recommended_k",
        "verdict",
        "alternatives",
        "reason",
        "reasons",
        "doubts",
        "rejected",
        "agreement",
        "notes",
        "clusterability",
        "sweep",
        "segments",
    ]
    assert report["rows"] == 60
    assert report["features"] == [INCOME, SPENDING]
    assert report["k"] == report["recommended_k"] == 5
    assert report["verdict"] == "natural"
    assert report["reason"].startswith("5 segments, natural: the mean silhouette")
    assert all(isinstance(report[name], list) for name in ("alternatives", "reasons", "doubts"))
    assert set(report["rejected"]) == set("2346789") | {"10"}
    assert [row["k"] for row in report["agreement"]] == [5]
    assert report["notes"] == []
    assert report["clusterability"]["p_value"] < 0.05
    assert [row["k"] for row in report["sweep"]] == list(range(2, 11))
    for row in report["sweep"]:
        assert set(row) == {
            "k",
            "wcss",
            "silhouette",
            "silhouette_se",
            "calinski_harabasz",
            "davies_bouldin",
            "smallest",
            "starts",
            "found",
            "gap",
            "gap_se",
            "jaccard",
            "prediction_strength",
            "prediction_strength_se",
            "even",
            "limit",
        }
    assert [segment["segment"] for segment in report["segments"]] == [1, 2, 3, 4, 5]
    for segment in report["segments"]:
        assert set(segment) == {"segment", "name", "size", "share", "stability", "profile"}
        assert segment["stability"]["word"] == "solid"
        assert segment["share"] == segment["size"] / 60
        assert set(segment["profile"]) == {"Age", INCOME, SPENDING, "Gender"}
        assert sum(segment["profile"]["Gender"].values()) == pytest.approx(1)
    assert sum(segment["size"] for segment in report["segments"]) == 60


def test_the_profiles_are_the_averages_of_the_labelled_customers(run, mall_file, tmp_path):
    out = tmp_path / "labelled.csv"
    report = strict(run("segment", mall_file, "--json", "--out", out, *QUICK))
    labelled = pd.read_csv(out)
    for segment in report["segments"]:
        mine = labelled[labelled["segment"] == segment["segment"]]
        assert len(mine) == segment["size"]
        assert set(mine["segment_name"]) == {segment["name"]}
        for column in ("Age", INCOME, SPENDING):
            assert segment["profile"][column] == pytest.approx(mine[column].mean())
        female = (mine["Gender"] == "Female").mean()
        assert segment["profile"]["Gender"]["Female"] == pytest.approx(female)


def test_segment_says_the_same_in_words(run, mall_file):
    report = strict(run("segment", mall_file, "--json", *QUICK))
    lines = run("segment", mall_file, *QUICK).splitlines()
    assert lines[0] == report["reason"]
    for found in report["segments"]:
        size = f"{found['size']} customers, {100 * found['share']:.1f} %"
        held = found["stability"]
        back = f"{held['word']}, comes back by {100 * held['jaccard']:.0f} %"
        assert f"{found['segment']}. {found['name']}: {size}; {back}" in lines


def test_the_labelled_file_is_the_file_with_three_columns_more(run, mall_file, mall_csv, tmp_path):
    out = tmp_path / "labelled.csv"
    run("segment", mall_file, "--out", out, *QUICK)
    before, after = mall_csv.decode().splitlines(), out.read_bytes().decode().split("\r\n")
    assert after.pop() == ""
    assert after[0] == f"{before[0]},segment,segment_name,certainty"
    for old, new in zip(before, after, strict=True):
        assert new.startswith(f"{old},")


def test_two_runs_give_the_same(run, mall_file):
    assert run("segment", mall_file, "--json") == run("segment", mall_file, "--json")


@pytest.mark.parametrize("k", [2, 5, 10])
def test_the_number_of_segments_can_be_chosen(run, mall_file, k):
    report = strict(run("segment", mall_file, "--json", "--k", k, *QUICK))
    assert report["k"] == len(report["segments"]) == k


@pytest.mark.parametrize(
    ("approach", "features", "k"),
    [
        ("univariate", [INCOME], 3),
        ("bivariate", [INCOME, SPENDING], 5),
        ("multivariate", ["Age", INCOME, SPENDING, "Gender"], None),
        ("custom", ["Age", INCOME, SPENDING], None),
    ],
)
def test_an_approach_has_its_features_and_its_number(run, mall_file, approach, features, k):
    report = strict(run("segment", mall_file, "--json", "--approach", approach))
    assert report["features"] == features
    assert report["k"] == (k or report["recommended_k"])


def test_an_approach_s_own_number_yields_to_auto(run, mall_file):
    mall_file.write_bytes(written(mall_table().drop(index=range(2, 60, 5))))
    own = strict(run("segment", mall_file, "--json", *QUICK))
    auto = strict(run("segment", mall_file, "--json", "--k", "auto", *QUICK))
    assert own["k"] == 3
    assert auto["k"] == auto["recommended_k"] == own["recommended_k"] == 2


@pytest.mark.parametrize(
    ("spelled", "features"),
    [
        ("Age", ["Age"]),
        (f" Age , {INCOME}", ["Age", INCOME]),
        ("Gender,Age", ["Gender", "Age"]),
    ],
)
def test_features_can_be_chosen(run, mall_file, spelled, features):
    report = strict(run("segment", mall_file, "--json", "--features", spelled))
    assert report["features"] == features
    assert report["k"] == report["recommended_k"]


def test_a_feature_with_a_comma_is_quoted(run, tmp_path):
    path = tmp_path / "comma.csv"
    path.write_bytes(written(mall_table().rename(columns={INCOME: "Income, net"})))
    report = strict(run("segment", path, "--json", "--features", 'Age,"Income, net"'))
    assert report["features"] == ["Age", "Income, net"]


def test_the_scaling_changes_the_distances(run, mall_file):
    found = [
        strict(run("segment", mall_file, "--json", "--scaling", scaling, *QUICK))["sweep"][0][
            "wcss"
        ]
        for scaling in ("standard", "robust", "minmax", "none")
    ]
    assert len(set(found)) == 4
    assert max(found) == found[3]


def test_the_command_line_leaves_nothing_in_the_folder_of_the_page(
    run, mall_file, tmp_path, monkeypatch
):
    monkeypatch.setenv("SEGMENTS_CACHE_DIR", str(tmp_path / "cache"))
    run("segment", mall_file, *QUICK)
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("command", ["inspect", "segment"])
def test_a_missing_file_is_refused(refused, command, tmp_path):
    line = refused(command, tmp_path / "none.csv")
    assert line == f"{command}: {tmp_path / 'none.csv'}: No such file or directory."


@pytest.mark.parametrize("command", ["inspect", "segment"])
def test_a_directory_is_refused(refused, command, tmp_path):
    assert refused(command, tmp_path) == f"{command}: {tmp_path}: Is a directory."


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "The file is empty."),
        (b" \n", "The file is empty."),
        (b"a\nx\ny\n", "The file has a single column of text"),
        (b"a,b\n1,2,3\n", "Most lines do not fit the header"),
        (b"a,b\n", "The file has no customers below the header."),
        (b"PK\x03\x04...", "a zip archive or workbook that is cut off or damaged"),
        (b"a,b\n1,\x00\n2,3\n", "Line 2 holds binary data (a NUL byte)."),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_name(refused, tmp_path, content, cause):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    for command in ("inspect", "segment"):
        line = refused(command, path)
        assert line.startswith(f"{command}: bad.csv: ")
        assert cause in line


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (["--features", "CustomerID"], "“CustomerID” is not a measure but of the kind identifier"),
        (["--features", "Age,Height"], "This file has no column “Height”. It has “CustomerID”"),
        (["--features", " "], "This file has no column “”"),
        (["--scaling", "loud"], "Choose standard, robust, minmax or none."),
        (["--k", "1", *QUICK], "Choose auto or a number from 2 to 10."),
        (["--k", "11", *QUICK], "Choose auto or a number from 2 to 10."),
        (["--k", "-3", *QUICK], "--k -3 cannot be had here."),
        (["--k", "five", *QUICK], "--k five cannot be had here."),
        (["--k", "", *QUICK], "Choose auto or a number"),
        (["--k", "2.5", *QUICK], "Choose auto or a number"),
    ],
)
def test_a_choice_that_cannot_be_had_is_refused(refused, mall_file, tmp_path, arguments, cause):
    out = tmp_path / "labelled.csv"
    line = refused("segment", mall_file, "--json", "--out", out, *arguments)
    assert line.startswith("segment: ")
    assert cause in line
    assert not out.exists()


def test_more_segments_than_distinct_customers_are_refused(refused, tmp_path):
    path = tmp_path / "few.csv"
    path.write_bytes(written(pd.concat([mall_table(customers=4)] * 3)))
    assert "Choose auto or a number from 2 to 3." in refused("segment", path, "--k", "4")


def test_an_approach_that_the_file_does_not_fit_is_refused(refused, tmp_path):
    path = tmp_path / "other.csv"
    path.write_bytes(written(mall_table()[["Age", "Gender"]]))
    line = refused("segment", path, "--approach", "bivariate")
    assert "No column of this file looks like income and spending" in line


def test_a_file_over_the_limit_is_refused(refused, tmp_path, monkeypatch):
    monkeypatch.setenv("SEGMENTS_MAX_UPLOAD_MB", "1")
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" * 2**19)
    assert "large.csv: The file has 2.0 MB; the limit is 1 MB." in refused("inspect", path)


@pytest.mark.parametrize("arguments", [[], ["inspect", "x.csv"]])
def test_a_bad_setting_is_refused_by_name(refused, monkeypatch, arguments):
    monkeypatch.setenv("PORT", "often")
    assert "The variable PORT is “often”." in refused(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["segment"],
        ["divide", "x.csv"],
        ["segment", "x.csv", "--approach", "trivariate"],
        ["segment", "x.csv", "--approach", "bivariate", "--features", "Age"],
    ],
)
def test_what_is_no_command_is_answered_with_the_usage(capsys, arguments):
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2
    assert "usage: python -m app" in capsys.readouterr().err


def test_a_port_in_use_is_told_before_anything_starts(refused, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        line = refused()
    assert line.startswith("serve: Cannot listen on 127.0.0.1:")
    assert line.endswith("Set HOST or PORT.")


def test_the_program_prints_one_line_and_no_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "app", "segment", str(tmp_path / "none.csv"), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_model_scores_its_own_file_as_it_was_labelled(run, mall_file, tmp_path):
    labelled, scored = tmp_path / "labelled.csv", tmp_path / "scored.csv"
    model, expression = tmp_path / "model.json", tmp_path / "segment.sql"
    run("segment", mall_file, *QUICK, "--out", labelled, "--model", model, "--sql", expression)
    report = strict(run("score", model, mall_file, "--out", scored, "--json"))
    assert pd.read_csv(scored)["segment"].tolist() == pd.read_csv(labelled)["segment"].tolist()
    assert expression.read_text().startswith("CASE\n")
    assert (report["rows"], report["rows_used"], report["told"]) == (60, 60, 0)
    assert sum(one["customers"] for one in report["segments"]) == 60
    assert [one["band"] for one in report["drift"]] == ["steady"]
    assert "can be used as they are" in report["advice"]


def test_segment_writes_a_report(run, refused, mall_file, tmp_path):
    report = tmp_path / "report.html"
    run("segment", mall_file, *QUICK, "--report", report)
    page = report.read_text(encoding="utf-8")
    assert "<title>Customer segments: mall.csv</title>" in page
    assert page.count("<article") == 3
    nowhere = refused("segment", mall_file, *QUICK, "--report", tmp_path / "none" / "report.html")
    assert "cannot be written" in nowhere
    assert nowhere.endswith("Name another file with --report.")


def test_score_tells_in_sentences(run, mall_file, tmp_path):
    model = tmp_path / "model.json"
    run("segment", mall_file, *QUICK, "--model", model)
    other = tmp_path / "other.csv"
    other.write_bytes(written(mall_table(1).assign(**{INCOME: 500}).drop(columns="Gender")))
    said = run("score", model, other)
    assert said.startswith("60 rows in the file = 60 scored + 0 set aside; 100.0 % unlike")
    assert "Find the segments anew" in said


def test_score_refuses_what_is_no_model_and_files_without_its_columns(
    run, refused, mall_file, tmp_path
):
    model = tmp_path / "model.json"
    assert refused("score", mall_file, mall_file).startswith(
        "score: mall.csv: The model is no JSON"
    )
    assert "none.json" in refused("score", tmp_path / "none.json", mall_file)
    run("segment", mall_file, *QUICK, "--model", model)
    other = tmp_path / "other.csv"
    other.write_bytes(written(mall_table().drop(columns=INCOME)))
    assert f"has no column “{INCOME}”" in refused("score", model, other)

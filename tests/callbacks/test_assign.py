"""Other customers, and taking everything away, on the Segments tab."""

import io
import json
import zipfile

import openpyxl
import pandas as pd
import pytest

from analytics import model as model_
from tests.conftest import components, data_url, mall_table, saved, texts, told, written

SEEN = "store-segments.data"


def taken(fire, given, button: str) -> tuple[str, bytes]:
    answer = fire("takeaway-file.data", by=f"takeaway-{button}.n_clicks", given=given)
    download = answer["response"]["takeaway-file"]["data"]
    return download["filename"], saved(download)


@pytest.fixture
def labels(fire, given):
    content = taken(fire, given, "csv")[1]
    return pd.read_csv(io.BytesIO(content))["segment"].tolist()


def test_the_workbook_holds_the_customers_and_a_dictionary(fire, given, labels):
    name, content = taken(fire, given, "excel")
    assert name == "mall_segments.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = list(book["Customers"].values)
    assert rows[0][-3:] == ("segment", "segment_name", "certainty")
    assert [row[-3] for row in rows[1:]] == labels
    assert [row[2] for row in rows[1:]] == mall_table()["Age"].tolist()
    described = list(book["Dictionary"].values)
    assert described[0] == ("name", "role", "unit", "meaning")
    assert [row[0] for row in described[1:]] == list(rows[0])
    assert ("Annual Income (k$)", "numeric", "k$") in [row[:3] for row in described]


def test_the_parquet_file_holds_the_same(fire, given, labels):
    name, content = taken(fire, given, "parquet")
    assert name == "mall_segments.parquet.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        table = pd.read_parquet(io.BytesIO(archive.read("customers.parquet")))
        described = pd.read_csv(io.BytesIO(archive.read("dictionary.csv")))
    assert table["segment"].tolist() == labels
    assert described["name"].tolist() == list(table)


def test_the_summary_has_a_row_for_each_segment(fire, given, workspace):
    name, content = taken(fire, given, "summary")
    assert name == "mall_segment_summary.csv"
    table = pd.read_csv(io.BytesIO(content))
    found = workspace.segment(workspace.question(given), 5)
    assert dict(zip(table["segment"], table["customers"], strict=True)) == found.sizes
    assert table["share"].sum() == pytest.approx(1)
    means = found.profiles["mean"].xs("Age", level="column")
    assert table["Age: mean"].tolist() == pytest.approx(means.tolist())


def test_the_report_has_the_names_on_the_page(fire, given):
    given["store-segments.data"]["segments"][1]["name"] = "Our favourites"
    name, content = taken(fire, given, "report")
    assert name == "mall_report.html"
    page = content.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "mall.csv · 60 customers" in page
    assert page.count("Named by hand") == 1
    assert "</span> Our favourites</h3>" in page


def test_the_model_and_its_sql_are_taken_away(fire, given):
    name, content = taken(fire, given, "model")
    model = model_.read(content)
    assert name == "mall_model.json"
    assert (model.origin.file, model.origin.rows, model.agreement) == ("mall.csv", 60, 1.0)
    name, content = taken(fire, given, "sql")
    assert name == "mall_segments.sql"
    assert content.startswith(b"CASE\n")


def test_nothing_is_taken_away_without_segments(fire):
    answer = fire("takeaway-file.data", by="takeaway-csv.n_clicks")
    assert "no segments to take away" in told(answer)


def uploaded(fire, given, table: pd.DataFrame, name: str = "other.csv") -> dict:
    content = {"assign-upload.contents": data_url(written(table)), "assign-upload.filename": name}
    return fire("store-assigned.data", by="assign-upload.contents", given=given | content)


def test_the_same_file_is_assigned_as_it_was_labelled_and_can_be_saved(fire, given, labels):
    answer = uploaded(fire, given, mall_table())["response"]
    said = texts(answer["assign-result"]["children"])
    assert "other.csv: 60 rows = 60 assigned." in said
    assert "can be used as they are" in said
    assert answer["assign-upload"]["contents"] is None
    state = answer["store-assigned"]["data"]
    assert state["segments"] == given[SEEN]["key"]
    download = fire(
        "assign-file.data", by="assign-save.n_clicks", given={"store-assigned.data": state}
    )["response"]["assign-file"]["data"]
    assert download["filename"] == "other_scored.csv"
    assert pd.read_csv(io.BytesIO(saved(download)))["segment"].tolist() == labels


def test_a_file_that_moved_is_told(fire, given):
    table = mall_table(1, customers=300)
    table["Annual Income (k$)"] += 40
    said = texts(uploaded(fire, given, table)["response"]["assign-result"]["children"])
    assert "Find the segments anew" in said
    assert "moved much" in said


def test_a_file_without_the_columns_is_refused_in_words(fire, given):
    answer = uploaded(fire, given, mall_table()[["CustomerID", "Age"]])
    assert "Annual Income (k$)" in told(answer)


def test_the_scored_file_of_somebody_else_is_not_given(visit, fire, given):
    state = uploaded(fire, given, mall_table())["response"]["store-assigned"]["data"]
    answer = visit().fire(
        "assign-file.data", by="assign-save.n_clicks", given={"store-assigned.data": state}
    )
    assert "expired" in told(answer)


def test_one_customer_is_assigned_as_the_form_says(fire, given):
    answer = fire("store-tried.data", by="assign-try.n_clicks", given=given)["response"]
    fields = [part for part in components(answer["assign-form"]["children"])
              if "id" in part["props"]]  # fmt: skip
    assert [part["type"] for part in fields] == ["Slider", "Slider"]
    family = json.dumps({"place": ["ALL"], "type": "assign-field"}, separators=(",", ":"))
    for income, spending in ((30, 20), (98, 17)):
        values = [
            {"id": part["props"]["id"], "property": "value", "value": value}
            for part, value in zip(fields, (income, spending), strict=True)
        ]
        said = fire(
            "assign-answer.children",
            by=f"{family}.value",
            given=given | {"store-tried.data": answer["store-tried"]["data"],
                           f"{family}.value": values},
        )  # fmt: skip
        found = texts(said["response"]["assign-answer"]["children"])
        assert ("High income, low spending" in found) == (income == 98)
        assert "Certainty" in found

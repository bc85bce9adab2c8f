"""The Overview tab: opening a dataset, and what is said about it."""

import pandas as pd
import pytest

from analytics.sample import mall_customers
from app.factory import create_app
from app.settings import Settings
from tests.conftest import components, data_url, mall_table, saved, texts, through, told, written

OPEN = "store-dataset.data"
UPLOAD = "overview-upload.contents"


@pytest.fixture
def given(visitor, mall_csv):
    return {"store-dataset.data": visitor.upload(mall_csv)}


def table(tree: object) -> list[list[str]]:
    """Read a drawn table, its headings first."""
    return [
        [texts(cell) for cell in components(row["props"]["children"]) if cell["type"] in "Th Td"]
        for row in components(tree)
        if row["type"] == "Tr"
    ]


def test_an_upload_becomes_the_dataset(fire, mall_csv):
    answer = fire(
        OPEN,
        by=UPLOAD,
        given={UPLOAD: data_url(mall_csv), "overview-upload.filename": "My mall.csv"},
    )
    state = answer["response"]["store-dataset"]["data"]
    assert set(state) == {"key", "name", "customers"}
    assert (state["name"], state["customers"]) == ("My mall.csv", 60)
    assert len(state["key"]) == 64


def test_the_same_file_can_be_chosen_again(fire, mall_csv):
    for content in (mall_csv, b"broken"):
        answer = fire(OPEN, by=UPLOAD, given={UPLOAD: data_url(content)})
        assert answer["sideUpdate"]["overview-upload"] == {"contents": None}


def test_clearing_the_upload_s_contents_opens_nothing_of_the_visitor_s(fire):
    answer = fire(OPEN, by=UPLOAD, given={UPLOAD: None})
    assert answer.get("response", {}).get("store-dataset", {}).get("data", {}).get("name") in (
        None,
        "Sample",
    )


@pytest.mark.parametrize("name", ["../../etc/mall.csv", "C:\\mall.csv"])
def test_an_upload_is_called_by_its_file_s_name_alone(fire, mall_csv, name):
    given = {UPLOAD: data_url(mall_csv), "overview-upload.filename": name}
    assert fire(OPEN, by=UPLOAD, given=given)["response"]["store-dataset"]["data"]["name"] == (
        "mall.csv"
    )


def test_an_upload_without_a_name_is_opened(fire, mall_csv):
    answer = fire(OPEN, by=UPLOAD, given={UPLOAD: data_url(mall_csv)})
    assert answer["response"]["store-dataset"]["data"]["name"] == "upload"


@pytest.mark.parametrize(
    ("contents", "title", "cause", "remedy"),
    [
        (data_url(b""), "This file could not be read", "The file is empty.", "Choose a CSV"),
        (
            data_url(b"a,b\n1,2,3\n4,5\n"),
            "This file could not be read",
            "The lines do not fit together",
            "close every quote",
        ),
        (
            data_url(b"%PDF-1.7"),
            "This file could not be read",
            "a PDF document, not a CSV",
            "Save the table as CSV (UTF-8).",
        ),
        (
            "data:text/csv;base64,%%%",
            "This file could not be read",
            "The upload arrived damaged.",
            "Choose the file once more.",
        ),
    ],
    ids=["empty", "uneven", "pdf", "damaged"],
)
def test_a_broken_upload_is_told_and_leaves_the_dataset_alone(fire, contents, title, cause, remedy):
    answer = fire(OPEN, by=UPLOAD, given={UPLOAD: contents, "overview-upload.filename": "a.csv"})
    assert answer["response"] == {}
    notice = told(answer)
    assert notice.startswith(f"{title}: ")
    assert cause in notice
    assert remedy in notice


def test_an_upload_over_the_limit_is_told_and_leaves_the_dataset_alone(tmp_path):
    small = create_app(Settings(cache_dir=tmp_path / "small", max_upload_mb=1))
    contents = data_url(b"x" * (2**20 + 2**17))
    visitor = through(small.server.test_client())
    answer = visitor.fire(OPEN, by=UPLOAD, given={UPLOAD: contents})
    assert answer["response"] == {}
    assert told(answer) == (
        "This file is too large: The file has 1.1 MB; the limit is 1 MB."
        " Remove columns you do not need, or split the file."
    )


def test_tiles_tell_the_averages_in_their_units(visitor, given):
    filled = visitor.filled("overview-tiles.children", by=OPEN, given=given)
    table_ = mall_table()
    said = [texts(tile) for tile in filled]
    assert len(said) == 5
    assert said[0].startswith("Customers 60 ")
    assert f"{table_['Age'].mean():.2f} years" in said[1]
    assert f"{table_['Annual Income (k$)'].mean():.2f} k$" in said[2]
    assert f"{table_['Spending Score (1-100)'].mean():.2f} " in said[3]
    for level, many in table_["Gender"].value_counts().items():
        assert f"{many} {level.lower()}" in said[4]


def test_the_chip_names_the_file(visitor, given):
    chip = visitor.filled("page-chip.children", by=OPEN, given=given)
    assert chip.startswith("mall.csv")
    assert chip.endswith("60 customers")


def test_every_column_is_listed_with_its_role(visitor, given):
    headings, *rows = table(visitor.filled("overview-columns.children", by=OPEN, given=given))
    assert headings == ["Column", "Role", "Type", "Missing", "Distinct", "Why this role"]
    assert [row[0] for row in rows] == list(mall_table())
    assert [row[1] for row in rows] == ["identifier", "categorical", *["numeric"] * 3]
    assert [row[4] for row in rows] == [str(n) for n in mall_table().nunique()]


def test_what_may_be_wrong_is_counted(visitor):
    odd = mall_table().astype({"Age": "Int64"})
    odd.loc[3, "Age"] = pd.NA
    odd = pd.concat([odd, odd.tail(1).assign(CustomerID=61)])
    odd.insert(5, "Shop", "here")
    given = {"store-dataset.data": visitor.upload(written(odd).replace(b"Shop", b"Age"))}
    filled = visitor.filled("overview-quality.children", by=OPEN, given=given)
    counts = {row[0]: row[1] for row in table(filled)[1:]}
    assert counts["Missing cells"] == "1"
    assert counts["Repeated customers"] == "1"
    assert counts["Columns set aside"] == "1"
    assert "it is called “Age (2)” here" in texts(filled)


def test_the_table_holds_the_rows_as_plain_values(visitor):
    odd = mall_table(customers=40).astype({"Age": "Int64"})
    odd.loc[1, "Age"] = pd.NA
    odd["Since"] = [f"2024-01-{n % 28 + 1:02}" for n in range(40)]
    given = {"store-dataset.data": visitor.upload(written(odd))}
    answer = visitor.fire("overview-preview.rowData", by=OPEN, given=given)["response"]
    rows = answer["overview-preview"]["rowData"]
    assert len(rows) == 40
    assert rows[0] == odd.iloc[0].to_dict()
    assert rows[1]["Age"] is None
    assert rows[0]["Since"] == "2024-01-01"
    kinds = {c["field"]: c["filter"] for c in answer["overview-preview"]["columnDefs"]}
    assert list(kinds) == list(odd)
    assert kinds["Age"] == "agNumberColumnFilter"
    assert kinds["Gender"] == "agTextColumnFilter"
    assert answer["overview-preview-note"]["children"] == "All 40 customers."


def test_of_a_large_file_the_table_holds_the_first_rows_and_says_so(visitor):
    given = {"store-dataset.data": visitor.upload(written(mall_table(customers=5_001)))}
    answer = visitor.fire("overview-preview.rowData", by=OPEN, given=given)["response"]
    assert len(answer["overview-preview"]["rowData"]) == 5_000
    assert answer["overview-preview-note"]["children"] == (
        "The first 5,000 of 5,001 customers; downloads hold all of them."
    )


@pytest.mark.parametrize("by", ["page-boot.data", "overview-sample.n_clicks"])
def test_the_sample_opens_on_a_first_visit_and_on_demand(fire, by):
    state = fire(OPEN, by=by, given={by: 1})["response"]["store-dataset"]["data"]
    assert (state["name"], state["customers"]) == ("Sample", 500)


def test_the_sample_s_averages_are_those_of_the_teaching_data(visitor):
    sample = visitor.filled(OPEN, by="page-boot.data", given={"page-boot.data": 1})
    tiles = texts(
        visitor.filled("overview-tiles.children", by=OPEN, given={"store-dataset.data": sample})
    )
    for wanted in ("38.85 years", "60.56 k$", "50.20", "280 female and 220 male"):
        assert wanted in tiles


def test_the_template_is_the_sample_as_a_file(visitor):
    download = visitor.filled("overview-template-file.data", by="overview-template.n_clicks")
    assert download["filename"] == "customers_template.csv"
    assert saved(download) == mall_customers().to_csv(index=False).encode()

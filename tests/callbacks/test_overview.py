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


def test_what_was_told_of_an_earlier_file_goes_with_it(fire, mall_csv):
    answer = fire(OPEN, by=UPLOAD, given={UPLOAD: data_url(mall_csv)})
    assert answer["sideUpdate"]["page-notice"] == {"is_open": False}


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
        (data_url(b""), "This file could not be read", "The file is empty.", "Choose a table"),
        (
            data_url(b'a,b\n1,2\n3,"4\n5,6\n'),
            "This file could not be read",
            "Line 3 opens a quote that is never closed.",
            "Close it, or remove it",
        ),
        (
            data_url(b"%PDF-1.7"),
            "This file could not be read",
            "a PDF document, not a table",
            "Save the table as CSV",
        ),
        (
            "data:text/csv;base64,%%%",
            "This file could not be read",
            "The upload arrived damaged.",
            "Choose the file once more.",
        ),
    ],
    ids=["empty", "unclosed", "pdf", "damaged"],
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
    tree = visitor.filled("overview-columns.children", by=OPEN, given=given)
    headings, *rows = table(tree)
    assert headings == ["Column", "Role", "Type", "Missing", "Distinct", "Why this role"]
    assert [row[0] for row in rows] == list(mall_table())
    assert [row[1].strip() for row in rows] == [f"Role of {name}" for name in mall_table()]
    assert chosen(tree) == {
        "role:CustomerID": "identifier",
        "role:Gender": "categorical",
        "role:Age": "numeric",
        "role:Annual Income (k$)": "numeric",
        "role:Spending Score (1-100)": "numeric",
    }
    assert [row[4] for row in rows] == [str(n) for n in mall_table().nunique()]


@pytest.fixture
def odd(visitor):
    """A dataset with a missing age, a repeated row, a constant column and a line too short."""
    customers = mall_table().astype({"Age": "Int64"})
    customers.loc[3, "Age"] = pd.NA
    customers = pd.concat([customers, customers.tail(1).assign(CustomerID=61)])
    customers.insert(5, "Shop", "here")
    return {"store-dataset.data": visitor.upload(written(customers) + b"62,Male\n")}


def chosen(tree: object) -> dict[str, str]:
    """Give the option that every control of a tree shows, by what it decides."""
    return {
        part["props"]["id"]["choice"]: part["props"]["value"]
        for part in components(tree)
        if part["type"] == "Select"
    }


def decided(given: dict, changed: str, option: str) -> dict:
    key = given["store-dataset.data"]["key"]
    return given | {"store-decision.data": {"dataset": key, "changed": changed, "option": option}}


def test_what_may_be_wrong_is_told_with_its_choices(visitor, odd):
    tree = visitor.filled("overview-alerts.children", by=OPEN, given=odd)
    said = texts(tree)
    assert "Missing values: Age" in said
    assert "Identical rows" in said
    assert "Constant: Shop" in said
    assert chosen(tree)["missing:Age"] == chosen(tree)["duplicates"] == "keep"
    shown = [p["props"]["data-shown"] for p in components(tree) if "data-shown" in p["props"]]
    assert {"missing:Age", "duplicates"} <= set(shown)


def test_every_row_is_accounted_for(visitor, odd):
    answer = visitor.fire("overview-ledger.children", by=OPEN, given=odd)["response"]
    assert answer["overview-ledger"]["children"].startswith(
        "62 rows in the file = 61 used + 1 set aside."
    )
    assert table(answer["overview-aside"]["children"])[1] == [
        "63", "2 cells where the header has 6", "62,Male"
    ]  # fmt: skip
    assert answer["overview-save-aside"]["disabled"] is False
    assert answer["overview-undo"]["disabled"] is True
    download = visitor.filled(
        "overview-aside-file.data", by="overview-save-aside.n_clicks", given=odd
    )
    assert download["filename"] == "mall_set_aside.csv"
    assert saved(download).decode().splitlines()[1].startswith("63,")


def test_a_decision_makes_another_dataset_and_undo_gives_the_first_back(visitor, odd):
    given = decided(odd, "missing:Age", "drop")
    state = visitor.filled(OPEN, by="store-decision.data", given=given)
    assert (state["name"], state["customers"]) == ("mall.csv", 60)
    now = {"store-dataset.data": state}
    answer = visitor.fire("overview-ledger.children", by=OPEN, given=now)["response"]
    assert "60 used + 2 set aside" in answer["overview-ledger"]["children"]
    said = texts(answer["overview-changes"]["children"])
    assert said.startswith("You decided: missing “Age”: set 1 row aside: 60 of 61 stay.")
    assert answer["overview-undo"]["disabled"] is False
    tree = visitor.filled("overview-alerts.children", by=OPEN, given=now)
    assert chosen(tree)["missing:Age"] == "drop"
    back = visitor.filled(OPEN, by="overview-undo.n_clicks", given=now)
    assert back == odd["store-dataset.data"]


def test_another_role_reaches_the_features_that_can_be_chosen(visitor, given):
    given["selection-scaling.value"] = "standard"
    before = visitor.fire("selection-features.options", by=OPEN, given=given)["response"]
    now = given | {
        "store-dataset.data": visitor.filled(
            OPEN, by="store-decision.data", given=decided(given, "role:Age", "ignored")
        )
    }
    after = visitor.fire("selection-features.options", by=OPEN, given=now)["response"]
    offered = [
        {option["value"] for option in answer["selection-features"]["options"]}
        for answer in (before, after)
    ]
    assert offered[0] - offered[1] == {"Age"}


def test_a_decision_about_another_dataset_changes_nothing(visitor, given):
    stale = decided(given, "role:Age", "ignored")
    stale["store-decision.data"]["dataset"] = "0" * 64
    assert visitor.fire(OPEN, by="store-decision.data", given=stale) == {}


@pytest.mark.parametrize(
    ("changed", "option", "cause"),
    [
        ("role:Age", "date", "“date” is no option of “role:Age”"),
        ("role:Height", "numeric", "Nothing called “role:Height” can be decided"),
        ("__class__", "x", "can be decided here"),
    ],
)
def test_a_decision_that_is_not_offered_is_told(visitor, given, changed, option, cause):
    answer = visitor.fire(OPEN, by="store-decision.data", given=decided(given, changed, option))
    assert answer["response"] == {}
    assert cause in told(answer)


def test_undo_without_a_change_is_told(visitor, given):
    answer = visitor.fire(OPEN, by="overview-undo.n_clicks", given=given)
    assert "There is no change to undo." in told(answer)


def test_the_rows_of_a_finding_are_shown_with_their_lines(visitor, odd):
    given = odd | {"store-shown.data": "missing:Age"}
    answer = visitor.fire("overview-preview.rowData", by="store-shown.data", given=given)
    (row,) = answer["response"]["overview-preview"]["rowData"]
    assert (row["line"], row["CustomerID"], row["Age"]) == (5, 4, None)
    note = answer["response"]["overview-preview-note"]["children"]
    assert note.startswith("The one row of “Missing values: Age”")
    assert answer["response"]["overview-show-all"]["hidden"] is False
    whole = visitor.fire("overview-preview.rowData", by=OPEN, given=given)["response"]
    assert len(whole["overview-preview"]["rowData"]) == 61


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

"""The Segments tab: fitting, describing, listing and downloading."""

import io

import pandas as pd
import pytest

from analytics.figures.theme import colour
from tests.conftest import components, mall_table, saved, texts, told, written

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
FIT = "store-segments.data"
FIGURES = ["segments-map", "segments-sizes", "segments-profile"]


@pytest.fixture
def drawn(fire, given):
    return fire("segments-map.figure", by=FIT, given=given)["response"]


def test_fitting_stores_names_and_sizes_but_no_customer(given):
    state = given[FIT]
    assert set(state) == {"key", "scores", "count", "segments"}
    assert state["scores"] == given["store-scores.data"]
    assert state["count"] == 5
    assert [one["segment"] for one in state["segments"]] == [1, 2, 3, 4, 5]
    assert [one["size"] for one in state["segments"]] == [12] * 5
    assert {one["name"] for one in state["segments"]} == {
        "Low income, low spending",
        "Low income, high spending",
        "Average income, average spending",
        "High income, low spending",
        "High income, high spending",
    }
    assert len(str(state)) < 1_500


@pytest.mark.parametrize("count", [2, 3, 6])
def test_another_number_gives_as_many_segments(visitor, given, count):
    given["selection-count.value"] = count
    state = visitor.filled(FIT, by="selection-count.value", given=given)
    assert len(state["segments"]) == state["count"] == count
    assert sum(one["size"] for one in state["segments"]) == 60


@pytest.mark.parametrize("lacking", ["store-features.data", "store-scores.data"])
def test_without_features_or_scores_there_are_no_segments(fire, given, lacking):
    given[lacking] = None
    answer = fire(FIT, by=lacking, given=given)["response"]
    assert answer["store-segments"]["data"] is None


@pytest.mark.parametrize("count", [7, 1, None])
def test_a_number_that_was_not_tried_is_told(fire, given, count):
    given["selection-count.value"] = count
    answer = fire(FIT, by="selection-count.value", given=given)
    assert answer["response"] == {}
    assert told(answer).endswith("segments were not tried. Choose from 2 to 6.")


def test_before_there_are_segments_everything_waits(fire):
    drawn = fire("segments-map.figure", by=FIT)["response"]
    for id_ in FIGURES:
        assert drawn[id_]["figure"]["data"] == []
        (said,) = drawn[id_]["figure"]["layout"]["annotations"]
        assert said["text"] == "Choose features on the Model Selection tab."
    assert drawn["segments-cards"]["children"] == drawn["segments-boxes"]["children"] == []
    listed = fire("segments-table.rowData", by=FIT)["response"]
    assert listed["segments-table"] == {"columnDefs": [], "rowData": []}


def test_the_headline_says_what_was_done(drawn):
    said = drawn["segments-headline"]["children"]
    assert said.startswith(
        "60 customers in 5 segments by Annual Income and Spending Score; mean silhouette 0."
    )


@pytest.mark.parametrize("id_", FIGURES)
def test_every_trace_tells_its_segment_to_the_cross_filter(drawn, id_):
    traces = drawn[id_]["figure"]["data"]
    assert {trace["meta"]["segment"] for trace in traces} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("id_", ["segments-map", "segments-sizes"])
def test_a_segment_has_its_colour_in_every_figure(drawn, id_):
    for trace in drawn[id_]["figure"]["data"]:
        assert trace["marker"]["color"] == colour(trace["meta"]["segment"])


def test_the_map_is_in_the_units_of_both_features(drawn):
    layout = drawn["segments-map"]["figure"]["layout"]
    assert layout["xaxis"]["title"]["text"] == "Annual Income (k$)"
    assert layout["yaxis"]["title"]["text"] == "Spending Score (1-100)"
    assert drawn["segments-map-note"]["children"] == "Both features in their own units."


def test_the_bars_are_as_long_as_the_segments_are_large(drawn):
    assert [bar["x"] for bar in drawn["segments-sizes"]["figure"]["data"]] == [[12]] * 5


def test_the_columns_that_formed_the_segments_come_first(drawn):
    order = ["Annual Income", "Spending Score", "Age"]
    assert drawn["segments-profile"]["figure"]["data"][0]["x"] == order
    boxes = [
        part["props"]["figure"]["layout"]["title"]["text"]
        for part in components(drawn["segments-boxes"]["children"])
        if part["type"] == "Graph"
    ]
    assert boxes == order


def test_each_segment_has_a_card_that_can_be_pressed(drawn, given):
    cards = drawn["segments-cards"]["children"]
    assert [card["props"]["id"] for card in cards] == [
        {"type": "segment-card", "segment": n} for n in range(1, 6)
    ]
    for card, one in zip(cards, given[FIT]["segments"], strict=True):
        assert card["type"] == "Button"
        assert card["props"]["data-segment"] == str(one["segment"])
        assert card["props"]["aria-pressed"] == "false"
        assert one["name"] in texts(card)
        assert "12 customers, 20.0 %" in texts(card)
        assert "Annual Income " in texts(card)


def test_segments_of_categories_alone_are_drawn(visitor):
    table = mall_table()[["CustomerID"]].copy()
    table["Plan"] = ["basic", "plus", "gold"] * 20
    given = {
        "store-dataset.data": visitor.upload(written(table)),
        "selection-scaling.value": "standard",
        "selection-features.value": ["Plan"],
        "selection-range.value": [2, 2],
        "selection-count.value": 2,
    }
    chosen = visitor.fire("store-features.data", by="selection-features.value", given=given)
    given["store-features.data"] = chosen["response"]["store-features"]["data"]
    for store, by in (("store-scores.data", "store-features.data"), (FIT, "store-scores.data")):
        given[store] = visitor.filled(store, by=by, given=given)
    assert sum(one["size"] for one in given[FIT]["segments"]) == 60


def test_the_table_puts_segment_and_silhouette_before_the_customer_s_own(fire, given):
    answer = fire("segments-table.rowData", by=FIT, given=given)["response"]
    fields = [column["field"] for column in answer["segments-table"]["columnDefs"]]
    assert fields == ["segment", "segment_name", "silhouette", *mall_table().columns]
    rows = answer["segments-table"]["rowData"]
    assert [row["CustomerID"] for row in rows] == list(range(1, 61))
    names = {one["segment"]: one["name"] for one in given[FIT]["segments"]}
    for row in rows:
        assert row["segment_name"] == names[row["segment"]]
        assert 0 < row["silhouette"] <= 1
    assert answer["segments-table-note"]["children"] == "All 60 customers."


def test_a_column_of_the_file_called_segment_does_not_hide_ours(visitor):
    table = mall_table()
    table["segment"] = [f"old {n % 3}" for n in range(60)]
    given = visitor.journey(written(table))
    rows = visitor.filled("segments-table.rowData", by=FIT, given=given)
    assert {row["segment"] for row in rows} == {1, 2, 3, 4, 5}
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    exported = pd.read_csv(io.BytesIO(saved(download)))
    assert list(exported)[-3:] == ["segment", "segment_2", "segment_name"]
    assert exported["segment"].tolist() == table["segment"].tolist()


def test_all_customers_are_downloaded_with_their_segments(visitor, given):
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    assert download["filename"] == "mall_segments.csv"
    exported = pd.read_csv(io.BytesIO(saved(download)))
    pd.testing.assert_frame_equal(exported[list(mall_table())], mall_table(), check_dtype=False)
    rows = visitor.filled("segments-table.rowData", by=FIT, given=given)
    assert exported["segment"].tolist() == [row["segment"] for row in rows]
    assert exported["segment_name"].tolist() == [row["segment_name"] for row in rows]


def test_the_whole_download_ignores_the_selection(visitor, given):
    given["store-selection.data"] = [2]
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    assert len(pd.read_csv(io.BytesIO(saved(download)))) == 60


def test_a_selection_is_downloaded_alone(visitor, given):
    given["store-selection.data"] = [1, 3]
    download = visitor.filled(
        "segments-file.data", by="segments-save-selection.n_clicks", given=given
    )
    assert download["filename"] == "mall_segments_1_3.csv"
    exported = pd.read_csv(io.BytesIO(saved(download)))
    assert len(exported) == 24
    assert set(exported["segment"]) == {1, 3}


def test_the_download_is_named_after_the_file(visitor, given):
    given["store-dataset.data"]["name"] = "../Our Customers.2024.CSV"
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    assert download["filename"] == "our customers.2024_segments.csv"


def test_cells_that_a_spreadsheet_would_execute_are_disarmed_in_downloads(visitor):
    table = mall_table()
    table["Note"] = [f"=HYPERLINK({n % 2})" for n in range(60)]
    given = visitor.journey(written(table))
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    assert saved(download).count(b",'=HYPERLINK(") == 60


def test_names_and_cells_stay_text_on_the_page(visitor):
    table = mall_table()
    table["Plan"] = ["<script>alert(1)</script>", "<b>x</b>"] * 30
    given = visitor.journey(written(table), "<img src=x>.csv")
    chip = visitor.filled("page-chip.children", by="store-dataset.data", given=given)
    assert chip.startswith("<img src=x>.csv")
    cards = visitor.filled("segments-cards.children", by=FIT, given=given)
    kinds = {part["type"] for part in components(cards)}
    assert kinds == {"Button", "Span", "Strong", "Ul", "Li"}


def test_the_sample_has_five_segments_by_income_and_spending(visitor):
    given = {
        "store-dataset.data": visitor.filled("store-dataset.data", by="page-boot.data"),
        "selection-scaling.value": "standard",
        "selection-range.value": [4, 6],
        "selection-count.value": 5,
    }
    chosen = visitor.fire("store-features.data", by="store-dataset.data", given=given)["response"]
    given["store-features.data"] = chosen["store-features"]["data"]
    given["store-scores.data"] = visitor.filled(
        "store-scores.data", by="store-features.data", given=given
    )
    assert given["store-scores.data"]["recommended"] == 5
    given[FIT] = visitor.filled(FIT, by="store-scores.data", given=given)
    sizes = [one["size"] for one in given[FIT]["segments"]]
    assert sum(sizes) == 500
    assert min(sizes) > 80


def test_customers_without_any_number_are_segmented_and_shown(visitor):
    lines = [
        f"{name},{plan}" for name in ("Bern", "Rome", "Oslo") for plan in ("basic", "gold") * 9
    ]
    dataset = visitor.upload("\n".join(["city,plan", *lines]).encode(), "text.csv")
    features = visitor.filled(
        "store-features.data",
        by="store-dataset.data",
        given={"store-dataset.data": dataset, "selection-scaling.value": "standard"},
    )
    scores = visitor.filled(
        "store-scores.data",
        by="store-features.data",
        given={"store-features.data": features, "selection-range.value": [2, 10]},
    )
    given = {
        "store-features.data": features,
        "store-scores.data": scores,
        "selection-count.value": scores["recommended"],
    }
    segments = visitor.filled("store-segments.data", by="store-scores.data", given=given)
    drawn = visitor.filled(
        "segments-profile.figure",
        by="store-segments.data",
        given={"store-segments.data": segments},
    )
    assert drawn["layout"]["annotations"][0]["text"] == "No numeric columns to profile."

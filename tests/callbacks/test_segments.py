"""The Segments tab: describing, listing and downloading."""

import io

import numpy as np
import pandas as pd
import pytest

from analytics.figures.theme import colour
from analytics.insights import CAUTION
from analytics.packing import unpacked
from callbacks import grids
from tests.conftest import (
    components,
    gathered,
    mall_table,
    saved,
    told,
    views,
    written,
)

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
SEEN = "store-segments.data"
FIGURES = ["segments-map", "segments-sizes"]


@pytest.fixture
def view(given):
    return given["store-view.data"]["view"]


@pytest.fixture
def drawn(view):
    return view["figures"]


def test_a_view_names_its_segments_with_their_sizes(given):
    state = given[SEEN]
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


@pytest.mark.parametrize("count", range(2, 7))
def test_the_view_of_every_number_is_that_of_its_segmentation(given, workspace, count):
    found = workspace.segment(workspace.question(given), count)
    view = views(given)[count]
    assert view["key"] == found.key
    assert {one["segment"]: one["name"] for one in view["segments"]} == found.names
    assert {one["segment"]: one["size"] for one in view["segments"]} == found.sizes
    assert unpacked(view["labels"]).tolist() == found.labels.tolist()
    told_ = unpacked(view["told"]["silhouette"])
    assert np.array_equal(told_, found.silhouettes.to_numpy().astype("float32"))
    traces = gathered(given, view["figures"]["segments-map"], view["labels"])[:count]
    for trace in traces:
        mine = found.labels == trace["meta"]["segment"]
        assert trace["x"].tolist() == found.projection.points["x"][mine].tolist()
        assert trace["customdata"].tolist() == (np.flatnonzero(mine) + 1).tolist()
    bars = view["figures"]["segments-sizes"]["data"]
    assert [bar["x"] for bar in bars] == [[size] for size in found.sizes.values()]
    for box in gathered(given, view["figures"]["segments-box-third"], view["labels"]):
        mine = found.labels == box["meta"]["segment"]
        assert box["y"].tolist() == mall_table()["Age"][mine].tolist()
    assert len(view["cards"]) == count


@pytest.fixture
def profiles(given):
    return views(given)[5]["profiles"]


def test_every_profile_that_is_offered_is_there_for_every_number(given):
    offered = given["store-view.data"]["shared"]["profiles"]["offered"]
    kinds = {one["value"] for one in offered}
    assert {"index", "zscores", "snake", "radar", "parallel", "distances"} < kinds
    assert {"composition:Gender", "treemap:size", f"treemap:{INCOME}"} < kinds
    assert f"treemap:{SPENDING}" not in kinds  # scores have no sum
    for count, view in views(given).items():
        assert set(view["profiles"]) == kinds
        for kind, figure in view["profiles"].items():
            segments = {trace["meta"]["segment"] for trace in figure["data"] if "meta" in trace}
            if kind == "radar" and count > 4:
                assert "cannot be read" in figure["layout"]["annotations"][0]["text"]
            else:
                assert segments == set(range(1, count + 1)), kind


def test_the_first_view_brings_one_profile_so_that_it_comes_soon(view):
    assert list(view["profiles"]) == ["index"]


def test_every_profile_says_how_to_read_it(profiles):
    read = {kind for kind, figure in profiles.items() if figure["layout"].get("meta")}
    assert read == set(profiles) - {"radar"}  # of five segments there is none


def test_lines_are_the_values_of_customers_between_the_lowest_and_the_highest(given):
    lines = given["store-view.data"]["shared"]["profiles"]["lines"]
    rows = unpacked(given["store-view.data"]["shared"]["arrays"]["row"])[unpacked(lines["places"])]
    scaled = unpacked(lines["values"]).reshape(len(rows), 3)
    low, high = np.array(lines["low"]), np.array(lines["high"])
    own = mall_table()[[INCOME, SPENDING, "Age"]].to_numpy()
    assert low + scaled * (high - low) == pytest.approx(own[rows - 1], abs=1e-4)


def test_the_headline_says_what_was_done(view):
    assert view["headline"].startswith(
        "60 customers in 5 segments by Annual Income and Spending Score; mean silhouette 0."
    )


@pytest.mark.parametrize("id_", FIGURES)
def test_every_trace_tells_its_segment_to_the_cross_filter(drawn, id_):
    traces = drawn[id_]["data"]
    assert {trace["meta"]["segment"] for trace in traces} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("kind", ["index", "zscores"])
def test_every_row_of_a_heatmap_lies_beneath_its_veil(profiles, kind):
    figure = profiles[kind]
    veils = {shape["name"]: shape for shape in figure["layout"]["shapes"]}
    for trace in figure["data"]:
        assert trace["meta"]["veiled"]
        (row,) = trace["y"]
        veil = veils.pop(str(trace["meta"]["segment"]))
        assert (veil["y0"], veil["y1"], veil["opacity"]) == (row - 0.5, row + 0.5, 0)
    assert not veils


@pytest.mark.parametrize("id_", ["segments-map", "segments-sizes"])
def test_a_segment_has_its_colour_in_every_figure(drawn, id_):
    for trace in drawn[id_]["data"]:
        assert trace["marker"]["color"] == colour(trace["meta"]["segment"])


def test_no_figure_brings_a_template_as_the_browser_gives_it_one(given):
    shared = given["store-view.data"]["shared"]
    figures = [*shared["curves"].values(), *shared["fixed"].values()]
    for view in views(given).values():
        figures.extend(view["figures"].values())
    assert len(figures) == 8 + 5 * 6
    assert not any("template" in figure["layout"] for figure in figures)


def test_the_map_is_in_the_units_of_both_features(drawn, given):
    layout = drawn["segments-map"]["layout"]
    assert layout["xaxis"]["title"]["text"] == "Annual Income (k$)"
    assert layout["yaxis"]["title"]["text"] == "Spending Score (1-100)"
    note = given["store-view.data"]["shared"]["note"]
    assert note == "Both features in their own units."


def test_the_columns_that_formed_the_segments_come_first(drawn, profiles):
    order = ["Annual Income", "Spending Score", "Age"]
    assert profiles["zscores"]["data"][0]["x"] == order
    assert profiles["snake"]["data"][0]["x"] == order
    boxes = [figure for id_, figure in drawn.items() if "-box-" in id_]
    assert [box["layout"]["title"]["text"] for box in boxes] == order


def test_a_card_says_size_facts_and_one_action(view):
    for card, one in zip(view["cards"], view["segments"], strict=True):
        assert card["segment"] == one["segment"]
        assert card["share"] == "12 customers, 20.0 %"
        assert " of it comes back (95 % of draws: " in card["held"]
        assert len(card["facts"]) == 3
        assert all(", index " in said for said, _ in card["facts"])
        assert [trivial for _, trivial in card["facts"]] == sorted(t for _, t in card["facts"])
    assert (card["worth"], card["value"]) == (None, "")
    low, high = (
        next(c for c, n in zip(view["cards"], view["segments"], strict=True) if n["name"] == name)
        for name in ("Low income, high spending", "High income, low spending")
    )
    assert low["action"].startswith("Keep offers within their means")
    assert high["reason"].startswith("Because Annual Income averages ")


def test_a_column_of_money_gives_each_segment_its_share(visitor):
    table = mall_table()
    table["Revenue (€)"] = table["Annual Income (k$)"] * 10
    view = visitor.journey(written(table))["store-view.data"]["view"]
    worths = {card["segment"]: card["worth"] for card in view["cards"]}
    labels = unpacked(view["labels"])
    for segment, worth in worths.items():
        share = table["Revenue (€)"][labels == segment].sum() / table["Revenue (€)"].sum()
        assert worth == pytest.approx(share, abs=1e-4)
    assert all("of all Revenue" in card["value"] for card in view["cards"])
    assert any(" of all Revenue" in said for said in view["overview"])


def detailed(visitor, given):
    first = given["store-view.data"]
    arrived = {"store-arrived.data": {"key": first["key"], "count": first["count"]}}
    return visitor.filled("store-details.data", by="store-arrived.data", given=given | arrived)[
        "cards"
    ]


def test_every_number_s_cards_open_to_a_rule_and_six_customers(visitor, given):
    cards = detailed(visitor, given)
    assert list(cards) == ["2", "3", "4", "5", "6"]
    for count, own in cards.items():
        labels = unpacked(views(given)[int(count)]["labels"])
        assert set(own) == {str(n) for n in range(1, int(count) + 1)}
        for segment, card in own.items():
            assert " of the segment fits." in card["rule"]
            assert len(card["typical"]) == 3
            for who, why in card["typical"] + card["borderline"]:
                customer = int(who.removeprefix("CustomerID "))
                assert labels[customer - 1] == int(segment)
                assert why.startswith(f"In “⟦{segment}⟧”")


def test_details_of_views_that_are_past_are_not_made(visitor, given):
    stale = {"store-arrived.data": {"key": "0" * 64, "count": 5}}
    found = visitor.filled("store-details.data", by="store-arrived.data", given=given | stale)
    assert found is None


def test_details_of_somebody_else_s_customers_are_not_told(fire, given):
    given["store-begun.data"]["scores"]["features"]["dataset"] = "0" * 64
    arrived = {"store-arrived.data": {"key": given["store-view.data"]["key"], "count": 5}}
    answer = fire("store-details.data", by="store-arrived.data", given=given | arrived)
    assert answer["response"] == {}
    assert told(answer).startswith("Your data have expired: ")


def test_customers_without_an_identifier_are_named_by_their_row(visitor):
    given = visitor.journey(written(mall_table().drop(columns="CustomerID")))
    cards = detailed(visitor, given)
    assert cards["5"]["1"]["typical"][0][0].startswith("Row ")


def test_what_is_often_said_is_checked_where_the_features_allow_it(visitor, given):
    groups, follows, caution = given["store-view.data"]["shared"]["claims"]
    assert groups.startswith("“Customers form five groups by income and spending.” Yes: 5 segments")
    assert follows.startswith("“Customers with a higher income spend more.” No: ")
    assert caution == CAUTION
    assert given["store-view.data"]["view"]["overview"][0].startswith("5 segments of 60 customers")
    given["selection-features.value"] = ["Age"]
    chosen = visitor.fire("store-features.data", by="selection-features.value", given=given)
    given["store-features.data"] = chosen["response"]["store-features"]["data"]
    given["store-scores.data"] = visitor.filled(
        "store-scores.data", by="store-features.data", given=given
    )
    said = visitor.seen(given)["store-view.data"]["shared"]["claims"]
    assert len(said) == 2


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
    given["store-scores.data"] = visitor.filled(
        "store-scores.data", by="store-features.data", given=given
    )
    given |= visitor.seen(given)
    assert sum(one["size"] for one in given[SEEN]["segments"]) == 60


def test_the_table_puts_segment_and_silhouette_before_the_customer_s_own(given):
    table = given["store-view.data"]["shared"]["table"]
    fields = [column["field"] for column in table["columns"]]
    assert fields == ["segment", "segment_name", "silhouette", "certainty", *mall_table().columns]
    assert (table["rows"], table["ours"], table["note"]) == (60, 4, "All 60 customers.")
    assert table["values"] == [mall_table()[name].tolist() for name in mall_table()]


def test_the_table_says_why_some_customers_have_no_silhouette():
    note = grids.listed(mall_table(), pd.DataFrame(), 40)["note"]
    assert note.startswith("All 60 customers. 40 of them have a silhouette: it is estimated on a")


def test_a_column_of_the_file_called_segment_does_not_hide_ours(visitor):
    table = mall_table()
    table["segment"] = [f"old {n % 3}" for n in range(60)]
    given = visitor.journey(written(table))
    fields = [column["field"] for column in given["store-view.data"]["shared"]["table"]["columns"]]
    assert fields.count("segment") == 1
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    exported = pd.read_csv(io.BytesIO(saved(download)))
    assert list(exported)[-4:] == ["segment", "segment_2", "segment_name", "certainty"]
    assert exported["segment"].tolist() == table["segment"].tolist()


def test_all_customers_are_downloaded_with_their_segments(visitor, given):
    download = visitor.filled("segments-file.data", by="segments-save-all.n_clicks", given=given)
    assert download["filename"] == "mall_segments.csv"
    exported = pd.read_csv(io.BytesIO(saved(download)))
    pd.testing.assert_frame_equal(exported[list(mall_table())], mall_table(), check_dtype=False)
    labels = unpacked(given["store-view.data"]["view"]["labels"])
    names = {one["segment"]: one["name"] for one in given[SEEN]["segments"]}
    assert exported["segment"].tolist() == labels.tolist()
    assert exported["segment_name"].tolist() == [names[segment] for segment in labels]


@pytest.mark.parametrize("count", [7, 1, None, "5", [5]])
def test_a_download_of_a_number_that_was_not_tried_is_told(fire, given, count):
    given[SEEN]["count"] = count
    answer = fire("segments-file.data", by="segments-save-all.n_clicks", given=given)
    assert answer["response"] == {}
    assert told(answer).endswith("segments were not tried. Choose from 2 to 6.")


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
    kinds = {part["type"] for part in components(given["store-view.data"])}
    assert kinds <= {
        "Button",
        "P",
        "Ul",
        "Li",
        "Table",
        "Thead",
        "Tbody",
        "Tr",
        "Th",
        "Td",
        "Div",
        "Details",
        "H3",
        "Summary",
        "Caption",
    }


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
    given |= visitor.seen(given)
    sizes = [one["size"] for one in given[SEEN]["segments"]]
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
    given = {"store-scores.data": scores, "selection-count.value": scores["recommended"]}
    found = views(visitor.seen(given))[given["selection-count.value"]]["profiles"]
    for kind in ("zscores", "snake"):
        said = found[kind]["layout"]["annotations"][0]["text"]
        assert said == "No numeric columns to profile."
    assert found["composition:plan"]["data"]


def test_many_customers_are_drawn_in_part_and_their_boxes_summarised(visitor, monkeypatch):
    monkeypatch.setattr("app.segmentations.is_long", lambda *_: False)
    given = visitor.journey(written(mall_table(customers=25_000)), low=4, high=6)
    view = views(given)[6]
    labels = unpacked(view["labels"])
    assert len(labels) == 20_000
    subtitle = view["figures"]["segments-map"]["layout"]["title"]["subtitle"]["text"]
    assert subtitle == "20,000 of 25,000 customers drawn"
    arrays = given["store-view.data"]["shared"]["arrays"]
    assert set(arrays) == {"x", "y", "row"}
    rows = unpacked(arrays["row"])
    assert unpacked(view["listed"])[rows[rows <= 5_000] - 1].tolist() == (
        labels[rows <= 5_000].tolist()
    )
    assert len(unpacked(view["listed"])) == len(unpacked(view["told"]["silhouette"])) == 5_000
    box = view["figures"]["segments-box-third"]["data"][0]
    mine = mall_table(customers=25_000)["Age"].iloc[rows[labels == 1] - 1]
    assert box["median"][0] == pytest.approx(mine.median(), abs=1)

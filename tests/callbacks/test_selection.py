"""The Model Selection tab: choosing features, comparing numbers of segments."""

import base64

import numpy as np
import pytest

from tests.conftest import components, mall_table, texts, told, views, written

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
OPEN = "store-dataset.data"
FIGURES = [
    "selection-elbow",
    "selection-silhouette",
    "selection-calinski",
    "selection-davies",
    "selection-knife",
]


@pytest.fixture
def opened(visitor, mall_csv):
    return {
        "store-dataset.data": visitor.upload(mall_csv),
        "selection-scaling.value": "standard",
        "selection-range.value": [2, 6],
    }


def choice(answer: dict) -> tuple[str, list[str], list[str] | None]:
    """Give the approach, the features and the columns in the store."""
    response = answer["response"]
    state = response["store-features"]["data"]
    return (
        response["selection-approach"]["value"],
        response["selection-features"]["value"],
        state and state["columns"],
    )


def test_a_new_dataset_begins_with_the_recommended_approach(fire, opened):
    stale = {"selection-approach.value": "custom", "selection-features.value": ["Height"]}
    answer = fire("store-features.data", by=OPEN, given=opened | stale)
    assert choice(answer) == ("bivariate", [INCOME, SPENDING], [INCOME, SPENDING])
    state = answer["response"]["store-features"]["data"]
    assert set(state) == {
        "key", "dataset", "columns", "scaling", "coding", "weights", "method"
    }  # fmt: skip
    assert state["dataset"] == opened["store-dataset.data"]["key"]
    assert state["scaling"] == "standard"
    assert "The recommended view." in answer["response"]["selection-use"]["children"]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (["Age"], ("custom", ["Age"], ["Age"])),
        ([INCOME], ("univariate", [INCOME], [INCOME])),
        (["Height"], ("bivariate", [INCOME, SPENDING], [INCOME, SPENDING])),
    ],
)
def test_the_features_before_a_reload_are_taken_up_where_the_file_has_them(
    fire, opened, kept, expected
):
    store = {"of": "", "count": 3, "columns": kept}
    answer = fire("store-features.data", by=OPEN, given=opened | {"store-kept.data": store})
    assert choice(answer) == expected


def test_only_columns_that_can_be_features_are_offered(fire, opened):
    answer = fire("store-features.data", by=OPEN, given=opened)["response"]
    options = {o["value"]: o["label"] for o in answer["selection-features"]["options"]}
    assert options == {
        "Gender": "Gender",
        "Age": "Age",
        INCOME: "Annual Income",
        SPENDING: "Spending Score",
    }


def test_every_approach_is_offered_and_the_recommended_one_says_so(fire, opened):
    answer = fire("store-features.data", by=OPEN, given=opened)["response"]
    options = answer["selection-approach"]["options"]
    assert [option["value"] for option in options] == [
        "univariate",
        "bivariate",
        "multivariate",
        "custom",
    ]
    assert [option["label"] for option in options if "(recommended)" in option["label"]] == [
        "Bivariate (recommended)"
    ]
    assert not any(option["disabled"] for option in options)


def test_a_file_with_other_columns_begins_with_a_choice_of_its_own(visitor):
    table = mall_table().rename(columns={INCOME: "x", SPENDING: "y"})
    given = {
        "store-dataset.data": visitor.upload(written(table)),
        "selection-scaling.value": "standard",
    }
    answer = visitor.fire("store-features.data", by=OPEN, given=given)
    assert choice(answer) == ("custom", ["Age", "x", "y"], ["Age", "x", "y"])
    options = answer["response"]["selection-approach"]["options"]
    assert [o["value"] for o in options if o["disabled"]] == [
        "univariate",
        "bivariate",
        "multivariate",
    ]


@pytest.mark.parametrize(
    ("approach", "features"),
    [
        ("univariate", [INCOME]),
        ("bivariate", [INCOME, SPENDING]),
        ("multivariate", ["Age", INCOME, SPENDING, "Gender"]),
    ],
)
def test_an_approach_brings_its_features(fire, opened, approach, features):
    given = opened | {"selection-approach.value": approach, "selection-features.value": ["Age"]}
    answer = fire("store-features.data", by="selection-approach.value", given=given)
    assert choice(answer) == (approach, features, features)


def test_the_custom_approach_keeps_the_features_in_hand(fire, opened):
    given = opened | {"selection-approach.value": "custom", "selection-features.value": ["Age"]}
    answer = fire("store-features.data", by="selection-approach.value", given=given)
    assert choice(answer) == ("custom", ["Age"], ["Age"])


@pytest.mark.parametrize(
    ("features", "approach"),
    [
        (["Age", INCOME], "custom"),
        ([SPENDING, INCOME], "bivariate"),
        ([INCOME], "univariate"),
        (["Gender", SPENDING, INCOME, "Age"], "multivariate"),
    ],
)
def test_chosen_features_name_their_approach(fire, opened, features, approach):
    given = opened | {
        "selection-approach.value": "multivariate",
        "selection-features.value": features,
    }
    answer = fire("store-features.data", by="selection-features.value", given=given)
    assert choice(answer) == (approach, features, features)


def test_a_scaling_changes_the_question_and_keeps_the_features(fire, opened):
    given = opened | {"selection-approach.value": "custom", "selection-features.value": ["Age"]}
    keys = set()
    for scaling in ("standard", "robust"):
        given["selection-scaling.value"] = scaling
        answer = fire("store-features.data", by="selection-scaling.value", given=given)
        assert choice(answer) == ("custom", ["Age"], ["Age"])
        assert answer["response"]["store-features"]["data"]["scaling"] == scaling
        keys.add(answer["response"]["store-features"]["data"]["key"])
    assert len(keys) == 2


@pytest.mark.parametrize("chosen", [[], None])
def test_without_features_the_store_is_empty(fire, opened, chosen):
    given = opened | {"selection-approach.value": "bivariate", "selection-features.value": chosen}
    answer = fire("store-features.data", by="selection-features.value", given=given)
    assert choice(answer) == ("custom", [], None)


@pytest.mark.parametrize(
    ("column", "scaling", "title"),
    [
        ("CustomerID", "standard", "That column cannot be a feature"),
        ("Height", "standard", "No such column"),
        ("Age", "loud", "No such option"),
    ],
)
def test_a_choice_that_measures_nothing_is_told(fire, opened, column, scaling, title):
    given = opened | {
        "selection-features.value": [column],
        "selection-scaling.value": scaling,
    }
    answer = fire("store-features.data", by="selection-features.value", given=given)
    assert answer["response"] == {}
    assert told(answer).startswith(f"{title}: ")


def test_without_features_there_is_nothing_to_show(fire, opened):
    answer = fire("store-scores.data", by="store-features.data", given=opened)
    assert answer["response"]["store-scores"]["data"] is None
    answer = fire("store-view.data", by="store-scores.data", given=opened)["response"]
    assert answer["store-view"]["data"] is answer["store-begun"]["data"] is None
    answer = fire("store-views.data", by="store-begun.data", given=opened)["response"]
    assert answer["store-views"]["data"] is None


def test_comparing_stores_the_question_and_the_recommendation(given):
    scores = given["store-scores.data"]
    assert set(scores) == {"key", "features", "low", "high", "recommended"}
    assert scores["features"] == given["store-features.data"]
    assert (scores["low"], scores["high"], scores["recommended"]) == (2, 6, 5)


def test_no_customer_s_data_is_in_the_scores_store(given):
    assert len(str(given["store-scores.data"])) < 600


@pytest.mark.parametrize("tried", [[1, 5], [5, 11], [6, 3]])
def test_a_range_that_is_not_offered_is_told(fire, given, tried):
    given["selection-range.value"] = tried
    answer = fire("store-scores.data", by="selection-range.value", given=given)
    assert answer["response"] == {}
    assert told(answer).startswith("No such option: A range from")


@pytest.mark.parametrize(
    ("approach", "count"), [("univariate", 3), ("bivariate", 5), ("custom", 6)]
)
def test_the_number_of_segments_is_the_approach_s_own_or_the_recommended(
    fire, given, approach, count
):
    given["selection-approach.value"] = approach
    given["store-scores.data"]["recommended"] = 6
    answer = fire("selection-count.value", by="store-scores.data", given=given)["response"]
    assert answer["selection-count"] == {"min": 2, "max": 6, "value": count}


def test_the_button_takes_the_recommended_number(fire, given):
    given["store-scores.data"]["recommended"] = 4
    answer = fire("selection-count.value", by="selection-accept.n_clicks", given=given)["response"]
    assert answer["selection-count"]["value"] == 4


@pytest.mark.parametrize(("of", "count", "expected"), [("", 4, 4), ("", 9, 5), ("other", 4, 5)])
def test_the_number_before_a_reload_is_taken_up_if_the_answer_is_the_same(
    fire, given, of, count, expected
):
    key = given["store-scores.data"]["key"]
    kept = {"of": of or key[:12], "count": count, "columns": [INCOME, SPENDING]}
    given |= {"store-kept.data": kept, "selection-approach.value": "bivariate"}
    answer = fire("selection-count.value", by="store-scores.data", given=given)["response"]
    assert answer["selection-count"]["value"] == expected
    view = fire("store-view.data", by="store-scores.data", given=given)["response"]
    assert view["store-begun"]["data"]["count"] == expected


def test_an_approach_s_number_outside_the_range_yields(fire, given):
    given["store-scores.data"] |= {"low": 6, "high": 8, "recommended": 7}
    answer = fire("selection-count.value", by="store-scores.data", given=given)["response"]
    assert answer["selection-count"] == {"min": 6, "max": 8, "value": 7}


def test_the_page_says_why_this_number(given):
    for count, view in views(given).items():
        said = texts(view["says"])
        assert said.startswith("5 segments, natural: the mean silhouette, 0.")
        assert "k = 2 to 6" in said
        assert "What speaks for it" in said
        assert "agree with these by" in said
        assert (f"{count} segments (silhouette" in said) == (count != 5)


def test_every_score_is_drawn_with_a_mark_that_the_browser_moves(given):
    curves = given["store-view.data"]["shared"]["curves"]
    assert list(curves) == [*FIGURES[:4], "selection-stability", "selection-prediction"]
    for figure in curves.values():
        curve = figure["data"][0]
        line, mark = figure["layout"]["shapes"][:2]
        assert curve["x"] == [2, 3, 4, 5, 6]
        assert mark["yanchor"] == curve["y"][0]
        assert line["x0"] == mark["xanchor"] == 2


def test_the_knife_has_the_blades_of_every_number(given, workspace):
    asked = workspace.question(given)
    for count, view in views(given).items():
        blades = view["figures"]["selection-knife"]["data"]
        assert [blade["name"] for blade in blades] == [f"Segment {n}" for n in range(1, count + 1)]
        found = workspace.segment(asked, count)
        for segment, blade in enumerate(blades, start=1):
            mine = np.sort(found.silhouettes[found.labels == segment]).astype("float32")
            drawn = np.frombuffer(base64.b64decode(blade["x"]["bdata"]), blade["x"]["dtype"])
            assert np.array_equal(drawn[1:-1], mine)


def test_every_number_tried_has_a_row_of_scores(given):
    table = given["store-view.data"]["shared"]["scores"]
    rows = [part for part in components(table) if part["type"] == "Tr"]
    assert [texts(row).split()[0] for row in rows] == ["k", "2", "3", "4", "5", "6"]
    assert texts(rows[4]).endswith(" starts")
    assert "12 customers" in texts(rows[4])


def test_the_views_say_which_scores_they_are_of(visitor, given):
    first, others = given["store-view.data"], given["store-views.data"]
    key = given["store-scores.data"]["key"]
    assert first["key"] == others["key"] == given["store-begun.data"]["scores"]["key"] == key
    assert first["count"] == others["count"] == 5
    assert sorted([first["count"], *map(int, others["views"])]) == [2, 3, 4, 5, 6]
    given["selection-features.value"] = ["Age"]
    answer = visitor.fire("store-features.data", by="selection-features.value", given=given)[
        "response"
    ]
    given["store-features.data"] = answer["store-features"]["data"]
    given["store-scores.data"] = visitor.filled(
        "store-scores.data", by="store-features.data", given=given
    )
    again = visitor.seen(given)
    assert again["store-view.data"]["key"] == again["store-views.data"]["key"] != key
    assert "by Age;" in again["store-view.data"]["view"]["headline"]


@pytest.mark.parametrize("count", [7, 1, None, "5"])
def test_a_view_of_a_number_that_was_not_tried_is_told(fire, given, count):
    given["store-begun.data"]["count"] = count
    answer = fire("store-views.data", by="store-begun.data", given=given)
    assert answer["response"] == {}
    assert told(answer).endswith("segments were not tried. Choose from 2 to 6.")

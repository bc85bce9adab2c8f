"""How much each feature counts: shares, warnings, remedies and weights."""

import json

import pytest

from tests.conftest import components, mall_table, texts, views, written

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def choose(visitor, given, features, balance=None, by="selection-features.value", **more):
    now = given | {"selection-features.value": features, "store-balance.data": balance} | more
    answer = visitor.fire("store-features.data", by=by, given=now)["response"]
    return answer["store-features"]["data"]


def weigh(visitor, given, state):
    answer = visitor.fire(
        "selection-influence.figure",
        by="store-features.data",
        given=given | {"store-features.data": state},
    )["response"]
    return answer["selection-influence"]["figure"], answer["selection-balance"]["children"]


def balance(given, **changed):
    start = {"coding": "indicators", "weights": {}, "columns": None}
    return {"dataset": given["store-dataset.data"]["key"], **start, **changed}


def remedies(children) -> dict[str, dict]:
    return {
        texts(part): json.loads(part["props"]["data-remedy"])
        for part in components(children)
        if "data-remedy" in part["props"]
    }


def test_features_that_count_alike_are_no_reason_to_warn(visitor, given):
    figure, children = weigh(visitor, given, choose(visitor, given, [INCOME, SPENDING]))
    assert figure["data"][0]["x"] == [0.5, 0.5]
    assert figure["layout"]["shapes"][0]["x0"] == 0.5
    assert remedies(children) == {}
    fields = [part["props"] for part in components(children) if part["type"] == "Input"]
    assert [field["value"] for field in fields] == [1, 1]


def test_weights_change_the_question_and_the_segments(visitor, given):
    plain = choose(visitor, given, [INCOME, SPENDING])
    heavy = balance(given, weights={INCOME: 4, "Age": 2})
    state = choose(visitor, given, [INCOME, SPENDING], heavy, by="store-balance.data")
    assert state["key"] != plain["key"]
    assert state["weights"] == {INCOME: 4}
    figure, children = weigh(visitor, given, state)
    assert figure["data"][0]["x"] == [0.8, 0.2]
    assert "80 % of the distance" in texts(children)
    title, change = next(iter(remedies(children).items()))
    assert title.startswith("Let Annual Income count as much")
    again = choose(visitor, given, [INCOME, SPENDING], {**heavy, **change}, by="store-balance.data")
    assert weigh(visitor, given, again)[0]["data"][0]["x"] == [0.5, 0.5]


def test_a_remedy_that_leaves_a_column_out_changes_the_features(visitor, given):
    features = ["Age", INCOME]
    change = balance(given, columns=[INCOME])
    now = given | {"selection-features.value": features, "store-balance.data": change}
    answer = visitor.fire("store-features.data", by="store-balance.data", given=now)["response"]
    assert answer["selection-features"]["value"] == [INCOME]
    assert answer["store-features"]["data"]["columns"] == [INCOME]
    # ... but only once: whoever adds it again by hand keeps it.
    assert choose(visitor, given, features, change)["columns"] == features


def test_a_balance_of_another_dataset_does_not_count(visitor, given):
    other = balance(given, weights={INCOME: 3}) | {"dataset": "0" * 64}
    assert choose(visitor, given, [INCOME, SPENDING], other)["weights"] == {}


def test_the_method_of_mixed_types_takes_no_weights(visitor, given):
    state = choose(
        visitor,
        given,
        [INCOME, SPENDING, "Gender"],
        balance(given, weights={INCOME: 3}, coding="balanced"),
        **{"selection-algorithm.value": "mixed"},
    )
    assert (state["coding"], state["weights"]) == ("indicators", {})
    figure, children = weigh(visitor, given, state)
    assert len(figure["data"][0]["x"]) == 3
    assert not [part for part in components(children) if part["type"] == "Input"]


@pytest.mark.parametrize("weight", [0, -1, 1_000])
def test_a_weight_that_cannot_be_meant_is_told(fire, given, weight):
    asked = given | {
        "selection-features.value": [INCOME, SPENDING],
        "store-balance.data": balance(given, weights={INCOME: weight}),
    }
    answer = fire("store-features.data", by="store-balance.data", given=asked)
    assert answer["response"] == {}
    assert "cannot count" in answer["sideUpdate"]["page-notice"]["children"]


def test_a_category_that_the_segments_repeat_is_warned_of_where_it_happens(visitor):
    table = mall_table()
    table["Region"] = ["north", "south"] * 30
    table["Other"] = range(60)
    given = visitor.journey(written(table))
    state = choose(visitor, given, ["Region", SPENDING], balance(given, weights={"Region": 50}))
    given["store-features.data"] = state
    given["store-scores.data"] = visitor.filled(
        "store-scores.data", by="store-features.data", given=given
    )
    given |= {"selection-count.value": 2}
    given |= visitor.seen(given)
    says = views(given)[2]["says"]
    assert "The segments almost repeat Region" in texts(says)
    titles = list(remedies(says))
    assert any(title.startswith("Leave Region out") for title in titles)


def test_without_features_there_is_nothing_to_weigh(visitor, given):
    figure, children = weigh(visitor, given, None)
    assert figure["layout"]["annotations"][0]["text"] == "Choose at least one feature."
    assert children == []

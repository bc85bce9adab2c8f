import pytest

from analytics.algorithms import ALGORITHMS
from analytics.packing import unpacked
from tests.conftest import components, texts, told

COUNTED = {name for name, algorithm in ALGORITHMS.items() if algorithm.counted}
OPEN = "store-dataset.data"
PARAMETERS = '{"name":["ALL"],"type":"parameter"}'


def parameters(**given):
    """Give the fields of an algorithm's parameters as the browser does."""
    named = [{"name": name, "type": "parameter"} for name in given]
    return {
        f"{PARAMETERS}.value": [
            {"id": id_, "property": "value", "value": given[id_["name"]]} for id_ in named
        ],
        f"{PARAMETERS}.id": [{"id": id_, "property": "id", "value": id_} for id_ in named],
    }


def found(visitor, given, algorithm, noise="keep", **options):
    """Choose an algorithm and follow the page to its scores."""
    given |= {"selection-algorithm.value": algorithm, "selection-noise.value": noise}
    answer = visitor.fire(
        "store-features.data",
        by="selection-algorithm.value",
        given=given | parameters(**options),
    )["response"]
    given["store-features.data"] = answer["store-features"]["data"]
    given["store-scores.data"] = visitor.filled(
        "store-scores.data", by="store-features.data", given=given
    )
    return given


@pytest.mark.parametrize("name", ALGORITHMS)
def test_an_algorithm_is_offered_with_its_parameters_and_its_use(visitor, name):
    answer = visitor.fire(
        "selection-parameters.children",
        by="selection-algorithm.value",
        given={"selection-algorithm.value": name},
    )["response"]
    algorithm = ALGORITHMS[name]
    assert [one["value"] for one in answer["selection-algorithm"]["options"]] == list(ALGORITHMS)
    drawn = list(components(answer["selection-parameters"]["children"]))
    ids = [part["props"]["id"]["name"] for part in drawn if "id" in part["props"]]
    assert ids == [parameter.name for parameter in algorithm.parameters]
    assert answer["selection-about"]["children"].startswith(algorithm.use)
    assert answer["selection-noise-field"]["hidden"] == (name in COUNTED)


def test_the_algorithm_and_its_parameters_make_another_question(visitor, given):
    keys = [given["store-scores.data"]["key"]]
    for algorithm, options in (("ward", {}), ("mixture", {}), ("mixture", {"shape": 3})):
        found(visitor, given, algorithm, **options)
        assert given["store-features.data"]["method"]["algorithm"] == algorithm
        keys.append(given["store-scores.data"]["key"])
    assert len(set(keys)) == 4


def test_parameters_of_another_algorithm_and_empty_ones_are_left_out(visitor, given):
    found(visitor, given, "mixture", eps=3, starts=2, shape=None)
    assert given["store-features.data"]["method"]["options"] == {"starts": 2}


def test_what_an_algorithm_tells_of_itself_is_drawn(visitor, given):
    told = {
        "mixture": ("BIC and AIC", "BIC and AIC"),
        "ward": ("How segments", "dendrogram"),
        "dbscan": ("Distance to", "eps and k-distance"),
    }
    for algorithm, (title, word) in told.items():
        found(visitor, given, algorithm, eps=0.6)
        given["selection-count.value"] = given["store-scores.data"]["low"]
        drawn = visitor.seen(given)["store-view.data"]["view"]["tells"]
        figures = [p["props"]["figure"] for p in components(drawn) if p["type"] == "Graph"]
        assert [figure["layout"]["title"]["text"][: len(title)] for figure in figures] == [title]
        asked = [p["props"].get("data-term") for p in components(drawn)]
        assert [one for one in asked if one] == [word]


def test_noise_is_a_grey_segment_or_goes_to_the_nearest(visitor, given):
    found(visitor, given, "dbscan", eps=0.15, neighbours=4)
    count = given["selection-count.value"] = given["store-scores.data"]["low"]
    seen = visitor.seen(given)
    segments = seen["store-segments.data"]["segments"]
    assert segments[-1]["segment"] == 0
    assert segments[-1]["name"] == "Noise"
    assert [one["segment"] for one in segments[:-1]] == list(range(1, count + 1))
    view = seen["store-view.data"]["view"]
    assert " segments and noise by " in view["headline"]
    assert (unpacked(view["labels"]) == 0).sum() == segments[-1]["size"]
    found(visitor, given, "dbscan", noise="nearest", eps=0.15, neighbours=4)
    seen = visitor.seen(given)
    assert 0 not in [one["segment"] for one in seen["store-segments.data"]["segments"]]
    assert set(seen["store-view.data"]["view"]["told"]["weak"]) == {"yes", "no"}
    fields = [one["field"] for one in seen["store-view.data"]["shared"]["table"]["columns"]]
    assert fields[:4] == ["segment", "segment_name", "silhouette", "weak"]


def test_every_algorithm_is_set_side_by_side(visitor, given):
    children = visitor.filled(
        "selection-side-by-side.children", by="selection-side.n_clicks", given=given
    )
    rows = [texts(part) for part in components(children) if part["type"] == "Tr"][1:]
    assert rows[0].startswith("k-means")
    assert len(rows) == len(ALGORITHMS) - 1  # no chosen feature has levels
    assert ALGORITHMS["mixed"].title in texts(children)
    assert any(part["type"] == "Graph" for part in components(children))
    assert "adjusted Rand index" in [p["props"].get("data-term") for p in components(children)]


def test_what_was_compared_goes_with_its_features(visitor, given):
    children = visitor.filled(
        "selection-side-by-side.children", by="store-features.data", given=given
    )
    assert children == []


def test_nothing_of_somebody_else_is_compared(visitor, given):
    given["store-features.data"]["dataset"] = "0" * 64
    answer = visitor.fire(
        "selection-side-by-side.children", by="selection-side.n_clicks", given=given
    )
    assert told(answer).startswith("Your data have expired: ")

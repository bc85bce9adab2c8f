import pytest

from analytics.approaches import (
    APPROACHES,
    CUSTOM,
    RECOMMENDED,
    available,
    count,
    default,
    features,
    named,
    resolve,
    suggested,
)
from analytics.errors import UnknownChoice, UnknownColumn

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture
def plain(column):
    """A file that no preset fits."""
    measures = [column(name) for name in ("a", "b", "c", "d", "e")]
    return (column("id", "identifier"), *measures, column("town", "categorical"))


@pytest.mark.parametrize(
    ("approach", "chosen"),
    [
        ("univariate", [INCOME]),
        ("bivariate", [INCOME, SPENDING]),
        ("multivariate", ["Age", INCOME, SPENDING, "Gender"]),
        ("custom", ["Age", INCOME, SPENDING]),
    ],
)
def test_each_approach_finds_its_columns(mall, approach, chosen):
    assert features(approach, mall[1]) == chosen


def test_an_unknown_approach_is_refused_with_the_known_ones(mall):
    with pytest.raises(UnknownChoice, match="univariate, bivariate, multivariate or custom"):
        features("trivariate", mall[1])


def test_a_file_without_the_columns_is_refused_with_what_it_lacks(column):
    with pytest.raises(UnknownColumn, match="looks like age, spending and gender"):
        features("multivariate", (column("Income"), column("town", "categorical")))


def test_only_approaches_whose_columns_are_there_are_available(mall, plain, column):
    assert available(mall[1]) == ["univariate", "bivariate", "multivariate", "custom"]
    assert available(plain) == ["custom"]
    assert available((column("Income"), column("Age"))) == ["univariate", "custom"]


def test_the_recommended_approach_is_the_default_where_it_fits(mall, plain):
    assert default(mall[1]) == RECOMMENDED == "bivariate"
    assert default(plain) == CUSTOM


def test_four_numeric_columns_are_suggested_else_two_of_levels(plain, column):
    assert suggested(plain) == ["a", "b", "c", "d"]
    levels = (column("t", "categorical"), column("u", "boolean"), column("v", "categorical"))
    assert suggested(levels) == ["t", "u"]
    assert suggested((column("note", "text"),)) == []


def test_a_new_dataset_begins_with_its_default(mall, plain):
    assert resolve(mall[1], "univariate", ["gone"], "dataset") == ("bivariate", [INCOME, SPENDING])
    assert resolve(plain, "bivariate", [INCOME], "dataset") == ("custom", ["a", "b", "c", "d"])


def test_another_approach_brings_its_features(mall):
    assert resolve(mall[1], "univariate", [INCOME, SPENDING], "approach") == (
        "univariate",
        [INCOME],
    )


def test_the_custom_approach_keeps_the_features_that_are_chosen(mall):
    assert resolve(mall[1], "custom", ["Age"], "approach") == ("custom", ["Age"])
    assert resolve(mall[1], "custom", [], "approach") == ("custom", ["Age", INCOME, SPENDING])


def test_features_that_make_a_preset_are_named_for_it_in_any_order(mall):
    chosen = [SPENDING, INCOME]
    assert resolve(mall[1], "custom", chosen, "features") == ("bivariate", chosen)
    assert resolve(mall[1], "bivariate", [INCOME], "features") == ("univariate", [INCOME])


@pytest.mark.parametrize("chosen", [["Age"], ["Age", INCOME, SPENDING], []])
def test_features_that_make_no_preset_are_custom(mall, chosen):
    assert resolve(mall[1], "bivariate", chosen, "features") == ("custom", chosen)


def test_features_of_a_file_without_presets_stay_custom(plain):
    assert resolve(plain, "custom", ["a"], "features") == ("custom", ["a"])


def test_a_preset_brings_its_customary_number_of_segments_where_it_was_tried():
    assert count("bivariate", range(2, 11), 7) == 5
    assert count("univariate", range(2, 11), 7) == 3
    assert count("bivariate", range(2, 5), 4) == 4
    assert count("multivariate", range(2, 11), 6) == 6
    assert count("custom", range(2, 11), 2) == 2


def test_every_approach_is_listed_under_its_name_and_says_when_to_use_it():
    assert all(name == approach.name for name, approach in APPROACHES.items())
    assert all(approach.title and approach.use.endswith(".") for approach in APPROACHES.values())


def test_a_feature_is_named_by_header_label_or_concept(mall):
    columns = mall[1]
    wanted = ["Age", "annual income", "spending", "Shoe Size"]
    assert named(wanted, columns) == [
        "Age",
        "Annual Income (k$)",
        "Spending Score (1-100)",
        "Shoe Size",
    ]


def test_another_scaling_leaves_a_custom_choice_custom(mall):
    features = ["Annual Income (k$)", "Spending Score (1-100)"]
    assert resolve(mall[1], "custom", features, "scaling") == ("custom", features)
    assert resolve(mall[1], "custom", features, "features") == ("bivariate", features)


def test_levels_too_many_to_compare_and_ordinal_ones_are_suggested_as_they_can_be(column):
    towns, size = column("town", "categorical", distinct=31), column("size", "ordinal", distinct=3)
    assert suggested((towns, size)) == ["size"]
    assert suggested((towns,)) == []

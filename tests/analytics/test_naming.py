import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.columns import Column
from analytics.naming import name_segments
from analytics.profiles import composition, profile
from analytics.sweep import sweep

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
KNOWN = {"income": INCOME, "spending": SPENDING}


def measured(**z):
    """Make profiles of segments from the z of each column, at a mean of 50 + 10 z."""
    table = pd.DataFrame(z, index=pd.RangeIndex(1, 1 + len(next(iter(z.values()))))).astype(float)
    long = table.stack().rename("z").to_frame().rename_axis(["segment", "column"])
    return long.assign(mean=50 + 10 * long["z"])


NO_LEVELS = composition(pd.DataFrame(), (), pd.Series(dtype=int))
NO_NUMBERS = measured(x=[0]).iloc[:0]


def solution(values, labels):
    """Describe the segments of a numeric table by its own columns."""
    customers = pd.DataFrame(values, columns=[f"f{n}" for n in range(values.shape[1])])
    columns = tuple(Column(name, "numeric", "decimal", 0, 9, "") for name in customers)
    labels = pd.Series(labels)
    return profile(customers, columns, labels), list(customers)


def test_the_mall_segments_have_the_names_that_a_reader_expects(mall, mall_sweep):
    labels = mall_sweep.labels["5"]
    names = name_segments(
        profile(*mall, labels), composition(*mall, labels), [INCOME, SPENDING], KNOWN
    )
    assert names == {
        1: "Average income, average spending",
        2: "High income, high spending",
        3: "High income, low spending",
        4: "Low income, low spending",
        5: "Low income, high spending",
    }


def test_a_level_is_high_or_low_from_a_third_of_a_standard_deviation():
    names = name_segments(measured(x=[-0.36, -0.34, 0.36]), NO_LEVELS, ["x"], {})
    assert names == {1: "Low x", 2: "Average x", 3: "High x"}


def test_ages_have_words_of_their_own():
    profiles = measured(**{"Years of life": [-1, 0, 1]})
    names = name_segments(profiles, NO_LEVELS, ["Years of life"], {"age": "Years of life"})
    assert names == {1: "Younger", 2: "Middle-aged", 3: "Older"}


def test_a_header_that_is_no_concept_speaks_for_itself():
    profiles = measured(**{"Shoe Size (EU)": [-1, 1]})
    names = name_segments(profiles, NO_LEVELS, ["Shoe Size (EU)"], {})
    assert names == {1: "Low shoe size", 2: "High shoe size"}


def test_only_features_make_names():
    profiles = measured(x=[-1, 1], y=[3, -3])
    assert name_segments(profiles, NO_LEVELS, ["x"], {}) == {1: "Low x", 2: "High x"}


def test_a_name_is_the_most_marked_trait_that_no_other_segment_has():
    profiles = measured(x=[0.5, -0.5], y=[-2, 2], z=[1, -1])
    names = name_segments(profiles, NO_LEVELS, ["x", "y", "z"], {})
    assert names == {1: "Low y", 2: "High y"}


def test_names_have_as_many_traits_as_it_takes_in_the_order_of_the_features():
    profiles = measured(x=[1, 1, -1, -1], y=[-2, 2, -2, 2], z=[0.5, -0.5, 0.1, 0])
    names = name_segments(profiles, NO_LEVELS, ["x", "y", "z"], {})
    assert list(names.values()) == [
        "High x, low y", "High x, high y", "Low x, low y", "Low x, high y",
    ]  # fmt: skip


def test_a_hardly_marked_trait_names_only_where_it_must():
    strong, weak = [2, 2, -2, -2], [0.4, 0, 0, 0]
    profiles = measured(x=strong, y=[-2, 2, -2, 2], z=weak)
    assert name_segments(profiles, NO_LEVELS, ["x", "y", "z"], {})[1] == "High x, low y"
    profiles = measured(x=strong, z=weak)
    assert name_segments(profiles, NO_LEVELS, ["x", "z"], {})[1] == "High z"
    assert name_segments(profiles, NO_LEVELS, ["x", "z"], {})[2] == "High x, average z"


def test_what_is_average_in_all_is_called_so_where_there_are_many_features():
    profiles = measured(x=[0, 1, -1, 1], y=[0, 1, 1, -1], z=[0.1, 0, 0, 0])
    names = name_segments(profiles, NO_LEVELS, ["x", "y", "z"], {})
    assert names == {1: "Average in all", 2: "High x, high y", 3: "Low x", 4: "Low y"}
    names = name_segments(profiles, NO_LEVELS, ["x", "y"], {})
    assert names[1] == "Average x, average y"


def test_names_that_remain_equal_state_the_mean_that_differs_most():
    profiles = measured(**{"Income (k$)": [1, 2, -2]})
    names = name_segments(profiles, NO_LEVELS, ["Income (k$)"], {})
    assert names[1] == "High income (income 60 k$)"
    assert names[2] == "High income (income 70 k$)"
    assert names[3] == "Low income"


def test_the_stated_mean_has_as_many_decimals_as_it_takes():
    profiles = measured(x=[1.001, 1.002, -2])
    names = name_segments(profiles, NO_LEVELS, ["x"], {})
    assert names[1] == "High x (x 60.01)"
    assert names[2] == "High x (x 60.02)"


@pytest.mark.parametrize(
    ("women", "name"), [(10, "mostly female"), (8, "mostly female"), (7, None), (1, "mostly male")]
)
def test_a_level_names_a_segment_that_is_mostly_of_it(women, name):
    customers = pd.DataFrame({"Gender": ["Female"] * women + ["Male"] * (10 - women)})
    everyone = pd.concat([customers, pd.DataFrame({"Gender": ["Female"] * 5 + ["Male"] * 5})])
    columns = (Column("Gender", "categorical", "text", 0, 2, ""),)
    shares = composition(everyone, columns, pd.Series(np.repeat([1, 2], 10)))
    profiles = measured(x=[0, 0], y=[0, 0])
    names = name_segments(profiles, shares, ["x", "y", "Gender"], {})
    assert names[1] == ("Average in all (female 70 %)" if name is None else name.capitalize())


def test_levels_of_two_columns_name_a_segment_together():
    customers = pd.DataFrame({"Town": ["x", "y"] * 3, "Gender": ["Female", "Male"] * 3})
    columns = tuple(Column(name, "categorical", "text", 0, 2, "") for name in customers)
    shares = composition(customers, columns, pd.Series([1, 2] * 3))
    names = name_segments(NO_NUMBERS, shares, ["Town", "Gender"], {})
    assert names == {1: "Mostly town x", 2: "Mostly town y"}
    both = pd.DataFrame({"Town": list("xxyy") * 5, "Gender": ["Female", "Male"] * 10})
    shares = composition(both, columns, pd.Series([1, 2, 3, 4] * 5))
    names = name_segments(NO_NUMBERS, shares, ["Town", "Gender"], {})
    assert names[1] == "Mostly town x, mostly female"
    assert names[4] == "Mostly town y, mostly male"


def test_a_level_that_is_as_common_everywhere_names_nothing():
    customers = pd.DataFrame({"Gender": ["Female"] * 9 + ["Male"] + ["Female"] * 9 + ["Male"]})
    columns = (Column("Gender", "categorical", "text", 0, 2, ""),)
    shares = composition(customers, columns, pd.Series(np.repeat([1, 2], 10)))
    names = name_segments(measured(x=[1, -1]), shares, ["x", "Gender"], {})
    assert names == {1: "High x", 2: "Low x"}


def test_segments_without_a_prevailing_level_are_told_apart_by_their_shares():
    towns = ["x"] * 4 + ["y"] * 6 + ["x"] * 6 + ["y"] * 4
    customers = pd.DataFrame({"Town": towns})
    columns = (Column("Town", "categorical", "text", 0, 2, ""),)
    labels = pd.Series(np.repeat([1, 2], 10))
    shares = composition(customers, columns, labels)
    names = name_segments(NO_NUMBERS, shares, ["Town"], {})
    assert names == {1: "Mixed (town x 40 %)", 2: "Mixed (town x 60 %)"}


@pytest.mark.parametrize(
    ("levels", "names"),
    [
        (("yes", "no"), ["Mostly member yes", "Mostly member no"]),
        (("1", "2"), ["Mostly member 1", "Mostly member 2"]),
        (("Fiber optic", "DSL"), ["Mostly fiber optic", "Mostly dsl"]),
    ],
)
def test_a_level_that_says_nothing_by_itself_is_named_with_its_column(levels, names):
    customers = pd.DataFrame({"Member": levels * 5})
    columns = (Column("Member", "categorical", "text", 0, 2, ""),)
    shares = composition(customers, columns, pd.Series([1, 2] * 5))
    assert list(name_segments(NO_NUMBERS, shares, ["Member"], {}).values()) == names


def test_other_columns_tell_segments_apart_that_the_features_leave_equal():
    profiles = measured(x=[1, 1, -1], **{"Age (years)": [-1, 0.2, 0]})
    names = name_segments(profiles, NO_LEVELS, ["x"], {"age": "Age (years)"})
    assert names == {1: "High x (age 40 years)", 2: "High x (age 52 years)", 3: "Low x"}


def test_only_segments_equal_in_every_number_have_letters():
    towns = ["x"] * 10 + ["y"] * 10 + ["x", "y", "z"] * 4 + ["z", "y", "x"] * 4
    customers = pd.DataFrame({"Town": towns})
    columns = (Column("Town", "categorical", "text", 0, 3, ""),)
    labels = pd.Series(np.repeat([1, 2, 3, 4], [10, 10, 12, 12]))
    shares = composition(customers, columns, labels)
    names = name_segments(profile(customers, columns, labels), shares, ["Town"], {})
    assert names == {
        1: "Mostly town x",
        2: "Mostly town y",
        3: "Mixed (group A)",
        4: "Mixed (group B)",
    }


@pytest.mark.parametrize("width", [1, 2, 3, 5])
@settings(deadline=None, max_examples=12)
@given(count=st.integers(2, 10), seed=st.integers(0, 2**32 - 1))
def test_every_segment_of_any_solution_has_a_name_of_its_own(width, count, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(count * 6, width)) * rng.lognormal(1, 2, width)
    labels = rng.permutation(np.repeat(np.arange(1, count + 1), 6))
    profiles, features = solution(values, labels)
    names = name_segments(profiles, NO_LEVELS, features, {})
    assert list(names) == list(range(1, count + 1))
    assert len(set(names.values())) == count


def test_ten_thousand_random_solutions_have_unique_names():
    rng = np.random.default_rng(2026)
    shapes = [(count, width) for count in range(2, 11) for width in range(1, 6)]
    for count, width in shapes:
        features = [f"f{n}" for n in range(width)]
        index = pd.MultiIndex.from_product([range(1, count + 1), features])
        for z in rng.normal(size=(10_000 // len(shapes) + 1, count * width)):
            table = pd.DataFrame({"z": z, "mean": 50 + 9 * z}, index)
            names = name_segments(table, NO_LEVELS, features, {})
            assert len(set(names.values())) == count


def test_ten_segments_of_one_feature_have_names_of_their_own():
    values = np.random.default_rng(1).gamma(2, 20, size=(300, 1)).round(1)
    labels = sweep(pd.DataFrame(values), range(10, 11)).labels["10"]
    profiles, features = solution(values, labels)
    names = name_segments(profiles, NO_LEVELS, features, {})
    assert len(set(names.values())) == 10


@pytest.mark.parametrize("width", [1, 2, 4])
@settings(deadline=None, max_examples=10)
@given(count=st.integers(2, 10), seed=st.integers(0, 2**32 - 1))
def test_renumbering_the_segments_renames_nothing(width, count, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(count * 6, width))
    labels = np.repeat(np.arange(1, count + 1), 6)
    number = np.concatenate([[0], rng.permutation(count) + 1])
    profiles, features = solution(values, labels)
    names = name_segments(profiles, NO_LEVELS, features, {})
    renumbered = name_segments(solution(values, number[labels])[0], NO_LEVELS, features, {})
    assert renumbered == {int(number[segment]): name for segment, name in names.items()}


def test_segments_that_differ_in_the_second_feature_alone_have_names_of_their_own():
    centres = [(0, 0), (0, 0.1), (5, 5), (5, 6), (6, 5)]
    table = pd.DataFrame(np.repeat(centres, 4, axis=0), columns=["f0", "f1"])
    labels = pd.Series(np.repeat(range(1, 6), 4))
    columns = tuple(Column(n, "numeric", "decimal", 0, 5, "") for n in table)
    names = name_segments(
        profile(table, columns, labels), composition(table, columns, labels), ["f0", "f1"], {}
    )
    assert len(set(names.values())) == 5


def test_a_feature_without_values_in_a_segment_is_called_unknown():
    table = pd.DataFrame({"a": [1.0, 2, 8, 9], "b": [np.nan, np.nan, 3, 4]})
    columns = tuple(Column(n, "numeric", "decimal", 0, 4, "") for n in table)
    labels = pd.Series([1, 1, 2, 2])
    names = name_segments(
        profile(table, columns, labels), composition(table, columns, labels), ["a", "b"], {}
    )
    assert names == {1: "Low a", 2: "High a"}
    alone = name_segments(
        profile(table, columns, labels), composition(table, columns, labels), ["b"], {}
    )
    assert alone == {1: "B unknown", 2: "Average b"}

"""Other customers are put into segments as the training customers were."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.assign import assign, summary
from analytics.errors import UnknownColumn
from analytics.newcomers import matched, single
from analytics.recipe import Recipe
from tests.analytics.modelled import REPAIRS, customers, modelled

SCALINGS = ["standard", "robust", "minmax", "none"]


def agree(table: pd.DataFrame, *rest: object, **spec: object) -> None:
    model, labels, training = modelled(table, *rest, **spec)
    assert assign(model, training).table["segment"].tolist() == labels.tolist()
    assert model.agreement == 1.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(SCALINGS), st.booleans(), st.integers(40, 400))
def test_training_customers_get_their_own_segments_again(seed, scaling, whole, rows):
    agree(customers(rows, seed, whole=whole), "kmeans", scaling)


@pytest.mark.parametrize("scaling", SCALINGS)
@pytest.mark.parametrize("algorithm", ["kmeans", "medoids", "mixture", "mixed", "ward"])
def test_every_algorithm_and_scaling_gives_training_customers_their_segments(algorithm, scaling):
    agree(customers(300, 1), algorithm, scaling)


@pytest.mark.parametrize("algorithm", ["kmeans", "medoids", "mixture"])
def test_repairs_weights_and_coding_are_done_to_others_as_to_training_customers(algorithm):
    agree(
        customers(1_500, 2), algorithm, "standard", REPAIRS, coding="balanced",
        weights=(("rank", 2.0), ("gender", 0.5)),
    )  # fmt: skip


def test_dense_segments_are_kept_by_their_customers_noise_too():
    model, labels, training = modelled(customers(300, 1), "hdbscan", "none")
    assert (labels == 0).any()
    assert assign(model, training).table["segment"].tolist() == labels.tolist()
    assert any("nearest" in note for note in model.notes)


def test_a_model_that_is_an_approximation_says_so():
    model, labels, training = modelled(customers(3_000, 2), "ward", "standard")
    found = (assign(model, training).table["segment"].to_numpy() == labels.to_numpy()).mean()
    assert found == pytest.approx(model.agreement)
    assert 0.9 < model.agreement < 1
    assert len(model.rule.places) <= 2_000
    assert any("not all" in note for note in model.notes)
    assert any("approximation" in note for note in model.notes)


def test_certainty_is_one_at_a_centre_and_nothing_halfway():
    table = pd.DataFrame({"a": [0.0, 1, 2, 3, 100, 101, 102, 103]})
    model, _, _ = modelled(pd.concat([table] * 5, ignore_index=True), scaling="none")
    places = sorted((place[0], n) for place, n in zip(model.rule.places, model.rule.segments,
                                                      strict=True))  # fmt: skip
    first, second = places[:2]
    halfway = (first[0] + second[0]) / 2
    found = assign(model, pd.DataFrame({"a": [first[0], halfway]})).table
    assert found["certainty"].tolist() == [1.0, 0.0]
    assert found["segment"].tolist() == [first[1], min(first[1], second[1])]
    assert found["second_choice"].tolist()[1] == max(first[1], second[1])


def test_about_one_training_customer_in_a_hundred_is_novel_and_a_stranger_always():
    model, _, _ = modelled(customers(2_000, 3)[["rank", "spent"]])
    assert 0.002 < model.novel < 0.02
    stranger = pd.DataFrame({"rank": [1e6], "spent": [1e6]})
    assert assign(model, stranger).table["novel"].tolist() == ["yes"]


def test_what_is_missing_or_unknown_is_told_and_nobody_is_dropped():
    model, _, training = modelled(customers(500, 4), choices={"missing:rank": "median"})
    some = training.head(3).copy()
    some["gender"] = ["neither", some["gender"].iloc[1], None]
    some["rank"] = some["rank"].astype("float64")
    some.loc[some.index[1], "rank"] = np.nan
    found = assign(model, some).table
    assert len(found) == 3
    assert "gender “neither” unknown, counted as the average" in found["told"].iloc[0]
    assert "rank missing, filled with" in found["told"].iloc[1]
    assert found["segment"].isin(list(model.names)).all()


def test_a_customer_of_whom_nothing_is_known_has_a_segment():
    model, _, _ = modelled(customers(500, 4))
    found = assign(model, single({}, model)).table.iloc[0]
    assert found["segment"] in model.names
    assert found["told"].count("missing") == len(model.sources)


def test_the_counts_add_up():
    model, labels, training = modelled(customers(500, 5))
    counts = summary(model, assign(model, training))
    assert counts["customers"].tolist() == labels.value_counts().sort_index().tolist()
    assert counts["share"].sum() == pytest.approx(1)
    assert np.allclose(counts["share"], counts["training_share"])


def test_columns_are_found_by_their_words_and_a_missing_one_is_named():
    model, _, _ = modelled(customers(200, 6)[["rank", "spent"]])
    assert matched(["Rank", "SPENT (k$)"], model) == {"rank": "Rank", "spent": "SPENT (k$)"}
    with pytest.raises(UnknownColumn, match="no column “spent”"):
        matched(["rank", "other"], model)


def test_a_recipe_repeats_the_matrix_bit_for_bit():
    from analytics.dataset import assemble
    from analytics.prepare import FeatureSpec, prepare, usable
    from tests.conftest import written

    made = assemble(written(customers(700, 7)), {"skew:spent": "log"})
    names = tuple(usable(made.columns))
    for scaling in SCALINGS:
        for coding in ("indicators", "balanced"):
            spec = FeatureSpec(names, scaling, coding, ((names[0], 2.5), (names[-1], 0.3)))
            found = prepare(made.customers, made.columns, spec)
            assert isinstance(found.recipe, Recipe)
            again = found.recipe.apply(made.customers)
            assert again.to_numpy().tobytes() == found.matrix.to_numpy().tobytes()
            some = found.recipe.apply(made.customers.iloc[5:9])
            assert some.to_numpy().tobytes() == found.matrix.iloc[5:9].to_numpy().tobytes()

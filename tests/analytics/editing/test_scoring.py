"""A model of edited segments puts customers where the edits put them, in SQL as well."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import model as model_
from analytics import sql
from analytics.assign import assign
from analytics.editing import Merge, MinimumSize, Split
from analytics.errors import UnknownChoice, UnreadableModel
from tests.analytics.modelled import REPAIRS, customers, modelled
from tests.analytics.test_sql import by_duckdb, by_sqlite

STEPS = [
    [Merge((1, 3))],
    [Split(1, 3)],
    [MinimumSize(55)],
    [Merge((2, 4)), Split(1, 2), Merge((3, 5))],
    [Split(1, 2), MinimumSize(46), Merge((1, 2)), Split(2, 2)],
]


def agree(table, *rest, **spec):
    model, labels, training = modelled(table, *rest, **spec)
    assert assign(model, training).table["segment"].tolist() == labels.tolist()
    assert model.agreement == 1.0
    assert model_.read(model_.write(model)) == model
    return model, training


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    scaling=st.sampled_from(["standard", "robust", "minmax", "none"]),
    whole=st.booleans(),
    steps=st.sampled_from(STEPS),
)
def test_training_customers_get_their_edited_segments_again(seed, scaling, whole, steps):
    agree(customers(300, seed, whole=whole), "kmeans", scaling, steps=steps)


@pytest.mark.parametrize("steps", STEPS, ids=str)
@pytest.mark.parametrize("algorithm", ["medoids", "mixture", "ward"])
def test_segments_of_other_algorithms_are_edited_alike(algorithm, steps):
    model, training = agree(customers(300, 1), algorithm, "standard", REPAIRS, steps=steps)
    table = assign(model, training).table
    assert table["certainty"].between(0, 1).all()
    assert (table["second_choice"] != table["segment"]).all()
    assert any("edited by hand" in note for note in model.notes)


def test_segments_of_mixed_columns_can_be_merged():
    agree(customers(300, 1), "mixed", steps=[Merge((1, 2)), Merge((2, 3))])


def test_noise_stays_noise_in_the_model():
    _, labels, _ = modelled(customers(300, 1), "hdbscan", "none")
    assert (labels == 0).any()
    steps = [Merge((1, 2)), Split(1, 2), MinimumSize(int((labels == 2).sum()) // 2)]
    _, after, _ = agreed = modelled(customers(300, 1), "hdbscan", "none", steps=steps)
    assert ((after == 0) == (labels == 0)).all()
    model, _, training = agreed
    assert assign(model, training).table["segment"].tolist() == after.tolist()


@pytest.mark.parametrize("steps", STEPS, ids=str)
@pytest.mark.parametrize("whole", [True, False])
def test_sql_gives_the_edited_segments(whole, steps):
    model, training = agree(customers(300, 3, whole=whole), steps=steps)
    other = customers(300, 99, whole=whole)
    newcomers = training.head(0).reindex(range(len(other)))
    for name in training:
        newcomers[name] = other[name].astype(training[name].dtype)
    for some in (training, newcomers):
        wanted = assign(model, some).table["segment"].tolist()
        assert by_sqlite(sql.expression(model), some) == wanted
        assert by_duckdb(sql.expression(model), some) == wanted


def test_a_minimum_size_gives_every_segment_a_centre_for_sql():
    steps = [MinimumSize(60)]
    model, training = agree(customers(400, 4, whole=True), "ward", steps=steps)
    wanted = assign(model, training).table["segment"].tolist()
    assert by_duckdb(sql.expression(model), training) == wanted
    with pytest.raises(UnknownChoice, match="one centre each"):
        sql.expression(modelled(customers(400, 4), "ward", steps=[Merge((1, 2))])[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rule: rule["divisions"][0].__setitem__("within", [9]), "edits do not fit"),
        (lambda rule: rule["divisions"].pop(), "edits do not fit"),
        (lambda rule: rule["divisions"][1]["places"][0].pop(), "edits do not fit"),
        (lambda rule: rule["divisions"][1]["places"][0].__setitem__(0, "x"), "damaged at rule"),
        (lambda rule: rule["base"]["places"].pop(), "differ in number"),
        (lambda rule: rule["base"].__setitem__("kind", "edits"), "damaged at rule"),
    ],
)
def test_damaged_edits_are_refused(change, words):
    content = json.loads(model_.write(modelled(customers(300, 1), steps=STEPS[3])[0]))
    change(content["rule"])
    with pytest.raises(UnreadableModel, match=words):
        model_.read(json.dumps(content).encode())


def test_who_is_nearer_to_another_segment_is_not_certain():
    model, _, training = modelled(customers(400, 5), steps=[MinimumSize(75)])
    table = assign(model, training).table
    assert (table["certainty"] == 0).sum() > (np.array([len(model.fixed)]))[0]

"""Edits: exact, undone to the byte, and the same for any order of the customers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.editing import Merge, MinimumSize, Split, edit, read, replayed, written
from analytics.errors import NotEnoughData, UnknownChoice
from analytics.sweep import sweep


def solved(seed, count=4, rows=90, whole=False):
    rng = np.random.default_rng(seed)
    table = rng.integers(0, 9, (rows, 2)) if whole else rng.normal(size=(rows, 2)) ** 3
    matrix = pd.DataFrame(table.astype(float), columns=["a", "b"])
    return matrix, sweep(matrix, range(count, count + 1)).labels[str(count)]


def steps_of(seed, count=4):
    """Draw steps that make sense one after the other."""
    rng, steps = np.random.default_rng(seed), []
    for _ in range(rng.integers(1, 4)):
        kind = rng.integers(0, 3)
        if kind == 0 and count > 2:
            steps.append(Merge(tuple(sorted(rng.choice(count, 2, replace=False) + 1))))
            count -= 1
        elif kind == 1:
            steps.append(Split(1, 2))
            count += 1
        else:
            steps.append(MinimumSize(int(rng.integers(8, 15))))
    return steps


def edited(matrix, labels, steps):
    """Edit, leaving out minimum sizes that everyone has already."""
    kept = []
    for step in steps:
        try:
            edit(matrix, labels, [*kept, step])
        except UnknownChoice as error:
            assert isinstance(step, MinimumSize), error
            continue
        kept.append(step)
    return kept, edit(matrix, labels, kept)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), whole=st.booleans())
def test_segments_are_numbered_by_size_and_steps_keep_their_promises(seed, whole):
    matrix, labels = solved(seed, whole=whole)
    steps, found = edited(matrix, labels, steps_of(seed))
    for step, before, after in zip(steps, found.partitions, found.partitions[1:], strict=False):
        sizes = np.bincount(after)[1:]
        assert sizes.min() > 0
        assert (np.diff(sizes) <= 0).all()
        table = pd.crosstab(before, after)
        match step:
            case Merge(segments):
                assert len(table.columns) == len(table.index) - 1
                merged = after[np.isin(before, segments)]
                assert (merged == merged[0]).all()
            case Split(segment, count):
                assert (table.loc[segment] > 0).sum() == count
                assert ((table.drop(index=segment) > 0).sum(axis=1) == 1).all()
            case MinimumSize(size):
                assert sizes.min() >= size
                assert len(sizes) == len(table.index)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), whole=st.booleans())
def test_the_order_of_the_customers_changes_nothing(seed, whole):
    matrix, labels = solved(seed, whole=whole)
    steps, found = edited(matrix, labels, steps_of(seed))
    order = np.random.default_rng(seed).permutation(len(matrix))
    shuffled = matrix.iloc[order].reset_index(drop=True)
    again = edit(shuffled, labels.iloc[order].reset_index(drop=True), steps)
    assert (again.labels == found.labels[order]).all()
    assert again.divisions == found.divisions


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_other_customers_follow_the_divisions_as_those_they_were_made_of(seed):
    matrix, labels = solved(seed)
    _, found = edited(matrix, labels, steps_of(seed))
    again = replayed(found.divisions, matrix.to_numpy(), labels.to_numpy(dtype=np.int64))
    assert (again == found.labels).all()


def test_undo_is_identical_to_the_byte_and_replaying_as_well():
    matrix, labels = solved(3)
    before = edit(matrix, labels, []).labels.tobytes()
    merged = edit(matrix, labels, [Merge((1, 3))])
    assert merged.labels.tobytes() != before
    assert edit(matrix, labels, []).labels.tobytes() == before
    further = edit(matrix, labels, [Merge((1, 3)), Split(1, 3)])
    assert further.partitions[1].tobytes() == merged.labels.tobytes()
    assert edit(matrix, labels, [Merge((1, 3))]).labels.tobytes() == merged.labels.tobytes()


def test_the_number_of_parts_is_found_by_the_silhouette():
    rng = np.random.default_rng(0)
    places = np.array([[0, 0], [0, 2], [2, 0], [30, 30]])
    rows = np.concatenate([place + rng.normal(size=(40, 2)) / 5 for place in places])
    labels = pd.Series(np.repeat([1, 1, 1, 2], 40))
    found = edit(pd.DataFrame(rows), labels, [Split(1, None)])
    assert found.steps == (Split(1, 3),)
    assert sorted(np.bincount(found.labels)[1:]) == [40, 40, 40, 40]


def test_noise_stays_noise():
    matrix, labels = solved(1)
    labels = labels.where(np.arange(len(labels)) % 7 > 0, 0)
    smallest = int(np.bincount(labels)[1:].min())
    found = edit(matrix, labels, [Merge((1, 2)), Split(2, 2), MinimumSize(smallest + 2)])
    for partition in found.partitions:
        assert ((partition == 0) == (labels == 0)).all()


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Merge((1, 9)), "no segment 9"),
        (Merge((1,)), "needs two segments"),
        (Merge((1, 2, 3, 4)), "a single segment"),
        (Split(7, 2), "no segment 7"),
        (Split(1, 1), "cannot be split into 1"),
        (Split(1, 11), "cannot be split into 11"),
        (MinimumSize(0), "cannot have 0"),
        (MinimumSize(1), "already"),
    ],
)
def test_steps_that_make_no_sense_are_refused_with_a_remedy(step, said):
    matrix, labels = solved(0)
    with pytest.raises(UnknownChoice, match=said) as refused:
        edit(matrix, labels, [step])
    assert refused.value.remedy


def test_too_few_customers_that_differ_are_told():
    matrix = pd.DataFrame({"a": [0.0] * 9 + [5.0, 6.0, 7.0, 7.0]})
    labels = pd.Series([1] * 9 + [2] * 4)
    with pytest.raises(NotEnoughData, match="only 1 of its customers differ"):
        edit(matrix, labels, [Split(1, 2)])
    with pytest.raises(NotEnoughData, match="the same values stay together"):
        edit(matrix, labels, [MinimumSize(6)])


@pytest.mark.parametrize("step", [Merge((1, 3)), Split(2, 3), Split(2, None), MinimumSize(30)])
def test_steps_are_read_as_they_were_written(step):
    assert read(written(step)) == step


@pytest.mark.parametrize(
    "given",
    [
        {}, {"kind": "merge"}, {"kind": "merge", "segments": ["1", 2]}, {"kind": "grow"},
        {"kind": "split", "segment": True, "count": 2}, {"kind": "minimum", "size": 2.5},
    ],
)  # fmt: skip
def test_what_is_no_step_is_refused(given):
    with pytest.raises(UnknownChoice, match="no edit"):
        read(given)

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.packing import difference, merged, packed, unpacked

LEAVES = st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab", max_size=3)
TREES = st.recursive(
    LEAVES,
    lambda tree: (
        st.lists(tree, max_size=3)
        | st.dictionaries(st.sampled_from(["x", "y", "z"]), tree, max_size=3)
        | st.lists(st.dictionaries(st.sampled_from(["x", "y"]), tree), min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("kind", ["int8", "int16", "int32", "float32"])
def test_an_array_survives_as_text_without_slashes(kind):
    values = np.arange(-60, 60).astype(kind)
    text = json.loads(json.dumps(packed(values)))
    assert "/" not in text["packed"]
    assert np.array_equal(unpacked(text), values)
    assert unpacked(text).dtype == values.dtype


@given(TREES, TREES)
def test_a_tree_is_rebuilt_from_what_it_changes(base, other):
    assert merged(base, json.loads(json.dumps(difference(base, other)))) == other


def test_an_alike_tree_tells_only_what_it_changes():
    base = [{"name": "a", "marker": {"size": 1, "color": "red"}}, {"name": "b"}]
    other = [*base, {"name": "c", "marker": {"size": 1, "color": "red"}}]
    assert difference(base, other) == {"n": 3, "2": {"name": "c", "like": 0}}
    assert difference(base, base[:1]) == {"n": 1}

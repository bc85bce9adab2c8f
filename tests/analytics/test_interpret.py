import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import UnknownChoice
from analytics.interpret import interpret


def offered(found):
    return {offer.key: offer for offer in found.offers}


def table(**columns):
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def test_every_column_states_a_reason(shoppers):
    customers, columns = shoppers
    assert [column.name for column in columns] == list(customers)
    assert all(column.reason for column in columns)


def test_identifiers_keep_their_leading_zeros(cells):
    found = interpret(cells({"id": ["007", "010", "11"], "x": ["01", "5", "1"]}))
    assert found.customers["id"].tolist() == ["007", "010", "11"]
    assert found.customers["x"].tolist() == [1, 5, 1]


def test_a_role_can_be_changed_and_the_inferred_one_is_told(understood):
    values, column = understood(["30", "31", "30.0", "40"], role="categorical")
    assert (column.role, column.type) == ("categorical", "text")
    assert values.tolist() == ["30", "31", "30", "40"]
    assert column.reason == (
        "your choice; inferred was numeric, every value is a number, 3 of them distinct"
    )
    assert understood(["1", "2", "2"], "Region", role="numeric")[0].tolist() == [1, 2, 2]
    assert understood(["2020-01-01", "2020-01-02"], role="text")[1].type == "text"


def test_values_keep_all_their_digits_as_levels(understood):
    written = ["0.1234567", "0.1234568", "1250000.5"]
    assert understood(written * 2, role="categorical")[0].tolist() == written * 2


def test_levels_put_in_order_by_the_user_are_sorted_by_value(understood):
    _, column = understood(["10", "9", "2", "10"], role="ordinal")
    assert column.levels == ("2", "9", "10")


def test_every_possible_role_can_be_taken_and_no_other(understood):
    for written in (["1", "2", "2"], ["a", "b", "a"], ["2020-01-01", "2020-01-02", "2020-02-01"]):
        possible = understood(written)[1].possible
        for role in possible:
            assert understood(written, role=role)[1].role == role
    with pytest.raises(UnknownChoice, match="“measure” cannot be numeric"):
        understood(["a", "b", "a"], role="numeric")
    with pytest.raises(UnknownChoice, match="“measure” cannot be nonsense"):
        understood(["a", "b", "a"], role="nonsense")


def test_an_ambiguous_order_is_offered_and_can_be_changed(cells):
    written = cells({"when": ["1/2/2020", "3/4/2020", "1/2/2020"]})
    found = interpret(written)
    assert found.customers["when"].dt.month.tolist() == [2, 4, 2]
    assert "month-first or day-first" in found.columns[0].reason
    offer = offered(found)["order:when"]
    assert [option.value for option in offer.options] == ["keep", "month-first"]
    assert found.doubts == (
        "Every date of “when” would be one day-first and month-first: read day-first, a guess.",
    )
    changed = interpret(written, {"order:when": "month-first"})
    assert changed.doubts == ()
    assert changed.customers["when"].dt.month.tolist() == [1, 3, 1]
    assert offered(changed)["order:when"].chosen == "month-first"


def test_a_decided_order_is_not_offered(cells):
    assert interpret(cells({"when": ["1/2/2020", "13/4/2020"]})).offers == ()


def test_a_decided_column_decides_for_one_with_the_same_mark(cells):
    decided, open_ = ["1/13/2020", "1/2/2020"], ["3/4/2020", "5/6/2020"]
    found = interpret(cells({"a": open_, "b": decided, "c": ["3.4.2020", "5.6.2020"]}))
    assert found.customers["a"].dt.month.tolist() == [3, 5]
    assert found.customers["c"].dt.month.tolist() == [4, 6]
    assert found.columns[0].reason.endswith("read month-first as “b” is")
    assert set(offered(found)) == {"order:a", "order:c"}
    told = interpret(cells({"a": open_, "b": decided}), {"order:a": "day-first"})
    assert told.customers["a"].dt.month.tolist() == [4, 6]


def test_decided_columns_that_contradict_each_other_decide_nothing(cells):
    found = interpret(
        cells({"a": ["1/13/2020", "1/2/2020"], "b": ["13/1/2020", "1/2/2020"],
               "c": ["3/4/2020", "5/6/2020"]})
    )  # fmt: skip
    assert "month-first or day-first" in found.columns[2].reason


def test_an_ambiguous_comma_is_offered_and_can_be_changed(cells):
    written = cells({"v": ["1,234", "2,500", "7"]})
    found = interpret(written)
    assert found.customers["v"].tolist() == [1_234, 2_500, 7]
    assert offered(found)["comma:v"].question == "What is the comma in “v”?"
    changed = interpret(written, {"comma:v": "decimal"})
    assert changed.customers["v"].tolist() == [1.234, 2.5, 7]


def test_an_ambiguous_point_is_read_as_the_rest_of_the_file(cells):
    alone = interpret(cells({"v": ["1.234", "2.500"]}))
    assert alone.customers["v"].tolist() == [1.234, 2.5]
    assert offered(alone)["comma:v"].question == "What is the point in “v”?"
    beside = interpret(cells({"v": ["1.234", "2.500"], "w": ["1,5", "2,25"]}))
    assert beside.customers["v"].tolist() == [1_234, 2_500]
    assert "as in “w”" in beside.columns[0].reason


def test_a_doubted_word_is_offered_and_can_be_changed(cells):
    written = cells({"TERRITORY": ["NA", "EMEA", "APAC", "NA"]})
    found = interpret(written)
    assert (found.columns[0].missing, found.columns[0].distinct) == (0, 3)
    assert offered(found)["word:TERRITORY"].options[0].label == "as found: “NA” is a value"
    changed = interpret(written, {"word:TERRITORY": "missing"})
    assert changed.columns[0].markers == {"NA": 2}
    assert offered(changed)["word:TERRITORY"].chosen == "missing"


def test_interpreting_leaves_the_cells_as_they_were(mall_table):
    before = mall_table.written()
    interpret(mall_table.cells)
    pd.testing.assert_frame_equal(mall_table.written(), before)


ODD = ["", "NA", "inf", "-inf", "1e308", "1e400", "9" * 400, "-" + "9" * 30, "0x10", "\uff11", "²",
       "1,5", "1.5", "1/2/2020", "13/13/2020", "0000-00-00", "2020-02-30", "99991231", "007", "+",
       "-", ".", "%", "€", "(", "Jan 5, 2020", "25:70", "\x00", "\u202e", "Å", "ǅ"]  # fmt: skip
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=6), st.integers().map(str))
NAME = st.sampled_from(["x", "id", "Date", "Region", "Phone", "born date", "y", "Churn", "é"])


@settings(deadline=None, max_examples=200)
@given(st.lists(CELL, max_size=12), NAME)
def test_any_cells_can_be_interpreted_and_none_gets_lost(written, name):
    found = interpret(table(**{name: written}))
    (column,) = found.columns
    values = found.customers[name]
    assert len(values) == len(written)
    assert column.missing == values.isna().sum()
    counts = [*column.markers.values(), *column.strays.values()]
    assert column.missing == sum(counts)
    assert column.distinct == values.nunique()
    assert column.role in column.possible


COLUMN = st.one_of(
    st.lists(st.integers(-9, 99).map(str), min_size=8),
    st.lists(st.sampled_from(["1/2/2020", "13/1/2020", "1/13/2020", "x", ""]), min_size=8),
    st.lists(st.sampled_from(["1,234", "1.234", "0,5", "NA", "7", "None"]), min_size=8),
    st.lists(st.sampled_from(["low", "high", "medium", "yes", "no", "NA"]), min_size=8),
)


@settings(deadline=None, max_examples=100)
@given(COLUMN.flatmap(lambda one: st.tuples(st.just(one), st.permutations(range(len(one))))))
def test_the_order_of_the_rows_changes_nothing_but_the_order_of_the_values(column):
    written, order = column
    found = interpret(table(v=written))
    moved = interpret(table(v=[written[place] for place in order]))
    assert moved.columns == found.columns
    assert moved.offers == found.offers
    there = found.customers.iloc[list(order)].reset_index(drop=True)
    pd.testing.assert_frame_equal(moved.customers, there)

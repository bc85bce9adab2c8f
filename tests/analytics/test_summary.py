import pandas as pd

from analytics.columns import interpret
from analytics.summary import key_statistics, quality


def test_the_mall_statistics_are_the_published_ones(mall):
    assert [(tile.name, tile.value) for tile in key_statistics(*mall)] == [
        ("Customers", "200"),
        ("Average age", "38.85 years"),
        ("Average annual income", "60.56 k$"),
        ("Average spending score", "50.20"),
        ("Gender", "56 % female / 44 % male"),
    ]


def test_each_tile_says_what_stands_behind_it(mall):
    notes = {tile.name: tile.note for tile in key_statistics(*mall)}
    assert notes["Average age"] == "median 36, middle half 28.75 to 49"
    assert notes["Gender"] == "112 female and 88 male"


def test_averages_leave_missing_values_out_and_large_ones_lose_their_decimals():
    original = pd.DataFrame(
        {"Age": ["20", "", "30", "40"], "Salary": ["41000.5", "50000.5", "60000", ""]}, dtype=str
    )
    tiles = key_statistics(*interpret(original))
    assert [tile.value for tile in tiles] == ["4", "30.00 years", "50,334"]


def test_without_known_headers_the_first_columns_are_taken():
    original = pd.DataFrame(
        {
            "shop": list("nsns") * 3,
            "a": [str(n * n) for n in range(12)],
            "b": [str(n % 5) for n in range(12)],
            "c": [str(n % 4) for n in range(12)],
            "d": [str(n % 3) for n in range(12)],
            "colour": ["red", "PhD", "red"] * 4,
        },
        dtype=str,
    )
    names = [tile.name for tile in key_statistics(*interpret(original))]
    assert names == ["Customers", "Average a", "Average b", "Average c", "shop"]
    numeric = interpret(original[["a", "b", "c", "d"]])
    names = [tile.name for tile in key_statistics(*numeric)]
    assert names == ["Customers", "Average a", "Average b", "Average c", "Average d"]
    levels = interpret(original[["shop", "colour"]])
    assert key_statistics(*levels)[2].value == "67 % red / 33 % PhD"


def test_good_data_have_nothing_to_count(mall):
    found = quality(*mall)
    assert [item.name for item in found] == [
        "Missing cells",
        "Repeated customers",
        "Repeated identifiers",
        "Columns set aside",
    ]
    assert [item.count for item in found] == [0, 0, 0, 0]
    assert found[3].note == "every column varies"


def test_what_may_be_wrong_is_counted():
    original = pd.DataFrame(
        {
            "CustomerID": [f"C{n:03d} x" for n in range(20)],
            "income": ["5", "7"] * 10,
            "age": ["", "31"] + ["30", "31"] * 9,
            "town": [""] + ["Ulm", "Bonn"] * 9 + ["Ulm"],
            "cost": ["3"] * 20,
            "empty": [""] * 20,
        },
        dtype=str,
    )
    customers, columns = interpret(original)
    counts = {item.name: item for item in quality(customers, columns)}
    assert counts["Missing cells"].count == 1 + 1 + 20
    assert counts["Missing cells"].note.startswith("in 20 rows; ")
    assert counts["Repeated customers"].count == 20 - 3
    assert counts["Repeated identifiers"].count == 0
    assert counts["Columns set aside"].count == 2
    assert counts["Columns set aside"].note == "one value or none: cost and empty"


def test_an_identifier_that_returns_is_counted(column):
    customers = pd.DataFrame({"id": ["a", "b", "a", None, None, "a"], "x": range(6)})
    columns = (column("id", "identifier"), column("x"))
    counts = {item.name: item.count for item in quality(customers, columns)}
    assert counts["Repeated identifiers"] == 2
    assert counts["Repeated customers"] == 0

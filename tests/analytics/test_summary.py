import pandas as pd

from analytics.summary import key_statistics


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


def test_averages_leave_missing_values_out_and_large_ones_lose_their_decimals(interpreted):
    original = pd.DataFrame(
        {"Age": ["20", "", "30", "40"], "Salary": ["41000.5", "50000.5", "60000", ""]}, dtype=str
    )
    tiles = key_statistics(*interpreted(original))
    assert [tile.value for tile in tiles] == ["4", "30.00 years", "50,334"]


def test_without_known_headers_the_first_columns_are_taken(interpreted):
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
    names = [tile.name for tile in key_statistics(*interpreted(original))]
    assert names == ["Customers", "Average a", "Average b", "Average c", "shop"]
    numeric = interpreted(original[["a", "b", "c", "d"]])
    names = [tile.name for tile in key_statistics(*numeric)]
    assert names == ["Customers", "Average a", "Average b", "Average c", "Average d"]
    levels = interpreted(original[["shop", "colour"]])
    assert key_statistics(*levels)[2].value == "67 % red / 33 % PhD"


def test_of_many_levels_the_largest_is_told_and_the_rest_counted(interpreted):
    original = pd.DataFrame({"town": list("aaaabbbccd" * 2), "x": list("12") * 10}, dtype=str)
    tiles = {tile.name: tile for tile in key_statistics(*interpreted(original))}
    assert tiles["town"].value == "40 % a"
    assert tiles["town"].note == "8 a, 6 b, 4 c and 2 d"


def test_a_year_has_no_average_worth_a_tile(interpreted):
    original = pd.DataFrame(
        {"Year_Birth": [str(1950 + n) for n in range(20)], "x": list("12") * 10}, dtype=str
    )
    assert [t.name for t in key_statistics(*interpreted(original))] == ["Customers", "Average x"]

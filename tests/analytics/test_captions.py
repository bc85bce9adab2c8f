"""What figures show, in sentences of numbers."""

import numpy as np
import pandas as pd

from analytics import captions
from analytics.distances import apart
from analytics.facts import facts, sentence
from analytics.profiles import profile
from analytics.spread import summarise

NAMES = {1: "Many", 2: "Few"}
SCORES = pd.DataFrame(
    {"silhouette": [0.4, 0.61, 0.5], "silhouette_se": [0.01, 0.02, 0.03], "wcss": [30.0, 20, 10]},
    index=pd.Index([2, 3, 4], name="k"),
)


def test_sizes_are_listed_with_their_shares():
    assert (
        captions.sizes({1: 3_000, 2: 1_000}, NAMES)
        == "“Many” 3,000 (75.0 %) and “Few” 1,000 (25.0 %)."
    )


def test_centres_are_told_without_noise_and_without_a_height_that_means_nothing():
    points = pd.DataFrame({"x": [1.0, 3.0, 10.0, 99.0], "y": [2.0, 4.0, 20.0, 99.0]})
    labels = pd.Series([1, 1, 2, 0])
    said = captions.centres(points, labels, ("Age", "Income"))
    assert said == "Centroids by segment, in Age and Income: 1 at 2.0 and 3.0; 2 at 10.0 and 20.0."
    said = captions.centres(points, labels, ("Age", ""))
    assert said == "Centroids by segment, in Age: 1 at 2.0; 2 at 10.0."


def test_a_curve_is_told_at_the_chosen_k_and_at_its_ends():
    said = captions.curve(SCORES, "silhouette", 4)
    assert said == "0.500 ± 0.030 at k = 4; lowest 0.400 ± 0.010 at 2, highest 0.610 ± 0.020 at 3."
    assert captions.curve(SCORES, "wcss", 9, 0) == "Lowest 10 at 4, highest 30 at 2."
    assert captions.curve(SCORES * np.nan, "wcss", 3) == ""


def test_the_gap_tells_where_its_rule_stops():
    gaps = pd.DataFrame({"gap": [0.1, 0.5, 0.4], "gap_se": 0.05}, index=pd.Index([1, 2, 3]))
    assert captions.gap(gaps, 3).endswith(
        "lowest 0.100 ± 0.050 at 1, highest 0.500 ± 0.050 at 2."
        " Its rule of one standard error stops at 2."
    )


def test_the_knife_tells_means_and_who_lies_closer_to_another_segment():
    widths, labels = pd.Series([0.5, 0.7, -0.1, 0.3]), pd.Series([1, 1, 2, 2])
    said = captions.knife(widths, labels)
    assert said == (
        "Mean 0.350; by segment 1: 0.600 and 2: 0.100. 25.0 % lie closer to another segment."
    )


def test_facts_and_profiles_are_told_by_their_extremes(mall, column):
    customers, columns = mall[0], (column("Age"), column("Annual Income (k$)"))
    labels = pd.Series(np.where(customers["Age"] > customers["Age"].median(), 1, 2))
    table = facts(customers, columns, labels)
    said = captions.strongest(table, NAMES)
    largest = table.loc[table["effect"].abs().idxmax()]
    assert said == f"The largest effect: “{NAMES[largest['segment']]}”, {sentence(largest)}."
    assert largest["column"] == "Age"
    calm = captions.strongest(table.assign(trivial=True), NAMES)
    assert calm == "No segment differs from the rest by more than a trifle."
    assert "Annual Income" in captions.strongest(
        table.assign(trivial=False), NAMES, "Annual Income (k$)"
    )
    profiles = profile(customers, columns, labels)
    segment, of = profiles["z"].abs().idxmax()
    assert of == "Age"
    assert f"“{NAMES[segment]}” in Age, " in captions.farthest(profiles, NAMES)


def test_medians_and_distances():
    values, labels = np.array([1.0, 2.0, 3.0, 10.0, 20.0, 30.0]), np.array([1, 1, 1, 2, 2, 2])
    said = captions.medians(summarise(values, labels), "Income (k$)")
    assert said.startswith("Median in k$ by segment, with the middle half: 1: 2 (")
    assert "; 2: 20 (" in said
    matrix = pd.DataFrame({"a": [0.0, 3.0, 10.0], "b": [0.0, 4.0, 0.0]})
    away = apart(matrix, pd.Series([1, 2, 3]))
    said = captions.distances(away, NAMES | {3: "Far"})
    assert said == (
        "Nearest are “Many” and “Few” (5.00), farthest apart “Many” and “Far” (10.00),"
        " in scaled units."
    )
    assert captions.distances(apart(matrix, pd.Series([1, 1, 1])), NAMES) == ""

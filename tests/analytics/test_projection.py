import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import pdist
from sklearn.decomposition import PCA

from analytics.prepare import FeatureSpec, prepare
from analytics.projection import project

AGE, INCOME, SPENDING = "Age", "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture
def placed(mall):
    """Prepare some of the mall's columns and place its customers on the map of them."""

    def place(*features, seed=42):
        matrix = prepare(*mall, FeatureSpec(features)).matrix
        return matrix, project(mall[0], matrix, features, seed=seed)

    return place


def test_two_numbers_are_drawn_in_their_own_units(mall, placed):
    _, projection = placed(SPENDING, INCOME)
    assert projection.points["x"].tolist() == mall[0][SPENDING].tolist()
    assert projection.points["y"].tolist() == mall[0][INCOME].tolist()
    assert (projection.x, projection.y) == (SPENDING, INCOME)
    assert projection.note == "Both features in their own units."


def test_one_number_is_drawn_in_its_unit_at_heights_that_the_seed_decides(mall, placed):
    _, projection = placed(INCOME)
    assert projection.points["x"].tolist() == mall[0][INCOME].tolist()
    assert projection.points["y"].between(-1, 1).all()
    assert projection.points["y"].is_unique
    assert (projection.x, projection.y) == (INCOME, "")
    pd.testing.assert_frame_equal(projection.points, placed(INCOME)[1].points)
    assert not projection.points["y"].equals(placed(INCOME, seed=1)[1].points["y"])


def test_a_missing_number_is_drawn_at_the_median():
    customers = pd.DataFrame({"a": [1.0, np.nan, 3, 8], "b": [4.0, 5, 6, np.nan]})
    matrix = customers.fillna(customers.median())
    projection = project(customers, matrix, ["a", "b"])
    assert projection.points.to_numpy().tolist() == [[1, 4], [3, 5], [3, 6], [8, 5]]


def test_two_levels_alone_are_drawn_by_their_indicator(mall, placed):
    _, projection = placed("Gender")
    assert projection.x == "Gender=Male"
    assert projection.points["x"].tolist() == (mall[0]["Gender"] == "Male").tolist()
    assert projection.points["y"].is_unique


def test_more_features_are_drawn_on_their_principal_components(placed):
    matrix, projection = placed(AGE, INCOME, SPENDING)
    model = PCA(2, svd_solver="full").fit(matrix)
    ours = projection.points.to_numpy()
    np.testing.assert_allclose(np.abs(ours), np.abs(model.transform(matrix)), atol=1e-9)
    kept = model.explained_variance_ratio_.sum()
    assert f"of 3 features keep {kept:.0%}".replace("%", " %") in projection.note
    shares = [f"{share:.0%}".replace("%", " %") for share in model.explained_variance_ratio_]
    assert projection.x == f"Component 1 ({shares[0]} of variance)"
    assert projection.y == f"Component 2 ({shares[1]} of variance)"
    mostly = [
        matrix.columns[np.argsort(-np.abs(loadings))[0]].split(" (")[0]
        for loadings in model.components_
    ]
    assert f", the first mostly {mostly[0]} and " in projection.note
    assert f", the second mostly {mostly[1]} and " in projection.note


def test_two_features_of_which_one_has_levels_are_drawn_on_components(placed):
    matrix, projection = placed(AGE, "Gender")
    assert "the first mostly Age and Gender=Male, " in projection.note
    np.testing.assert_allclose(pdist(projection.points), pdist(matrix), atol=1e-9)
    assert "keep 100 % of the variance" in projection.note


def test_projecting_leaves_its_arguments_as_they_were(mall, placed):
    before = mall[0].copy(deep=True)
    matrix, _ = placed(AGE, INCOME, SPENDING)
    copy = matrix.copy(deep=True)
    project(mall[0], matrix, (AGE, INCOME, SPENDING))
    pd.testing.assert_frame_equal(matrix, copy)
    pd.testing.assert_frame_equal(mall[0], before)


def test_ranks_are_drawn_on_components_as_they_have_no_unit():
    customers = pd.DataFrame({"size": list("SML") * 4, "age": np.arange(12.0)})
    matrix = pd.DataFrame({"size": [0.0, 1, 2] * 4, "age": np.arange(12.0)})
    projection = project(customers, matrix, ["size", "age"])
    assert projection.x.startswith("Component 1")
    np.testing.assert_allclose(pdist(projection.points), pdist(matrix), atol=1e-9)

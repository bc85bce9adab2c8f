import numpy as np
import pandas as pd
import pytest

from analytics.algorithms import Task, run
from analytics.algorithms.comparison import Comparison
from analytics.figures.algorithms import LEAVES, agreement, dendrogram, information, k_distance


@pytest.fixture(scope="module")
def matrix(mall_matrix):
    return mall_matrix("Annual Income (k$)", "Spending Score (1-100)")


@pytest.mark.parametrize("chosen", [1, 2, 5, 12])
def test_the_cut_crosses_as_many_branches_as_segments(matrix, chosen):
    linkage = run("ward", Task(matrix, range(2, 3))).extra["linkage"]
    figure = dendrogram(linkage, chosen)
    cut = figure.layout.shapes[0].y0
    assert (linkage["height"] > cut).sum() == chosen - 1
    above, below = (list(trace.y[1::5]) for trace in figure.data)
    assert len(above) == chosen - 1
    assert len(above) + len(below) == LEAVES - 1
    customers = [int(many) for many in figure.layout.xaxis.ticktext]
    assert len(customers) == LEAVES
    assert sum(customers) == 200
    assert f"cuts it into {chosen}" in figure.layout.title.subtitle.text


def test_a_small_tree_is_drawn_whole():
    points = pd.DataFrame({"a": [0.0, 1.0, 5.0, 9.0, 9.0]})
    linkage = run("ward", Task(points, range(2, 3))).extra["linkage"]
    figure = dendrogram(linkage, 4)
    assert sorted(figure.layout.xaxis.ticktext) == ["1", "1", "1", "2"]
    assert figure.layout.shapes[0].y0 < linkage["height"].min()


def test_the_distance_curve_marks_eps(matrix):
    found = run("dbscan", Task(matrix, range(2), {"eps": 0.4}))
    figure = k_distance(found.extra["distances"], 0.4)
    assert figure.layout.shapes[0].y0 == 0.4
    assert list(figure.data[0].y) == found.extra["distances"]["distance"].tolist()
    assert "eps 0.4 reaches enough for" in figure.layout.title.subtitle.text


def test_the_map_of_agreement_writes_each_index():
    table = pd.DataFrame([[1, 0.5], [0.5, 1]], index=["a", "<b>"], columns=["a", "<b>"])
    (heat,) = agreement(Comparison(pd.DataFrame(), table, ())).data
    assert list(heat.x) == list(heat.y) == ["a", "&lt;b&gt;"]
    assert np.array(heat.text).tolist() == [["1.00", "0.50"], ["0.50", "1.00"]]


def test_the_least_criterion_is_marked():
    table = pd.DataFrame(
        {"bic": [9.0, 5.0, 7.0], "aic": [8.0, 4.0, 3.0]}, index=pd.Index([2, 3, 4], name="k")
    )
    bic, aic = information(table).data
    assert list(bic.marker.size) == [8, 13, 8]
    assert list(aic.marker.size) == [8, 8, 13]
    assert (bic.name, aic.name) == ("BIC", "AIC")

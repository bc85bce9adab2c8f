import numpy as np
import pandas as pd
import pytest

from analytics import agreement as module
from analytics.agreement import agreement
from analytics.errors import NotEnoughData

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


def test_other_algorithms_agree_on_the_mall_as_published(mall_matrix, mall_sweep):
    found = agreement(mall_matrix(INCOME, SPENDING), mall_sweep.labels[["5"]])
    assert found.index.tolist() == [5]
    assert found.loc[5, "ward"] == pytest.approx(0.942, abs=5e-4)
    assert found.loc[5, "mixture"] == pytest.approx(0.956, abs=5e-4)


def test_groups_far_apart_are_found_by_all(blobs):
    labels = pd.DataFrame({"2": 1 + (blobs["width"] > 4), "3": 1 + (blobs["width"] > 4)})
    labels["3"] += 2 * (blobs["height"] > 4)
    found = agreement(blobs, labels)
    assert found.loc[3].tolist() == [1.0, 1.0]
    assert found.index.name == "k"


def test_very_many_customers_are_compared_by_a_sample(monkeypatch, blobs):
    monkeypatch.setattr(module, "ROWS", 60)
    many = pd.concat([blobs] * 3, ignore_index=True)
    labels = pd.DataFrame({"3": 1 + (many["width"] > 4) + 2 * (many["height"] > 4)})
    assert agreement(many, labels).loc[3].tolist() == [1.0, 1.0]


def test_too_few_customers_are_refused():
    matrix = pd.DataFrame({"x": np.repeat([0.0, 1.0], 5)})
    with pytest.raises(NotEnoughData):
        agreement(matrix, pd.DataFrame({"2": np.repeat([1, 2], 5)}))

import numpy as np
import pandas as pd

from analytics.clustergram import clustergram


def test_heights_are_the_mean_scores_and_flows_add_up(mall_sweep):
    heights, flows = mall_sweep.heights, mall_sweep.flows
    for k in range(2, 11):
        sizes = mall_sweep.labels[str(k)].value_counts().sort_index()
        assert heights.loc[k, "customers"].tolist() == sizes.tolist()
    for k in range(3, 11):
        step = flows[flows["k"] == k]
        table = pd.crosstab(mall_sweep.labels[str(k)], mall_sweep.labels[str(k - 1)]).stack()
        table = table[table > 0]
        assert step.set_index(["segment", "before"])["customers"].sort_index().to_dict() == (
            table.to_dict()
        )


def test_the_height_is_along_the_first_component():
    rows = np.array([[-3.0, -3, 3, 3], [0.1, -0.1, 0.1, -0.1]])
    labels = {2: np.array([0, 0, 1, 1])}
    heights, flows = clustergram(rows, np.ones(4), labels)
    np.testing.assert_allclose(heights["height"], [-3, 3], atol=0.01)
    assert flows.empty

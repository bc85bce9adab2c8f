import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_samples

from analytics.algorithms import ALGORITHMS, Task
from analytics.algorithms.fitting import compare_all, fit


@pytest.fixture
def ringed():
    """Two tight groups of forty and ten customers far from everyone."""
    random = np.random.default_rng(4)
    groups = np.concatenate(
        [random.normal(scale=0.2, size=(40, 2)) + at for at in ([0, 0], [6, 0])]
    )
    far = np.array([0, 60]) + random.uniform(-30, 30, size=(10, 2))
    return pd.DataFrame(np.concatenate([groups, far]), columns=["a", "b"])


@pytest.mark.parametrize("name", [n for n in ALGORITHMS if n != "mixed"])
def test_every_algorithm_is_scored_as_k_means_is(blobs, name):
    options = {"eps": 1.0} if name == "dbscan" else {}
    fitted = fit(name, Task(blobs, range(3, 5), options))
    for k in fitted.labels:
        kept = fitted.labels[k] > 0
        widths = silhouette_samples(blobs[kept.to_numpy()], fitted.labels[k][kept])
        np.testing.assert_allclose(fitted.silhouettes[k], widths, atol=1e-9)
        assert fitted.silhouettes.index.tolist() == np.flatnonzero(kept).tolist()
        assert fitted.scores.loc[int(k), "silhouette"] == pytest.approx(widths.mean())
        assert fitted.scores.loc[int(k), "smallest"] == fitted.labels[k][kept].value_counts().min()


def test_noise_is_kept_or_given_to_the_nearest_and_marked(ringed):
    task = Task(ringed, range(2, 3), {"eps": 1.0, "neighbours": 4})
    kept = fit("dbscan", task)
    assert list(kept.labels) == ["2"]
    assert (kept.labels["2"].to_numpy()[80:] == 0).all()
    assert len(kept.silhouettes) == 80
    assert "The scores leave the noise out." in kept.notes
    given = fit("dbscan", task, keep_noise=False)
    assert given.labels["2"].min() == 1
    assert given.extra["weak"]["weak"].to_numpy().nonzero()[0].tolist() == list(range(80, 90))
    assert given.labels["2"][:80].tolist() == kept.labels["2"][:80].tolist()
    assert len(given.silhouettes) == 90


def test_a_mixture_says_how_sure_each_customer_is(blobs):
    fitted = fit("mixture", Task(blobs, range(2, 5)))
    assert fitted.scores["bic"].idxmin() == 3
    assert fitted.extra["certainty"].shape == (len(blobs), 3)
    assert fitted.extra["certainty"].min().min() > 1 / 4
    assert fitted.extra["certainty"]["3"].min() > 0.9


def test_all_algorithms_agree_on_groups_far_apart_and_say_why_one_is_missing(blobs):
    told = []
    compared = compare_all(Task(blobs, range(3, 4)), lambda share, _: told.append(share))
    assert list(compared.scores.index) == [
        algorithm.title for name, algorithm in ALGORITHMS.items() if name != "mixed"
    ]
    counted = [a.title for a in ALGORITHMS.values() if a.counted and a.name != "mixed"]
    assert (compared.agreement.loc[counted, counted] == 1).all().all()
    assert compared.scores.loc[counted, "silhouette"].to_numpy().std() < 1e-12
    assert any(note.startswith(ALGORITHMS["mixed"].title) for note in compared.notes)
    assert told == sorted(told)

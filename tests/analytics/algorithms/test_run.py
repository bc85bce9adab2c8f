import numpy as np
import pandas as pd
import pytest

from analytics.algorithms import ALGORITHMS, Mixed, Task, run
from analytics.algorithms.comparison import adjusted_rand
from analytics.errors import NotEnoughData, UnknownChoice

COUNTED = [name for name, algorithm in ALGORITHMS.items() if algorithm.counted]


def asked(matrix, counts=range(2, 5), **options):
    codes = pd.DataFrame({"group": (matrix.iloc[:, 0] > matrix.iloc[:, 0].mean()).astype("int32")})
    return Task(matrix, counts, options, mixed=Mixed(matrix, codes))


def test_k_means_comes_first_and_every_algorithm_explains_itself():
    assert next(iter(ALGORITHMS)) == "kmeans"
    for name, algorithm in ALGORITHMS.items():
        assert algorithm.name == name
        for sentence in (algorithm.use, algorithm.limits, *(p.note for p in algorithm.parameters)):
            assert sentence.endswith(".")
            assert sentence[0].isupper() or sentence[0].isdigit()
        for parameter in algorithm.parameters:
            assert parameter.default is None or parameter.low <= parameter.default <= parameter.high


@pytest.mark.parametrize("name", ALGORITHMS)
def test_every_algorithm_finds_three_far_groups(name, blobs):
    found = run(name, asked(blobs))
    labels = found.partitions["3"]
    assert labels.dtype == np.int16
    assert labels[labels > 0].value_counts().index.tolist() == [1, 2, 3]
    truth = (blobs["width"] > 4) + 2 * (blobs["height"] > 4)
    kept = labels > 0
    assert kept.mean() > 0.9
    assert adjusted_rand(labels[kept].to_numpy(np.int64), truth[kept].to_numpy(np.int64)) == 1
    again = run(name, asked(blobs))
    pd.testing.assert_frame_equal(found.partitions, again.partitions)


@pytest.mark.parametrize("name", COUNTED)
def test_counted_algorithms_give_a_column_for_each_k(name, blobs):
    partitions = run(name, asked(blobs, range(2, 5))).partitions
    assert list(partitions) == ["2", "3", "4"]
    assert [partitions[k].nunique() for k in partitions] == [2, 3, 4]
    for k in partitions:
        sizes = partitions[k].value_counts().sort_index()
        assert sizes.is_monotonic_decreasing


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("counts", [range(1, 4), range(0)])
def test_counts_below_two_are_refused(name, counts, blobs):
    with pytest.raises(UnknownChoice, match="counted from 2"):
        run(name, asked(blobs, counts))


@pytest.mark.parametrize("name", ALGORITHMS)
def test_too_few_differing_customers_are_refused(name):
    matrix = pd.DataFrame({"a": [0.0, 1.0] * 30})
    with pytest.raises(NotEnoughData, match="segments need more than 2 customers that differ"):
        run(name, asked(matrix, range(2, 4)))


@pytest.mark.parametrize("name", COUNTED)
def test_repeated_customers_do_no_harm(name):
    matrix = pd.DataFrame({"a": [0.0, 1.0, 5.0, 9.0] * 30, "b": [0.0, 0.0, 3.0, 1.0] * 30})
    labels = run(name, asked(matrix, range(3, 4))).partitions["3"]
    assert labels.nunique() == 3
    assert len(set(zip(labels, matrix["a"], strict=True))) == 4


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("kmeans", {"eps": 1}, "k-means has no parameter “eps”. Its parameters: none"),
        ("dbscan", {"eps": 0}, "“eps” of DBSCAN cannot be 0"),
        ("dbscan", {"eps": float("nan")}, "“eps” of DBSCAN cannot be"),
        ("dbscan", {"neighbours": 2.5}, "Choose a whole number"),
        ("mixture", {"shape": 4}, "Choose 0 to 3"),
    ],
)
def test_options_are_checked_in_words(name, options, words, blobs):
    with pytest.raises(UnknownChoice, match=words):
        run(name, asked(blobs, **options))


def test_an_unknown_algorithm_is_refused(blobs):
    with pytest.raises(UnknownChoice, match=r"no algorithm “magic”\. Choose kmeans, "):
        run("magic", asked(blobs))


def test_progress_is_told_up_to_the_end(blobs):
    told = []
    run("mixture", asked(blobs), lambda share, doing: told.append((share, doing)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert all(doing for _, doing in told)

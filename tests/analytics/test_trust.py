import pandas as pd

from analytics.sweep import sweep
from analytics.trust import trust


def test_every_frame_tells_of_every_number_of_segments(mall_sweep, mall_trust):
    assert mall_trust.counts.index.equals(mall_sweep.scores.index)
    assert mall_trust.counts.index.name == "k"
    assert list(mall_trust.counts) == [
        "jaccard",
        "prediction_strength",
        "prediction_strength_se",
        "even",
        "limit",
    ]
    assert mall_trust.segments.index.equals(mall_sweep.centres.index)
    assert mall_trust.certainty.shape == mall_sweep.labels.shape
    assert list(mall_trust.certainty) == list(mall_sweep.labels)
    assert mall_trust.notes == ()
    assert not mall_trust.counts.isna().any(axis=None)


def test_nothing_depends_on_chance_cores_or_the_order_of_customers(blobs):
    swept = sweep(blobs, range(2, 5))
    one = trust(blobs, swept, threads=1)
    turned = blobs[::-1].reset_index(drop=True)
    other = trust(turned, sweep(turned, range(2, 5)), threads=2)
    pd.testing.assert_frame_equal(one.counts, other.counts)
    pd.testing.assert_frame_equal(one.segments, other.segments)
    pd.testing.assert_frame_equal(one.certainty[::-1].reset_index(drop=True), other.certainty)


def test_progress_rises_to_the_end(blobs):
    told = []
    trust(
        blobs,
        sweep(blobs, range(2, 4)),
        threads=1,
        progress=lambda share, doing: told.append((share, doing)),
    )
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert told[-1] == (1.0, "Done")

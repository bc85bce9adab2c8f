from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analytics.figures import selection, theme
from analytics.figures.selection import AXES, TITLES, knife, score_curve


@pytest.fixture
def scores(mall_sweep, mall_trust):
    """What is known of every k, resampling included."""
    return mall_sweep.scores.join(mall_trust.counts)


@pytest.mark.parametrize("metric", list(TITLES))
def test_a_curve_draws_its_score_against_k(scores, metric):
    figure = score_curve(scores, metric, chosen=4)
    curve = figure.data[0]
    line, mark = figure.layout.shapes[:2]
    assert list(curve.x) == list(range(2, 11))
    assert list(curve.y) == scores[metric].tolist()
    assert (mark.xanchor, mark.yanchor, mark.opacity) == (4, scores.loc[4, metric], 1)
    assert (line.x0, line.x1) == (4, 4)
    title = figure.layout.title
    assert (title.text, title.subtitle.text) == TITLES[metric]
    assert figure.layout.yaxis.title.text == AXES[metric]


def test_what_has_a_standard_error_has_error_bars(scores):
    curves = {metric: score_curve(scores, metric, chosen=5).data[0] for metric in TITLES}
    for metric in ("silhouette", "prediction_strength"):
        error = curves.pop(metric).error_y.array
        assert list(error) == scores[f"{metric}_se"].tolist()
    assert all(curve.error_y.array is None for curve in curves.values())


@pytest.mark.parametrize("metric", list(TITLES))
def test_the_axes_have_ranges_around_all_that_is_drawn(scores, metric):
    figure = score_curve(scores, metric, chosen=4)
    left, right = figure.layout.xaxis.range
    assert (left < 2, right > 10) == (True, True)
    low, high = figure.layout.yaxis.range
    error = scores.get(f"{metric}_se", pd.Series(0.0, scores.index))
    assert low < (scores[metric] - error).min()
    assert high > (scores[metric] + error).max()
    for trace in figure.data:
        assert low < np.nanmin(trace.y)
        assert high > np.nanmax(trace.y)


def test_the_silhouette_stands_beside_what_chance_reaches(scores, mall_sweep):
    chance = score_curve(scores, "silhouette", chosen=5).data[1]
    assert list(chance.y) == scores["limit"].tolist()
    assert len(score_curve(mall_sweep.scores, "silhouette", chosen=5).data) == 1


@pytest.mark.parametrize(("metric", "height"), [("jaccard", 0.75), ("prediction_strength", 0.8)])
def test_what_is_enough_is_a_line(scores, metric, height):
    layout = score_curve(scores, metric, chosen=5).layout
    assert (layout.shapes[2].y0, layout.shapes[2].y1) == (height, height)
    assert str(height) in layout.annotations[0].text


def test_a_chosen_count_that_was_not_tried_has_a_line_but_no_mark(mall_sweep):
    figure = score_curve(mall_sweep.scores, "wcss", chosen=12)
    line, mark = figure.layout.shapes
    assert (line.x0, mark.opacity) == (12, 0)


def test_only_the_wcss_has_an_elbow(mall_sweep):
    (note,) = score_curve(mall_sweep.scores, "wcss", chosen=3, knee=5).layout.annotations
    assert (note.x, note.y) == (5, mall_sweep.scores.loc[5, "wcss"])
    assert "elbow at 5" in note.text
    assert not score_curve(mall_sweep.scores, "wcss", chosen=3).layout.annotations
    assert not score_curve(mall_sweep.scores, "silhouette", chosen=3, knee=5).layout.annotations


def test_the_knife_has_a_blade_per_segment_of_its_silhouettes_in_order(mall_sweep):
    widths, labels = mall_sweep.silhouettes["5"], mall_sweep.labels["5"]
    figure = knife(widths, labels, 200)
    assert [blade.name for blade in figure.data] == [f"Segment {n}" for n in range(1, 6)]
    for segment, blade in enumerate(figure.data, start=1):
        assert (blade.x[0], blade.x[-1]) == (0, 0)
        inner = np.asarray(blade.x[1:-1])
        assert inner.tolist() == sorted(widths[labels == segment].astype(np.float32))
        assert (np.diff(blade.y) >= 0).all()
        assert blade.line.color == theme.colour(segment)
    assert figure.layout.title.text == "Silhouette of each customer"
    assert "evaluated" not in figure.layout.title.subtitle.text


def test_unreliable_segments_are_marked_on_the_knife(mall_sweep):
    figure = knife(mall_sweep.silhouettes["5"], mall_sweep.labels["5"], 200, {2})
    assert list(figure.layout.yaxis.ticktext) == ["1", "2 (unstable)", "3", "4", "5"]


def test_the_blades_of_the_knife_do_not_overlap(mall_sweep):
    figure = knife(mall_sweep.silhouettes["5"], mall_sweep.labels["5"], 200)
    spans = [(min(blade.y), max(blade.y)) for blade in figure.data]
    assert all(above[1] < below[0] for above, below in pairwise(spans))
    ticks = figure.layout.yaxis
    assert list(ticks.ticktext) == ["1", "2", "3", "4", "5"]
    assert all(low < tick < high for (low, high), tick in zip(spans, ticks.tickvals, strict=True))


def test_the_knife_states_means_and_negative_shares():
    widths = pd.Series([0.5, -0.1, 0.3, 0.9, 0.7])
    figure = knife(widths, pd.Series([1, 1, 1, 2, 2]), 5)
    assert figure.data[0].text == "Segment 1: mean 0.233, 33% negative"
    assert figure.data[1].text == "Segment 2: mean 0.800, 0% negative"
    assert figure.layout.shapes[0].x0 == pytest.approx(0.46)
    assert figure.layout.xaxis.title.text == "Silhouette (dashed: mean 0.460)"


def test_the_knife_says_when_only_some_customers_were_evaluated():
    figure = knife(pd.Series([0.5, 0.1]), pd.Series([1, 2]), 30_000)
    assert figure.layout.title.subtitle.text == "2 of 30,000 customers evaluated"


def test_a_tall_knife_is_thinned(monkeypatch):
    monkeypatch.setattr(selection, "_KNIFE_POINTS", 50)
    widths = pd.Series(np.linspace(0.1, 0.9, 300))
    (blade,) = knife(widths, pd.Series([1] * 300), 300).data
    assert 40 <= len(blade.x) <= 60
    assert (np.diff(blade.x[1:-1]) > 0).all()

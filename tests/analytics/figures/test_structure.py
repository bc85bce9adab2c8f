import numpy as np
import pandas as pd

from analytics.figures import structure


def test_the_gap_is_drawn_with_its_error_and_where_its_rule_stops(mall_sweep):
    figure = structure.gap_curve(mall_sweep.gaps, sufficient=1)
    assert list(figure.data[0].x) == list(range(1, 12))
    np.testing.assert_allclose(figure.data[0].error_y.array, mall_sweep.gaps["gap_se"])
    assert figure.layout.title.subtitle.text.endswith("its rule (dashed) stops at k = 1")
    assert figure.layout.shapes[0].x0 == 1
    bare = structure.gap_curve(mall_sweep.gaps)
    assert "rule" not in bare.layout.title.subtitle.text
    assert not bare.layout.shapes


def test_the_clustergram_joins_every_segment_to_those_it_came_from(mall_sweep):
    figure = structure.clustergram(mall_sweep.heights, mall_sweep.flows)
    *lines, marks = figure.data
    assert sum(np.isnan(np.array(line.x, dtype=float)).sum() for line in lines) == len(
        mall_sweep.flows
    )
    assert len(marks.x) == sum(range(2, 11))
    widths = [line.line.width for line in lines]
    assert widths == sorted(widths)
    ends = {
        (x, round(float(y), 9))
        for line in lines
        for x, y in zip(line.x, line.y, strict=True)
        if not np.isnan(x)
    }
    places = {(x, round(float(y), 9)) for x, y in zip(marks.x, marks.y, strict=True)}
    assert ends == places


def test_a_single_k_has_marks_and_no_lines(blobs):
    from analytics.sweep import sweep

    alone = sweep(blobs, range(3, 4))
    assert len(structure.clustergram(alone.heights, alone.flows).data) == 1


def test_unstable_segments_are_hollow_in_the_clustergram(mall_sweep):
    figure = structure.clustergram(mall_sweep.heights, mall_sweep.flows, {(4, 2)})
    marks = pd.Series(figure.data[-1].marker.symbol, index=mall_sweep.heights.index)
    assert list(marks.index[marks == "circle-open"]) == [(4, 2)]
    assert figure.layout.title.subtitle.text.endswith("; hollow: unstable")

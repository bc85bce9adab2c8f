"""How much each feature decides, drawn."""

import pandas as pd
import pytest

from analytics.figures import theme
from analytics.figures.influence import share_bars


def test_bars_are_the_shares_and_the_line_the_equal_one():
    shares = pd.DataFrame({"share": [0.7, 0.2, 0.1]}, ["Income (k$)", "<b>Age</b>", "Plan"])
    figure = share_bars(shares, {"Income (k$)"})
    bars = figure.data[0]
    assert list(bars.x) == [0.7, 0.2, 0.1]
    assert list(bars.y) == ["Income", "&lt;b&gt;Age&lt;/b&gt;", "Plan"]
    assert list(bars.text) == ["70 %", "20 %", "10 %"]
    assert figure.layout.shapes[0].x0 == pytest.approx(1 / 3)
    assert [colour == theme.ACCENT for colour in bars.marker.color] == [False, True, True]

"""What a page shows is kept until the program changes, for one session, with its customers."""

import numpy as np
import plotly.graph_objects as go
import pytest

from analytics.errors import Expired
from app import shown
from app.services import Services
from app.session import new_token

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"


@pytest.fixture
def workspaces(settings):
    services = Services(settings)
    return [services.of(new_token()) for _ in range(2)]


def asked(workspace, content):
    dataset = workspace.open_file("mall.csv", content)
    return workspace.ask(dataset.key, [INCOME, SPENDING], "standard", 4, 6)


class Maker:
    """Counts how often it is asked."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        array = np.arange(3, dtype=np.float32)
        return {"made": self.times, "array": array, "figure": go.Figure(go.Bar(y=[1, 2]))}


def test_it_is_made_once_and_told_as_the_browser_gets_it(workspaces, mall_csv):
    workspace, make = workspaces[0], Maker()
    request = asked(workspace, mall_csv)
    first = workspace.shown(request, ("first", "5"), make)
    assert first["made"] == 1
    assert first["array"] == [0, 1, 2]
    assert first["figure"]["data"][0]["type"] == "bar"
    assert workspace.shown(request, ("first", "5"), make) == first
    assert make.times == 1


def test_another_part_session_or_program_makes_it_anew(workspaces, mall_csv, monkeypatch):
    make = Maker()
    for workspace in workspaces:
        request = asked(workspace, mall_csv)
        workspace.shown(request, ("first", "5"), make)
    assert make.times == 2
    workspace.shown(request, ("first", "4"), make)
    assert make.times == 3
    monkeypatch.setattr(shown, "program", lambda: "another")
    workspace.shown(request, ("first", "5"), make)
    assert make.times == 4


def test_a_change_of_the_sources_is_another_program(monkeypatch, tmp_path):
    now = shown.program()
    (tmp_path / "analytics").mkdir()
    (tmp_path / "analytics" / "drawn.py").write_text("COLOUR = 1\n")
    monkeypatch.setattr(shown, "__file__", str(tmp_path / "app" / "shown.py"))
    shown.program.cache_clear()
    first = shown.program()
    (tmp_path / "analytics" / "drawn.py").write_text("COLOUR = 2\n")
    shown.program.cache_clear()
    second = shown.program()
    shown.program.cache_clear()
    assert len({now, first, second}) == 3


def test_nothing_is_shown_of_customers_who_are_not_kept(workspaces, mall_csv, settings):
    workspace, make = workspaces[0], Maker()
    request = asked(workspace, mall_csv)
    workspace.shown(request, ("first", "5"), make)
    for place in settings.cache_dir.glob(f"*-{request.dataset}"):
        place.rename(place.with_name("gone"))
    with pytest.raises(Expired):
        workspace.shown(request, ("first", "5"), make)

"""What is decided about the data on the Overview goes through every tab, and can be taken back."""

import csv
import io
import json

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

pytestmark = pytest.mark.browser


@pytest.fixture
def odd(tmp_path):
    """Write 60 customers: an income missing, a region in codes, a short line, a hostile name."""
    lines = ["id,name,income,spending,<b>Region</b>"]
    for n in range(1, 61):
        income = "" if n == 7 else str(20 + 30 * (n % 3))
        name = "<img src=x onerror=alert(1)>" if n == 9 else f"Person no {n}"
        lines.append(f"{n:04},{name},{income},{10 + 20 * (n % 3) + n % 5},{1 + n % 2}")
    lines.insert(5, "9999,short")
    path = tmp_path / f"{tmp_path.name}.csv"  # of its own for each test
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def unfolded(dashboard) -> bool:
    """Unfold the findings of little effect, once they are there."""
    return dashboard.driver.execute_script(
        "var folded = document.querySelector('#overview-alerts details');"
        "if (folded) folded.open = true; return Boolean(folded)"
    )


def select(dashboard, decided: str) -> Select:
    """Find the control that decides something."""
    for element in dashboard.duo.find_elements("select.choice"):
        if json.loads(element.get_attribute("id"))["choice"] == decided:
            unfolded(dashboard)
            dashboard.driver.execute_script(
                "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element
            )
            return Select(element)
    raise AssertionError(decided)


@pytest.fixture(scope="module")
def sample(kept):
    """Open the page; every test brings its own file."""
    kept.visit(every_view=False)
    return kept


def opened(dashboard, path) -> None:
    dashboard.open("overview")
    dashboard.upload(path)
    dashboard.wait_for_text("#page-chip", f"{path.name}, 60 customers")
    dashboard.wait(lambda: not dashboard.duo.redux_state_is_loading, "all of it is told")
    dashboard.wait(
        lambda: (
            unfolded(dashboard) and "Missing values: income" in dashboard.text("#overview-alerts")
        ),
        "the findings are told",
    )


def test_every_row_is_accounted_for_and_those_set_aside_can_be_saved(sample, odd):
    opened(sample, odd)
    assert "61 rows in the file = 60 used + 1 set aside" in sample.text("#overview-ledger")
    assert "9999,short" in sample.text("#overview-aside")
    sample.click("#overview-save-aside")
    saved = list(csv.reader(io.StringIO(sample.downloaded(f"{odd.stem}_set_aside.csv").decode())))
    assert [row[0] for row in saved] == ["line", "6"]
    assert saved[1][2] == "9999,short"


def test_a_choice_reaches_every_tab_and_undo_takes_it_back(sample, odd):
    opened(sample, odd)
    select(sample, "missing:income").select_by_value("drop")
    sample.wait_for_text("#page-chip", f"{odd.name}, 59 customers")
    sample.wait_for_text("#overview-ledger", "61 rows in the file = 59 used + 2 set aside")
    sample.open("segments")
    sample.wait_for_text("#segments-headline", "59 customers")
    sample.open("overview")
    sample.click("#overview-undo")
    sample.wait_for_text("#overview-ledger", "61 rows in the file = 60 used + 1 set aside")
    assert select(sample, "missing:income").first_selected_option.get_attribute("value") == "keep"
    sample.open("segments")
    sample.wait_for_text("#segments-headline", "60 customers")
    assert sample.complaints() == []


def test_another_role_makes_a_feature_of_a_column_or_none(sample, odd):
    opened(sample, odd)
    select(sample, "role:spending").select_by_value("ignored")
    sample.wait_for_text("#overview-changes", "role of “spending”: ignored")
    sample.open("model-selection")
    sample.wait(lambda: "spending" not in sample.text("#selection-features"))
    assert "income" in sample.text("#selection-features")


def test_a_finding_shows_its_rows_and_markup_stays_text(sample, odd):
    opened(sample, odd)
    shown = sample.find("[data-shown='missing:income']")
    sample.click(shown)
    sample.wait_for_text("#overview-preview-note", "The one row of “Missing values: income”")
    sample.wait_for_text("#overview-preview", "0007")
    sample.click("#overview-show-all")
    sample.wait_for_text("#overview-preview-note", "All 60 customers")
    sample.wait_for_text("#overview-preview", "<img src=x onerror=alert(1)>")
    assert "<b>Region</b>" in sample.text("#overview-columns")
    assert not sample.duo.find_elements("img[src=x]")
    assert sample.complaints() == []


def test_whoever_decides_by_keyboard_goes_on_where_they_were(sample, odd):
    opened(sample, odd)
    control = sample.duo.find_element("#overview-columns tr:nth-of-type(3) select.choice")
    id_ = control.get_attribute("id")
    control.send_keys(Keys.ARROW_DOWN)
    sample.wait_for_text("#overview-changes", "role of “income”: categorical")
    active = "return document.activeElement.id"
    sample.wait(lambda: sample.driver.execute_script(active) == id_, "the focus is back")
    sample.press(Keys.ARROW_DOWN)
    sample.wait_for_text("#overview-changes", "role of “income”: ordinal")

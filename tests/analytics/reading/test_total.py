import pytest

from analytics.choices import KEEP
from analytics.reading import read

BODY = b"town,spent\nUlm,5\nBonn,7\nTrier,9\n"


@pytest.mark.parametrize("said", ["Total", "grand total:", "SUMME", "Gesamt"])
def test_a_last_row_that_sums_up_is_told_and_kept_unless_chosen_otherwise(said):
    content = BODY + f"{said},21\n".encode()
    table = read(content)
    assert len(table.lines) == 4
    assert f"The last row, line 5, says “{said}”" in table.notes[0]
    (offer,) = table.offers
    assert (offer.key, offer.chosen, [one.value for one in offer.options]) == (
        "total", KEEP, [KEEP, "drop"],
    )  # fmt: skip
    without = read(content, {"total": "drop"})
    assert [row.line for row in without.set_aside] == [5]
    assert without.set_aside[0].text == f"{said},21"
    assert without.rows == table.rows == 4
    assert without.written()["spent"].tolist() == ["5", "7", "9"]
    assert without.offers[0].chosen == "drop"


@pytest.mark.parametrize("last", [b"", b"Total Recall,3\n", b"Sumatra,3\n", b"12,3\n"])
def test_any_other_last_row_is_a_customer(last):
    table = read(BODY + last)
    assert (table.offers, table.notes) == ((), ())

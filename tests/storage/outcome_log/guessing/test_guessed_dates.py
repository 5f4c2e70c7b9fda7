"""How dates are written: what proves the order of day and month, and that nothing is taken for proven without it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.guessing.joined_dates import joined_dates

DAYS = st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), min_size=1, max_size=30)


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d.%m.%Y %H:%M", "%m/%d/%Y", "%m-%d-%Y %H:%M"]))
def test_an_order_is_proposed_only_where_some_date_has_no_other_meaning(days, written):
    facts = ColumnFacts("d", tuple(f"{day:{written}}" for day in days))
    orders = [one.order for one in facts.readings]
    true = "day first" if written.startswith("%d") else "month first"
    assert true in orders
    proven = any(day.day > 12 for day in days)
    same_either_way = not proven
    assert (len(orders) == 1) == (not same_either_way)


def test_the_row_that_proves_the_order_is_named():
    (only,) = ColumnFacts("d", ("03/04/2026", "25/04/2026")).readings
    assert (only.order, only.proof) == ("day first", "25/04/2026")


@pytest.mark.parametrize(
    ("text", "order"),
    [("2026-10-05T08:30:00+01:00", "year first"), ("20261005", "year first"), ("20261005 083000", "year first"),
     ("5-Oct-2026", "month in letters"), ("10/25/2026 8:30 AM", "month first"),
     ("46300.354167", "spreadsheet day numbers")],
)  # fmt: skip
def test_what_exports_write_is_known(text, order):
    assert [one.order for one in ColumnFacts("d", (text,)).readings] == [order]


def test_a_column_with_a_tenth_of_other_texts_is_no_dates():
    days = [f"{date(2026, 5, 1) + timedelta(days=n):%d/%m/%Y}" for n in range(8)]
    assert ColumnFacts("d", (*days, "unknown", "not done")).readings == ()


def test_a_day_and_its_time_are_one_only_if_they_are_about_the_same():
    facts = {
        "Exam Date": ColumnFacts("Exam Date", ("04/05/2026",)), "Exam Time": ColumnFacts("Exam Time", ("10:15",)),
        "Report Time": ColumnFacts("Report Time", ("11:40",)),
    }  # fmt: skip
    assert joined_dates(facts) == {"Exam Date + Exam Time": ("Exam Date", "Exam Time")}

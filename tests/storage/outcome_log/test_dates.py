"""A date has one meaning or holds its row; nothing about it is guessed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveillance.storage.outcome_log.date_formats import read_format

FORMATS = ["%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%Y%m%d%H%M%S", "%d-%b-%Y %I:%M:%S %p", "%d.%m.%Y %H:%M:%S"]


def micros(text: str) -> int:
    """Give microseconds since 1970 by the standard library: the oracle of this file."""
    return round(datetime.fromisoformat(text).astimezone(UTC).timestamp()) * 1_000_000


def line(time: str) -> str:
    return f'A1,3.2,"{time}",0.25,N'


LONDON = '[dates]\nacquired_at = { format = "%d/%m/%Y %H:%M", zone = "Europe/London" }'


@settings(max_examples=60)
@given(
    st.datetimes(datetime.fromisoformat("1980-01-01"), datetime.fromisoformat("2099-12-31")),
    st.sampled_from(FORMATS),
)  # fmt: skip
def test_agrees_with_the_standard_library(moment, date_format):
    moment = moment.replace(microsecond=0)
    reading = read_format(pa.array([moment.strftime(date_format)]), date_format)

    assert reading.read.all()
    assert reading.local.astype("datetime64[us]")[0] == np.datetime64(moment, "us")


@pytest.mark.parametrize(
    ("text", "date_format"),
    [
        ("31/02/2026", "%d/%m/%Y"), ("29/02/2025", "%d/%m/%Y"), ("00/01/2026", "%d/%m/%Y"), ("01/13/2026", "%d/%m/%Y"),
        ("01/01/26", "%d/%m/%Y"), ("01/01/1899", "%d/%m/%Y"), ("01/01/2026 24:00", "%d/%m/%Y %H:%M"),
        ("01/01/2026 10:60", "%d/%m/%Y %H:%M"), ("01/01/2026 extra", "%d/%m/%Y"), ("01-Foo-2026", "%d-%b-%Y"),
        ("13:00 PM 01/01/2026", "%I:%M %p %d/%m/%Y"), ("2026-1-1", "iso"), ("2026-01-01T1:00", "iso"), ("1", "excel"),
        ("2026-01-01T10:00+19:00", "iso"),
    ],
)  # fmt: skip
def test_a_date_that_does_not_exist_or_fit_is_not_read(text, date_format):
    assert not read_format(pa.array([text]), date_format).read.any()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-04T10:00:00Z", "2026-05-04T10:00:00+00:00"),
        ("2026-05-04T10:00:00+01:00", "2026-05-04T10:00:00+01:00"),
        ("2026-05-04 10:00-0500", "2026-05-04T10:00:00-05:00"),
    ],
)
def test_an_offset_in_the_text_is_obeyed(read, text, expected):
    assert read(line(text)).cases["acquired_at"].tolist() == [micros(expected)]


def test_microseconds_are_kept():
    assert read_format(pa.array(["2026-05-04T10:00:00.000001"]), "iso").local[0] % 1_000_000 == 1


def test_an_excel_serial_day_is_read_where_it_is_declared(read):
    # 46146 is 4 May 2026 in the 1900 system (45292 is 1 January 2024, as Microsoft's documentation of DATEVALUE has it)
    tables = '[dates]\nacquired_at = { format = "excel", zone = "Europe/London" }'
    cases = read(line("46146.5"), tables=tables).cases

    assert cases["acquired_at"].tolist() == [micros("2026-05-04T12:00:00+01:00")]
    assert read(line("46146.5")).rows_held == 1


def test_day_and_month_that_can_be_exchanged_hold_their_rows_where_no_format_is_declared(read):
    parsed = read(line("03/04/2026 10:00"), line("04/04/2026 10:00"), top='zone = "Europe/London"')

    (held,) = parsed.held
    assert (held.line, held.column, held.value) == (2, "Time", "03/04/2026 10:00")
    assert "one meaning" in held.rule
    assert "declare the date format" in held.fix
    assert parsed.cases["acquired_at"].tolist() == [micros("2026-04-04T10:00:00+01:00")]


@pytest.mark.parametrize(
    ("telling", "expected"), [("25/04/2026 10:00", "2026-04-03"), ("04/25/2026 10:00", "2026-03-04")]
)
def test_the_order_of_a_column_is_found_where_only_one_order_reads_it_and_is_shown(read, telling, expected):
    parsed = read(line("03/04/2026 10:00"), line(telling), top='zone = "UTC"')

    assert parsed.cases["acquired_at"].tolist()[0] == micros(f"{expected}T10:00:00+00:00")
    assert "found: it alone reads every date" in parsed.understood.date_formats["acquired_at"]


def test_a_column_in_two_orders_is_held_whole(read):
    parsed = read(line("25/04/2026 10:00"), line("04/25/2026 10:00"), line("03/04/2026 10:00"), top='zone = "UTC"')

    assert parsed.rows_held == 3


def test_two_declared_formats_that_disagree_hold_the_row(read):
    tables = '[dates]\nacquired_at = { format = ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"], zone = "UTC" }'
    parsed = read(line("03/04/2026 10:00"), line("25/04/2026 10:00"), tables=tables)

    assert [held.line for held in parsed.held] == [2]


def test_a_time_without_offset_or_zone_is_held(read):
    (held,) = read(line("2026-05-04T10:00:00")).held

    assert "offset from UTC" in held.rule


def test_a_day_without_a_time_is_held_unless_the_profile_says_which_moment_is_meant(read):
    assert "time of day" in read(line("2026-05-04"), top='zone = "UTC"').held[0].rule
    tables = '[dates]\nacquired_at = { format = "iso", at = "noon", zone = "UTC" }'
    assert read(line("2026-05-04"), tables=tables).cases["acquired_at"].tolist() == [
        micros("2026-05-04T12:00:00+00:00")
    ]


def test_the_hour_that_spring_skips_is_held(read):
    parsed = read(line("29/03/2026 01:30"), line("29/03/2026 00:59"), line("29/03/2026 02:00"), tables=LONDON)

    (held,) = parsed.held
    assert (held.line, held.rule) == (2, "a time must exist in Europe/London")
    expected = [datetime(2026, 3, 29, h, m, tzinfo=ZoneInfo("Europe/London")) for h, m in ((0, 59), (2, 0))]
    assert parsed.cases["acquired_at"].tolist() == [micros(moment.isoformat()) for moment in expected]


def test_the_hour_that_autumn_repeats_is_held_unless_its_offset_is_written(read):
    (held,) = read(line("25/10/2026 01:30"), line("25/10/2026 02:00"), tables=LONDON).held
    assert (held.line, held.rule) == (2, "a time must mean one moment in Europe/London")

    both = read("A1,3.2,2026-10-25T01:30+01:00,0.2,N", "A2,3.2,2026-10-25T01:30+00:00,0.2,N").cases["acquired_at"]
    assert both.tolist() == [micros("2026-10-25T00:30:00+00:00"), micros("2026-10-25T01:30:00+00:00")]


def test_two_digit_years_are_those_of_the_standard_library():
    texts = ["01/01/80", "31/12/99", "01/01/00", "01/01/26", "01/01/68"]
    reading = read_format(pa.array(texts), "%d/%m/%y")

    expected = [np.datetime64(datetime.strptime(text, "%d/%m/%y").date(), "us") for text in texts]  # noqa: DTZ007
    assert reading.local.astype("datetime64[us]").tolist() == [moment.tolist() for moment in expected]

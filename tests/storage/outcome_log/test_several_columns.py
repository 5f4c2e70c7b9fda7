"""What the profile language says of several columns: joined dates, two header lines, products, the repeated hour."""

import numpy as np
import pytest

from surveillance.errors import FileRefused, InvalidProfile
from surveillance.storage.outcome_log import load_profile, read_log

BASE = """
profile = "p"
version = 1
file = "results"
zone = "Europe/London"
{top}
[columns]
case_id = "Study"
acquired_at = "{time}"
{columns}
[constants]
site = "Northtown"
{tables}
"""
PLAIN = 'model = "M"\nversion = "1"\n'


def read(text, *, top="", time="Time", columns="", tables=PLAIN):
    toml = BASE.format(top=top, time=time, columns=columns, tables=tables)
    return read_log(text.encode(), "f.csv", load_profile(toml))


def utc(parsed):
    return [str(np.datetime64(int(at), "us"))[:16] for at in parsed.cases["acquired_at"]]


def test_a_day_and_a_time_are_read_as_one_and_the_day_is_not_taken_for_a_birthday():
    text = "Study,Day,Clock\na,04/05/2026,10:15\nb,25/05/2026,\nc,,\n"
    parsed = read(
        text, time="Day + Clock", top='joined = { "Day + Clock" = ["Day", "Clock"] }',
        tables=PLAIN + '[dates]\nacquired_at = { format = "%d/%m/%Y %H:%M" }\n',
    )  # fmt: skip
    assert utc(parsed) == ["2026-05-04T09:15"]
    assert {(fault.line, fault.column) for fault in parsed.held} == {(3, "Day + Clock"), (4, "Day + Clock")}


def test_a_joined_column_whose_part_is_gone_is_refused_by_its_name():
    with pytest.raises(FileRefused, match="'Clock'"):
        read("Study,Day\na,04/05/2026\n", time="Day + Clock", top='joined = { "Day + Clock" = ["Day", "Clock"] }')


def test_two_header_lines_are_read_and_so_are_rows_that_came_back_with_one():
    top, time = "header_lines = 2", "Scan / Time"
    columns = 'score = "AI / Score"'
    two = "Export of May\nStudy,Scan,AI,\n,Time,Score,Flag\na,2026-05-04 10:15,0.5,Y\n"
    one = "Study,Scan / Time,AI / Score,AI / Flag\na,2026-05-04 10:15,0.5,Y\n"
    for text in (two, one):
        parsed = read(text, top=top, time=time, columns=columns)
        assert (parsed.cases["score"].tolist(), utc(parsed)) == ([0.5], ["2026-05-04T09:15"])


PRODUCTS = """
[[products]]
columns = { score = "A" }
constants = { model = "A", version = "1" }

[[products]]
columns = { score = "B" }
constants = { model = "B", version = "2" }
score = { from = 0, to = 100 }
absent_when_blank = true
"""


def test_a_row_gives_a_study_of_each_product_and_a_fault_of_one_holds_the_row_whole():
    at = "2026-05-04 10:15"
    text = f"Study,Time,A,B\na,{at},0.5,70\nb,{at},0.5,\nc,{at},0.5,700\n,{at},0.1,1\n"
    parsed = read(text, tables=PRODUCTS)
    rows = parsed.cases[["line", "model", "version", "score"]].to_dict("split")["data"]
    assert rows == [[2, "A", "1", 0.5], [2, "B", "2", 0.7], [3, "A", "1", 0.5]]
    assert [(fault.line, fault.column) for fault in parsed.held] == [(4, "B"), (5, "Study")]
    assert (parsed.rows, parsed.rows_accepted) == (4, 2)


def test_a_row_of_a_product_that_nobody_named_is_held_and_not_lost():
    picked = (
        PRODUCTS.replace('columns = { score = "A" }', 'when = { Product = "A" }')
        .replace('columns = { score = "B" }', 'when = { Product = "B" }')
        .replace("absent_when_blank = true", "")
    )
    text = "Study,Time,Product,Score\na,2026-05-04 10:15,A,0.5\na,2026-05-04 10:15,B,50\na,2026-05-04 10:15,C,0.5\n"
    parsed = read(text, columns='score = "Score"', tables=picked)
    assert parsed.cases[["model", "score"]].to_numpy().tolist() == [["A", 0.5], ["B", 0.5]]
    assert [(fault.line, fault.column, fault.value) for fault in parsed.held] == [(4, "Product", "C")]


def test_products_of_which_one_is_incomplete_are_refused_with_its_number():
    with pytest.raises(InvalidProfile, match=r"number 2.*columns\.version is missing"):
        load_profile(BASE.format(top="", time="T", columns="", tables=PRODUCTS.replace(', version = "2"', "")))


NIGHT = ["00:50", "01:10", "01:50", "01:05", "01:40", "02:10"]


@pytest.mark.parametrize(
    ("clocks", "utc_minutes"),
    [
        (NIGHT, ["23:50", "00:10", "00:50", "01:05", "01:40", "02:10"]),
        (["01:10", "01:50"], []),  # no step back: either pass
        (["01:50", "01:10", "01:50", "01:10"], []),  # two steps
        (["03:00", "01:50", "01:10"], ["03:00"]),  # not in order of time
    ],
)
def test_the_hour_that_autumn_repeats_is_told_by_one_step_back_and_by_nothing_less(clocks, utc_minutes):
    lines = "".join(f"s{n},2026-10-25 {clock}\n" for n, clock in enumerate(clocks))
    rule = '[dates]\nacquired_at = { format = "iso", repeated_hour = "in file order" }\n'
    parsed = read("Study,Time\n" + lines, tables=PLAIN + rule)
    assert [moment[11:] for moment in utc(parsed)] == utc_minutes
    held = read("Study,Time\n" + lines)
    assert all("01:" in fault.value for fault in held.held)
    assert len(held.held) == sum(clock.startswith("01:") for clock in clocks)


def test_a_counted_total_is_left_out_by_how_it_begins():
    text = "Study,Time\na,2026-05-04 10:15\nTotal: 1,\n"
    parsed = read(text, top='skip_last_when = { Study = "Total*" }')
    assert (parsed.rows, parsed.held, len(parsed.notes)) == (1, (), 1)

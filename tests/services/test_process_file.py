"""The weeks of the XmR charts as a file: what another program reads back."""

import csv
import io
from datetime import date

from surveillance.services.page_models import ProcessChart
from surveillance.services.process_file import COLUMNS, process_file


def test_another_program_reads_back_every_week_and_an_empty_cell_where_there_is_no_value():
    chart = ProcessChart(
        "turnaround_median", "Turnaround, median", "minutes", "lower is better",
        (date(2026, 11, 15), date(2026, 11, 22)), (None, 9.25), (0, 44), ("not judged", "concern"),
        ("", "above the upper process limit"), ("no studies this week", ""), 5.0, 2.5, 7.5,
    )  # fmt: skip
    quiet, marked = csv.DictReader(io.StringIO(process_file([chart]).decode()))

    assert tuple(quiet) == COLUMNS
    assert (quiet["value"], quiet["type"], quiet["reason"]) == ("", "not judged", "no studies this week")
    assert (marked["week_ending"], marked["value"], marked["type"]) == ("2026-11-22", "9.25", "concern")
    assert (marked["mean"], marked["lower_limit"], marked["upper_limit"]) == ("5.0", "2.5", "7.5")

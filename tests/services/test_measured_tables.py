"""Measured figures are shown as the simulations wrote them, beside what they were measured against."""

import csv
from importlib.resources import files

import pytest

from surveillance.services.measured_tables import KINDS, measured_tables, shortfalls
from surveillance.services.methods import documented

COVERAGE = """metric,method,setting,positives,prevalence,nominal,coverage,standard_error,runs,judgement
auroc,logit,binormal .856,5,0.1,0.95,0.902,0.003,10000,undercovers
auroc,logit,binormal .856,20,0.1,0.95,0.9312,0.0025,10000,undercovers
auroc,logit,binormal .856,100,0.1,0.95,0.948,0.0022,10000,holds
brier,Wald,,50,0.1,0.95,0.95,0.0022,10000,holds
"""
RUN_LENGTHS = """chart,design,quantity,computed,simulated,standard_error,z
bernoulli_cusum,H 31,mean run length in control,1043.61,1041.2,3.31,-0.73
"""
TEST_SIZES = """test,setting,n,nominal,measured,standard_error,runs
spiegelhalter,beta risks,200,0.05,0.0512,0.0022,10000
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("coverage", COVERAGE), ("run_lengths", RUN_LENGTHS), ("test_sizes", TEST_SIZES)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_metric_shows_its_own_rows_with_the_nominal_beside_the_measured(folder):
    (table,) = measured_tables("auroc", folder)
    at = table.columns.index("Says")

    assert table.columns[at : at + 2] == ("Says", "Holds, measured")
    assert [row[at : at + 2] for row in table.rows] == [
        ("95.0 %", "90.2 %"),
        ("95.0 %", "93.1 %"),
        ("95.0 %", "94.8 %"),
    ]


def test_what_is_the_same_in_every_row_is_said_once(folder):
    (table,) = measured_tables("auroc", folder)

    assert table.caption == "Interval: logit · Simulated cases: binormal .856 · Prevalence: 10.0 % · Runs: 10,000"
    assert "Prevalence" not in table.columns


def test_an_interval_that_undercovers_is_named_in_a_sentence_and_no_other(folder):
    (table,) = measured_tables("auroc", folder)

    assert table.sentences == (
        "With 5 positives this interval holds the truth in 90 of 100 cases, not 95.",
        "With 20 positives this interval holds the truth in 93 of 100 cases, not 95.",
    )


def test_several_settings_of_one_count_are_one_sentence_from_worst_to_best():
    row = {"positives": "5", "nominal": "0.95", "judgement": "undercovers"}

    assert shortfalls([{**row, "coverage": "0.881"}, {**row, "coverage": "0.914"}]) == (
        "With 5 positives this interval holds the truth in 88 to 91 of 100 cases, not 95, "
        "depending on the cases simulated.",
    )


def test_the_fewest_positives_are_named_first_in_whatever_order_they_were_measured():
    row = {"nominal": "0.95", "coverage": "0.92", "judgement": "undercovers"}
    said = shortfalls([{**row, "positives": positives} for positives in ("20", "5", "100")])

    assert [sentence.split()[1] for sentence in said] == ["5", "20", "100"]


def test_a_shortfall_is_never_rounded_up_to_what_was_promised():
    row = {"positives": "50", "nominal": "0.95", "coverage": "0.946", "judgement": "undercovers"}

    assert shortfalls([row]) == ("With 50 positives this interval holds the truth in 94.6 of 100 cases, not 95.",)


def test_charts_and_tests_find_their_rows_by_name(folder):
    (chart,), (test,) = measured_tables("bernoulli_cusum", folder), measured_tables("spiegelhalter", folder)

    assert chart.rows == (("mean run length in control", "1,044", "1,041", "3.31", "-0.73"),)
    assert test.rows == (("5.0 %", "5.1 %", "0.2 %"),)


def test_a_method_or_a_file_that_is_not_there_has_no_figures(folder):
    assert measured_tables("specificity", folder) == ()
    (folder / "coverage.csv").unlink()
    assert measured_tables("auroc", folder) == ()


def test_figures_under_other_headings_are_refused(folder):
    (folder / "coverage.csv").write_text(COVERAGE.replace("nominal,coverage", "coverage,nominal"), encoding="utf-8")

    with pytest.raises(ValueError, match=r"coverage\.csv needs the columns metric, method"):
        measured_tables("auroc", folder)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.file)
def test_every_shipped_row_belongs_to_a_listed_method(kind):
    path = files("surveillance.services.measured") / kind.file
    named = {row[kind.key] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}

    assert named
    assert named <= {entry.name for entry in documented()}


def test_what_should_have_been_measured_and_was_not_says_so():
    silent = {entry.name for entry in documented() if not entry.measured and not entry.not_measured}

    assert silent.isdisjoint({"auroc", "sensitivity", "bernoulli_cusum", "spiegelhalter"})

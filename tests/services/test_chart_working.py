"""What stands under a chart: what it counts, and run lengths and chances that agree with one another."""

from dataclasses import asdict, replace

import pytest

from surveillance.domain.chart_design import rate_design
from surveillance.domain.in_control import InControl
from surveillance.domain.independence import Independence
from surveillance.services.chart_working import cost_rows, design_notes
from surveillance.services.charts import rare_words
from surveillance.services.stored_designs import stored_design
from tests.domain.small_log import plan

DEPENDENT = Independence(weeks=25, events=130, dispersion=7.84, dispersion_p=0.001)
OWN = InControl("baseline", 30, 300, 0.1, "estimated from the baseline: 30 of 300 verified positives not flagged")


def design(watches="missed_positives", *, factor=None, low=None):
    made = plan()
    found = rate_design(made, next(c for c in made.chart if c.watches == watches), "Northtown")
    if low is not None:
        cost = {"years": 10.0, "chance_one_year": 0.10, "chance_two_years": 0.19, "low_years": low}
        both = [replace(tier, **cost, larger_low_years=2 * low) for tier in (found.alarm, found.action)]
        found = replace(found, estimated=OWN, alarm=both[0], action=both[1])
    return asdict(found if factor is None else found.checked(DEPENDENT, factor, factor))


def rows(one):
    return {name: (alarm.replace("\xa0", " "), action.replace("\xa0", " ")) for name, alarm, action in cost_rows(one)}


def row(one, start):
    (found,) = [values for name, values in rows(one).items() if name.startswith(start)]
    return found


def test_chances_and_percentiles_are_those_of_the_simulated_run_length():
    shown = design(factor=0.1, low=3.0)

    assert row(shown, "Chance of a false one within one year") == ("65 %", "65 %")  # 1 - 0.9 ** 10
    assert row(shown, "Chance of a false one within two years") == ("88 %", "88 %")  # 1 - 0.81 ** 10
    assert row(shown, "10th percentile") == ("0.3 years", "0.3 years")
    assert row(shown, "The same with 1.5 times") == ("0.6 years", "0.6 years")
    assert row(shown, "Simulated on the baseline's own weeks") == ("1.0 year", "1.0 year")


def test_a_chance_near_certainty_is_not_rounded_up_to_it():
    assert row(design(factor=0.001, low=3.0), "Chance of a false one within two years")[0] == "over 99.9 %"


def test_the_run_length_of_independent_studies_says_so_where_weeks_are_not():
    assert "Average time between false ones" in rows(design())
    assert "Average time between false ones, if studies were independent" in rows(design(factor=0.1))


@pytest.mark.parametrize(
    ("watches", "counts"),
    [
        ("missed_positives", "It counts verified positives:"),
        ("false_flags", "It counts verified negatives:"),
        ("technical_failures", "It counts eligible studies, verified or not:"),
    ],
)
def test_a_chart_says_which_studies_it_counts(watches, counts):
    assert counts in design_notes(design(watches))[0]


@pytest.mark.parametrize("watches", ["missed_positives", "technical_failures"])
def test_no_run_length_is_called_exact_beside_a_simulated_one(watches):
    said = " ".join(design_notes(design(watches, factor=0.1)))

    assert "**simulated**" in said
    assert "run length exact" not in said
    assert "exact" not in said.split("The figure for independent studies")[0]
    assert "Run length: exact" in " ".join(design_notes(design(watches)))


def test_the_studies_of_a_baseline_are_said_once():
    said = design_notes(design(low=3.0))[1]

    assert said.count("300") == 1


def test_the_label_of_a_limit_gives_what_nine_of_ten_estimated_baselines_keep_not_the_average():
    assert rare_words(stored_design(design(low=3.0)).alarm) == "1 false in 3 years, or rarer"
    assert rare_words(stored_design(design(factor=0.1, low=3.0)).action) == "1 false in 0.3 years, or rarer"
    assert "rarer" not in rare_words(stored_design(design()).alarm)

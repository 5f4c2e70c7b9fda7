"""Delays under partial verification: the simulation against the exact law, and against the reference figures."""

import pytest

from tests.simulation.partial_verification import (
    AUDITS,
    FEW,
    REFERENCE,
    RUNS,
    Setting,
    design,
    exact,
    settings,
    simulated,
)
from tests.simulation.tables import DELAYS, read

WORST_Z = 4.15
# Where the reference figures (rounded, runs not recorded) are met: within half a digit and what their runs may miss.
CLOSE = {key: value for key, value in REFERENCE.items() if key[2] > 0.1}


def assert_agree(setting, runs):
    law, found = exact(setting), simulated(setting, runs)

    for value, wanted, error in (
        (found.mean, law.mean, found.mean_error),
        (found.late, law.late, 1.3 * found.late_error),  # the error of the error: it comes from twenty batches
        (found.found, law.found, found.found_error),
    ):
        assert abs(value - wanted) < WORST_Z * error


@pytest.mark.parametrize("setting", settings(), ids=str)
def test_simulated_delays_are_those_of_the_exact_law(setting):
    assert_agree(setting, FEW)


@pytest.mark.validate
@pytest.mark.parametrize("setting", settings(), ids=str)
def test_simulated_delays_are_those_of_the_exact_law_in_the_full_set(setting):
    assert_agree(setting, RUNS)


@pytest.mark.parametrize(("key", "reference"), CLOSE.items(), ids=str)
def test_delays_are_those_of_the_reference_where_a_quarter_or_more_is_audited(key, reference):
    mean, late, found = reference
    law = exact(Setting(*key))

    assert law.mean == pytest.approx(mean, abs=1.0)
    assert law.late == pytest.approx(late, abs=1.0)
    assert found is None or law.found == pytest.approx(found, abs=0.035)


def test_a_tenth_audited_finds_the_share_of_the_reference_within_the_ramp():
    for years in (2, 16):
        assert exact(Setting("ramp", years, 0.1)).found == pytest.approx(REFERENCE["ramp", years, 0.1][2], abs=0.015)


@pytest.mark.parametrize("years", [2, 16])
def test_less_audit_means_later(years):
    delays = [exact(Setting("ramp", years, audit)) for audit in AUDITS]

    assert [delay.mean for delay in delays] == sorted(delay.mean for delay in delays)
    assert [delay.found for delay in delays] == sorted((delay.found for delay in delays), reverse=True)


@pytest.mark.parametrize("setting", settings(), ids=str)
def test_the_chart_is_the_products_for_positives_of_the_bleed_service(setting):
    made = design(setting)
    asked = setting.years * 365.25 / 7

    assert made.positives_a_week == pytest.approx(21.7, abs=0.05)
    assert made.in_control == pytest.approx(0.10 * setting.audit / (0.10 * setting.audit + 0.90))
    assert asked <= made.run_length_weeks < 1.08 * asked


def test_the_measured_table_has_every_setting_and_the_exact_law_of_today():
    for row, setting in zip(read(DELAYS), settings(), strict=True):
        assert (row["kind"], int(row["years"]), float(row["audit"])) == (setting.kind, setting.years, setting.audit)
        assert float(row["exact_mean"]) == pytest.approx(exact(setting).mean, abs=1e-3)

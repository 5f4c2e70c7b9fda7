"""Run lengths of normal charts against spc 0.6.7 in R and against the printed tables."""

import pytest

from surveillance.detectors import Ewma, TabularCusum, TwoSidedCusum

# spc holds its arguments to the fixture's 0.002; printed tables are held to one unit of their last digit.


@pytest.mark.parametrize("limit", [4, 5])
def test_one_sided_cusum(reference, limit):
    expected = reference("spc_cusum_normal_k05").expected
    entry = expected[f"one_sided_h{limit}"]

    for side, sign in (("upper", 1.0), ("lower", -1.0)):
        chart = TabularCusum(limit, 0.5, side)
        got = [chart.run_length(sign * shift) for shift in expected["mu"]]
        assert got == pytest.approx(entry["value"], rel=entry["rtol"])


@pytest.mark.parametrize("limit", [4, 5])
def test_two_sided_cusum_with_and_without_a_head_start(reference, limit):
    expected = reference("spc_cusum_normal_k05").expected
    pair = TwoSidedCusum(limit)

    for name, start in ((f"two_sided_h{limit}", 0.0), (f"two_sided_h{limit}_FIR", limit / 2.0)):
        got = [pair.run_length(shift, start) for shift in expected["mu"]]
        assert got == pytest.approx(expected[name]["value"], rel=expected[name]["rtol"])


def test_two_sided_cusum_agrees_with_montgomery_and_with_lucas_and_crosier(reference):
    expected = reference("spc_cusum_normal_k05").expected
    montgomery, lucas = expected["published_montgomery_table9_3"], expected["published_lucas_crosier_1982_h4"]

    # Montgomery prints 38 and 17 for h = 5 at 0.5 and 0.75: two figures.
    for row, shift in enumerate(montgomery["mu"]):
        assert TwoSidedCusum(4.0).run_length(shift) == pytest.approx(montgomery["h4"][row], rel=0.006)
        assert TwoSidedCusum(5.0).run_length(shift) == pytest.approx(montgomery["h5"][row], rel=0.006)
        assert TwoSidedCusum(4.0).run_length(shift) == pytest.approx(lucas["zero"][row], rel=0.006)
        assert TwoSidedCusum(4.0).run_length(shift, 2.0) == pytest.approx(lucas["FIR_h_over_2"][row], rel=0.006)


def test_siegmunds_approximation_lies_within_one_per_cent_of_the_run_length(reference):
    expected = reference("spc_cusum_normal_k05").expected

    one, two = expected["siegmund_one_sided_h5_mu0"]["value"], expected["siegmund_two_sided_h5_mu0"]["value"]
    assert TabularCusum(5.0).run_length(0.0) == pytest.approx(one, rel=0.01)
    assert TwoSidedCusum(5.0).run_length(0.0) == pytest.approx(two, rel=0.01)


def test_limits_for_370_are_those_of_spc_and_the_printed_one():
    # spc::xcusum.crit(0.5, 370): 4.0954 one-sided, 4.7738 two-sided; Hawkins (1993) prints 4.77.
    assert TabularCusum.design(run_length=370).limit == pytest.approx(4.0954, abs=1e-4)
    assert TwoSidedCusum.design(run_length=370).limit == pytest.approx(4.7738, abs=1e-4)


def test_chance_of_a_false_alarm_within_one_and_two_years_of_weeks():
    # spc::xcusum.sf(0.5, 4, 0, n) at 52 and 104: 13.5 % and 26 %.
    chart = TabularCusum(4.0)

    assert chart.run_length_distribution(0.0, 52) == pytest.approx(0.135, abs=5e-4)
    assert chart.run_length_distribution(0.0, 104) == pytest.approx(0.26, abs=5e-3)


@pytest.mark.parametrize("row", range(5))
def test_ewma(reference, row):
    expected = reference("spc_ewma_lucas_saccucci").expected
    chart = Ewma(expected["L"][row], expected["lambda"][row], "both")

    got = [chart.run_length(shift) for shift in expected["mu"]]

    assert got == pytest.approx(expected["arl"]["value"][row], rel=expected["arl"]["rtol"])
    printed = expected["published_lucas_saccucci_1990"]["rows"][f"l{expected['lambda'][row] * 100:02.0f}"]
    # Printed to three figures, to one decimal below 10.
    assert all(abs(g - p) <= max(0.0051 * p, 0.0501) for g, p in zip(got, printed, strict=True))


def test_ewma_with_limits_that_stand_still_and_that_widen():
    # spc::xewma.arl(0.1, 2.7, 0, sided = "two") with limits "fix" and "vacl".
    assert Ewma(2.7, 0.1, "both").run_length(0.0) == pytest.approx(369.0, abs=0.05)
    assert Ewma(2.7, 0.1, "both", widening=True).run_length(0.0) == pytest.approx(356.1, abs=0.05)
    assert Ewma.design(weight=0.1, run_length=369.0, side="both").width == pytest.approx(2.7, abs=1e-4)


def test_median_run_length_of_an_ewma_for_370():
    # spc::xewma.q: at a run length of 370, lambda 0.1, the median is 259.
    chart = Ewma.design(weight=0.1, run_length=370, side="both")

    assert abs(chart.delay_quantile(0.0, 0.5) - 259) <= 1

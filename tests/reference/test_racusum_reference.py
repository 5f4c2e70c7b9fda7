"""Risk-adjusted CUSUM against vlad 0.2.2, surveillance 1.20.3 and the printed scores."""

import numpy as np
import pytest

from surveillance.detectors import RiskAdjustedCusum
from surveillance.detectors.risk_weights import risk_weights

MIX = np.repeat([0.02, 0.1, 0.3], [6, 3, 1])


@pytest.mark.parametrize(("odds_ratio", "name"), [(2.0, "W_RA2"), (0.5, "W_RA0.5")])
def test_scores_are_steiners(reference, agrees, odds_ratio, name):
    case = reference("racusum_steiner_scores")

    weights = risk_weights(case.numbers("y") == 1, case.numbers("p"), odds_ratio)

    assert agrees(weights, case.expected[name])


def test_scores_are_the_printed_ones(reference):
    case = reference("racusum_steiner_scores")

    weights = risk_weights(case.numbers("y") == 1, case.numbers("p"), 2.0)

    assert weights == pytest.approx(case.expected["published_steiner2014_RA2"], abs=5e-4)


@pytest.mark.parametrize(("odds_ratio", "limit", "side"), [(2.0, "h_up", "upper"), (0.5, "h_down", "lower")])
def test_paths_and_alarms_agree(reference, odds_ratio, limit, side):
    case = reference("racusum_path_synthetic")
    chart = RiskAdjustedCusum(odds_ratio=odds_ratio, limit=case.inputs["params"][limit])
    entry = case.expected[f"{side}_path_reset"]

    path = chart.run(case.numbers("y"), case.numbers("p"))

    assert path.statistic == pytest.approx(entry["value"], abs=max(entry["atol"], 1e-9))
    assert (path.signals + 1).tolist() == case.expected[f"{side}_alarms_1based"]["value"]


@pytest.mark.parametrize(("odds_ratio", "name"), [(2.0, "arl_RA2"), (0.5, "arl_RAhalf")])
@pytest.mark.parametrize("row", range(4))
def test_run_lengths_agree_for_every_true_change(reference, agrees, odds_ratio, name, row):
    expected = reference("racusum_arl_three_point_mix").expected
    chart = RiskAdjustedCusum(odds_ratio=odds_ratio, limit=expected["h"][row])

    got = [chart.run_length(MIX, true) for true in expected["true_odds_ratio"]]

    assert got == pytest.approx(expected[name]["value"][row], rel=expected[name]["rtol"])


@pytest.mark.parametrize(("odds_ratio", "name"), [(2.0, "h_RA2"), (0.5, "h_RAhalf"), (1.5, "h_RA1.5")])
def test_designed_limits_agree(reference, odds_ratio, name):
    expected = reference("racusum_arl_three_point_mix").expected

    limits = [
        RiskAdjustedCusum.design(risk=MIX, odds_ratio=odds_ratio, run_length=target).limit for target in expected["L0"]
    ]

    assert limits == pytest.approx(expected[name]["value"], abs=expected[name]["atol"])


@pytest.mark.parametrize("check", range(4))
def test_run_lengths_lie_within_the_references_own_simulation(reference, check):
    simulated = reference("racusum_arl_three_point_mix").expected["mc_check"]["rows"][check]
    limit, odds_ratio, true = [(2, 2, 1), (3, 2, 1), (3, 2, 2), (3, 0.5, 1)][check]

    got = RiskAdjustedCusum(odds_ratio=odds_ratio, limit=limit).run_length(MIX, true)

    assert abs(got - simulated[0]) < 3.0 * simulated[1]

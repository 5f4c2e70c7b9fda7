"""The display beside a risk-adjusted chart is expected less observed by week, on an external risk only."""

import numpy as np
import pytest

from surveillance.domain.case_log import Decision
from surveillance.domain.chart_steps import risk_steps
from surveillance.domain.chart_vlad import weekly_vlad
from surveillance.domain.study_frame import frame
from tests.domain.small_log import Study, log, plan, week


def test_weekly_values_by_hand():
    risks, truth, weeks = [0.2, 0.5, 0.3, 0.4], [0, 1, 2, 0], [0, 0, 1, 3]
    studies = [
        Study(7 * when + 0.1 * place, 1, score=risk)
        for place, (risk, when) in enumerate(zip(risks, weeks, strict=True))
    ]
    made = frame(plan(), log(studies, decisions=[Decision("outcome_given_risk:2", 0)]), week(4))
    steps = risk_steps(made, 2.0, 1000, 0)
    line = weekly_vlad(steps, np.arange(4), np.array(truth, dtype=np.int8), np.array(weeks), 4)

    assert line == pytest.approx([-0.3, -0.3, -0.3, 0.1, 0.1])  # the doubtful truth of week 1 counts for nothing


def test_before_the_first_study_there_is_nothing():
    made = frame(plan(), log([Study(15, 1, score=0.2)]), week(3))
    steps = risk_steps(made, 2.0, 1000, 0)
    line = weekly_vlad(steps, np.array([0]), np.array([1], dtype=np.int8), np.array([2]), 3)

    assert np.isnan(line[:2]).all()
    assert line[2:] == pytest.approx([-0.8, -0.8])


def test_an_event_of_a_study_of_risk_nought_counts_in_full():
    studies = [Study(7.0 * when, 1, score=risk) for risk, when in ((0.0, 0), (0.5, 0.5), (0.0, 1), (0.5, 1.5))]
    made = frame(plan(), log(studies), week(1))
    steps, truth = risk_steps(made, 2.0, 1000, 0), np.array([1, 0, 1, 1], dtype=np.int8)

    assert weekly_vlad(steps, np.arange(4), truth, np.array([0, 0, 1, 1]), 1) == pytest.approx([-0.5, -2.0])
    assert steps.studies(np.arange(4), truth) == 4

"""A chart that cannot be designed waits with its reason, and the rest of the evaluation goes on."""

import dataclasses
from datetime import date

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.plan import Plan
from tests.domain.small_log import Study, log, plan, week

CALIBRATION = {
    "detector": "risk_adjusted_cusum", "watches": "calibration", "odds_ratios": [2.0, 0.5],
    "share_of_budget": {"alarm": 0.5},
}  # fmt: skip
FAILURES = {
    "detector": "bernoulli_cusum", "watches": "technical_failures", "acceptable": 0.03, "unacceptable": 0.08,
    "share_of_budget": {"alarm": 0.5},
}  # fmt: skip


def scored(score, *, weeks=14, first=0, seed=1):
    """Return 40 studies a week with a score each, three in ten of them positive, all verified."""
    rng = np.random.default_rng(seed)
    studies = []
    for day in (np.arange(first * 40, weeks * 40) + 0.5) * 7 / 40:
        truth = int(rng.random() < 0.3)
        studies.append(Study(float(day), truth, [(float(day) + 0.05, truth, "report")], float(score(rng, truth))))
    return studies


def beta(rng, truth):
    """Return a score that tells the classes apart."""
    return rng.beta(2 + 3 * truth, 4 - 2 * truth)


def watched(charts, **changes):
    """Return a plan of these charts."""
    return plan(
        top={"chart": charts, "kpi": [], "trigger": [], "expected_per_week": {"studies": 40, "prevalence": 0.3}}
        | changes
    )


@pytest.mark.parametrize("score", [lambda rng, _: float(rng.random() < 0.5), lambda *_: 1e-9], ids=["0 or 1", "tiny"])
def test_scores_without_surprise_keep_their_chart_waiting_and_the_others_running(score):
    judged = list(evaluate_weeks(watched([CALIBRATION, FAILURES]), log(scored(score)), [week(i) for i in range(3, 14)]))

    waiting, running = judged[-1].charts[0], judged[-1].charts[-1]
    assert "cannot be designed for this site's scores" in waiting.waiting
    assert running.design is not None
    assert len(judged) == 11


def test_a_site_that_joins_a_pooled_baseline_late_is_charted_on_its_own_first_studies():
    baseline = {
        "from": date(2026, 1, 5), "to": date(2026, 3, 1), "minimum_positives": 20, "minimum_batches": 1,
        "pool_sites": True,
    }  # fmt: skip
    other = dataclasses.replace(log(scored(beta)), site="Eastfield")
    late = dataclasses.replace(log(scored(beta, first=8, seed=2)), pooled=(other,))
    both = watched([CALIBRATION], sites=["Northtown", "Eastfield"], baseline=baseline)

    judged = list(evaluate_weeks(both, late, [week(i) for i in range(8, 14)]))

    assert judged[0].baseline.met
    assert "waits for 100 studies" in judged[0].charts[0].waiting
    assert "first 100 studies" in judged[-1].charts[0].design.estimated.words


def test_the_line_of_a_chart_that_waited_is_kept_whole_when_it_begins():
    judged = evaluate_weeks(watched([CALIBRATION]), log(scored(beta)), [week(i) for i in range(8)])

    first = next(kept.charts[0] for kept in judged if kept.charts[0].design is not None)

    assert first.changed_from == 0
    assert not np.isnan(first.statistic[0])


@pytest.mark.parametrize("watches", ["calibration", "outcome_given_risk"])
def test_a_score_that_is_no_probability_has_no_chart_of_probabilities(watches):
    made = watched([FAILURES]).model_dump(by_alias=True)
    chart = CALIBRATION | {"watches": watches}
    with pytest.raises(ValueError, match="needs a score that is a probability"):
        Plan.model_validate(made | {"score": "score", "external_risk": True, "chart": [chart]})

"""The diagram's figures: which are given at how many positives, weighted where audited, and calibrated scores."""

from dataclasses import asdict
from datetime import date

import numpy as np
import pytest
from scipy.special import expit, logit

from surveillance import metrics
from surveillance.domain.baseline import baseline_state
from surveillance.domain.calibration_figures import EDGES
from surveillance.domain.evaluation import evaluate
from surveillance.domain.maturity import maturity
from surveillance.domain.reliability import WeeklyReliability, reliability
from surveillance.domain.study_frame import frame
from tests.domain.small_log import Study, content, end, log, plan, week

# A chart of probabilities is refused for a score that is none.
NO_RISK_CHART = {
    "trigger": [],
    "chart": [
        {
            "detector": "bernoulli_cusum",
            "watches": "technical_failures",
            "acceptable": 0.03,
            "unacceptable": 0.08,
            "share_of_budget": {"alarm": 0.5},
        }
    ],
}
BASELINE = {"from": date(2026, 1, 5), "to": date(2026, 2, 1), "minimum_positives": 50, "minimum_batches": 1}
LAST = 8


def studies(positives, negatives, seed=1, fraction=1.0, first=0.0, last=40.0):
    """Return studies over some days with well-spread scores, flagged from .3 on, each confirmed next day."""
    rng = np.random.default_rng(seed)
    made = []
    for truth in [1] * positives + [0] * negatives:
        score = float(expit(rng.normal(0.5 if truth else -2.5, 1.2)))
        called = int(score >= 0.3)
        day = float(rng.uniform(first, last))
        audited = bool(called or rng.random() < fraction)
        made.append(Study(day, called, [(day + 1, truth, "report")] if audited else [], score, audited=audited))
    return made


def diagram(made, rows, at=LAST):
    """Return the diagram as an evaluation gives it, without its charts."""
    as_of, own = end(at), frame(made, log(rows), week(at))
    known = own.truth.known_at(as_of)
    met = baseline_state(made, (own,), (known,), week(at)).met
    return reliability(made, own, maturity(made, own), known, as_of, met)


def figures(found):
    return {one.name: one for one in found.figures}


@pytest.mark.parametrize(
    ("positives", "given"),
    [
        (99, {"observed_expected", "brier", "spiegelhalter", "net_benefit"}),
        (100, {"observed_expected", "brier", "spiegelhalter", "net_benefit", "calibration_intercept", "slope"}),
        (199, {"observed_expected", "brier", "spiegelhalter", "net_benefit", "calibration_intercept", "slope"}),
        (200, "all"),
    ],
)
def test_weak_calibration_asks_for_a_hundred_of_each_class_and_the_curve_for_two_hundred(positives, given):
    """statistics.md, section 4: slope from 100 positives and negatives on, curve and ICI from 200 on."""
    found = diagram(plan(), studies(positives, 400))
    shown = {
        name.replace("calibration_slope", "slope") for name, one in figures(found).items() if one.value is not None
    }

    assert shown == (set(figures(found)) - {"calibration_slope"} | {"slope"} if given == "all" else given)
    assert (found.smooth is not None) == (positives == 200)
    if positives == 99:
        assert "needs 100 positives and 100 negatives (a judgement of the field), got 99 and 400" in (
            figures(found)["calibration_slope"].why
        )
        assert "got 99 and 400" in found.no_smooth


def test_every_figure_has_its_counts_and_a_range_or_the_reason_for_what_is_missing():
    for rows in (studies(250, 400), studies(30, 60)):
        for one in diagram(plan(), rows).figures:
            assert (one.n, one.positives) in {(650, 250), (90, 30)}
            assert one.why or (one.low is not None and one.low < one.value < one.high), one.name
            assert one.value is None or one.method


@pytest.mark.parametrize("fraction", [1.0, 0.25], ids=["all verified", "audited"])
def test_figures_are_the_definitions_on_the_verified_studies(fraction):
    rows = studies(500, 1800, seed=3, fraction=fraction)
    found = diagram(plan(truth={"audit_fraction_unflagged": fraction}), rows)
    seen = [one for one in sorted(rows, key=lambda s: s.day) if one.truths]
    truth, score = np.array([s.truths[0][1] for s in seen]), np.array([s.score for s in seen])
    called = np.array([s.called for s in seen])
    weight = None if fraction == 1 else np.where(called == 1, 1.0, 1 / fraction)

    named = figures(found)
    for name in ("observed_expected", "brier", "calibration_intercept", "calibration_slope"):
        estimate = getattr(metrics, name)(truth, score, weight=weight)
        got = (named[name].value, named[name].low, named[name].high)
        assert got == pytest.approx((estimate.value, estimate.low, estimate.high), rel=1e-9), name
    index = metrics.integrated_calibration_index(truth, score, weight=weight)
    assert named["integrated_calibration_index"].value == pytest.approx(index.value, abs=1e-3)
    assert named["spiegelhalter"].value == pytest.approx(metrics.spiegelhalter(truth, score).statistic)
    benefit = metrics.compare_net_benefit(truth, called, score[called == 1].min(), weight=weight)
    assert named["net_benefit"].value == pytest.approx(benefit.flags.value)
    assert dict(named["net_benefit"].beside)["flag_all"] == pytest.approx(benefit.flag_all.value)
    curve = metrics.reliability_curve(truth, score, edges=EDGES, weight=weight)
    assert found.now.observed == pytest.approx(curve.observed)
    assert found.now.low == pytest.approx(curve.low)
    assert found.audit == fraction


def test_flags_that_do_not_follow_one_score_have_no_net_benefit():
    stray = Study(3.0, 1, [(4.0, 1, "report")], 0.05)
    found = figures(diagram(plan(), [*studies(60, 100), stray]))["net_benefit"]

    assert found.value is None
    assert "needs flags from one score on, got studies flagged at 0.05 and others not flagged at 0.2" in found.why


def test_scores_that_are_not_probabilities_wait_for_the_baseline_and_are_then_calibrated_on_it():
    made = plan(top={"score": "score", "baseline": BASELINE, **NO_RISK_CHART})
    rows = studies(300, 900, last=27.9)

    assert diagram(made, rows, at=2) is None
    found = diagram(made, rows)

    assert found.calibrated.startswith("logistic calibration on the log-odds of the score")
    assert figures(found)["calibration_intercept"].value == pytest.approx(0.0, abs=1e-8)
    assert figures(found)["calibration_slope"].value == pytest.approx(1.0, abs=1e-8)


def test_what_a_calibrated_score_has_come_to_mean_since_the_baseline_is_what_the_figures_say():
    """After the baseline the same truths come with log-odds halved: the slope against the baseline's rule is 2."""
    made = plan(top={"score": "score", "baseline": BASELINE, "windows": {"weeks": [4]}, "kpi": [], **NO_RISK_CHART})
    before = studies(300, 900, last=27.9)
    halved = [
        Study(s.day + 28, s.called, [(s.day + 28.01, s.truths[0][1], "report")], float(expit(logit(s.score) / 2)))
        for s in before
    ]

    found = diagram(made, [*before, *halved], at=7)

    assert found.first.number == week(4).number
    assert figures(found)["calibration_slope"].value == pytest.approx(2.0, abs=1e-6)


def test_too_few_baseline_positives_teach_no_rule():
    made = plan(top={"score": "score", "baseline": BASELINE, **NO_RISK_CHART})

    found = evaluate(made, log(studies(60, 900, last=27.9)), week(LAST).end("UTC"))

    assert found.baseline.met
    assert found.reliability is None


@pytest.mark.parametrize("score", ["probability", "score"])
def test_a_diagram_carried_from_week_to_week_is_the_one_of_its_week_alone(score):
    """Also where a truth of the baseline is corrected after the baseline was met."""
    charts = [chart for chart in content()["chart"] if chart["watches"] != "calibration"]
    made = plan(top={"score": score, "baseline": BASELINE, "chart": charts})
    corrected = [Study(3.0 + i / 100, 1, [(4.0, 1, "report"), (46.0, 0, "report")], 0.9) for i in range(20)]
    rows = [*studies(300, 900, last=27.9), *corrected, *studies(60, 200, seed=2, first=28.0, last=60.0)]
    own = frame(made, log(rows), week(LAST))
    carried, baselines = WeeklyReliability(made, own, maturity(made, own)), []
    for at in range(LAST + 1):
        known = own.truth.known_at(end(at))
        met = baseline_state(made, (own,), (known,), week(at)).met
        alone = reliability(made, own, maturity(made, own), known, end(at), met)
        found = carried.at(known, end(at), met)

        assert (found is None) == (alone is None)
        if found is not None and alone is not None:
            np.testing.assert_equal(asdict(found), asdict(alone))
            baselines.append(found.baseline.positives.sum())
    assert baselines[-1] == baselines[-4] - len(corrected)

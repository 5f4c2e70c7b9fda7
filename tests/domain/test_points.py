"""Every figure of every window against the readable definitions, on the log as it was known."""

import numpy as np
import pytest

from surveillance import metrics
from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.measures import MEASURES
from surveillance.errors import NotEstimable
from surveillance.metrics.audited_rates import sensitivity_audited, specificity_audited
from tests.domain.plain_chart import first_truth, newest_truth
from tests.domain.small_log import Study, log, plan, week

ORDER = {1: ["adjudication", "report"], 0: ["audit", "report"]}
LAST = 17
NORMAL = 1.959963984540054
COUNTS = {"eligible", "indeterminate"}


def random_log(seed, fraction):
    """Return 18 weeks of studies with doubtful, late, missing and corrected truths, failures and a partial audit."""
    rng = np.random.default_rng(seed)
    studies = []
    for day in np.sort(rng.uniform(0, 7 * (LAST + 1), 900)):
        truth = bool(rng.random() < 0.2)
        score = float(np.clip(np.round(1 / (1 + np.exp(-rng.normal(2.0 if truth else -2.0, 1.5))), 2), 0.01, 0.99))
        called = int(score >= 0.5)
        audited = bool(called or rng.random() < fraction)
        truths = []
        if audited and rng.random() < 0.9:
            value = int(rng.choice([truth, 2], p=[0.96, 0.04]))
            truths.append((float(day + rng.exponential(5 if called else 20)), value, "report"))
            if rng.random() < 0.2:
                source = "adjudication" if called else "audit"
                truths.append((truths[0][0] + rng.exponential(20), int(rng.random() < 0.3), source))
        status = "processed" if rng.random() < 0.95 else str(rng.choice(["failed", "not_sent"]))
        minutes = float(np.round(rng.lognormal(1.5, 0.7), 1))
        known = fraction if rng.random() < 0.5 else float("nan")
        studies.append(Study(float(day), called, truths, score, status, audited, known, minutes=minutes))
    return studies


def audited_plan(fraction):
    """Return the bleed plan for a log with that audit fraction, provisional throughout."""
    truth = {"flagged": ORDER[1], "unflagged": ORDER[0], "audit_fraction_unflagged": fraction}
    made = plan(truth=truth)
    never = made.baseline.model_dump(by_alias=True) | {"minimum_positives": 10_000}
    return plan(truth=truth, top={"baseline": never})


class Window:
    """The studies of some weeks as they were known at the end of a week, counted one by one."""

    def __init__(self, studies, first, last, now, fraction):
        self.fraction = fraction
        self.studies = [s for s in studies if 7 * first <= s.day < 7 * (last + 1)]
        self.processed = [s for s in self.studies if s.status == "processed"]
        self.expected = [s for s in self.processed if s.called or s.audited]
        self.known = [(s, newest_truth(s, ORDER[s.called], 7 * (now + 1))) for s in self.expected]
        self.settled = [(s, bool(t)) for s, t in self.known if t in (0, 1)]
        self.truth = np.array([t for _, t in self.settled], dtype=bool)
        self.score = np.array([s.score for s, _ in self.settled], dtype=float)
        self.called = np.array([s.called == 1 for s, _ in self.settled], dtype=bool)
        self.weight = np.where(self.called, 1.0, 1 / fraction)

    def cell(self, truth, called):
        return int(((self.truth == truth) & (self.called == called)).sum())

    def definition(self, name):
        """Return a measure's value, low and high by its definition; None for an interval that is not given."""
        cell, estimate = self.cell, None
        if name == "auroc" and self.fraction < 1:
            estimate = metrics.auroc_weighted(self.truth, self.score, self.weight)
        elif name == "sensitivity" and self.fraction < 1:
            estimate = sensitivity_audited(cell(True, True), cell(True, False), self.fraction)
        elif name == "specificity" and self.fraction < 1:
            estimate = specificity_audited(cell(False, True), cell(False, False), self.fraction)
        elif name in ("sensitivity", "specificity", "positive_predictive_value", "negative_predictive_value"):
            estimate = getattr(metrics, name)(self.truth, self.called)
        elif name == "flag_rate":
            estimate = metrics.flag_rate(np.array([s.called == 1 for s in self.processed], dtype=bool))
        elif name == "expected_calibration_error":
            estimate = metrics.expected_calibration_error(self.truth, self.score, bins=10)
        elif name in ("auroc", "brier", "observed_expected", "calibration_intercept", "calibration_slope"):
            estimate = getattr(metrics, name)(self.truth, self.score)
        if estimate is not None:
            return estimate.value, *self.interval(estimate)
        return self.throughput(name)

    def throughput(self, name):
        if name in COUNTS:
            doubtful = sum(t == 2 for _, t in self.known)
            return {"eligible": len(self.studies), "indeterminate": doubtful}[name], None, None
        if name.startswith("turnaround"):
            level = 0.5 if name.endswith("median") else 0.95
            estimate = metrics.quantile(np.array([s.minutes for s in self.processed]), level)
            return estimate.value, *self.interval(estimate)
        if name == "prevalence" and self.fraction < 1:
            return float(np.average(self.truth, weights=self.weight)), None, None
        if name == "expected_ppv":
            return self.expected_ppv()
        late = [
            s for s, t in self.known if t is not None
            and first_truth(s, ORDER[s.called]) - s.day > (14 if s.called else 30)
        ]  # fmt: skip
        done = {
            "processed_share": (len(self.processed), len(self.studies)),
            "failed_share": (len(self.studies) - len(self.processed), len(self.studies)),
            "missing_truths": (sum(t is None for _, t in self.known), len(self.known)),
            "late_truths": (len(late), len(self.known)),
            "prevalence": (int(self.truth.sum()), len(self.truth)),
        }[name]
        return done[0] / done[1], *wilson(*done)

    def expected_ppv(self):
        """Return the acceptance values .90 and .95 carried to this window's prevalence, by Bayes' rule."""

        def carried(p):
            return None if p is None else 0.90 * p / (0.90 * p + 0.05 * (1 - p))

        return tuple(carried(p) for p in self.definition("prevalence"))

    @staticmethod
    def interval(estimate):
        try:
            return estimate.low, estimate.high
        except NotEstimable:
            return None, None


def wilson(successes, n):
    """Return Wilson's interval, written out (Wilson 1927)."""
    share, z2 = successes / n, NORMAL**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = NORMAL / (1 + z2 / n) * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return centre - half, centre + half


@pytest.mark.parametrize("fraction", [1.0, 0.3], ids=["fully verified", "audited"])
@pytest.mark.parametrize("seed", range(2))
def test_every_measure_on_every_window_is_its_definition_on_the_log_as_it_was_known(seed, fraction):
    studies = random_log(seed, fraction)
    made = audited_plan(fraction)
    checked, without = dict.fromkeys(MEASURES, 0), 0
    for evaluation in evaluate_weeks(made, log(studies), [week(i) for i in (3, 4, 11, LAST)]):
        now = evaluation.week.number - week(0).number
        for window in made.weeks:
            for last in range(now + 1):
                there = Window(studies, max(0, last + 1 - window), last, now, fraction)
                for name in MEASURES:
                    point = evaluation.points.at(name, window, last)
                    try:
                        value, low, high = there.definition(name)
                    except NotEstimable:
                        assert isinstance(point.estimate, NotEstimable)
                        without += 1
                        continue
                    assert point.value == pytest.approx(value, rel=1e-9, abs=1e-9), (name, window, last)
                    assert (point.low, point.high) == (
                        (None, None) if low is None else pytest.approx((low, high), rel=1e-9, abs=1e-9)
                    ), (name, window, last)
                    checked[name] += 1
    assert min(checked.values()) > 40


def test_every_figure_gives_its_own_counts():
    studies = random_log(0, 1.0)
    (evaluation,) = evaluate_weeks(audited_plan(1.0), log(studies), [week(LAST)])
    there = Window(studies, LAST - 12, LAST, LAST, 1.0)

    def counts(name):
        point = evaluation.points.at(name, 13, LAST)
        return point.events, point.n

    positives = int(there.truth.sum())
    assert counts("sensitivity") == (there.cell(True, True), positives)
    assert counts("specificity") == (there.cell(False, False), len(there.truth) - positives)
    assert counts("auroc") == counts("calibration_slope") == (positives, len(there.truth))
    assert counts("failed_share") == (len(there.studies) - len(there.processed), len(there.studies))
    assert counts("turnaround_median")[1] == len(there.processed)


def test_a_window_without_studies_says_so_and_the_next_one_goes_on():
    studies = [Study(day, 1, [(day + 1, 1, "report")], 0.9) for day in (0, 1, 21)]
    (evaluation,) = evaluate_weeks(audited_plan(1.0), log(studies), [week(3)])

    empty, full = evaluation.points.at("sensitivity", 1, 1), evaluation.points.at("sensitivity", 1, 3)
    assert isinstance(empty.estimate, NotEstimable)
    assert "needs confirmed positives, got 0" in str(empty.estimate)
    assert full.value == 1.0

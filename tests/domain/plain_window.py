"""Every figure of a window by its readable definition, studies counted one by one: the oracle of the points."""

import numpy as np

from surveillance import metrics
from surveillance.errors import NotEstimable
from surveillance.metrics.audited_rates import sensitivity_audited, specificity_audited
from tests.domain.plain_chart import first_truth, newest_truth

ORDER = {1: ["adjudication", "report"], 0: ["audit", "report"]}
NORMAL = 1.959963984540054
COUNTS = {"eligible", "indeterminate"}
CALIBRATION = {
    "brier",
    "observed_expected",
    "calibration_intercept",
    "calibration_slope",
    "expected_calibration_error",
}


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
        self.sampling = self.weight if fraction < 1 else None

    def cell(self, truth, called):
        return int(((self.truth == truth) & (self.called == called)).sum())

    def definition(self, name):
        """Return a measure's value, low and high by its definition; None for an interval that is not given."""
        cell, estimate = self.cell, None
        if name.endswith("_naive"):
            estimate = getattr(metrics, name.removesuffix("_naive"))(*self.columns(name))
        elif name == "auroc" and self.fraction < 1:
            estimate = metrics.auroc_weighted(self.truth, self.score, self.weight)
            if self.called.all():  # nothing tells of the studies that the AI did not flag
                return estimate.value, None, None
        elif name in ("negative_predictive_value", "prevalence") and self.fraction < 1:
            if self.called.all():
                raise NotEstimable(f"{name} needs audited studies, got 0")
            estimate = getattr(metrics, f"{name}_weighted")(self.truth, self.called, self.weight)
        elif name == "sensitivity" and self.fraction < 1:
            estimate = sensitivity_audited(cell(True, True), cell(True, False), self.fraction)
        elif name == "specificity" and self.fraction < 1:
            estimate = specificity_audited(cell(False, True), cell(False, False), self.fraction)
        elif name in ("sensitivity", "specificity", "positive_predictive_value", "negative_predictive_value"):
            estimate = getattr(metrics, name)(self.truth, self.called)
        elif name == "flag_rate":
            estimate = metrics.flag_rate(np.array([s.called == 1 for s in self.processed], dtype=bool))
        elif name == "chance_calibration_error":
            return metrics.chance_calibration_error(self.score, weight=self.sampling).mean, None, None
        elif name == "brier_reliability":
            parts = metrics.brier_decomposition(self.truth, self.score, weight=self.sampling)
            return parts.reliability, None, None
        elif name == "spiegelhalter":
            return metrics.spiegelhalter(self.truth, self.score).statistic, None, None
        elif name in CALIBRATION:
            estimate = getattr(metrics, name)(self.truth, self.score, weight=self.sampling)
        elif name == "auroc":
            estimate = metrics.auroc(self.truth, self.score)
        if estimate is not None:
            return estimate.value, *self.interval(estimate)
        return self.throughput(name)

    def columns(self, name):
        """Return the columns that an unweighted figure takes; without an audit there is no figure beside the other."""
        if self.fraction == 1:
            raise NotEstimable(f"{name} needs a partial audit, got a whole one")
        return self.truth, self.score if name.startswith("auroc") else self.called

    def throughput(self, name):
        if name in COUNTS:
            doubtful = sum(t == 2 for _, t in self.known)
            return {"eligible": len(self.studies), "indeterminate": doubtful}[name], None, None
        if name.startswith("turnaround"):
            level = 0.5 if name.endswith("median") else 0.95
            estimate = metrics.quantile(np.array([s.minutes for s in self.processed]), level)
            return estimate.value, *self.interval(estimate)
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

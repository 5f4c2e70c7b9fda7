"""Whether the weeks of a met baseline behave independently, as an exact run length takes them to."""

from dataclasses import replace
from hashlib import sha256

import numpy as np

from surveillance.detectors import BernoulliCusum, PoissonCusum, RiskAdjustedCusum
from surveillance.detectors.block_bootstrap import block_bootstrap_run_length
from surveillance.detectors.weekly_dependence import level_fitted, rate_dependence, risk_dependence
from surveillance.domain.baseline_sample import Sample
from surveillance.domain.chart_design import ChartDesign
from surveillance.domain.independence import Independence
from surveillance.domain.plan_parts import odds_moved
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import IntArray

BLOCK_WEEKS = 4
ANY_VOLUME = 10_000  # studies of each week in a chart that does not count them: alike, and far more than events
EDGE = 1e-6  # a risk of 0 or 1 has no odds


def with_check(design: ChartDesign, sample: Sample, seed: str) -> ChartDesign:
    """Return a design with the check of its baseline and, where weeks are not independent, simulated run lengths.

    The simulated run length is that of a chart of the same kind on blocks of the baseline's own weeks, as a share
    of what it would be for independent studies at the baseline's own level: the level is the plan's matter, not
    the check's. `seed` names the plan and the deployment, so that the same baseline gives the same answer.
    """
    rng = np.random.default_rng(int.from_bytes(sha256(f"{seed}/{design.key}".encode()).digest()[:8], "big"))
    try:
        found = _dependence(design, sample, rng)
    except NotEstimable as reason:
        return design.checked(Independence(why=str(reason)), 1.0, 1.0)
    if not found.found:
        return design.checked(found, 1.0, 1.0)
    if design.detector == "time_between_events":  # so few events in blocks of weeks would tell no run length
        return replace(design, check=found)
    alarm = _factor(design, sample, design.alarm.asked_studies)
    action = 1.0 if design.action is None else _factor(design, sample, design.action.asked_studies)
    return design.checked(found, alarm, action)


def _dependence(design: ChartDesign, sample: Sample, rng: np.random.Generator) -> Independence:
    if len(sample.week) == 0:
        raise NotEstimable("The check of a baseline needs studies that this chart counts, got 0")
    if design.detector == "poisson_cusum":
        events = _counts(sample)
        one = rate_dependence(events, np.full(len(events), ANY_VOLUME), rng)
    elif design.odds_ratio is None:
        first, span = int(sample.week[0]), int(sample.week[-1] - sample.week[0]) + 1
        studies = np.bincount(sample.week - first, minlength=span)
        events = np.bincount(sample.week[sample.event] - first, minlength=span)
        one = rate_dependence(events, studies, rng)
    else:
        risk = np.clip(sample.risk, EDGE, 1 - EDGE)
        one = risk_dependence(sample.event.astype(np.int64), risk, sample.week, rng)
    return Independence(
        one.weeks, one.events, one.dispersion, one.dispersion_p, one.autocorrelation, one.autocorrelation_p
    )


def _factor(design: ChartDesign, sample: Sample, asked: float) -> float:
    """Return the run length on the baseline's own weeks as a share of the one of independent studies."""
    if design.detector == "poisson_cusum":
        return _factor_of_counts(design, _counts(sample), asked)
    first, last = int(sample.week[0]), int(sample.week[-1])
    starts = np.searchsorted(sample.week, np.arange(first, last + 2)).astype(np.int64)
    if design.odds_ratio is None:
        assert design.in_control is not None
        assert design.asked_out_of_control is not None
        rate = float(sample.event.mean())
        low, high = design.in_control, design.asked_out_of_control
        ratio = high * (1 - low) / (low * (1 - high))
        chart = BernoulliCusum.design(in_control=rate, out_of_control=odds_moved(rate, ratio), run_length=asked)
        steps, limit, independent = chart.steps(sample.event), chart.limit_steps, chart.run_length(rate)
    else:
        risk = level_fitted(sample.event.astype(np.int64), np.clip(sample.risk, EDGE, 1 - EDGE))
        same = RiskAdjustedCusum.design(risk=risk, odds_ratio=design.odds_ratio, run_length=asked)
        steps, limit = same.lattice_steps(sample.event, risk), same.limit_steps
        independent = same.run_length(risk)
    try:
        return block_bootstrap_run_length(steps, starts, limit, block=BLOCK_WEEKS) / independent
    except NotEstimable:  # these weeks never lift the path to its limit: no shorter than for independent studies
        return 1.0


def _counts(sample: Sample) -> IntArray:
    """Return the events of each week that has a study, as the chart of weekly counts takes them."""
    _, week = np.unique(sample.week, return_inverse=True)
    return np.bincount(week, weights=sample.event).astype(np.int64)


def _factor_of_counts(design: ChartDesign, counts: IntArray, asked: float) -> float:
    assert design.in_control is not None
    assert design.asked_out_of_control is not None
    mean = float(counts.mean())
    worse = mean * design.asked_out_of_control / design.in_control
    chart = PoissonCusum.design(in_control=mean, out_of_control=worse, run_length=asked)
    starts = np.arange(len(counts) + 1, dtype=np.int64)
    try:
        found = block_bootstrap_run_length(chart.steps(counts), starts, chart.limit_steps, block=BLOCK_WEEKS)
    except NotEstimable:  # as above
        return 1.0
    return found / chart.run_length(mean)

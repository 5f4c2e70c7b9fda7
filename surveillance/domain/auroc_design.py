"""The AUROC chart of a deployment: designed from its frozen baseline's own scores, within the plan's budget."""

from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

import numpy as np

from surveillance.domain.auroc_chart import AurocChartDesign, AurocLimit
from surveillance.domain.auroc_limits import auroc_chart_design
from surveillance.domain.budget import WEEKS_A_YEAR, line
from surveillance.domain.chart_cost import Tier, tier
from surveillance.domain.chart_design import ChartDesign
from surveillance.domain.chart_limits import LARGER, TierLimit
from surveillance.domain.in_control import InControl
from surveillance.domain.numbers import number
from surveillance.domain.plan import Plan
from surveillance.domain.plan_chart import Chart
from surveillance.domain.verification import verified_per_week
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, FloatArray


def batches_per_week(plan: Plan, chart: Chart, site: str) -> float:
    """Return how many batches a week the plan's volume and prevalence close at one site, every study verified."""
    return verified_per_week(plan, site) * plan.expected_per_week.prevalence / chart.batch_positives


def auroc_design(
    plan: Plan, chart: Chart, site: str, title: str, truth: BoolArray, score: FloatArray
) -> tuple[ChartDesign, AurocChartDesign]:
    """Design the AUROC chart from a frozen baseline, its run lengths counted in batches.

    The same plan, site and baseline always draw the same batches, so that a past week can be computed again.

    Parameters
    ----------
    truth : bool array of shape (n,); of the baseline's studies, over all sites it is pooled with
    score : float array of shape (n,)

    Raises
    ------
    NotEstimable
        If the baseline gives no such chart, with the reason.
    """
    volume, budget, share = batches_per_week(plan, chart, site), plan.budget, chart.share_of_budget
    asked = line(budget.alarms_per_year, share.alarm, volume).events
    upper = None
    if chart.may_recommend_stop:
        upper = line(budget.recommendations_per_year, share.action, volume).events
    seed = f"{plan.plan}/{plan.version}/{site}/{chart.watches}"
    made = _drawn(truth.tobytes(), score.tobytes(), asked, upper, volume * WEEKS_A_YEAR, seed, chart)
    if isinstance(made, NotEstimable):
        raise made
    baseline, average = made.baseline.auroc, chart.detector == "ewma"
    action = None
    if made.action is not None and made.action_steps is not None and upper is not None:
        cost = made.action, made.action_steps, upper
        action = _tier(*cost, share.action, budget.recommendations_per_year, volume)
    words = f"estimated from the baseline: AUROC {number(baseline.value)} of {baseline.positives:,} positives"
    design = ChartDesign(
        key=chart.key,
        watches=chart.watches,
        title=title,
        change=f"evidence that AUROC has fallen by {chart.drop:.2g}",
        level="alarm",
        unit="standard errors of the average" if average else "standard errors",
        steps_per_unit=made.chart.steps_per_unit,
        steps_down=0,
        alarm_steps=made.alarm_steps,
        action_steps=made.action_steps,
        events_per_week=volume,
        alarm=_tier(made.alarm, made.alarm_steps, asked, share.alarm, budget.alarms_per_year, volume),
        action=action,
        in_control=None,
        out_of_control=None,
        asked_out_of_control=None,
        odds_ratio=None,
        estimated=InControl("baseline", baseline.positives, baseline.n, baseline.value, words),
        detector=chart.detector,
        weight=chart.weight if average else None,
    )
    return design, made


def _tier(one: AurocLimit, steps: int, asked: float, share: float, per_year: float, volume: float) -> Tier:
    chances = one.chances[0], one.chances[1]
    delay = float(one.delay_median), float(one.delay_p95)
    limit = TierLimit(steps, asked, one.run_length, chances, delay, one.run_length_p10, one.run_length_p10_larger)
    return replace(tier(limit, share, per_year, volume), error_years=one.run_length_error / (volume * WEEKS_A_YEAR))


@lru_cache(maxsize=64)
def _drawn(
    truth: bytes, score: bytes, alarm: float, action: float | None, year: float, seed: str, chart: Chart
) -> AurocChartDesign | NotEstimable:
    """Design once for each baseline; where that cannot be done the reason is kept, not sought again every week."""
    flags, scores = np.frombuffer(truth, dtype=np.bool_), np.frombuffer(score, dtype=np.float64)
    try:
        made = auroc_chart_design(
            flags,
            scores,
            alarm_run_length=alarm,
            action_run_length=action,
            rng=np.random.default_rng(int.from_bytes(sha256(seed.encode()).digest()[:8], "big")),
            batch_positives=chart.batch_positives,
            reference=chart.reference,
            weight=chart.weight if chart.detector == "ewma" else None,
            drop=chart.drop,
            larger_baseline=int(np.ceil(LARGER * np.count_nonzero(flags))),
            within=(round(year), round(2 * year)),
        )
    except NotEstimable as reason:
        return reason
    except ValueError as reason:
        return NotEstimable(f"This chart cannot be designed from its share of the budget, in batches: {reason}.")
    # Batches of any size must have a variance: parts below zero come of classes that all but never overlap.
    if min(made.baseline.z10, made.baseline.z01, made.baseline.z11) <= 0.0:
        value = made.baseline.auroc.value
        return NotEstimable(
            f"A chart of the AUROC needs classes that overlap in the baseline, got an AUROC of {value:.4f}"
        )
    return made

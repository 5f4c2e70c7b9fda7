"""One story by hand for the figures: bleed triage whose sensitivity falls from week 38 on; all figures invented."""

from datetime import date, timedelta

import numpy as np

from surveillance.domain.reliability import Reliability
from surveillance.domain.weeks import Week
from surveillance.metrics import reliability_curve
from surveillance.services.page_models import (
    AxisEvent,
    ChartLine,
    ChartsPage,
    Mark,
    Performance,
    Series,
    ThroughputPage,
)

LAST = date(2026, 11, 22)
WEEKS = tuple(LAST - timedelta(weeks=49 - place) for place in range(50))
COMPLETE = date(2026, 11, 1)
ONSET = (date(2026, 9, 13), date(2026, 9, 27))
EVENTS = (AxisEvent(date(2026, 3, 2), "plan 3"), AxisEvent(date(2026, 9, 14), "CT-2 replaced"))


def series(metric: str, title: str, level: float, late: float, unit: str, threshold: float | None, size: int) -> Series:
    """Return 50 weeks about a level that moves to `late` from the onset on."""
    rng = np.random.default_rng(size)
    mean = np.where(np.array([day >= ONSET[0] for day in WEEKS]), late, level)
    value = np.clip(np.convolve(mean + rng.normal(0, 0.02, 50), np.ones(4) / 4, "same"), 0, 1)
    value[:2], value[-2:] = level, late
    half = 1.96 * np.sqrt(value * (1 - value) / size) + 0.005
    mature = tuple(day <= COMPLETE for day in WEEKS)
    high = np.minimum(value + half, 1)
    beyond = [threshold is not None and bool(top < threshold) and ok for top, ok in zip(high, mature, strict=True)]
    return Series(
        metric,
        title,
        unit,
        4,
        WEEKS,
        tuple(f"{day.isocalendar().year}-W{day.isocalendar().week:02d}" for day in WEEKS),
        tuple(float(one) for one in value),
        tuple(float(one) for one in np.maximum(value - half, 0)),
        tuple(float(one) for one in high),
        (size,) * 50,
        tuple(round(float(one) * size) if unit == "share" else size for one in value),
        mature,
        (False,) * 50,
        tuple("breach" if one else "within" for one in beyond),
        ("",) * 50,
        threshold,
        "higher",
        "Wilson score interval",
    )


SENSITIVITY = series("sensitivity", "Sensitivity", 0.905, 0.76, "share", 0.90, 88)
SPECIFICITY = series("specificity", "Specificity", 0.955, 0.945, "share", 0.93, 1016)
AUROC = series("auroc", "AUROC", 0.955, 0.913, "area", 0.90, 300)
PERFORMANCE = Performance(
    "Sensitivity is **below the plan**: the whole range, 67–85 %, lies under 90 %. Specificity and AUROC are within.",
    (1, 4, 13),
    4,
    (),
    (SENSITIVITY, SPECIFICITY, AUROC),
    COMPLETE,
    EVENTS,
)


def line(key: str, title: str, change: str, seed: int, drifts: bool, limits: tuple[float, float | None]) -> ChartLine:
    """Return one chart: quiet, or past both limits after the onset."""
    rng = np.random.default_rng(seed)
    value, path = 0.0, []
    for day in WEEKS:
        value = max(0.0, value + rng.normal(1.3 if drifts and day >= ONSET[1] else -0.35, 0.7))
        path.append(value)
    alarm, action = limits
    marks = []
    for name, limit in (("alarm", alarm), ("action", action)):
        passed = [
            place for place, one in enumerate(path) if limit is not None and one > limit and WEEKS[place] <= COMPLETE
        ]
        if passed:
            week = WEEKS[passed[0]]
            words = f"{'stop-use' if name == 'action' else 'alarm'} limit passed in week {week.isocalendar().week}"
            marks.append(Mark(week, path[passed[0]], name, words))
    return ChartLine(
        key,
        title,
        change,
        "events",
        "action" if len(marks) == 2 else "",
        WEEKS,
        tuple(path),
        tuple(one + 0.3 for one in path),
        COMPLETE,
        alarm,
        action,
        f"**alarm {alarm}**{', passed week 40' if marks else ''}\n1 false in 3 years",
        f"**stop-use {action}**{', passed week 42' if marks else ''}\n1 false in 30 years" if action else "",
        f"**{path[-4]:.1f}** in week 44" + ("\n157 % of stop-use" if marks else ""),
        tuple(marks),
        ONSET if marks else None,
        "likely onset\nweeks 37–39" if marks else "",
        "",
        "Bernoulli CUSUM from 10 % to 20 %; limits 4.4 and 6.6 by Markov chain at 22 positives a week.",
    )


CHARTS = ChartsPage(
    "The chart for positives the AI did not flag is **past its stop-use limit since week 42**. By chance that happens "
    "once in 30 years. The other two charts are quiet.",
    (
        ("Between false alarms", "1 year", "on average, all three charts"),
        ("Between false stop-use", "10 years", "18 % chance of one in two years"),
        ("To notice 1 in 5", "6 weeks", "on average; 95 % within 13"),
        ("Likely onset", "weeks 37–39", "CT-2 replaced in week 38"),
    ),
    (
        line(
            "missed_positives",
            "Positives the AI did not flag",
            "evidence that 1 in 10 has become 1 in 5",
            3,
            True,
            (4.4, 6.6),
        ),
        line("false_flags", "False flags", "5 % to 7.5 %", 5, False, (5.6, 8.1)),
        line("technical_failures", "Technical failures", "3 % to 6 %", 8, False, (5.0, 7.2)),
    ),
    EVENTS,
)


def diagram() -> Reliability:
    """Return a diagram whose low scores hide more than they say."""
    rng = np.random.default_rng(11)
    score = rng.beta(0.35, 2.2, 3640)
    truth = rng.random(3640) < np.minimum(score * 1.35, 0.98)
    base = rng.random(3640) < score
    week = Week.of(COMPLETE)
    return Reliability(
        Week(week.number - 12),
        week,
        reliability_curve(truth, score),
        reliability_curve(base, score),
        int(truth.sum()),
        3640,
        0.61,
    )


THROUGHPUT = ThroughputPage(
    "**278 eligible studies** in week 47, 269 processed.",
    (),
    (
        series("processed_share", "Processed", 0.97, 0.968, "share", None, 278),
        series("missing_truths", "Expected truths still missing", 0.03, 0.06, "share", None, 270),
    ),
    ("Version 3.2.1 is watched here.",),
)

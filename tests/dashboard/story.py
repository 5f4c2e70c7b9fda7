"""One story by hand for every page: bleed triage whose sensitivity falls from week 38 on; all figures invented."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from surveillance.domain.reliability import Reliability
from surveillance.domain.row_state import RowState
from surveillance.domain.weeks import Week
from surveillance.metrics import reliability_curve
from surveillance.services.page_models import (
    AlarmCard,
    CalibrationPage,
    ChartLine,
    ChartsPage,
    Figure,
    Head,
    Mark,
    Performance,
    Quarantined,
    Series,
    Spark,
    StopUsePage,
    ThisWeek,
    ThroughputPage,
    WeekRow,
)

LAST = date(2026, 11, 22)
WEEKS = tuple(LAST - timedelta(weeks=49 - place) for place in range(50))
COMPLETE = date(2026, 11, 1)
ONSET = (date(2026, 9, 13), date(2026, 9, 27))
EVENTS = ((date(2026, 3, 2), "plan 3"), (date(2026, 9, 14), "CT-2 replaced"))
RAISED = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
SENTENCE = (
    "The AI is flagging **fewer confirmed bleeds than agreed**: 68 of 88 in four weeks, **77 %** (67–85; plan 90). "
    "It began about **week 38**, when CT-2 was replaced."
)
BLEED = Head(
    1,
    "Bleed triage · Northgate",
    "NeuroFlag 3.2.1",
    RowState.STOP_USE,
    "stop_proposed",
    "in use since 4 Mar 2024 · plan 3, signed 2 Mar 2026 · data to 22 Nov · outcomes complete to week 44",
    "",
)


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
FIGURES = (
    Figure(
        "sensitivity",
        "Sensitivity",
        "77 %",
        "67–85",
        "68 of 88 · plan at least 90 %",
        "breach",
        "",
        "Wilson score interval",
    ),
    Figure(
        "specificity",
        "Specificity",
        "94.5 %",
        "93–96",
        "960 of 1,016 · plan at least 93 %",
        "within",
        "",
        "Wilson score interval",
    ),
    Figure(
        "auroc",
        "AUROC",
        "0.913",
        "0.88–0.93",
        "88 positives · plan at least 0.90",
        "within",
        "",
        "DeLong, logit interval",
    ),
    Figure(
        "positive_predictive_value",
        "PPV",
        "",
        "",
        "",
        "not_estimable",
        "3 positives, 5 needed",
        "Wilson score interval",
    ),
)
PERFORMANCE = Performance(
    "Sensitivity is **below the plan**: the whole range, 67–85 %, lies under 90 %. Specificity and AUROC are within.",
    (1, 4, 13),
    4,
    FIGURES,
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


CALIBRATION = CalibrationPage(
    "**Low scores hide more bleeds than they say.** Where the AI says 5 %, 10 % have a bleed. "
    "Recalibration would mend the numbers, not find the bleeds.",
    diagram(),
    (
        Figure(
            "observed_expected",
            "Observed / expected",
            "1.36",
            "1.20–1.53",
            "more bleeds than the scores add up to",
            "watch",
            "",
            "",
        ),
        Figure("calibration_slope", "Slope", "0.82", "0.74–0.90", "1 is perfect; below 1: too extreme", "", "", ""),
        Figure(
            "calibration_intercept", "Intercept", "+0.45", "0.29–0.60", "0 is perfect; above 0: too low", "", "", ""
        ),
        Figure(
            "expected_calibration_error", "Calibration error", "", "", "", "not_estimable", "7 positives, 20 needed", ""
        ),
    ),
    (),
    COMPLETE,
    "",
    "bleed",
)
TURNAROUND = series("turnaround_median", "Turnaround, median", 0.0, 0.0, "minutes", None, 280)
THROUGHPUT = ThroughputPage(
    "**278 eligible studies** in week 47, 269 processed. Median turnaround 6 minutes.",
    (
        Figure("eligible", "Eligible studies", "278", "", "a week", "", "", "count"),
        Figure(
            "failed_share", "Not processed", "3.2 %", "1.7–6.0", "9 of 278 · plan at most 8 %", "within", "", "Wilson"
        ),
        Figure("turnaround_median", "Turnaround", "6 min", "5–7", "269 results", "", "", "order statistics"),
        Figure("missing_truths", "Truths missing", "12 %", "9–16", "33 of 278", "", "", "Wilson"),
    ),
    (
        series("processed_share", "Processed", 0.97, 0.968, "share", None, 278),
        series("missing_truths", "Expected truths still missing", 0.03, 0.06, "share", None, 270),
    ),
    (("3.2.1", 13_900),),
)
QUIET = (0.1, 0.3, 0.2, 0.0, 0.1, 0.25, 0.2, 0.1, 0.0, 0.1) * 2 + (0.2, 0.3, 0.3, 0.2, 0.15, 0.1)
RISING = (0.0, 0.2, 0.1, 0.0, 0.2, 0.1) * 3 + (0.3, 0.5, 0.7, 0.8, 1.0, 1.2, 1.4, 1.6)


def row(number: int, title: str, product: str, state: RowState, sentence: str, answer: str) -> WeekRow:
    """Return one row of This week."""
    head = Head(number, title, product, state, "in_use", "in use since 4 Mar 2024", "")
    values = RISING if state is RowState.STOP_USE else QUIET
    words = f"{values[-1]:.1f} × stop-use limit"
    waiting = answer != ""
    return WeekRow(
        head,
        sentence,
        LAST,
        "week 44",
        Spark("Positives the AI did not flag", values, 0.67, words, True),
        DUE if waiting else None,
        "Dr A. Rahman\ndeputy Dr P. Lowe" if waiting else "",
        answer,
        number if waiting else None,
    )


THIS_WEEK = ThisWeek(
    "Week 47",
    "16–22 November 2026",
    RAISED,
    (
        row(1, "Bleed triage · Northgate", "NeuroFlag 3.2.1", RowState.STOP_USE, SENTENCE, "stop_use"),
        row(
            2,
            "LVO triage · Eastfield",
            "VesselAI 2.0.4",
            RowState.CONCERN,
            "**More false flags than usual**: 31 of 188 negatives, **16 %** (12–22; plan at most 8).",
            "alarm",
        ),
        row(
            3,
            "LVO triage · Southmoor",
            "VesselAI 2.0.4",
            RowState.TOO_FEW,
            "**Outcomes are late**: 9 of 21 expected are missing, so sensitivity cannot be given "
            "(3 positives, 5 needed).",
            "",
        ),
    ),
    (
        row(
            4,
            "Fracture · Northgate ED",
            "BoneView 5.1",
            RowState.QUIET,
            "No change. Flags 93 % (88–96) of fractures; plan 88.",
            "",
        ),
        row(
            5,
            "PE triage · Northgate",
            "EmboSee 1.9",
            RowState.QUIET,
            "No change. Flags 89 % (79–95) of emboli; plan 85.",
            "",
        ),
    ),
    (Quarantined("NeuroFlag", "3.3.0", "Northgate", 41),),
    "",
    "Northgate Hospitals",
    "**2 need an answer**, 2 are quiet. Nearest deadline: **today 13:00**, bleed triage at Northgate.",
)
ALARMS = (
    AlarmCard(
        14,
        1,
        "Bleed triage · Northgate",
        "NeuroFlag 3.2.1",
        "action",
        "chart",
        "The chart for positives the AI did not flag passed its **stop-use limit** in week 42.",
        "week 42",
        "likely onset weeks 37–39",
        RAISED,
        DUE,
        False,
        "raised",
        "Dr A. Rahman",
        False,
        ((RAISED, "the weekly evaluation", "", "raised", ""),),
    ),
)
STOP_USE = StopUsePage(
    7,
    BLEED,
    "The AI did not flag **34 of 154** confirmed bleeds since week 38; at the agreed rate it would have been 15. "
    "The chart crossed its stop-use limit in week 42.",
    (
        ("How sure", "By chance once in 30 years"),
        ("Sensitivity", "77 % (67–85), 68 of 88 in four weeks; plan at least 90 %"),
        ("Since when", "weeks 37–39; outcomes complete to week 44"),
    ),
    "AUROC 0.913, within. Every scan is read by a person.",
    RAISED,
    DUE,
    False,
    "Dr A. Rahman",
    "waits for an answer",
    "",
    "7c1e90a2" * 8,
    ("LVO triage · Northgate, VesselAI 2.0.4: **stays in use**, quiet",),
    ("Dr A. Rahman", "Dr P. Lowe, deputy"),
    "A reason is required. The chart goes on from where it stands; the alarm comes back.",
    (
        "**PACS** confirms *switched off*",
        "**Look-back** of 1,918 studies since week 38",
        "Re-validation before it returns",
    ),
)

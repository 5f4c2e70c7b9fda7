"""The sentences of the product: what happened, how much, since when; no adjective that a number can replace."""

from surveillance.domain.chart_path import ChartPath, Signal
from surveillance.domain.evaluation import Evaluation
from surveillance.domain.measures import MEASURES
from surveillance.domain.numbers import number, percent, span
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Kpi
from surveillance.domain.points import Point
from surveillance.domain.thresholds import needed
from surveillance.domain.verdict import Verdict
from surveillance.errors import NotEstimable

WINDOW_WORDS = {
    1: "one week",
    2: "two weeks",
    3: "three weeks",
    4: "four weeks",
    13: "13 weeks",
    52: "a year",
}


def window_words(weeks: int) -> str:
    """Return a window as it is spoken."""
    return WINDOW_WORDS.get(weeks, f"{weeks} weeks")


def value_words(point: Point) -> tuple[str, str, str]:
    """Return a figure, its range and its counts as text; the reason stands in for what does not exist."""
    unit = MEASURES[point.metric].unit
    if isinstance(point.estimate, NotEstimable):
        return "–", "", str(point.estimate)
    show = {"share": percent, "area": number, "number": number, "minutes": minutes, "count": whole}[unit]
    ranged = span(point.low, point.high, unit) if point.low is not None and point.high is not None else ""
    if unit == "share" and point.metric not in ("expected_ppv", "prevalence"):
        counts = f"{point.events:,} of {point.n:,}"
    elif point.metric in (
        "auroc",
        "calibration_slope",
        "calibration_intercept",
        "observed_expected",
        "prevalence",
    ):
        counts = f"{point.events:,} positives in {point.n:,}"
    else:
        counts = f"{point.n:,} studies"
    return show(point.estimate), ranged, counts


def minutes(value: float) -> str:
    """Return a duration in minutes.

    >>> minutes(4.04)
    '4.0 min'
    """
    return f"{value:.1f} min"


def whole(value: float) -> str:
    """Return a count."""
    return f"{value:,.0f}"


def plan_words(kpi: Kpi, unit: str) -> str:
    """Return a threshold as the plan says it.

    >>> plan_words(Kpi(metric="auroc", window=4, threshold=0.9, better="higher"), "area")
    'plan at least 0.90'
    """
    edge = "at least" if kpi.better == "higher" else "at most"
    return f"plan {edge} {percent(kpi.threshold) if unit == 'share' else number(kpi.threshold)}"


def figure_words(point: Point, kpi: Kpi) -> tuple[str, str]:
    """Return a row of evidence: the metric, and its value, range, counts, window and plan."""
    measure = MEASURES[point.metric]
    value, ranged, counts = value_words(point)
    body = f"{value} ({ranged}), " if ranged else f"{value}, "
    return measure.title, f"{body}{counts} in {window_words(point.window)}; {plan_words(kpi, measure.unit)}"


def chart_reason(plan: Plan, path: ChartPath, signal: Signal) -> str:
    """Return why a stop is recommended, in one breath."""
    design = path.design
    assert design is not None
    since = f"since week {signal.onset.iso}"
    agreed = f"at the agreed rate it would have been {signal.expected:.0f}"
    audit = plan.truth.audit_fraction_unflagged
    sample = f" Only {audit:.0%} of unflagged studies are audited, so these are few." if audit < 1 else ""
    done = f" The chart crossed its stop-use limit in week {signal.week.iso}."
    if design.watches == "missed_positives":
        return (
            f"The AI did not flag **{signal.events} of {signal.studies}** confirmed {plural(plan.finding)} {since};"
            f" {agreed}.{sample}{done}"
        )
    counted = f"**{signal.events} of {signal.studies}**"
    if design.watches == "false_flags":
        return f"The AI flagged {counted} studies confirmed negative {since}; {agreed}.{done}"
    if design.watches == "technical_failures":
        return f"{counted} eligible studies were not processed {since}; {agreed}.{done}"
    return (
        f"There were **{signal.events}** {plural(plan.finding)} in {signal.studies} studies {since}; the predicted risk"
        f" gives {signal.expected:.0f}.{done}"
    )


def plural(finding: str) -> str:
    """Return more than one of a finding.

    >>> plural("bleed"), plural("death within 30 days")
    ('bleeds', 'deaths within 30 days')
    """
    head, _, rest = finding.partition(" ")
    return f"{head}s {rest}".strip()


def against(plan: Plan, evaluation: Evaluation, signal: Signal) -> str:
    """Return what speaks against stopping: the figures within the plan, and what is not yet known."""
    parts = []
    for kpi in plan.kpi:
        point = evaluation.points.latest_mature(kpi.metric, kpi.window)
        if point is not None and point.verdict is Verdict.WITHIN:
            value, ranged, _ = value_words(point)
            parts.append(f"{MEASURES[kpi.metric].title} {value} ({ranged}), within")
    quiet = [p.title.lower() for p in evaluation.charts if p.key != signal.chart and not p.signals and not p.waiting]
    if quiet:
        parts.append("quiet charts: " + ", ".join(quiet))
    missing = evaluation.coverage.missing
    if missing:
        parts.append(f"{missing} expected outcomes are still missing")
    parts.append("every study is read by a person, whatever the AI says")
    return ". ".join(part[0].upper() + part[1:] for part in parts) + "."


def kpi_sentence(plan: Plan, evaluation: Evaluation) -> str:
    """Return the plain sentence for a deployment whose charts are quiet."""
    for kpi in plan.kpi:
        point = evaluation.points.latest_mature(kpi.metric, kpi.window)
        if point is None:
            continue
        measure = MEASURES[kpi.metric]
        value, ranged, counts = value_words(point)
        over = f"{counts} in {window_words(kpi.window)}; {plan_words(kpi, measure.unit)}"
        said = f"{measure.title} {value} ({ranged}), {over}"
        if point.verdict is Verdict.BREACH:
            return f"**{measure.title} is beyond the plan** with its whole range. {said}. No chart has signalled."
        if point.verdict is Verdict.NOT_ESTIMABLE:
            short = needed(measure, point.n, point.events)
            return f"**{measure.title} cannot be given**: {short}. The charts need no such number and are quiet."
        return f"No change. {said}."
    return "No change, and no figure is complete yet."

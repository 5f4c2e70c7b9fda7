"""The sentences of the product: what happened, how much, since when; no adjective that a number can replace."""

from surveillance.domain.chart_path import ChartPath, Signal
from surveillance.domain.evaluation import Evaluation
from surveillance.domain.measures import MEASURES
from surveillance.domain.numbers import number, percent, span
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Kpi
from surveillance.domain.points import Point
from surveillance.domain.signal_wording import signal_sentence
from surveillance.domain.thresholds import needed, too_few
from surveillance.domain.verdict import SEVERITY, Verdict
from surveillance.errors import NotEstimable

LATELY = 28 * 86_400_000_000  # four weeks in microseconds
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
        if point.audit < 1 and point.metric in ("sensitivity", "specificity") and point.n:
            naive = percent(point.events / point.n)
            counts = f"weighted for the {percent(point.audit)} audit; {counts} verified, {naive} unweighted"
    elif point.metric in (
        "auroc",
        "auroc_naive",
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
    short = f"{kpi.threshold:.2f}" if round(kpi.threshold, 2) == kpi.threshold else number(kpi.threshold)
    return f"plan {edge} {percent(kpi.threshold) if unit == 'share' else short}"


def figure_words(point: Point, kpi: Kpi) -> tuple[str, str]:
    """Return a row of evidence: the metric, and its value, range, counts, window and plan."""
    measure = MEASURES[point.metric]
    value, ranged, counts = value_words(point)
    body = f"{value} ({ranged}), " if ranged else f"{value}, "
    return measure.title, f"{body}{counts} in {window_words(point.window)}; {plan_words(kpi, measure.unit)}"


def against(plan: Plan, evaluation: Evaluation, signal: Signal) -> str:
    """Return what speaks against stopping: the figures within the plan, and what is not yet known."""
    parts = []
    for kpi in plan.kpi:
        point = evaluation.points.latest_mature(kpi.metric, kpi.window)
        if point is not None and point.verdict is Verdict.WITHIN:
            value, ranged, _ = value_words(point)
            parts.append(f"{MEASURES[kpi.metric].title} {value} ({ranged}), within")
    quiet = [
        p.title[0].lower() + p.title[1:]
        for p in evaluation.charts
        if p.key != signal.chart and not p.signals and not p.waiting
    ]
    if quiet:
        parts.append("quiet charts: " + "; ".join(quiet))
    missing = evaluation.coverage.missing
    if missing:
        parts.append(f"{missing} expected outcomes are still missing")
    parts.append("every study is read by a person, whatever the AI says")
    return ". ".join(part[0].upper() + part[1:] for part in parts) + "."


def row_sentence(plan: Plan, evaluation: Evaluation) -> str:
    """Return the plain sentence for a deployment in a list: the newest signal, else the first KPI."""
    signals = [
        (signal.as_of, signal.limit == "action", path, signal)
        for path in evaluation.charts
        for signal in path.signals
        if path.design is not None and (path.current >= path.design.alarm_limit or _lately(path, signal, evaluation))
    ]
    if signals:
        _, past_action, path, signal = max(
            signals, key=lambda item: (item[2].design is not None and item[2].design.level == "alarm", item[1], item[0])
        )
        return signal_sentence(plan, path, signal, past_action)
    if evaluation.coverage.overdue:
        missing, expected = evaluation.coverage.missing, evaluation.coverage.expected
        last = kpi_sentence(plan, evaluation).removeprefix("No change. ")
        return f"**Outcomes are late**: {missing:,} of {expected:,} expected are missing. Last complete figure: {last}"
    return kpi_sentence(plan, evaluation)


def _lately(path: ChartPath, signal: Signal, evaluation: Evaluation) -> bool:
    """Say whether a chart that starts again by itself after an alarm signalled in the last four weeks."""
    barred = path.design is not None and path.design.action_steps is None
    return barred and signal.as_of > evaluation.as_of - LATELY


def kpi_sentence(plan: Plan, evaluation: Evaluation) -> str:
    """Return the plain sentence for a deployment whose charts are quiet: the KPI that most needs a reader."""
    found = [(kpi, evaluation.points.latest_mature(kpi.metric, kpi.window)) for kpi in plan.kpi]
    complete = [(kpi, point) for kpi, point in found if point is not None and point.verdict is not None]
    if not complete:
        return "No change, and no figure is complete yet."
    kpi, point = max(complete, key=lambda pair: SEVERITY.index(pair[1].verdict or Verdict.WITHIN))
    measure = MEASURES[kpi.metric]
    value, ranged, counts = value_words(point)
    over = f"{counts} in {window_words(kpi.window)}; {plan_words(kpi, measure.unit)}"
    said = f"{measure.title} {value} ({ranged}), {over}"
    if point.verdict is Verdict.BREACH:
        return f"**{measure.title} is beyond the plan** with its whole range. {said}. No chart has signalled."
    if point.verdict is Verdict.WATCH:
        return f"**{measure.title} is beyond the plan**, though not its whole range. {said}."
    if point.verdict is Verdict.NOT_ESTIMABLE and not too_few(measure, point.n, point.events):
        return f"**{measure.title} cannot be judged**: {point.no_interval}. The charts are quiet."
    if point.verdict is Verdict.NOT_ESTIMABLE:
        short = needed(measure, point.n, point.events)
        return f"**{measure.title} cannot be given**: {short}. The charts need no such number and are quiet."
    return f"No change. {said}."

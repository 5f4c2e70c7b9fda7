"""What differs between kinds of chart in the words beside them: cases, limits, and how each reads."""

from typing import Any

from surveillance.detectors.gap_two_limits import PER_STUDY, gap_limit_studies
from surveillance.domain.gap_design import OF
from surveillance.domain.numbers import percent
from surveillance.domain.rare_rate import in_many

COUNTS = {
    "missed_positives": "verified positives",
    "false_flags": "verified negatives",
    "technical_failures": "eligible studies, verified or not",
}
RARE = {
    "missed_positives": "positive not flagged",
    "false_flags": "false flag",
    "technical_failures": "failure",
}
MANY = 10
AVERAGE = (
    "The chart follows an average of all batches in which the newest has a share of {share} and each older one less; it"
    " counts in standard errors of that average. Below zero the batches were better than the baseline's; a fall must"
    " take that back first."
)
GAP = (
    "It counts {counted} until {run} {come} and draws their rate at that moment. It alarms if they came within the"
    " studies of a limit, and the count starts again, alarm or not; past its stop-use limit it recommends once and"
    " waits. Between events the rate drawn falls with every study. A decision takes it to zero and leaves the count,"
    " which began anew at the signal: a declined recommendation costs no evidence and repeats none. Acceptable {low},"
    " unacceptable {high}."
)
WEEKLY = (
    "Its cases are weeks: each that is over and has a study adds the studies that were not processed, whatever the"
    " number of studies. Acceptable {low:g} a week, unacceptable {high:g} as asked and {tuned:.2f} as tuned, so that"
    " every step is whole. A busier week fails more often with the AI unchanged: where the volume varies, watch the"
    " rate."
)


def detector(design: dict[str, Any]) -> str:
    """Return the name of a kept design's detector; one kept before designs named it gives none."""
    return str(design.get("detector", ""))


def counted(design: dict[str, Any]) -> str:
    """Return what a chart's run lengths count.

    >>> counted({"watches": "batch_auroc"}), counted({"watches": "technical_failures", "detector": "poisson_cusum"})
    ('batches', 'weeks')
    """
    if design["watches"] == "batch_auroc":
        return "batches"
    return "weeks" if detector(design) == "poisson_cusum" else "studies"


def limit_cell(design: dict[str, Any], steps: int | None) -> str:
    """Return a limit in the chart's unit, or as the studies within which rare events signal.

    >>> limit_cell({"watches": "batch_auroc", "unit": "standard errors", "steps_per_unit": 100}, 412)
    '4.12 standard errors'
    """
    if detector(design) == "time_between_events":
        run = run_words(design)
        within = None if steps is None else gap_limit_studies(steps, design["together"])
        return f"every {run}" if within is None else f"{run} within {within:,} {OF[design['watches']]}"
    of_batches = design["watches"] == "batch_auroc"
    per = design["unit"] if of_batches else "events" if design["odds_ratio"] is None else "log-likelihood units"
    return f"{(steps or 0) / design['steps_per_unit']:.2f} {per}"


def limit_mark(design: dict[str, Any], name: str, steps: int) -> str:
    """Return a limit as it stands beside its line: "alarm 4.1", or for rare events "alarm 1 in 812".

    >>> limit_mark({"steps_per_unit": 100}, "alarm", 412)
    'alarm 4.1'
    """
    if detector(design) != "time_between_events":
        return f"{name} {steps / design['steps_per_unit']:.1f}"
    within = gap_limit_studies(steps, design["together"])
    return f"{name} any {design['together']}" if within is None else f"{name} {design['together']} in {within:,}"


def drawn_limit(design: dict[str, Any], steps: int) -> float:
    """Return the height at which a limit is drawn: at nothing where every run of rare events signals.

    >>> drawn_limit({"steps_per_unit": 100}, 412)
    4.12
    """
    every = detector(design) == "time_between_events" and gap_limit_studies(steps, design["together"]) is None
    return 0.0 if every else steps / float(design["steps_per_unit"])


def standing_words(design: dict[str, Any], value: float, limit: float, name: str) -> str:
    """Return where a chart stands: as a share of its limit, or for rare events since when their run began.

    >>> standing_words({}, 2.0, 4.0, "alarm"), standing_words({}, -0.5, 2.0, "alarm")
    ('50\xa0% of alarm', 'on the better side')
    """
    if detector(design) == "time_between_events":
        if value <= 0:
            return "no such run lately"
        studies = round(design["together"] * PER_STUDY / design["steps_per_unit"] / value)
        return f"{design['together']} in the last {studies:,}"
    if value < 0:
        return "on the better side"
    return f"{percent(value / limit)} of {name}" if value < MANY * limit else f"over {MANY} × {name}"


def run_words(design: dict[str, Any]) -> str:
    """Return how many rare events make a run.

    >>> run_words({"watches": "false_flags", "together": 1}), run_words({"watches": "missed_positives", "together": 2})
    ('1 false flag', '2 positives not flagged')
    """
    many, one = design["together"], RARE[design["watches"]]
    head, _, rest = one.partition(" ") if one.startswith("positive") else (one, "", "")
    return f"{many} {one}" if many == 1 else f"{many} {head}s {rest}".strip()


def kind_words(design: dict[str, Any]) -> str:
    """Return how a chart reads its cases, for the kinds that need telling; a Bernoulli CUSUM needs no such words."""
    kind = detector(design)
    if kind == "ewma":
        return AVERAGE.format(share=percent(design["weight"]))
    low, high = design["in_control"], design["asked_out_of_control"]
    if kind == "time_between_events":
        come = "has happened" if design["together"] == 1 else "have happened"
        told = {"low": in_many(low), "high": in_many(high), "counted": OF[design["watches"]]}
        return GAP.format(run=run_words(design), come=come, **told)
    if kind == "poisson_cusum":
        return WEEKLY.format(low=low, high=high, tuned=design["out_of_control"])
    return ""

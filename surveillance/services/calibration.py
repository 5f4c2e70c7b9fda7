"""The calibration tab: what a score means now."""

from surveillance.domain.measures import MEASURES
from surveillance.domain.numbers import number, span
from surveillance.domain.reliability import FEWEST, Reliability
from surveillance.domain.roles import Action, Actor
from surveillance.domain.signal_wording import plural
from surveillance.metrics.score_calibration import FEWEST as FEWEST_TO_CALIBRATE
from surveillance.services.calibration_words import figure_of, meaning, notes, ranged_value
from surveillance.services.guard import guarded
from surveillance.services.page_models import CalibrationPage, Figure
from surveillance.services.series_page import complete_to, figure, point_now, verdict_now, weekly
from surveillance.services.stored_series import StoredSeries, series_now
from surveillance.storage.store import Store

WATCH_ONLY = "Calibration alone raises watch, never stop-use: it also moves when prevalence moves."
FIGURES = ("observed_expected", "calibration_slope", "calibration_intercept", "expected_calibration_error", "brier")
SERIES = ("observed_expected", "calibration_slope")


@guarded(Action.READ_SURVEILLANCE)
def calibration(actor: Actor, store: Store, deployment_id: int) -> CalibrationPage:
    """Return the reliability diagram and the calibration figures of the longest complete window."""
    kept = series_now(store, deployment_id)
    if kept is None:
        return CalibrationPage("", None, (), (), None, "Nothing has been evaluated yet.", "")
    diagram = kept.diagram
    if diagram is None:
        return CalibrationPage("", None, (), (), complete_to(kept), _absent(kept), kept.plan.finding)
    window = kept.points.windows[-1]
    return CalibrationPage(
        sentence=_sentence(kept, diagram),
        diagram=diagram,
        figures=_figures(kept, diagram, window),
        series=tuple(weekly(kept, name, window) for name in SERIES if MEASURES[name].available(kept.plan)),
        complete_to=complete_to(kept),
        absent="",
        finding=kept.plan.finding,
        notes=notes(diagram),
    )


def _absent(kept: StoredSeries) -> str:
    """Return why there is no diagram, in words that say what it waits for."""
    score = kept.plan.score
    if score == "none":
        return "This product gives no score."
    if score == "probability":
        return "Too few studies have a score and a confirmed finding yet."
    start = "This product's score is not a probability, so it is calibrated on the baseline first."
    if not kept.summary["baseline"]["met"]:
        return f"{start} The baseline is not met yet: {kept.summary['baseline_words']}."
    fewest = FEWEST_TO_CALIBRATE["logistic"]
    return (
        f"{start} That needs {fewest} positives and {fewest} negatives of this site in its baseline, scores that rise "
        f"with the finding, and {FEWEST} studies in the newest complete weeks."
    )


def _figures(kept: StoredSeries, diagram: Reliability, window: int) -> tuple[Figure, ...]:
    if not diagram.figures:  # kept before figures were computed with the diagram
        return tuple(figure(kept, name, window) for name in FIGURES)
    return tuple(figure_of(found, _verdict(kept, found.name, window)) for found in diagram.figures)


def _verdict(kept: StoredSeries, name: str, window: int) -> str:
    point = point_now(kept, name, window) if name in MEASURES else None
    return "" if point is None else verdict_now(point)


def _sentence(kept: StoredSeries, diagram: Reliability) -> str:
    finding = plural(kept.plan.finding)
    total = ranged_value(diagram, "observed_expected")
    if total is None:
        return "Too few outcomes are complete to say what a score means now."
    value, low, high = total
    found = f"{number(value)} ({span(low, high, 'number')})"
    if low > 1:
        start = f"**There are more {finding} than the scores add up to**: observed over expected is {found}."
    elif high < 1:
        start = f"**There are fewer {finding} than the scores add up to**: observed over expected is {found}."
    else:
        start = f"The scores add up to what is found: observed over expected is {found}."
    parts = (start, _at_a_score(diagram, finding), meaning(diagram, kept.plan.finding), WATCH_ONLY)
    return " ".join(part for part in parts if part)


def _at_a_score(diagram: Reliability, finding: str) -> str:
    """Return what the intercept adds: whether a given score means more or less than it says."""
    shift = ranged_value(diagram, "calibration_intercept")
    if shift is None or shift[1] <= 0 <= shift[2]:
        return ""
    value, low, high = shift
    way = "more" if low > 0 else "fewer"
    found = f"{number(value)} ({span(low, high, 'number')})"
    return f"At a given score there are **{way} {finding} than it says**: the intercept is {found}, 0 is perfect."

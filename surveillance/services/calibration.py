"""The calibration tab: what a score means now."""

from surveillance.domain.measures import CALIBRATION_SLOPE
from surveillance.domain.numbers import number, span
from surveillance.domain.roles import Action, Actor
from surveillance.domain.signal_wording import plural
from surveillance.services.guard import guarded
from surveillance.services.page_models import CalibrationPage
from surveillance.services.series_page import complete_to, figure, point_now, weekly
from surveillance.services.stored_series import StoredSeries, series_now
from surveillance.storage.store import Store

WATCH_ONLY = "Calibration alone raises watch, never stop-use: it also moves when prevalence moves."
FIGURES = (
    "observed_expected",
    "calibration_slope",
    "calibration_intercept",
    "expected_calibration_error",
    "brier",
)


@guarded(Action.READ_SURVEILLANCE)
def calibration(actor: Actor, store: Store, deployment_id: int) -> CalibrationPage:
    """Return the reliability diagram and the calibration figures of the longest complete window."""
    kept = series_now(store, deployment_id)
    if kept is None:
        return CalibrationPage("", None, (), (), None, "Nothing has been evaluated yet.", "")
    if not CALIBRATION_SLOPE.available(kept.plan):
        return CalibrationPage("", None, (), (), None, CALIBRATION_SLOPE.absence(), kept.plan.finding)
    window = kept.points.windows[-1]
    return CalibrationPage(
        sentence=_sentence(kept, window),
        diagram=kept.diagram,
        figures=tuple(figure(kept, metric, window) for metric in FIGURES),
        series=tuple(weekly(kept, metric, window) for metric in ("observed_expected", "calibration_slope")),
        complete_to=complete_to(kept),
        absent="" if kept.diagram is not None else "Too few studies have a score and a confirmed finding yet.",
        finding=kept.plan.finding,
    )


def _sentence(kept: StoredSeries, window: int) -> str:
    point = point_now(kept, "observed_expected", window)
    if point is None or point.low is None or point.high is None:
        return "Too few outcomes are complete to say what a score means now."
    found = f"{number(point.value)} ({span(point.low, point.high, 'number')})"
    finding = plural(kept.plan.finding)
    if point.low > 1:
        start = f"**There are more {finding} than the scores add up to**: observed over expected is {found}."
    elif point.high < 1:
        start = f"**There are fewer {finding} than the scores add up to**: observed over expected is {found}."
    else:
        start = f"The scores add up to what is found: observed over expected is {found}."
    return f"{start}{_shape(kept, window, finding)} {WATCH_ONLY}"


def _shape(kept: StoredSeries, window: int, finding: str) -> str:
    """Return what the intercept adds: whether a given score means more or less than it says."""
    point = point_now(kept, "calibration_intercept", window)
    if point is None or point.low is None or point.high is None or point.low <= 0 <= point.high:
        return ""
    way = "more" if point.low > 0 else "fewer"
    found = f"{number(point.value)} ({span(point.low, point.high, 'number')})"
    return f" At a given score there are **{way} {finding} than it says**: the intercept is {found}, 0 is perfect."

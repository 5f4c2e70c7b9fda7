"""The calibration figures in words: what each says to someone who reads scans, not statistics."""

from surveillance.domain.calibration_figures import CalibrationFigure
from surveillance.domain.calibration_gates import MODERATE, WEAK
from surveillance.domain.measures import MEASURES
from surveillance.domain.numbers import NO_BREAK, number, percent, span
from surveillance.domain.reliability import Reliability
from surveillance.services.page_models import Figure

TITLES = {
    "brier": "Brier score",
    "expected_calibration_error": "Average gap by bins (ECE)",
    "integrated_calibration_index": "Average gap by curve (ICI)",
    "spiegelhalter": "Spiegelhalter's test (z)",
    "net_benefit": "Net benefit at the threshold",
}
ASKS = {
    "calibration_intercept": WEAK,
    "calibration_slope": WEAK,
    "expected_calibration_error": MODERATE,
    "integrated_calibration_index": MODERATE,
}
NEAR = 0.8  # the score that the sentence explains
ENOUGH = 20


def figure_of(found: CalibrationFigure, verdict: str = "") -> Figure:
    """Return one figure as a page shows it: value, range, what stands beside it, and the reason for what is missing."""
    title = TITLES.get(found.name) or MEASURES[found.name].title
    if found.value is None:
        few = min(found.positives, found.n - found.positives) < ASKS.get(found.name, 0)
        kind = "not_estimable" if few else "absent"
        return Figure(found.name, title, "–", "", found.why, kind, found.why, found.method)
    ranged = "no range" if found.low is None or found.high is None else span(found.low, found.high, "number")
    return Figure(
        metric=found.name,
        title=title,
        value=number(found.value),
        range=ranged,
        counts=beside_words(found),
        verdict=verdict,
        why=found.why,
        method=f"{found.method}; {found.positives:,} positives in {found.n:,} studies",
    )


def beside_words(found: CalibrationFigure) -> str:
    """Return what stands beside a figure: what is perfect, what chance would give, or its parts."""
    near = {name: number(value) for name, value in found.beside}
    values = dict(found.beside)
    if found.name == "observed_expected":
        return "1 is perfect; above 1, more than promised"
    if found.name == "calibration_intercept":
        return "0 is perfect; above 0, scores promise too little"
    if found.name == "calibration_slope":
        return f"1 is perfect; below 1, scores too extreme. Both perfect: {p_words(values['joint_p'])}"
    if found.name == "brier":
        return brier_words(values)
    if found.name == "expected_calibration_error":
        return f"a perfect product: {near['by_chance']} on average, under {near['usual_highest']} in 19 of 20"
    if found.name == "integrated_calibration_index":
        return f"9 in 10 studies within {near['e90']} (E90), half within {near['e50']}, all within {near['emax']}"
    if found.name == "spiegelhalter":
        return f"{p_words(values['p'])}: how likely so poor a fit is by chance"
    worth = values["exchange"]
    weighs = f"one true flag as {1 / worth:.2g} false ones" if worth < 1 else f"one false flag as {worth:.2g} true ones"
    return f"flag all {near['flag_all']}, flag none 0. Its threshold, {near['threshold']}, counts {weighs}"


def brier_words(parts: dict[str, float]) -> str:
    """Return the parts of a Brier score, which add up to it but for the last digit.

    >>> parts = {"reliability": 0.001, "reliability_by_chance": 0.0005, "resolution": 0.05, "uncertainty": 0.08}
    >>> brier_words({**parts, "within_bin_variance": 0.001, "within_bin_covariance": 0.002})
    'calibration 0.0010 (perfect product 0.0005) − telling apart 0.0500 + prevalence 0.0800 − within bins 0.0010'
    """
    inside = parts["within_bin_variance"] - parts["within_bin_covariance"]
    return (
        f"calibration {parts['reliability']:.4f} (perfect product {parts['reliability_by_chance']:.4f}) "
        f"− telling apart {parts['resolution']:.4f} + prevalence {parts['uncertainty']:.4f} "
        f"{'−' if inside < 0 else '+'} within bins {abs(inside):.4f}"
    )


def p_words(value: float) -> str:
    """Return a p-value as it is read.

    >>> p_words(0.00004).replace(NO_BREAK, " "), p_words(0.1769).replace(NO_BREAK, " ")
    ('p < 0.001', 'p = 0.18')
    """
    text = "p < 0.001" if value < 0.001 else f"p = {value:.3f}" if value < 0.1 else f"p = {value:.2f}"
    return text.replace(" ", NO_BREAK)


def meaning(diagram: Reliability, finding: str) -> str:
    """Return what a high score means now, in so many of a hundred; "" where no bin near it is large enough."""
    now = diagram.now
    near = [place for place in range(len(now.n)) if now.n[place] >= ENOUGH]
    if not near:
        return ""
    place = min(near, key=lambda one: abs(float(now.mean_predicted[one]) - NEAR))
    said = float(now.mean_predicted[place])
    if said < 0.5:
        return ""
    found = percent(float(now.observed[place]))
    ranged = span(float(now.low[place]), float(now.high[place]), "share")
    return (
        f"Of studies scored about {said:.2f}, **{found}** have a {finding} ({ranged}, {int(now.n[place]):,} studies)."
    )


def notes(diagram: Reliability) -> tuple[str, ...]:
    """Return what a reader must know before the figures: calibrated scores, weights, and a curve that is not drawn."""
    found = []
    if diagram.calibrated:
        found.append(
            "**Scores calibrated on the baseline.** This product's score is not a probability: "
            f"{diagram.calibrated}. Figures say how far the meaning of a score has moved since."
        )
    if diagram.audit < 1:
        found.append(
            f"**Weighted for the {percent(diagram.audit)} audit of unflagged studies.** Spiegelhalter's test and "
            "the test of intercept and slope together are not weighted: they hold at each score."
        )
    if diagram.no_smooth:
        found.append(f"**No smooth curve.** {diagram.no_smooth}.")
    return tuple(found)


def ranged_value(diagram: Reliability, name: str) -> tuple[float, float, float] | None:
    """Return value, low and high of a figure of the diagram; None where it has no value or no range."""
    for found in diagram.figures:
        if found.name == name and found.value is not None and found.low is not None and found.high is not None:
            return found.value, found.low, found.high
    return None

"""What the truth's own stated error would make of an unchanged AI: figures that fall though nothing happened."""

from dataclasses import dataclass

from surveillance.domain.numbers import percent
from surveillance.domain.plan import Plan
from surveillance.domain.verification import DEFAULT_FALSE_FLAG, DEFAULT_MISS, accepted_rate
from surveillance.errors import NotEstimable
from surveillance.metrics import apparent_false_flag_rate, apparent_miss_rate

ASSUMED = "assumed by this product, since the plan states"


@dataclass(frozen=True, slots=True)
class ApparentFigures:
    """What an AI with the plan's own figures would show against a truth with the plan's stated error.

    Attributes
    ----------
    true_sensitivity, true_specificity : the figures the AI is taken to have, and where they come from (`source`)
    recorded_prevalence : share of studies recorded as positive in the window
    prevalence : the true share that this error would record so (Rogan & Gladen 1978)
    sensitivity, specificity : what the figures would then appear to be
    """

    true_sensitivity: float
    true_specificity: float
    source: str
    recorded_prevalence: float
    prevalence: float
    sensitivity: float
    specificity: float


def truth_has_error(plan: Plan) -> bool:
    """Say whether the plan states an error of the reference standard."""
    return (plan.truth.error.sensitivity, plan.truth.error.specificity) != (1.0, 1.0)


def apparent_figures(plan: Plan, recorded_prevalence: float) -> ApparentFigures:
    """Carry the plan's figures through its stated truth error, at the prevalence that a window recorded.

    The recorded share r is pi Se + (1 - pi)(1 - Sp), so the true one is pi = (r - (1 - Sp)) / (Se + Sp - 1). The AI's
    own figures are the plan's acceptance values, else the acceptable rates of its charts, else assumed, and `source`
    says which. Errors of AI and truth are taken as independent given the disease.

    Raises
    ------
    NotEstimable
        If the truth tells nothing (Se + Sp at most 1), or its false positives alone would explain the window.
    """
    error = plan.truth.error
    told = error.sensitivity + error.specificity - 1.0
    if told <= 0.0:
        raise NotEstimable(
            "What the truth's error alone would give needs a truth better than chance, got "
            f"{percent(error.sensitivity)} and {percent(error.specificity)}"
        )
    prevalence = (recorded_prevalence - (1.0 - error.specificity)) / told
    if not 0.0 < prevalence < 1.0:
        raise NotEstimable(
            "What the truth's error alone would give needs a recorded prevalence between "
            f"{percent(1.0 - error.specificity)} and {percent(error.sensitivity)}, which the truth's error alone would "
            f"record, got {percent(recorded_prevalence)}"
        )
    miss, false_flag, source = _accepted(plan)
    truth = {"truth_sensitivity": error.sensitivity, "truth_specificity": error.specificity, "prevalence": prevalence}
    return ApparentFigures(
        true_sensitivity=1.0 - miss,
        true_specificity=1.0 - false_flag,
        source=source,
        recorded_prevalence=recorded_prevalence,
        prevalence=prevalence,
        sensitivity=1.0 - apparent_miss_rate(miss, false_flag, **truth),
        specificity=1.0 - apparent_false_flag_rate(miss, false_flag, **truth),
    )


def apparent_words(plan: Plan, figures: ApparentFigures) -> str:
    """Return in plain words what the truth's stated error alone would give."""
    error = plan.truth.error
    return (
        f"**The truth has errors of its own.** The plan says it finds {percent(error.sensitivity)} of positives and is "
        f"right in {percent(error.specificity)} of negatives. At this window's recorded prevalence of "
        f"{percent(figures.recorded_prevalence)} that alone makes a true sensitivity of "
        f"{percent(figures.true_sensitivity)} appear as {percent(figures.sensitivity)}, and a true specificity of "
        f"{percent(figures.true_specificity)} as {percent(figures.specificity)} (true values: {figures.source}). "
        "The rarer the finding, the lower the first, though the AI is unchanged."
    )


def _accepted(plan: Plan) -> tuple[float, float, str]:
    """Return the miss rate and the false-flag rate that the plan accepts, and where they come from."""
    miss, miss_from = _stated(plan, "missed_positives", DEFAULT_MISS)
    false_flag, false_flag_from = _stated(plan, "false_flags", DEFAULT_FALSE_FLAG)
    if miss_from == false_flag_from:
        return miss, false_flag, f"{miss_from} neither" if miss_from == ASSUMED else miss_from
    first, second = (f"{words} none" if words == ASSUMED else f"from {words}" for words in (miss_from, false_flag_from))
    return miss, false_flag, f"the sensitivity {first}; the specificity {second}"


def _stated(plan: Plan, watches: str, default: float) -> tuple[float, str]:
    """Return a rate of the AI's own and where it comes from: an acceptance value, a chart's standard, or a default."""
    accepted = accepted_rate(plan, watches)
    if accepted is not None:
        return accepted, "the plan's acceptance values"
    standards = (chart.acceptable for chart in plan.chart if chart.watches == watches)
    rate = next((one for one in standards if isinstance(one, float)), None)
    return (default, ASSUMED) if rate is None else (rate, "the rates that the plan's charts accept")

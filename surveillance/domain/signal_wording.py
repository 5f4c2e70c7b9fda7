"""What a chart has found, in sentences: for a list, and as the reason of a recommendation."""

from surveillance.domain.chart_path import ChartPath, Signal
from surveillance.domain.designed_chart import ChartDesign
from surveillance.domain.numbers import number, percent
from surveillance.domain.plan import Plan
from surveillance.domain.rare_rate import in_many

# A chart on the AI's own scores cannot tell a change of the AI from a change of the patients or of the truth.
ALSO_MOVED_BY = "A change of prevalence or of the label source moves this chart too, with the AI unchanged"


def chart_reason(plan: Plan, path: ChartPath, signal: Signal) -> str:
    """Return why a stop is recommended, in one breath."""
    design = path.design
    assert design is not None
    now = path.last_week
    since = f"from {signal.onset.words(now)} until the chart crossed its stop-use limit in {signal.week.words(now)}"
    agreed = f"at the agreed rate it would have been {signal.expected:.0f}"
    audit = plan.truth.audit_fraction_unflagged
    sample = ""
    if audit < 1:
        each = f"only {percent(audit)} of the unflagged, each of which stands for about {1 / audit:.0f}"
        sample = f" These are verified studies: all flagged ones, but {each}."
    if signal.seen is not None:
        return f"{batches_words(signal)} {since}."
    if design.detector == "time_between_events":
        crossed = f"The chart crossed its stop-use limit in {signal.week.words(now)}; the change began about"
        return f"{run_words(plan, design, signal)}. {crossed} {signal.onset.words(now)}.{sample}"
    if design.watches == "missed_positives":
        return (
            f"The AI did not flag **{signal.events} of {signal.studies}** confirmed {plural(plan.finding)} {since};"
            f" {agreed}.{sample}"
        )
    counted = f"**{signal.events} of {signal.studies}**"
    if design.watches == "false_flags":
        return f"The AI flagged {counted} studies confirmed negative {since}; {agreed}.{sample}"
    if design.watches == "technical_failures":
        return f"{counted} eligible studies were not processed {since}; {agreed}."
    return (
        f"There were **{signal.events}** {plural(plan.finding)} in {signal.studies} studies {since}; the predicted risk"
        f" gives {signal.expected:.0f}."
    )


def batches_words(signal: Signal) -> str:
    """Return what the batches of an AUROC chart averaged, without the full stop."""
    assert signal.seen is not None
    many = f"last {signal.events} batches" if signal.events > 1 else "last batch"
    return (
        f"AUROC of the {many} averaged **{number(signal.seen)}** against the baseline's {number(signal.expected)},"
        f" in {signal.studies:,} studies"
    )


def run_words(plan: Plan, design: ChartDesign, signal: Signal) -> str:
    """Return how close together rare events came and what is agreed, without the full stop."""
    assert design.in_control is not None
    many, studies = signal.events, f"**{signal.studies:,}**"
    found, among = {
        "missed_positives": (
            f"confirmed {plan.finding if many == 1 else plural(plan.finding)} not flagged",
            "positives",
        ),
        "false_flags": (f"false flag{'s' * (many != 1)}", "negatives"),
        "technical_failures": (f"stud{'y' if many == 1 else 'ies'} not processed", "studies"),
    }[design.watches]
    among = among if among == "studies" else f"verified {among}"
    return f"{many} {found} within {studies} {among}, where {in_many(design.in_control)} are agreed"


def plural(finding: str) -> str:
    """Return more than one of a finding.

    >>> plural("bleed"), plural("death within 30 days")
    ('bleeds', 'deaths within 30 days')
    """
    head, _, rest = finding.partition(" ")
    return f"{head}s {rest}".strip()


def signal_sentence(plan: Plan, path: ChartPath, signal: Signal, past_action: bool) -> str:
    """Return what a chart has found, how much, and since when."""
    design = path.design
    assert design is not None
    verified = "verified " if plan.truth.audit_fraction_unflagged < 1 else ""
    counted = f"{signal.events:,} of {signal.studies:,}"
    since = f"It began about **{signal.onset.words(path.last_week)}**."
    agreed = f"{signal.expected:.0f} agreed"
    limit = "stop-use" if past_action else "alarm"
    passed = f"The chart passed its {limit} limit in {signal.week.words(path.last_week)}."
    found = plural(plan.finding)
    if signal.seen is not None:
        return f"**AUROC is lower than in the baseline.** {batches_words(signal)} until then. {since} {passed}"
    if design.detector == "time_between_events":
        return f"**Rare events come closer together than agreed.** {run_words(plan, design, signal)}. {since} {passed}"
    if design.watches == "missed_positives":
        told = f"{counted} {verified}{found} not flagged until then ({agreed})"
        return f"The AI is flagging **fewer confirmed {found} than agreed**: {told}. {since} {passed}"
    if design.watches == "false_flags":
        return (
            f"**More false flags than agreed**: {counted} {verified}negatives until then ({agreed}). {since} {passed}"
        )
    if design.watches == "technical_failures":
        return f"**More studies are not processed than agreed**: {counted} until then ({agreed}). {since} {passed}"
    more = (design.odds_ratio or 1) > 1
    told = f"{signal.events:,} {found} in {signal.studies:,} studies, {signal.expected:.0f} expected"
    if design.level == "watch":
        promise = f"**The scores promise {'fewer' if more else 'more'} {found} than there are**: {told}."
        return f"{promise} {since} {ALSO_MOVED_BY}: look at both, then recalibrate; this alone is no reason to stop."
    return f"**{'More' if more else 'Fewer'} {found} than the risk predicts**: {told}. {since} {passed}"

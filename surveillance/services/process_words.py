"""What is special cause in the newest week, and how often that happens by chance, in a sentence each."""

from collections.abc import Sequence

from surveillance.domain.numbers import percent
from surveillance.domain.stable_year import YEARS, stable_year
from surveillance.domain.weeks import Week
from surveillance.domain.wording import minutes, whole
from surveillance.services.page_models import Kind, ProcessChart

SHORT = {"turnaround_median": "median turnaround", "eligible": "volume", "flag_rate": "flag rate"}
SPECIAL: dict[Kind, str] = {
    "concern": "special cause, concern",
    "improvement": "special cause, improvement",
    "high": "special cause, high",
    "low": "special cause, low",
}
SHOW = {"share": percent, "minutes": minutes, "count": whole}


def special_cause_words(charts: Sequence[ProcessChart]) -> str:
    """Say in one sentence which figures have special cause in the newest judged week."""
    drawn = [chart for chart in charts if not chart.absent]
    if not drawn:
        return (
            f"{_opened(_listed([SHORT[one.metric] for one in charts]))}: {_lowered(charts[0].absent)}" if charts else ""
        )
    newest = len(drawn[0].kind) - 1
    place = max((_last(chart) for chart in drawn), default=newest)
    week = Week.of(drawn[0].week_end[place])
    lead = week.words(Week.of(drawn[0].week_end[newest])).replace("week", "Week", 1)
    marked, usual, silent = [], [], [SHORT[chart.metric] for chart in charts if chart.absent]
    for chart in drawn:
        name, kind, value = SHORT[chart.metric], chart.kind[place], chart.value[place]
        if kind in SPECIAL and value is not None:
            marked.append(f"**{name}** has {SPECIAL[kind]} ({SHOW[chart.unit](value)}, {chart.rule[place]})")
        elif kind == "common cause":
            usual.append(name)
        else:
            silent.append(name)
    parts = list(marked)
    if usual:
        parts.append(f"{_listed(usual)} {'varies' if len(usual) == 1 else 'vary'} as usual (common cause)")
    if silent:
        parts.append(f"{_listed(silent)} {'is' if len(silent) == 1 else 'are'} not judged")
    later = "" if place == newest else f" (the newest week is not judged: {drawn[0].why[newest]})"
    return f"{lead}{later}: {'; '.join(parts)}."


def chance_words(charts: Sequence[ProcessChart]) -> str:
    """Say how often stable charts are marked by chance, as measured."""
    baselines = [chart.fixed_by for chart in charts if chart.fixed_by]
    if not baselines:
        return ""
    year = stable_year(baselines)
    fewest, several = min(baselines), ""
    these = "" if fewest == year.weeks else f" (these rest on {fewest})"
    if len(baselines) > 1:
        number = {2: "both", 3: "all three"}.get(len(baselines), f"all {len(baselines)}")
        several = f", and about {100 * year.any_of_them:.0f} in 100 departments that watch {number} see one"
    return (
        f"In a stable year about {100 * year.one:.0f} in 100 charts like these show at least one mark by chance"
        f"{several}: a mark is a prompt to look, never an alarm. Measured on {YEARS:,} simulated years of independent"
        f" weeks with limits from {year.weeks} weeks{these}; weeks like their neighbours are marked more often."
    )


def _last(chart: ProcessChart) -> int:
    return max((place for place, kind in enumerate(chart.kind) if kind != "not judged"), default=0)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _opened(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]

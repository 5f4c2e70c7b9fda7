"""The performance tab of a deployment."""

from surveillance.domain.measures import MEASURES
from surveillance.domain.numbers import percent
from surveillance.domain.roles import Action, Actor
from surveillance.domain.thresholds import too_few
from surveillance.domain.verdict import Verdict
from surveillance.domain.wording import plan_words, value_words, window_words
from surveillance.services.axis_events import axis_events
from surveillance.services.guard import guarded
from surveillance.services.page_models import Figure, Performance
from surveillance.services.series_page import complete_to, figure, point_now, weekly
from surveillance.services.stored_series import StoredSeries, series_now
from surveillance.services.truth_figures import source_rows, sources_window, truth_error_words
from surveillance.storage.store import Store

FIGURES = ("sensitivity", "specificity", "auroc", "positive_predictive_value", "negative_predictive_value", "flag_rate")
PANELS = ("sensitivity", "specificity", "auroc")


@guarded(Action.READ_SURVEILLANCE)
def performance(actor: Actor, store: Store, deployment_id: int, window: int | None) -> Performance:
    """Return rolling performance against the plan; `window` in weeks, the plan's own choice where None."""
    kept = series_now(store, deployment_id)
    if kept is None:
        return Performance("", (), 0, (), (), None, ())
    windows = kept.points.windows
    chosen = window if window in windows else _usual(kept)
    shown = [metric for metric in PANELS if MEASURES[metric].available(kept.plan)]
    return Performance(
        sentence=_sentence(kept),
        windows=windows,
        window=chosen,
        figures=tuple(figure(kept, metric, chosen) for metric in FIGURES),
        series=tuple(weekly(kept, metric, chosen) for metric in (shown or ["prevalence"])),
        complete_to=complete_to(kept),
        events=axis_events(store, kept),
        working=_working(kept, chosen),
        sources=source_rows(kept),
        sources_window=sources_window(kept),
        truth_error=truth_error_words(kept, chosen),
    )


def _working(kept: StoredSeries, window: int) -> tuple[Figure, ...]:
    """Return the figures with what they would be as verified, not corrected, beside each that is corrected."""
    names = (name for metric in FIGURES for name in (metric, f"{metric}_naive"))
    shown = [name for name in names if name in FIGURES or (name in MEASURES and MEASURES[name].available(kept.plan))]
    return tuple(figure(kept, name, window) for name in shown)


def _usual(kept: StoredSeries) -> int:
    windows = [kpi.window for kpi in kept.plan.kpi]
    return max(windows) if windows else kept.points.windows[-1]


def _sentence(kept: StoredSeries) -> str:
    """Return in one breath which KPIs are beyond the plan, and which are within."""
    beyond, within, few, waiting, unjudged = [], [], [], [], []
    for kpi in kept.plan.kpi:
        point = point_now(kept, kpi.metric, kpi.window)
        title = MEASURES[kpi.metric].title
        if point is None or point.verdict is None:
            waiting.append(title)
        elif point.verdict is Verdict.NOT_ESTIMABLE and too_few(MEASURES[kpi.metric], point.n, point.events):
            few.append(title)
        elif point.verdict is Verdict.NOT_ESTIMABLE:
            unjudged.append(f"{title} cannot be judged: {point.no_interval}.")
        elif point.verdict is Verdict.WITHIN:
            within.append(title)
        else:
            value, ranged, _ = value_words(point)
            plan = plan_words(kpi, MEASURES[kpi.metric].unit)
            whole = "the whole range" if point.verdict is Verdict.BREACH else "the value, though not its whole range,"
            span = f"{value} ({ranged}) in {window_words(kpi.window)}"
            beyond.append(f"{title} is **beyond the plan**: {whole} lies past it, {span}; {plan}.")
    parts = list(beyond)
    if within:
        parts.append(f"{_listed(within)} {'is' if len(within) == 1 else 'are'} within the plan.")
    if few:
        parts.append(f"Too few to say: {_listed(few)}.")
    if waiting:
        parts.append(f"No complete window yet: {_listed(waiting)}.")
    parts += unjudged
    worst = _worst_case(kept)
    return " ".join([*parts, worst]).strip()


def _worst_case(kept: StoredSeries) -> str:
    """Return what sensitivity would be if every failed study with disease counted as not flagged."""
    point = point_now(kept, "sensitivity", kept.points.windows[-1])
    failed = point_now(kept, "failed_share", kept.points.windows[-1])
    if point is None or failed is None or point.low is None:
        return ""
    return (
        "Studies that were not processed are left out; with their positives counted as not flagged, sensitivity would"
        f" be {percent(point.value * (1 - failed.value))}."
    )


def _listed(names: list[str]) -> str:
    names = [names[0], *(name if name.isupper() else name[0].lower() + name[1:] for name in names[1:])]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

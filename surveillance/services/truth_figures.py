"""What each reference standard says by itself, and what the truth's own error would give, in words for the page."""

from typing import Any

from surveillance.domain.numbers import percent, span
from surveillance.domain.truth_error import apparent_figures, apparent_words, truth_has_error
from surveillance.domain.truth_sources import SourceCounts
from surveillance.domain.weeks import Week
from surveillance.domain.wording import value_words
from surveillance.errors import NotEstimable
from surveillance.metrics import Estimate
from surveillance.services.page_models import SourceRow
from surveillance.services.series_page import point_now
from surveillance.services.stored_series import StoredSeries

NAMES = {"report": "Report", "adjudication": "Adjudication", "follow_up": "Follow-up", "audit": "Audit"}
USES = {
    ("flagged", "unflagged"): "all studies",
    ("flagged",): "flagged studies",
    ("unflagged",): "unflagged studies",
    (): "nothing",
}


def kept_sources(kept: StoredSeries) -> tuple[SourceCounts, ...]:
    """Return the counts by source as the newest evaluation kept them; none where it is older than they are."""
    rows: list[dict[str, Any]] = kept.summary.get("truth_sources", [])
    return tuple(SourceCounts(**{**row, "counts_for": tuple(row["counts_for"])}) for row in rows)


def source_rows(kept: StoredSeries) -> tuple[SourceRow, ...]:
    """Return one row of text for each source, those of the plan first."""
    rows = sorted(kept_sources(kept), key=lambda counts: not counts.counts_for)
    return tuple(_row(counts) for counts in rows)


def sources_window(kept: StoredSeries) -> str:
    """Return the weeks that the counts by source cover."""
    counts = kept_sources(kept)
    if not counts:
        return ""
    first, last = Week(counts[0].first_week), Week(counts[0].last_week)
    return f"weeks {first.label} to {last.label}; corrected for the studies that a source did not look at"


def truth_error_words(kept: StoredSeries, window: int) -> str:
    """Return what the plan's stated truth error alone would give at a window's prevalence, beside what was observed."""
    if not truth_has_error(kept.plan) or not kept.plan.gives_flag:
        return ""
    prevalence = point_now(kept, "prevalence", window)
    if prevalence is None or isinstance(prevalence.estimate, NotEstimable):
        return ""
    try:
        figures = apparent_figures(kept.plan, prevalence.value)
    except NotEstimable as reason:
        return f"{reason}."
    words = apparent_words(kept.plan, figures)
    return f"{words} {_observed(kept, window)}{_agreement(kept, window, figures.sensitivity)}"


def _observed(kept: StoredSeries, window: int) -> str:
    parts = []
    for metric in ("sensitivity", "specificity"):
        point = point_now(kept, metric, window)
        if point is not None and not isinstance(point.estimate, NotEstimable):
            value, ranged, _ = value_words(point)
            parts.append(f"{metric} {value} ({ranged})" if ranged else f"{metric} {value}")
    return f"Observed: {', '.join(parts)}." if parts else ""


def _agreement(kept: StoredSeries, window: int, apparent: float) -> str:
    """Return whether the observed range of sensitivity holds what the truth's error alone would give."""
    point = point_now(kept, "sensitivity", window)
    if point is None or point.low is None or point.high is None:
        return ""
    if point.low <= apparent <= point.high:
        return f" The range of sensitivity holds {percent(apparent)}: the truth's error alone could explain it."
    side = "below" if point.high < apparent else "above"
    return f" The range of sensitivity lies {side} {percent(apparent)}: the truth's error alone does not explain it."


def _row(counts: SourceCounts) -> SourceRow:
    flagged, unflagged = counts.true_flags + counts.false_flags, counts.missed + counts.true_negatives
    doubtful = f", {counts.indeterminate:,} indeterminate" if counts.indeterminate else ""
    positives = f"{counts.true_flags:,} positives flagged, {counts.missed:,} not flagged"
    try:
        figures = counts.figures
        sensitivity, specificity = _words(figures.sensitivity), _words(figures.specificity)
    except NotEstimable:
        missing = "flagged" if flagged == 0 else "unflagged" if unflagged == 0 else "positive or negative"
        sensitivity = specificity = f"– (saw no {missing} study)"
    return SourceRow(
        source=NAMES[counts.source],
        outside=not counts.counts_for,
        counts_for=USES[counts.counts_for],
        seen=f"{flagged:,} of {counts.flagged:,} flagged, {unflagged:,} of {counts.unflagged:,} unflagged{doubtful}",
        counts=f"{positives}; {counts.false_flags:,} false flags, {counts.true_negatives:,} true negatives",
        deciding=f"{counts.deciding:,} studies",
        sensitivity=sensitivity,
        specificity=specificity,
    )


def _words(estimate: Estimate) -> str:
    return f"{percent(estimate.value)} ({span(estimate.low, estimate.high, 'share')})"

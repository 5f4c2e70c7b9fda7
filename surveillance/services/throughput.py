"""The throughput tab: what came, what failed, how long it took, and which truths are still out."""

from surveillance.domain.numbers import percent
from surveillance.domain.roles import Action, Actor
from surveillance.services.axis_events import axis_events
from surveillance.services.guard import guarded
from surveillance.services.page_models import ThroughputPage
from surveillance.services.process_charts import process_charts
from surveillance.services.process_words import chance_words, special_cause_words
from surveillance.services.quality_waiting import denominator_words
from surveillance.services.series_page import figure, point_now, weekly
from surveillance.services.stored_series import series_now
from surveillance.storage.quarantine import quarantine
from surveillance.storage.store import Store

FIGURES = ("processed_share", "turnaround_median", "turnaround_p95", "missing_truths", "late_truths", "indeterminate")
PANELS = ("failed_share", "missing_truths")


@guarded(Action.READ_SURVEILLANCE)
def throughput(actor: Actor, store: Store, deployment_id: int) -> ThroughputPage:
    """Return weekly volumes, failures, turnaround and the truths that are missing or late."""
    kept = series_now(store, deployment_id)
    with store.read() as connection:
        apart = quarantine(connection)
        denominator = "" if kept is None else denominator_words(connection, kept.deployment)
    if kept is None:
        return ThroughputPage("", (), (), ())
    deployment = kept.deployment
    usual = kept.points.windows[1] if len(kept.points.windows) > 1 else kept.points.windows[0]
    coverage = kept.summary["coverage"]
    failed = point_now(kept, "failed_share", kept.points.windows[0])
    sentence = f"{coverage['studies']:,} studies last week"
    if failed is not None and failed.low is not None:
        sentence += f", {percent(failed.value)} of them not processed"
    missing = coverage["expected"] - coverage["arrived"]
    sentence += f". Since the last complete week {missing:,} of {coverage['expected']:,} expected outcomes are missing."
    process = process_charts(store, kept)
    return ThroughputPage(
        sentence=f"{special_cause_words(process)} {sentence}".strip(),
        figures=tuple(figure(kept, metric, usual) for metric in FIGURES),
        series=tuple(weekly(kept, metric, kept.points.windows[0]) for metric in PANELS),
        versions=(
            denominator,
            f"Version {deployment.version} is watched here.",
            *(
                f"Version {q.version or 'not given'}: {q.cases:,} studies, held apart and in no figure here."
                for q in apart
                if q.model == deployment.model and q.site == deployment.site
            ),
        ),
        process=process,
        chance=chance_words(process),
        events=axis_events(store, kept),
    )

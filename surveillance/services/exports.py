"""What the store keeps, as tables for other programs: columns and rows, guarded like every reading."""

from surveillance.domain.case_log import NEVER
from surveillance.domain.measures import MEASURES
from surveillance.domain.measures.measure import Measure
from surveillance.domain.plan import load_plan
from surveillance.domain.points import NAMES, Point
from surveillance.domain.roles import Action, Actor
from surveillance.errors import NotEstimable
from surveillance.services.guard import guarded
from surveillance.services.stored_series import StoredSeries, read_series
from surveillance.services.withdrawn_evidence import rests_on_withdrawn
from surveillance.storage import alarms as kept_alarms
from surveillance.storage import recommendations as kept_recommendations
from surveillance.storage import register
from surveillance.storage.known_events import known_events
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.orders import each_study_once, filled, read_orders, unread_orders, with_unread
from surveillance.storage.plans import plan_for
from surveillance.storage.store import Store
from surveillance.storage.times import EVER, from_micros

Rows = tuple[tuple[str, ...], list[tuple[object, ...]]]
POINT_COLUMNS = (
    "deployment", "week", "window", "metric", "value", "low", "high", "n", "positives", "method", "truth_source",
    "verdict", "events", "mature", "restated", "reason", "as_of",
)  # fmt: skip
CASE_COLUMNS = (
    "case_id", "model", "version", "site", "acquired_at", "status", "score", "called", "result_at", "scanner", "kernel",
    "setting", "age_band", "sex", "ethnicity", "subtype", "patient", "audit_selected", "sampling_fraction", "truth",
    "truth_recorded_at", "truth_source",
)  # fmt: skip
TRUTHS = {1: "1", 0: "0", 2: "indeterminate"}
STRONGER = ("report", "follow_up", "audit", "adjudication")


@guarded(Action.READ_SURVEILLANCE)
def points(actor: Actor, store: Store) -> Rows:
    """Return every figure of every week and window as it stands, one row each."""
    rows: list[tuple[object, ...]] = []
    with store.read() as connection:
        for deployment in register.deployments(connection):
            kept = read_series(connection, deployment.id)
            if kept is not None:
                rows += _points(kept)
    return POINT_COLUMNS, rows


def _points(kept: StoredSeries) -> list[tuple[object, ...]]:
    sources = " then ".join(dict.fromkeys((*kept.plan.truth.flagged, *kept.plan.truth.unflagged)))
    found: list[tuple[object, ...]] = []
    for name in NAMES:
        measure = MEASURES[name]
        if not measure.available(kept.plan):
            continue
        method = measure.method(kept.plan)
        for window in kept.points.windows:
            for week in range(kept.points.weeks):
                point = kept.points.at(name, window, week)
                missing = isinstance(point.estimate, NotEstimable)
                found.append(
                    (
                        kept.deployment.title,
                        point.week.label,
                        window,
                        name,
                        "" if missing else point.estimate,
                        "" if point.low is None else point.low,
                        "" if point.high is None else point.high,
                        point.n,
                        _positives(measure, point),
                        method,
                        sources if measure.from_truth else "",
                        "" if point.verdict is None else point.verdict.value,
                        "" if point.events < 0 else point.events,
                        point.mature,
                        point.restated,
                        str(point.estimate) if missing else point.no_interval,
                        kept.newest.as_of.isoformat(),
                    )
                )
    return found


def _positives(measure: Measure, point: Point) -> int | str:
    """Return how many studies of a figure's denominator have a confirmed finding; blank where it asks for none."""
    if not measure.from_truth or point.events < 0:
        return ""
    known = {"sensitivity": point.n, "specificity": 0, "negative_predictive_value": point.n - point.events}
    return known.get(measure.name.removesuffix("_naive"), point.events)


@guarded(Action.READ_CASES)
def cases(actor: Actor, store: Store) -> Rows:
    """Return every study in the canonical columns, with its newest truth; times in UTC.

    An order that no version of the product read stands in it as `not_sent`. What a result leaves blank of its group
    columns is filled from its order; of two truths recorded at one moment the one of the stronger source is told.
    """
    rows: list[tuple[object, ...]] = []
    with store.read() as connection:
        for deployment in register.deployments(connection):
            plan = plan_for(connection, deployment)
            pathway = "" if plan is None else load_plan(plan.toml).pathway
            unread = each_study_once(unread_orders(connection, deployment, EVER), pathway)
            studies = with_unread(read_cases(connection, deployment.id, EVER), unread)
            studies = filled(studies, read_orders(connection, deployment.site, EVER))
            truths = read_outcomes(connection, deployment.id, EVER)
            truths = truths.assign(rank=truths["truth_source"].map(STRONGER.index)).sort_values(["recorded_at", "rank"])
            truths = truths.drop_duplicates("case_id", keep="last").astype({"recorded_at": "Int64", "truth": "Int64"})
            joined = studies.merge(
                truths[["case_id", "truth", "recorded_at", "truth_source"]], on="case_id", how="left"
            )
            joined["model"], joined["version"] = deployment.model, deployment.version
            joined["site"] = deployment.site
            joined["truth"] = joined["truth"].map(TRUTHS)
            joined["truth_recorded_at"] = joined.pop("recorded_at")
            for column in ("acquired_at", "result_at", "truth_recorded_at"):
                joined[column] = [_moment(value) for value in joined[column].astype("Int64").fillna(NEVER)]
            listed = joined[list(CASE_COLUMNS)].astype(object)
            rows += list(listed.where(listed.notna(), "").itertuples(index=False, name=None))
    return CASE_COLUMNS, rows


def _moment(micros: int) -> str:
    return "" if micros == NEVER else from_micros(int(micros)).isoformat().replace("+00:00", "Z")


@guarded(Action.READ_SURVEILLANCE)
def alarms(actor: Actor, store: Store) -> Rows:
    """Return every alarm with its state and last answer."""
    columns = (
        "alarm", "episode", "deployment", "week", "kind", "level", "chart", "limit", "onset", "headline", "raised_at",
        "due_at", "state", "answered_by", "answered_at", "reason", "rests_on_withdrawn",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    with store.read() as connection:
        known = {d.id: d for d in register.deployments(connection)}
        marks = rests_on_withdrawn(connection, kept_alarms.alarms(connection), known)
        for record in kept_alarms.alarms(connection):
            alarm, last = record.alarm, record.events[-1]
            answered = record.state != "raised"
            rows.append(
                (
                    record.id, alarm.episode_id, known[alarm.deployment_id].title, alarm.week, alarm.kind,
                    alarm.detail["level"], alarm.chart or "", alarm.limit_name or "", alarm.onset or "", alarm.headline,
                    alarm.raised_at.isoformat(), alarm.due_at.isoformat(), record.state,
                    last.by if answered else "", last.at.isoformat() if answered else "",
                    last.reason if answered else "", " ".join(marks.get(record.id, ())),
                )
            )  # fmt: skip
    return columns, rows


@guarded(Action.READ_SURVEILLANCE)
def events(actor: Actor, store: Store) -> Rows:
    """Return every known event, withdrawn ones among them, with its scope and who logged and withdrew it when."""
    columns = (
        "event", "kind", "on", "site", "model", "scanner", "words", "logged_at", "logged_by", "withdrawn_at",
        "withdrawn_by", "withdrawal_reason",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    with store.read() as connection:
        for kept in known_events(connection):
            gone = kept.withdrawn
            end = ("", "", "") if gone is None else (gone.at.isoformat(), gone.by, gone.reason)
            what = (kept.id, kept.kind.value, kept.on.isoformat(), kept.site, kept.model, kept.scanner, kept.words)
            rows.append((*what, kept.logged_at.isoformat(), kept.logged_by, *end))
    return columns, rows


@guarded(Action.READ_SURVEILLANCE)
def recommendations(actor: Actor, store: Store) -> Rows:
    """Return every stop-use recommendation and what was decided."""
    columns = (
        "recommendation", "deployment", "week", "chart", "reason", "raised_at", "due_at", "decision", "decided_by",
        "decided_at", "decision_reason", "evidence_sha256", "rests_on_withdrawn",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    with store.read() as connection:
        known = {d.id: d for d in register.deployments(connection)}
        raised = kept_alarms.alarms(connection)
        marks = rests_on_withdrawn(connection, raised, known)
        behind = {(r.alarm.deployment_id, r.alarm.signal_key): " ".join(marks.get(r.id, ())) for r in raised}
        for kept in kept_recommendations.recommendations(connection):
            decision = "signed" if kept.signed_at else "declined" if kept.declined_at else ""
            rows.append(
                (
                    kept.id, known[kept.deployment_id].title, kept.week, kept.chart, kept.headline.replace("**", ""),
                    kept.raised_at.isoformat(), kept.due_at.isoformat(), decision,
                    kept.signed_by or kept.declined_by or "",
                    kept.decided_at.isoformat() if kept.decided_at else "", kept.decline_reason or "",
                    kept.evidence_sha256, behind.get((kept.deployment_id, kept.signal_key), ""),
                )
            )  # fmt: skip
    return columns, rows

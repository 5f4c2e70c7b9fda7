"""Keeping what an evaluation asks for: alarms once each, in episodes, and recommendations; nothing is withdrawn."""

from datetime import date, datetime

from sqlalchemy import Connection

from surveillance.domain.alarm import AlarmDraft, due
from surveillance.domain.episode import OpenEpisode, joins
from surveillance.domain.stop_use import RecommendationDraft
from surveillance.domain.weeks import Week
from surveillance.services.due_weeks import Due
from surveillance.services.judging import Judged
from surveillance.services.use_status import propose_stop
from surveillance.storage import alarms, recommendations
from surveillance.storage.alarms import AlarmRecord, NewAlarm
from surveillance.storage.recommendations import NewRecommendation
from surveillance.storage.times import from_micros

OPEN = ("raised", "acknowledged", "investigating")
HISTORY_WEEKS = 4
# One open alarm stands for as long as such a fact goes on; otherwise an operator would learn to look away.
RENEWING = ("outcomes overdue", "log missing", "audit differs")


def week_of_label(label: str) -> Week:
    """Return the week that an ISO label names.

    >>> week_of_label("2026-W47").label
    '2026-W47'
    """
    year, week = label.split("-W")
    return Week.of(date.fromisocalendar(int(year), int(week), 1))


def keep_signals(
    connection: Connection, due_now: Due, judged: Judged, *, actor: str, role: str, at: datetime
) -> tuple[int, int]:
    """Keep new alarms and recommendations of one deployment; return how many of each are new.

    A signal already kept is the same alarm. One that a correction has taken out of the chart stays, with a
    note that says so: an alarm is never silently withdrawn.
    """
    deployment = due_now.deployment.id
    kept = {record.alarm.signal_key: record for record in alarms.alarms(connection, deployment)}
    raised = 0
    asked = {r.alarm.kind for r in kept.values() if r.alarm.kind != "chart" and r.state in OPEN}
    for draft in _once_each(judged.alarms):
        if draft.key in kept or (draft.kind in asked and draft.kind in RENEWING):
            continue
        episode = _episode(connection, deployment, draft, at)
        historical = _historical(draft, at, judged.now_beyond)
        alarm = _alarm(due_now, draft, episode, historical, at)
        raised += alarms.raise_alarm(connection, alarm, by=actor, role=role) is not None
    for key, record in kept.items():
        if record.alarm.kind == "chart" and key not in judged.still and _looked_at_again(due_now, record):
            _restate(connection, record, actor, role, at)
    return raised, _recommend(connection, due_now, judged.recommendations, actor=actor, at=at)


def _once_each(drafts: tuple[AlarmDraft, ...]) -> list[AlarmDraft]:
    """Return the drafts in time, of each fact that goes on from week to week only the newest."""
    newest = {draft.kind: draft for draft in sorted(drafts, key=lambda d: d.as_of) if draft.kind in RENEWING}
    kept = [draft for draft in drafts if draft.kind not in RENEWING or newest[draft.kind] is draft]
    return sorted(kept, key=lambda d: (d.as_of, d.key))


def _looked_at_again(due_now: Due, record: AlarmRecord) -> bool:
    """Say whether this run's charts cover a signal's week, so that its absence means something.

    A new plan version starts its charts anew; the signals of an earlier one are then simply not in them.
    """
    return due_now.plan is not None and week_of_label(record.alarm.week) >= Week.of(due_now.plan.effective_from)


def _historical(draft: AlarmDraft, at: datetime, beyond: frozenset[str]) -> bool:
    """Say whether an alarm belongs to a history loaded in one go, its chart quiet again since."""
    age = at - from_micros(draft.as_of)
    return age.days > 7 * HISTORY_WEEKS and draft.chart not in beyond


def _alarm(due_now: Due, draft: AlarmDraft, episode: int, historical: bool, at: datetime) -> NewAlarm:
    assert due_now.plan is not None
    return NewAlarm(
        deployment_id=due_now.deployment.id,
        episode_id=episode,
        signal_key=draft.key,
        kind=draft.kind,
        chart=draft.chart,
        limit_name=draft.limit,
        week=draft.week.label,
        as_of=from_micros(draft.as_of),
        onset_low=draft.onset_low.label,
        onset=draft.onset.label,
        onset_high=draft.onset_high.label,
        headline=draft.headline,
        detail={"level": draft.level, "historical": historical},
        raised_at=at,
        due_at=due(at, draft.hours),
        owner_role=due_now.plan.owner if draft.limit == "action" else "radiographer",
    )


def _episode(connection: Connection, deployment_id: int, draft: AlarmDraft, at: datetime) -> int:
    """Return the open episode an alarm joins, or a new one."""
    spans: dict[int, OpenEpisode] = {}
    for record in alarms.alarms(connection, deployment_id):
        if record.state not in OPEN:
            continue
        onset = week_of_label(record.alarm.onset or record.alarm.week).number
        signal = week_of_label(record.alarm.week).number
        known = spans.get(record.alarm.episode_id)
        if known is not None:
            onset, signal = min(onset, known.onset), max(signal, known.signal)
        spans[record.alarm.episode_id] = OpenEpisode(record.alarm.episode_id, onset, signal)
    joined = joins(draft, tuple(spans.values()))
    if joined is not None:
        return joined
    return alarms.open_episode(
        connection, deployment_id=deployment_id, opened_at=at, onset=draft.onset.label, signal=draft.week.label
    )


def _restate(connection: Connection, record: AlarmRecord, actor: str, role: str, at: datetime) -> None:
    if any(event.event == "restated" for event in record.events):
        return
    reason = (
        "Drawn anew, after corrected or late data or because the baseline was met, the chart no longer signals in this"
        " week. The alarm stays."
    )
    alarms.add_event(connection, record.id, at=at, by=actor, role=role, event="restated", reason=reason)


def _recommend(
    connection: Connection, due_now: Due, drafts: tuple[RecommendationDraft, ...], *, actor: str, at: datetime
) -> int:
    """Keep new recommendations; while one of a chart waits for an answer, the chart makes no other."""
    deployment = due_now.deployment.id
    made = 0
    for draft in sorted(drafts, key=lambda d: d.as_of):
        kept = recommendations.recommendations(connection, deployment)
        if any(r.signal_key == draft.key or (r.chart == draft.chart and r.decided_at is None) for r in kept):
            continue
        alarm = next(a for a in alarms.alarms(connection, deployment) if a.alarm.signal_key == draft.key)
        recommendations.add_recommendation(
            connection,
            NewRecommendation(
                deployment_id=deployment,
                episode_id=alarm.alarm.episode_id,
                signal_key=draft.key,
                chart=draft.chart,
                as_of=from_micros(draft.as_of),
                week=draft.week.label,
                headline=draft.reason,
                reasons=[draft.reason],
                evidence={"rows": [list(row) for row in draft.evidence], "against": draft.against},
                raised_at=at,
                due_at=due(at, draft.hours),
            ),
        )
        propose_stop(connection, deployment, at=at, by=actor, reason=draft.key)
        made += 1
    return made

"""Stop-use: the software recommends with its evidence; a radiologist signs the notice or declines with a reason."""

from datetime import date, datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor
from surveillance.errors import NotAllowed
from surveillance.services.deployments import day_words
from surveillance.services.free_text import without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.stop_use_page import stop_use as stop_use
from surveillance.services.stop_use_page import stop_uses as stop_uses
from surveillance.services.use_status import watch_on
from surveillance.storage import alarms, notices, recommendations, register
from surveillance.storage.recommendations import RecommendationRecord
from surveillance.storage.store import Store

FALLBACKS = (
    "All studies in order of arrival, emergency first",
    "Second reader for every study of this pathway",
    "The pathway's written fallback protocol",
)


@guarded(Action.SIGN_STOP_USE)
def sign_notice(
    actor: Actor,
    store: Store,
    recommendation_id: int,
    *,
    reason: str,
    fallback: str,
    review_on: date,
    at: datetime,
) -> str:
    """Sign the stop-use notice of a recommendation: notice, status, answered alarm and audit entry together.

    Raises
    ------
    NotAllowed
        Without a reason, without a fallback, or with a review date in the past.
    AlreadyDecided
        If it was signed or declined before.
    """
    said = _reason(reason)
    if not fallback.strip():
        raise NotAllowed("Say how the work is done until then.")
    without_identifiers(fallback, "The fallback")
    if review_on < at.date():
        raise NotAllowed("The review date must not lie in the past.")
    with store.write(actor=actor.person, role=actor.role.value, action=Action.SIGN_STOP_USE.value, at=at) as unit:
        record = recommendations.recommendation(unit.connection, recommendation_id)
        deployment = register.deployment(unit.connection, record.deployment_id)
        notice = {
            "product_name": deployment.model,
            "exact_version": deployment.version,
            "sites_affected": [deployment.site],
            "pathway": deployment.pathway,
            "issued_at": at.isoformat(),
            "effective_at": at.isoformat(),
            "training_mode": store.kind != "live",
            "reason_plain_english": said,
            "recommendation": record.headline,
            "evidence": record.evidence,
            "evidence_sha256": record.evidence_sha256,
            "fallback_workflow": fallback.strip(),
            "review_date": review_on.isoformat(),
            "rc_ai_signature": {"person": actor.person, "name": actor.name, "role": actor.role.value},
        }
        kept = notices.sign_notice(
            unit.connection,
            recommendation_id=recommendation_id,
            deployment_id=deployment.id,
            notice=notice,
            by=actor.person,
            role=actor.role.value,
            at=at,
        )
        register.set_status(
            unit.connection, deployment_id=deployment.id, status="stopped", at=at, by=actor.person, reason=said
        )
        _answer_alarms(unit.connection, record, actor, f"Stop-use notice {kept.id} signed: {said}", at)
        unit.record({"notice": kept.id, "recommendation": recommendation_id, "sha256": kept.content_sha256})
    return (
        f"Stop-use notice {kept.id} signed by {actor.name}, {day_words(at)} {at:%H:%M} UTC. {deployment.title} is"
        f" stopped. Record {unit.receipt.seq:,} in the trail."
    )


@guarded(Action.SIGN_STOP_USE)
def decline(actor: Actor, store: Store, recommendation_id: int, *, reason: str, at: datetime) -> str:
    """Decline a recommendation with a reason; both stay on record, and the chart starts again from zero.

    Raises
    ------
    NotAllowed
        Without a reason, or with one that seems to name a patient.
    AlreadyDecided
        If it was signed or declined before.
    """
    said = _reason(reason)
    role = actor.role.value
    with store.write(actor=actor.person, role=role, action=Action.SIGN_STOP_USE.value, at=at) as unit:
        record = recommendations.recommendation(unit.connection, recommendation_id)
        recommendations.decline(
            unit.connection, recommendation_id=recommendation_id, by=actor.person, role=role, at=at, reason=said
        )
        why = f"stop-use declined: {said}"
        watch_on(unit.connection, record.deployment_id, at=at, by=actor.person, reason=why)
        _answer_alarms(unit.connection, record, actor, f"Stop-use declined: {said}", at)
        unit.record({"declined": recommendation_id, "reason": said, "evidence": record.evidence_sha256})
    return f"Declined by {actor.name}, {day_words(at)} {at:%H:%M} UTC. Record {unit.receipt.seq:,} in the trail."


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise NotAllowed("A reason in plain English is required; it is printed on the record.")
    return without_identifiers(said, "This reason")


def _answer_alarms(
    connection: Connection, record: RecommendationRecord, actor: Actor, words: str, at: datetime
) -> None:
    """Acknowledge the alarms of the recommendation's episode that still wait."""
    for alarm in alarms.alarms(connection, record.deployment_id):
        if alarm.alarm.episode_id == record.episode_id and alarm.state == "raised":
            role = actor.role.value
            alarms.add_event(
                connection, alarm.id, at=at, by=actor.person, role=role, event="acknowledged", reason=words
            )

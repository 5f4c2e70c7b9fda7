"""Reading recommendations with their evidence, what speaks against them, and what was answered."""

from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor, Role
from surveillance.services.deployments import by_need, day_words
from surveillance.services.fleet import Member, fleet, holders
from surveillance.services.guard import guarded
from surveillance.services.page_models import StopUsePage
from surveillance.services.withdrawn_evidence import rests_on_withdrawn
from surveillance.storage import alarms, people, recommendations
from surveillance.storage.recommendations import RecommendationRecord
from surveillance.storage.store import Store

FOLLOWS = (
    "PACS or IT confirms that the AI is **switched off**; a signed stop is not a stopped machine",
    "The teams of this pathway are told, and each acknowledges",
    "**Look-back** of the studies since the likely onset",
    "**Re-validation** before it returns, signed by somebody else",
)
IF_DECLINED = (
    "A reason is required and is kept beside the recommendation. The chart starts again from zero, so the same fault"
    " would have to build up anew before it recommends again."
)


@guarded(Action.READ_SURVEILLANCE)
def stop_uses(actor: Actor, store: Store, *, at: datetime) -> tuple[StopUsePage, ...]:
    """Return every recommendation, those that wait for a decision first."""
    with store.read() as connection:
        reading = Reading(connection)
        listed = [reading.page(record, at) for record in recommendations.recommendations(connection)]
    return tuple(sorted(listed, key=lambda page: (page.state != "open", page.due_at)))


@guarded(Action.READ_SURVEILLANCE)
def stop_use(actor: Actor, store: Store, recommendation_id: int, *, at: datetime) -> StopUsePage:
    """Return one recommendation with its evidence.

    Raises
    ------
    NotFound
        If none has this number.
    """
    with store.read() as connection:
        return Reading(connection).page(recommendations.recommendation(connection, recommendation_id), at)


class Reading:
    """The deployments and the people, read once for a list of recommendations."""

    def __init__(self, connection: Connection) -> None:
        self._members = {member.deployment.id: (head, member) for head, member in by_need(fleet(connection))}
        self._names = {person.id: person.name for person in people.people(connection)}
        self._owners = holders(connection)
        raised = alarms.alarms(connection)
        known = {number: member.deployment for number, (_, member) in self._members.items()}
        marks = rests_on_withdrawn(connection, raised, known)
        self._marks = {(r.alarm.deployment_id, r.alarm.signal_key): marks.get(r.id, ()) for r in raised}

    def page(self, record: RecommendationRecord, at: datetime) -> StopUsePage:
        """Return one recommendation as its page shows it."""
        head, member = self._members[record.deployment_id]
        state, answered = self._answer(record)
        return StopUsePage(
            recommendation_id=record.id,
            head=head,
            reason=record.headline,
            evidence=tuple((row[0], row[1]) for row in record.evidence["rows"]),
            against=record.evidence["against"],
            raised_at=record.raised_at,
            due_at=record.due_at,
            overdue=state == "open" and record.due_at < at,
            owner=self._owners[Role.RC_AI],
            state=state,
            answered=answered,
            content_sha256=record.evidence_sha256,
            also_on_pathway=self._others(member),
            could_sign=tuple(self._owners[role] for role in (Role.RC_AI, Role.DEPUTY)),
            if_declined=IF_DECLINED,
            what_follows=FOLLOWS,
            rests_on=self._marks.get((record.deployment_id, record.signal_key), ()),
        )

    def _answer(self, record: RecommendationRecord) -> tuple[str, str]:
        if record.signed_at is not None and record.signed_by is not None:
            who = f"{self._names[record.signed_by]}, {day_words(record.signed_at)} {record.signed_at:%H:%M} UTC"
            return "signed", f"Notice {record.notice_id} signed by {who}."
        if record.declined_at is not None and record.declined_by is not None:
            who = f"{self._names[record.declined_by]}, {day_words(record.declined_at)} {record.declined_at:%H:%M} UTC"
            return "declined", f"Declined by {who}: {record.decline_reason}"
        return "open", ""

    def _others(self, member: Member) -> tuple[str, ...]:
        """Return the other products at the same site, and how they stand."""
        return tuple(
            f"{head.title}, {head.product}: **{head.use_status}**, {head.state.words.lower()}"
            for head, other in self._members.values()
            if other.deployment.id != member.deployment.id and other.deployment.site == member.deployment.site
        )

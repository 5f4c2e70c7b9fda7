"""Reading recommendations with their evidence, what speaks against them, and what was answered."""

from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor, Role
from surveillance.services.deployments import day_words, heads
from surveillance.services.guard import guarded
from surveillance.services.page_models import Head, StopUsePage
from surveillance.services.this_week import holders
from surveillance.storage import people, recommendations, register
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
        known = {head.deployment_id: head for head in heads(connection)}
        listed = [_page(connection, known[r.deployment_id], r, at) for r in recommendations.recommendations(connection)]
    return tuple(sorted(listed, key=lambda page: (page.state != "open", page.due_at)))


@guarded(Action.READ_SURVEILLANCE)
def stop_use(actor: Actor, store: Store, recommendation_id: int, *, at: datetime) -> StopUsePage:
    """Return one recommendation with its evidence."""
    with store.read() as connection:
        record = recommendations.recommendation(connection, recommendation_id)
        known = {head.deployment_id: head for head in heads(connection)}
        return _page(connection, known[record.deployment_id], record, at)


def _page(connection: Connection, head: Head, record: RecommendationRecord, at: datetime) -> StopUsePage:
    own = register.deployment(connection, record.deployment_id)
    state, answered = "open", ""
    if record.signed_at is not None and record.signed_by is not None:
        state = "signed"
        name = people.person(connection, record.signed_by).name
        answered = (
            f"Notice {record.notice_id} signed by {name}, {day_words(record.signed_at)} {record.signed_at:%H:%M} UTC."
        )
    elif record.declined_at is not None and record.declined_by is not None:
        state = "declined"
        name = people.person(connection, record.declined_by).name
        answered = (
            f"Declined by {name}, {day_words(record.declined_at)} {record.declined_at:%H:%M} UTC:"
            f" {record.decline_reason}"
        )
    others = [
        f"{other.title}, {other.product}: **{other.use_status}**, {other.state.words.lower()}"
        for other in heads(connection)
        if other.deployment_id != own.id and register.deployment(connection, other.deployment_id).site == own.site
    ]
    return StopUsePage(
        recommendation_id=record.id,
        head=head,
        reason=record.headline,
        evidence=tuple((row[0], row[1]) for row in record.evidence["rows"]),
        against=record.evidence["against"],
        raised_at=record.raised_at,
        due_at=record.due_at,
        overdue=state == "open" and record.due_at < at,
        owner=holders(connection, Role.RC_AI),
        state=state,
        answered=answered,
        content_sha256=record.evidence_sha256,
        also_on_pathway=tuple(others),
        could_sign=tuple(holders(connection, role) for role in (Role.RC_AI, Role.DEPUTY)),
        if_declined=IF_DECLINED,
        what_follows=FOLLOWS,
    )

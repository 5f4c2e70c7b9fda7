"""This week: one row a deployment, those that need an answer first, and the signature that ends the week."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor, Role
from surveillance.domain.row_state import RowState
from surveillance.domain.weeks import Week
from surveillance.errors import NotFound
from surveillance.services.deployments import by_need, day_words, row_state
from surveillance.services.fleet import Member, fleet, holders
from surveillance.services.guard import guarded
from surveillance.services.page_models import Head, Quarantined, Spark, ThisWeek, WeekRow
from surveillance.services.quarantine import quarantined
from surveillance.services.unjudged import unjudged
from surveillance.storage import people, reviews
from surveillance.storage.store import Store

STATEMENT = "The data of these rows are complete and I have read them. It does not say that the AI is safe."
UNSETTLED = frozenset({RowState.BREACH, RowState.WATCH, RowState.INCOMPLETE})
EMPTY = "No log has been loaded. Once a week's studies are here, this row shows how the AI is doing."


@guarded(Action.READ_SURVEILLANCE)
def this_week(actor: Actor, store: Store, *, at: datetime) -> ThisWeek:
    """Return the week's page: what needs an answer and by when, then the quiet rows."""
    with store.read() as connection:
        members, owners = fleet(connection), holders(connection)
        signed = _signed_by(connection, members)
        never = unjudged(connection, members)
    apart = quarantined(actor, store, at=at)
    rows = [_row(head, member, owners, never) for head, member in by_need(members)]
    needy = tuple(sorted((r for r in rows if r.answer), key=lambda r: (r.due_at or at, r.head.title)))
    stopped = tuple(r for r in rows if not r.answer and r.head.state is RowState.STOPPED)
    settled = tuple(r for r in rows if not r.answer and r.head.state is not RowState.STOPPED)
    unsettled = tuple(r for r in settled if r.head.state in UNSETTLED)
    quiet = tuple(r for r in settled if r.head.state not in UNSETTLED)
    judged = [member.newest for member in members if member.newest is not None]
    week = max((Week(kept.summary["week"]) for kept in judged), default=None)
    return ThisWeek(
        week_label=f"Week {week.iso}" if week else "",
        week_words="" if week is None else _week_words(week),
        evaluated_at=max((kept.created_at for kept in judged), default=None),
        needy=needy,
        quiet=quiet,
        stopped=stopped,
        unsettled=unsettled,
        quarantined=apart,
        signed_by=signed,
        store_name=store.name,
        summary=_summary(needy, apart, quiet, (*unsettled, *stopped), at),
    )


@guarded(Action.SIGN_WEEK)
def sign_week(actor: Actor, store: Store, *, at: datetime) -> str:
    """Sign the quiet rows as reviewed, no action; the rows that need an answer are not signed by it.

    Raises
    ------
    NotFound
        If nothing is evaluated, or no row is quiet.
    """
    with store.write(actor=actor.person, role=actor.role.value, action=Action.SIGN_WEEK.value, at=at) as unit:
        members = [m for m in fleet(unit.connection) if m.newest is not None and m.status != "stopped"]
        quiet = [m for m in members if not m.proposed and not m.waiting and row_state(m) not in UNSETTLED]
        if not quiet:
            raise NotFound("No row is quiet, so there is nothing to sign. Answer the rows above first.")
        for member in quiet:
            assert member.newest is not None
            reviews.add_review(
                unit.connection,
                deployment_id=member.deployment.id,
                week=member.newest.week,
                as_of=member.newest.as_of,
                by=actor.person,
                role=actor.role.value,
                at=at,
                statement=STATEMENT,
            )
        signed = [member.deployment.id for member in quiet]
        unit.record({"rows": signed, "statement": STATEMENT, "name": actor.name})
    return (
        f"Signed by {actor.name}, {day_words(at)} {at:%H:%M} UTC. {len(quiet)} quiet rows reviewed, no action."
        f" Record {unit.receipt.seq:,} in the trail."
    )


def _row(head: Head, member: Member, owners: dict[Role, str], never: dict[int, str]) -> WeekRow:
    answer, answer_id, due, owner = "", None, None, ""
    proposed, waiting = member.proposed, member.waiting
    if proposed:
        answer, answer_id, due, owner = "stop_use", proposed[0].id, proposed[0].due_at, owners[Role.RC_AI]
    elif waiting:
        alarm = waiting[0].alarm
        answer, answer_id, due, owner = "alarm", waiting[0].id, alarm.due_at, owners[Role(alarm.owner_role)]
    if member.newest is None:
        waits = never.get(head.deployment_id)
        if waits is not None and head.state is RowState.EMPTY:
            head = replace(head, state=RowState.INCOMPLETE)
        return WeekRow(head, waits or EMPTY, None, "", None, due, owner, answer, answer_id)
    summary = member.newest.summary
    week, complete = Week(summary["week"]), summary["coverage"]["complete_to"]
    sentence = summary["sentence"]
    if proposed:
        sentence = proposed[0].headline
    elif waiting and not summary["signalling"]:
        sentence = waiting[0].alarm.headline
    sentence += _declined(member)
    if not summary["baseline"]["met"]:
        sentence += f" {head.provisional[:1].upper()}{head.provisional[1:]}."
    sentence += "".join(f" **{words}**" for words in head.awaiting[:1])
    spark = summary["spark"]
    return WeekRow(
        head=head,
        sentence=sentence,
        data_to=week.sunday,
        complete_to="" if complete is None else Week(complete).words(week),
        spark=None if spark is None else Spark(**{**spark, "values": tuple(spark["values"])}),
        due_at=due,
        owner=owner,
        answer=answer,
        answer_id=answer_id,
    )


def _declined(member: Member) -> str:
    """Return that the last recommendation was declined, while the deployment is still under watch."""
    decided = [r for r in member.recommendations if r.declined_at is not None]
    if member.status != "under_watch" or not decided:
        return ""
    newest = max(decided, key=lambda r: r.declined_at or r.raised_at)
    assert newest.declined_at is not None
    return f" Stop-use was declined on {day_words(newest.declined_at)}: {newest.decline_reason}."


def _week_words(week: Week) -> str:
    first, last = week.monday, week.sunday
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%B %Y}"
    return f"{first.day} {first:%B}–{last.day} {last:%B %Y}"


def _summary(
    needy: Sequence[WeekRow],
    apart: Sequence[Quarantined],
    quiet: Sequence[WeekRow],
    other: Sequence[WeekRow],
    at: datetime,
) -> str:
    if not needy and not apart and not quiet and not other:
        return "Nothing is registered yet. Register a product, add its plan, then load a log."
    stopped = sum(row.head.state is RowState.STOPPED for row in other)
    unsettled = len(other) - stopped
    more = f", {unsettled} not quiet" if unsettled else ""
    more += f", {stopped} stopped" if stopped else ""
    waiting = len(needy) + len(apart)
    if not waiting:
        signature = " One signature ends the week." if quiet else ""
        rows = "1 row is quiet" if len(quiet) == 1 else f"{len(quiet)} rows are quiet"
        return f"**Nothing needs an answer.** {rows}{more}.{signature}"
    verb = "needs" if waiting == 1 else "need"
    clocks = [(row.due_at, row.head.title) for row in needy if row.due_at is not None]
    clocks += [(one.due_at, f"version {one.version} of {one.model}") for one in apart]
    due_at, title = min(clocks, default=(None, ""))
    due = "" if due_at is None else f" Nearest deadline: **{_deadline(due_at, at)}**, {title}."
    return f"**{waiting} {verb} an answer**, {len(quiet)} are quiet{more}.{due}"


def _deadline(due: datetime, at: datetime) -> str:
    if due < at:
        return "passed"
    days: int = (due.date() - at.date()).days
    clock = f"{due:%H:%M}"
    return f"today {clock}" if days == 0 else f"tomorrow {clock}" if days == 1 else f"{day_words(due)} {clock}"


def _signed_by(connection: Connection, members: Sequence[Member]) -> str:
    """Return who signed the newest week since it was last evaluated; new data ask for a new signature."""
    judged = [member.newest for member in members if member.newest is not None]
    weeks = {newest.week for newest in judged}
    last = max((newest.created_at for newest in judged), default=None)
    for review in reviews.reviews(connection):
        if last is not None and review.week in weeks and review.at >= last:
            name = people.person(connection, review.by).name
            return f"Signed by {name}, {day_words(review.at)} {review.at:%H:%M} UTC."
    return ""

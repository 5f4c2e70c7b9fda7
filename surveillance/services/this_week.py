"""This week: one row a deployment, those that need an answer first, and the signature that ends the week."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor, Role
from surveillance.domain.weeks import Week
from surveillance.errors import NotFound
from surveillance.services.deployments import day_words, heads, needs_answer
from surveillance.services.guard import guarded
from surveillance.services.page_models import Head, Quarantined, Spark, ThisWeek, WeekRow
from surveillance.services.stored_series import Line, read_lines
from surveillance.storage import alarms, people, recommendations, reviews
from surveillance.storage.evaluations import EvaluationRecord, latest
from surveillance.storage.quarantine import quarantine
from surveillance.storage.store import Store

SPARK_WEEKS = 26
STATEMENT = "The data are complete and I have read this page. It does not say that the AI is safe."


@guarded(Action.READ_SURVEILLANCE)
def this_week(actor: Actor, store: Store, *, at: datetime) -> ThisWeek:
    """Return the week's page: what needs an answer and by when, then the quiet rows."""
    with store.read() as connection:
        newest = {kept.deployment_id: kept for kept in latest(connection)}
        rows = [_row(connection, head, newest.get(head.deployment_id)) for head in heads(connection)]
        signed = _signed_by(connection, newest)
        apart = quarantine(connection)
    needy = tuple(sorted((r for r in rows if r.answer), key=lambda r: (r.due_at or at, r.head.title)))
    quiet = tuple(r for r in rows if not r.answer)
    weeks = [Week(kept.summary["week"]) for kept in newest.values()]
    week = max(weeks) if weeks else None
    return ThisWeek(
        week_label=f"Week {week.iso}" if week else "",
        week_words="" if week is None else _week_words(week),
        evaluated_at=max((kept.created_at for kept in newest.values()), default=None),
        needy=needy,
        quiet=quiet,
        quarantined=tuple(Quarantined(q.model, q.version, q.site, q.cases) for q in apart),
        signed_by=signed,
        store_name=store.name,
        summary=_summary(needy, quiet, at),
    )


@guarded(Action.SIGN_WEEK)
def sign_week(actor: Actor, store: Store, *, at: datetime) -> str:
    """Sign the quiet rows as reviewed, no action; the rows that need an answer are not signed by it.

    Raises
    ------
    NotFound
        If nothing is evaluated, or no row is quiet.
    """
    with store.read() as connection:
        newest = {kept.deployment_id: kept for kept in latest(connection)}
        rows = [_row(connection, head, newest.get(head.deployment_id)) for head in heads(connection)]
    quiet = [row for row in rows if not row.answer and row.head.deployment_id in newest]
    if not quiet:
        raise NotFound("No row is quiet, so there is nothing to sign. Answer the rows above first.")
    with store.write(actor=actor.person, role=actor.role.value, action=Action.SIGN_WEEK.value, at=at) as unit:
        for row in quiet:
            kept = newest[row.head.deployment_id]
            reviews.add_review(
                unit.connection,
                deployment_id=row.head.deployment_id,
                week=kept.week,
                as_of=kept.as_of,
                by=actor.person,
                role=actor.role.value,
                at=at,
                statement=STATEMENT,
            )
        signed = [row.head.deployment_id for row in quiet]
        unit.record({"rows": signed, "statement": STATEMENT, "name": actor.name})
    return (
        f"Signed by {actor.name}, {day_words(at)} {at:%H:%M} UTC. {len(quiet)} quiet rows reviewed, no action."
        f" Record {unit.receipt.seq:,} in the trail."
    )


def _row(connection: Connection, head: Head, kept: EvaluationRecord | None) -> WeekRow:
    answer, answer_id, due, owner = "", None, None, ""
    proposed = [r for r in recommendations.recommendations(connection, head.deployment_id) if r.decided_at is None]
    raised = [a for a in alarms.alarms(connection, head.deployment_id) if needs_answer(a)]
    if proposed:
        first = min(proposed, key=lambda r: r.due_at)
        answer, answer_id, due, owner = "stop_use", first.id, first.due_at, holders(connection, Role.RC_AI)
    elif raised:
        oldest = min(raised, key=lambda a: a.alarm.due_at)
        answer, answer_id, due = "alarm", oldest.id, oldest.alarm.due_at
        owner = holders(connection, Role(oldest.alarm.owner_role))
    if kept is None:
        empty = "No log has been loaded. Once a week's studies are here, this row shows how the AI is doing."
        return WeekRow(head, empty, None, "", None, due, owner, answer, answer_id)
    coverage = kept.summary["coverage"]
    complete = coverage["complete_to"]
    sentence = kept.summary["sentence"]
    if proposed:
        sentence = proposed[-1].headline
    elif raised and not kept.summary["signalling"]:
        sentence = raised[0].alarm.headline
    if not kept.summary["baseline"]["met"]:
        sentence += f" {head.provisional[:1].upper()}{head.provisional[1:]}."
    return WeekRow(
        head=head,
        sentence=sentence,
        data_to=Week(kept.summary["week"]).sunday,
        complete_to="" if complete is None else Week(complete).words(Week(kept.summary["week"])),
        spark=_spark(connection, kept),
        due_at=due,
        owner=owner,
        answer=answer,
        answer_id=answer_id,
    )


def holders(connection: Connection, role: Role) -> str:
    """Return the names of those who hold a role, for the owner's line."""
    names = [p.name for p in people.people(connection) if role.value in people.roles_of(connection, p.id)]
    return ", ".join(names) or role.words


def _spark(connection: Connection, kept: EvaluationRecord) -> Spark | None:
    """Return the chart that stands highest against its limit, over the last weeks."""
    first = int(kept.summary["first_week"])
    weeks = int(kept.summary["week"]) - first + 1
    lines = read_lines(connection, kept, last_weeks=SPARK_WEEKS)
    best: tuple[float, str, Line, float, float, bool] | None = None
    for chart in kept.summary["charts"]:
        design, line = chart["design"], lines.get(chart["key"])
        if design is None or line is None or chart["complete_to"] < 0:
            continue
        has_action = design["action_steps"] is not None
        limit = (design["action_steps"] if has_action else design["alarm_steps"]) / design["steps_per_unit"]
        value = float(np.nan_to_num(line.statistic[chart["complete_to"]])) / limit
        rank = value if has_action else min(value, 1.0) - 1.0
        if best is None or rank > best[0]:
            alarm = design["alarm_steps"] / design["steps_per_unit"] / limit
            best = (rank, chart["title"], line, limit, alarm, has_action)
    if best is None:
        return None
    _, title, line, limit, alarm, has_action = best
    values = line.statistic[max(0, weeks - SPARK_WEEKS) : weeks]
    shares = tuple(float(v) / limit for v in np.nan_to_num(values))
    last = shares[-1] if shares else 0.0
    return Spark(title, shares, alarm, f"{last:.1f} × {'stop-use' if has_action else 'alarm'} limit", has_action)


def _week_words(week: Week) -> str:
    first, last = week.monday, week.sunday
    if first.month == last.month:
        return f"{first.day}–{last.day} {last:%B %Y}"
    return f"{first.day} {first:%B}–{last.day} {last:%B %Y}"


def _summary(needy: Sequence[WeekRow], quiet: Sequence[WeekRow], at: datetime) -> str:
    if not needy and not quiet:
        return "Nothing is registered yet. Register a product, add its plan, then load a log."
    if not needy:
        return f"**Nothing needs you.** {len(quiet)} of {len(quiet)} rows are quiet. One signature ends the week."
    verb = "needs" if len(needy) == 1 else "need"
    first = needy[0]
    due = "" if first.due_at is None else f" Nearest deadline: **{_deadline(first.due_at, at)}**, {first.head.title}."
    return f"**{len(needy)} {verb} an answer**, {len(quiet)} are quiet.{due}"


def _deadline(due: datetime, at: datetime) -> str:
    if due < at:
        return "passed"
    days: int = (due.date() - at.date()).days
    clock = f"{due:%H:%M}"
    return f"today {clock}" if days == 0 else f"tomorrow {clock}" if days == 1 else f"{day_words(due)} {clock}"


def _signed_by(connection: Connection, newest: dict[int, EvaluationRecord]) -> str:
    """Return who signed the newest week, where somebody did."""
    weeks = {kept.week for kept in newest.values()}
    for review in reviews.reviews(connection):
        if review.week in weeks:
            name = people.person(connection, review.by).name
            return f"Signed by {name}, {day_words(review.at)} {review.at:%H:%M} UTC."
    return ""

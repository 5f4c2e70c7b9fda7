"""The list of deployments and the head of every page about one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor
from surveillance.domain.row_state import RowState
from surveillance.domain.verdict import Verdict, worst
from surveillance.domain.weeks import Week
from surveillance.errors import NotFound
from surveillance.services.guard import guarded
from surveillance.services.page_models import Head
from surveillance.storage import alarms, plans, recommendations, register
from surveillance.storage.alarms import AlarmRecord
from surveillance.storage.evaluations import EvaluationRecord, latest
from surveillance.storage.recommendations import RecommendationRecord
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store

STATUS_WORDS = {
    "commissioning": "commissioning",
    "in_use": "in use",
    "under_watch": "under watch",
    "stop_proposed": "stop proposed",
    "stopped": "stopped",
    "revalidating": "re-validating",
    "retired": "retired",
}


def needs_answer(record: AlarmRecord) -> bool:
    """Say whether an alarm waits for a person; one from a history loaded in one go waits quietly."""
    return record.state == "raised" and not record.alarm.detail["historical"]


def row_state(
    evaluation: EvaluationRecord | None,
    status: str,
    raised: Sequence[AlarmRecord],
    proposed: Sequence[RecommendationRecord],
) -> RowState:
    """Return the one state that a deployment shows: what most needs a person, first."""
    if any(r.decided_at is None for r in proposed):
        return RowState.STOP_USE
    if status == "stopped":
        return RowState.STOPPED
    waiting = [a for a in raised if needs_answer(a)]
    if any(a.alarm.detail["level"] != "watch" for a in waiting):
        return RowState.CONCERN
    if evaluation is None:
        return RowState.EMPTY
    verdicts = worst(tuple(Verdict(v["verdict"]) for v in evaluation.summary["verdicts"]))
    if verdicts is Verdict.BREACH:
        return RowState.BREACH
    if waiting or verdicts is Verdict.WATCH:
        return RowState.WATCH
    if evaluation.summary["coverage"]["overdue"]:
        return RowState.INCOMPLETE
    return RowState.TOO_FEW if verdicts is Verdict.NOT_ESTIMABLE else RowState.QUIET


def day_words(day: Any) -> str:
    """Return a date as the screen writes it: 23 Nov 2026."""
    return f"{day.day} {day:%b %Y}"


def head_of(
    connection: Connection, deployment: DeploymentRecord, evaluation: EvaluationRecord | None, state: RowState
) -> Head:
    """Return the head of a deployment's page from its newest evaluation."""
    status = register.current_status(connection, deployment.id)
    words = STATUS_WORDS[status.status] if status else "not in use"
    facts, provisional = [f"{deployment.model} {deployment.version}", words], ""
    if evaluation is not None:
        plan = plans.plan(connection, evaluation.plan_id)
        facts.append(f"plan {plan.version}, signed {day_words(plan.added_at)}")
        coverage = evaluation.summary["coverage"]
        facts.append(f"data to {day_words(Week(evaluation.summary['week']).sunday)}")
        if coverage["complete_to"] is not None:
            complete = Week(coverage["complete_to"]).words(Week(evaluation.summary["week"]))
            facts.append(f"outcomes complete to {complete}")
        if not evaluation.summary["baseline"]["met"]:
            provisional = evaluation.summary["baseline_words"]
    return Head(
        deployment_id=deployment.id,
        title=deployment.title,
        product=f"{deployment.model} {deployment.version}",
        state=state,
        use_status=words,
        facts=" · ".join(facts),
        provisional=provisional,
    )


def heads(connection: Connection) -> tuple[Head, ...]:
    """Return the heads of every deployment, those that most need a person first."""
    newest = {kept.deployment_id: kept for kept in latest(connection)}
    raised, proposed = alarms.alarms(connection), recommendations.recommendations(connection)
    statuses = register.current_statuses(connection)
    listed = []
    for deployment in register.deployments(connection):
        status = statuses.get(deployment.id)
        state = row_state(
            newest.get(deployment.id),
            status.status if status else "",
            [a for a in raised if a.alarm.deployment_id == deployment.id],
            [r for r in proposed if r.deployment_id == deployment.id],
        )
        listed.append(head_of(connection, deployment, newest.get(deployment.id), state))
    order = list(RowState)
    return tuple(sorted(listed, key=lambda head: (order.index(head.state), head.title)))


@guarded(Action.READ_SURVEILLANCE)
def choices(actor: Actor, store: Store) -> tuple[Head, ...]:
    """Return every deployment, those that most need a person first."""
    with store.read() as connection:
        return heads(connection)


@guarded(Action.READ_SURVEILLANCE)
def head(actor: Actor, store: Store, deployment_id: int, *, at: datetime) -> Head:
    """Return the head of one deployment's page."""
    with store.read() as connection:
        for found in heads(connection):
            if found.deployment_id == deployment_id:
                return found
    raise NotFound(f"No deployment has the number {deployment_id} in this store.")

"""The list of deployments and the head of every page about one."""

from datetime import date, datetime

from surveillance.domain.roles import Action, Actor
from surveillance.domain.row_state import RowState
from surveillance.domain.verdict import Verdict, worst
from surveillance.domain.weeks import Week
from surveillance.errors import NotFound
from surveillance.services.fleet import Member, fleet
from surveillance.services.guard import guarded
from surveillance.services.page_models import Head
from surveillance.storage.store import Store

STATUS_WORDS = {
    "": "not in use",
    "commissioning": "commissioning",
    "in_use": "in use",
    "under_watch": "under watch",
    "stop_proposed": "stop proposed",
    "stopped": "stopped",
    "revalidating": "re-validating",
    "retired": "retired",
}


def row_state(member: Member) -> RowState:
    """Return the one state that a deployment shows: what most needs a person, first."""
    if member.proposed:
        return RowState.STOP_USE
    if member.status == "stopped":
        return RowState.STOPPED
    if any(alarm.alarm.detail["level"] != "watch" for alarm in member.waiting):
        return RowState.CONCERN
    if member.newest is None:
        return RowState.EMPTY
    summary = member.newest.summary
    verdict = worst(tuple(Verdict(kpi["verdict"]) for kpi in summary["verdicts"]))
    if verdict is Verdict.BREACH:
        return RowState.BREACH
    if member.waiting or verdict is Verdict.WATCH:
        return RowState.WATCH
    if summary["coverage"]["overdue"] or incomplete(member):
        return RowState.INCOMPLETE
    return RowState.TOO_FEW if verdict is Verdict.NOT_ESTIMABLE else RowState.QUIET


def incomplete(member: Member) -> bool:
    """Say whether held rows are missing from the newest figures: from any week of the plan's longest window."""
    if member.newest is None or member.awaiting is None:
        return False
    week = int(member.newest.summary["week"])
    return member.awaiting.within(week + 1 - max(member.newest.summary["windows"]), week)


def awaiting_words(member: Member) -> tuple[str, ...]:
    """Return which weeks are incomplete because held rows await correction."""
    if member.awaiting is None:
        return ()
    if member.newest is None or not member.awaiting.weeks:
        rows = member.awaiting.rows
        return (f"{rows:,} held row{' awaits' if rows == 1 else 's await'} correction.",)
    return member.awaiting.words(Week(member.newest.summary["week"]))


def day_words(day: date) -> str:
    """Return a date as the screen writes it.

    >>> day_words(date(2026, 11, 3))
    '3 Nov 2026'
    """
    return f"{day.day} {day:%b %Y}"


def head_of(member: Member) -> Head:
    """Return the head of a deployment's page from its newest evaluation."""
    deployment, newest = member.deployment, member.newest
    product = f"{deployment.model} {deployment.version}"
    facts, provisional = [product, STATUS_WORDS[member.status]], ""
    if newest is not None:
        if member.plan is not None:
            facts.append(f"plan {member.plan.version}, signed {day_words(member.plan.added_at)}")
        week, coverage = Week(newest.summary["week"]), newest.summary["coverage"]
        facts.append(f"data to {day_words(week.sunday)}")
        if coverage["complete_to"] is not None:
            facts.append(f"outcomes complete to {Week(coverage['complete_to']).words(week)}")
        if not newest.summary["baseline"]["met"]:
            provisional = newest.summary["baseline_words"]
        elif newest.summary["baseline"].get("site_effects"):
            facts.append(newest.summary["baseline"]["site_effects"])
    return Head(
        deployment_id=deployment.id,
        title=deployment.title,
        product=product,
        state=row_state(member),
        use_status=STATUS_WORDS[member.status],
        facts=" · ".join(facts),
        provisional=provisional,
        evaluation_id=0 if newest is None else newest.id,
        awaiting=awaiting_words(member),
    )


def by_need(members: tuple[Member, ...]) -> list[tuple[Head, Member]]:
    """Return the deployments with their heads, those that most need a person first."""
    order = list(RowState)
    pairs = [(head_of(member), member) for member in members]
    return sorted(pairs, key=lambda pair: (order.index(pair[0].state), pair[0].title))


@guarded(Action.READ_SURVEILLANCE)
def choices(actor: Actor, store: Store) -> tuple[Head, ...]:
    """Return every deployment, those that most need a person first."""
    with store.read() as connection:
        return tuple(head for head, _ in by_need(fleet(connection)))


@guarded(Action.READ_SURVEILLANCE)
def head(actor: Actor, store: Store, deployment_id: int, *, at: datetime) -> Head:
    """Return the head of one deployment's page.

    Raises
    ------
    NotFound
        If no deployment has this number.
    """
    with store.read() as connection:
        for member in fleet(connection):
            if member.deployment.id == deployment_id:
                return head_of(member)
    raise NotFound(f"No deployment has the number {deployment_id} in this store.")

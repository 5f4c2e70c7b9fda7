"""The truth worklist of a week as one reader has it: the next study, what is left, and how long that takes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from surveillance.domain.plan import Plan
from surveillance.domain.roles import Action, Actor, Role, may
from surveillance.domain.truth_worklist import OWN_PACE_FROM, Settled, may_answer, mixed, pace, source_for
from surveillance.domain.weeks import Week, last_complete_week, week_numbers
from surveillance.errors import NotFound
from surveillance.services.audit_samples import draw_sample, is_mixed, nothing_to_draw
from surveillance.services.brought_answers import brought_words
from surveillance.services.guard import guarded
from surveillance.services.page_models import StudyToRead, WorklistPage
from surveillance.services.settings import seconds_a_study, truth_readers
from surveillance.services.truth_agreement import agreement
from surveillance.services.truth_listing import (
    OLDEST,
    Listed,
    flagged_only,
    listed,
    plan_in_week,
    refuse_unfinished,
    settled_truths,
    studies_of,
    week_named,
)
from surveillance.services.worklist_file import worklist_csv
from surveillance.storage.audit_samples import samples
from surveillance.storage.readings import handed_in, moments_of
from surveillance.storage.register import DeploymentRecord, deployment
from surveillance.storage.spans import span_of_cases
from surveillance.storage.store import Store
from surveillance.storage.times import EVER, from_micros

WEEKS_OFFERED = 12
SLIP = {
    1: "An answer once given stands. After a wrong key, load the right truth as a later outcome of the same source.",
    2: "An answer once given stands. After a wrong key the two readers differ, and a third person decides.",
}
NOT_BLIND = (
    "This list is not blind. The plan has every study verified, and all that the AI left unflagged have their truth"
    " already: the AI flagged every study that is listed here."
)


@guarded(Action.KEEP_WORKLIST)
def weeks(actor: Actor, store: Store, deployment_id: int, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the weeks whose worklist may be opened, the newest first: each by its name and as it is spoken of.

    Once a sample was drawn, no week before the first is offered: its list would hold no sample. The flagged studies of
    such weeks stand in the later lists until they have a truth.
    """
    with store.read() as connection:
        own = deployment(connection, deployment_id)
        span = span_of_cases(connection, own.id, EVER)
        drawn = samples(connection, own.id, EVER)
    if span is None:
        return ()
    first, newest = (int(number) for number in week_numbers(span, own.zone))
    first = max(first, week_named(drawn[0].week).number) if drawn else first
    last = min(newest, last_complete_week(at, own.zone).number)
    offered = range(last, max(first, last - WEEKS_OFFERED + 1) - 1, -1)
    return tuple((Week(number).label, Week(number).words(Week(last))) for number in offered)


@guarded(Action.KEEP_WORKLIST)
def worklist(actor: Actor, store: Store, deployment_id: int, week: str, *, at: datetime) -> WorklistPage:
    """Return a week's worklist as this person has it.

    Studies come in an order of their own for each reader, which does not tell flagged studies from the others. Until
    the week's sample is drawn none is shown: all of them would be flagged.

    Raises
    ------
    NotFound
        If there is no such deployment or week, the week is not over, or no plan governs it.
    """
    wanted = week_named(week)
    with store.read() as connection:
        own = deployment(connection, deployment_id)
        refuse_unfinished(wanted, own, at)
        plan = plan_in_week(connection, own, wanted)
        every = studies_of(connection, own)
        studies = listed(connection, own, plan, wanted, every)
        why_not = nothing_to_draw(connection, own, wanted)
        ready = is_mixed(connection, own, wanted)
        mine = _open_to(actor, studies) if ready else {}
        reads = may(actor.role, Action.READ_FOR_TRUTH)
        order = mixed(mine, f"{week} {actor.person}") if reads else ()
        done = moments_of(connection, actor.person)
        counting, _ = handed_in(connection, own.model, own.site)
        seconds = pace(done, seconds_a_study())
        settled = sum(isinstance(one.standing, Settled) for one in studies)
        return WorklistPage(
            deployment_id=own.id,
            title=own.title,
            week=week,
            week_words=wanted.words(last_complete_week(at, own.zone)),
            finding=plan.finding,
            draw=not why_not,
            note=_note(plan) or (why_not if not ready else NOT_BLIND if flagged_only(plan, every, studies) else ""),
            studies=tuple(_to_read(mine[case], own) for case in order),
            seconds=seconds,
            pace=_pace_words(seconds, len(done)),
            slip=SLIP[truth_readers()],
            listed=len(studies),
            settled=settled,
            waiting=len(studies) - settled - len(order),
            to_hand_in=len(settled_truths(connection, own, every)),
            handed_in=len(counting),
            brought=brought_words(connection, own.id, actor.person if reads else None),
            agreement=agreement(connection, own) if actor.role is Role.RC_AI else None,
        )


@guarded(Action.KEEP_WORKLIST)
def export_csv(
    actor: Actor, store: Store, deployment_id: int, week: str, *, at: datetime, oldest: int = OLDEST
) -> bytes:
    """Return a week's worklist as CSV: `case_id`, `site`, `acquired_at`, `week`, and `reader`, `answer` to fill.

    The week's sample is drawn first where that was not done. Nothing in the file tells why a study is listed. A
    reader gets the studies that wait for them, anybody else those that wait for any reader.

    Parameters
    ----------
    week : as ISO 8601 writes it, such as 2026-W47; it must be over
    oldest : how many studies of earlier weeks, unflagged and still without a truth, come along

    Raises
    ------
    NotFound
        If there is no such deployment or week, the week is not over, no plan governs it, or no sample of it can be
        drawn: a list without one would hold flagged studies only.
    """
    wanted = week_named(week)
    with store.read() as connection:
        own = deployment(connection, deployment_id)
        refuse_unfinished(wanted, own, at)
        plan = plan_in_week(connection, own, wanted)
        why_not = nothing_to_draw(connection, own, wanted)
    said = why_not
    if not why_not:
        said = draw_sample(actor, store, deployment_id, week, at=at)
    with store.read() as connection:
        if not is_mixed(connection, own, wanted):
            raise NotFound(said)
        studies = listed(connection, own, plan, wanted, studies_of(connection, own), oldest)
    reads = may(actor.role, Action.READ_FOR_TRUTH)
    mine = _open_to(actor, studies) if reads else {one.case_id: one for one in studies if _waits(one)}
    order = mixed(mine, f"{week} {actor.person if reads else ''}")
    rows = [(case, own.site, _acquired(mine[case], own).isoformat(timespec="seconds"), week) for case in order]
    return worklist_csv(rows)


def _open_to(actor: Actor, studies: tuple[Listed, ...]) -> dict[str, Listed]:
    """Return the studies that wait for an answer this person may give, by pseudonym."""
    return {one.case_id: one for one in studies if _waits(one) and may_answer(actor.person, one.readings)}


def _waits(one: Listed) -> bool:
    return not isinstance(one.standing, Settled)


def _to_read(one: Listed, own: DeploymentRecord) -> StudyToRead:
    return StudyToRead(one.case_id, _acquired(one, own), own.site, one.scanner)


def _acquired(one: Listed, own: DeploymentRecord) -> datetime:
    return from_micros(one.acquired_at).astimezone(ZoneInfo(own.zone))


def _pace_words(seconds: float, answers: int) -> str:
    if answers >= OWN_PACE_FROM:
        return f"at your own pace, {seconds:.0f} seconds a study"
    return f"at {seconds:.0f} seconds a study; from {OWN_PACE_FROM} answers on, at your own pace"


def _note(plan: Plan) -> str:
    """Return which readings the plan would not count, in a sentence; empty where it counts them all."""
    strata = (("flagged", True), ("did not flag", False))
    without = [words for words, flagged in strata if source_for(plan.truth, flagged=flagged) is None]
    if not without:
        return ""
    return (
        f"Of studies that the AI {' or '.join(without)} the plan takes no truth from a reading, so they are not listed:"
        " add 'adjudication' or 'audit' to the plan's truth."
    )

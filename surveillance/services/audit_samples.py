"""The week's sample for audit: drawn once, by whoever opens the week's worklist, and never drawn again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.plan import Plan
from surveillance.domain.roles import Action, Actor
from surveillance.domain.truth_sample import Drawn, Studies, draw, frame, seed_of, told_weeks
from surveillance.domain.weeks import Week, micros
from surveillance.errors import NotFound
from surveillance.services.guard import guarded
from surveillance.services.store_clock import moment_withdrawn
from surveillance.services.truth_listing import plan_in_week, refuse_unfinished, week_named
from surveillance.storage import audit_samples as kept
from surveillance.storage.audit_samples import SampleRecord
from surveillance.storage.logs import read_cases
from surveillance.storage.register import DeploymentRecord, deployment
from surveillance.storage.store import Store
from surveillance.storage.times import EVER

READ = ("acquired_at", "status", "called", "audit_selected")


@guarded(Action.KEEP_WORKLIST)
def draw_sample(actor: Actor, store: Store, deployment_id: int, week: str, *, at: datetime) -> str:
    """Draw a week's random sample of the studies that the AI did not flag, and say what was done.

    Weeks since the last draw that were left out are drawn with it, each by itself. A study of a drawn week that came
    late is offered in the next draw. Where a file says which studies were selected, where the plan has every study
    verified, or where the week was drawn already, nothing is drawn.

    Parameters
    ----------
    week : as ISO 8601 writes it, such as 2026-W47

    Raises
    ------
    NotFound
        If there is no such week or deployment, the week is not over, no plan governs it, or no study could be drawn.
    """
    wanted = week_named(week)
    with store.read() as connection:
        own = deployment(connection, deployment_id)
        refuse_unfinished(wanted, own, at)
        why_not = nothing_to_draw(connection, own, wanted)
    if why_not:
        return why_not
    action = Action.KEEP_WORKLIST.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        moment = moment_withdrawn(unit.connection, at)
        drawn = []
        for one in _undrawn(unit.connection, own, wanted):
            plan = plan_in_week(unit.connection, own, one)
            sample = _sample(unit.connection, own, plan, one, moment)
            if sample.eligible == 0 or plan.truth.audit_fraction_unflagged >= 1:
                continue
            kept.add_sample(
                unit.connection, own.id, one.label, sample, seen_by=moment, drawn_at=moment, by=actor.person
            )
            share = {"drawn": len(sample.case_id), "eligible": sample.eligible, "fraction": sample.fraction}
            drawn.append({"week": one.label, "seed": sample.seed, **share})
        if not drawn:
            raise NotFound(f"Every study of {week} that the AI left unflagged stood in an earlier draw already.")
        unit.record({"deployment": own.id, "samples": drawn})
    return f"The sample of {week} is drawn. Its studies stand in the list, in no order that tells them from the others."


def is_mixed(connection: Connection, own: DeploymentRecord, week: Week) -> bool:
    """Say whether a week's list has its sample in it: by a draw, by its file, or since every study is verified.

    A list without one would hold flagged studies only, and whoever reads it would know.
    """
    if plan_in_week(connection, own, week).truth.audit_fraction_unflagged >= 1:
        return True
    if any(one.week == week.label for one in kept.samples(connection, own.id, EVER)):
        return True
    return week.number in told_weeks(_studies(connection, own, EVER))


def nothing_to_draw(connection: Connection, own: DeploymentRecord, week: Week) -> str:
    """Return why no sample of a week is to be drawn now, or an empty text where one is."""
    plan = plan_in_week(connection, own, week)
    if plan.truth.audit_fraction_unflagged >= 1:
        return "The plan has every study verified, so no sample is drawn."
    earlier = kept.samples(connection, own.id, EVER)
    if any(one.week == week.label for one in earlier):
        return f"The sample of {week.label} is drawn already, and is never drawn again."
    if earlier and week < week_named(earlier[-1].week):
        return (
            f"{week.label} is not drawn: the sample of {earlier[-1].week} is drawn already, and no draw goes back"
            " before another."
        )
    studies = _studies(connection, own, EVER)
    if week.number in told_weeks(studies):
        return f"The log of {week.label} says itself which studies were selected for audit, so none is drawn here."
    if not frame(studies, start=_start((), week, own), end=micros(week.end(own.zone))):
        return f"No study of {week.label} that the AI left unflagged is here yet. Load the log of the week first."
    return ""


def _undrawn(connection: Connection, own: DeploymentRecord, week: Week) -> list[Week]:
    """Return the weeks to draw, in order: those since the last draw, or the week alone if there was none."""
    earlier = kept.samples(connection, own.id, EVER)
    first = week_named(earlier[-1].week).number + 1 if earlier else week.number
    return [Week(number) for number in range(first, week.number + 1)]


def _sample(connection: Connection, own: DeploymentRecord, plan: Plan, week: Week, seen_by: int) -> Drawn:
    earlier = kept.samples(connection, own.id, EVER)
    start, end = _start(earlier, week, own), micros(week.end(own.zone))
    studies = _studies(connection, own, seen_by)
    offered = _offered(connection, own, earlier, studies, start)
    seed = seed_of(plan.plan, plan.version, f"{own.model} {own.version} at {own.site}", week.label)
    eligible = frame(studies, start=start, end=end, offered=offered)
    return draw(seed, eligible, plan.truth.audit_fraction_unflagged)


def _offered(
    connection: Connection,
    own: DeploymentRecord,
    earlier: Sequence[SampleRecord],
    now: Studies,
    start: int,
) -> set[str]:
    """Return which studies stood in an earlier draw, each as the store was when it was drawn."""
    left, found = {str(case) for case in now.case_id}, set[str]()
    for one in reversed(earlier):
        end = micros(week_named(one.week).end(own.zone))
        left &= set(frame(now, start=start, end=end))  # a draw before took nothing acquired after its end
        if not left:
            break
        then = left.intersection(frame(_studies(connection, own, one.seen_by), start=start, end=end))
        found |= then
        left -= then
    return found


def _start(earlier: Sequence[SampleRecord], week: Week, own: DeploymentRecord) -> int:
    first = week_named(earlier[0].week) if earlier else week
    return micros(Week(first.number - 1).end(own.zone))


def _studies(connection: Connection, own: DeploymentRecord, seen_by: int) -> Studies:
    return kept.studies_of(read_cases(connection, own.id, seen_by, READ, as_filed=True), own.zone)

"""The week's sample for audit: drawn once, by whoever opens the week's worklist, and never drawn again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor
from surveillance.domain.truth_sample import Drawn, Studies, draw, enough, frame, seed_of, told_weeks
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
    late is offered in the next draw, and so are those of weeks too small for a draw of their own. Where a file says
    which studies were selected, where the plan has every study verified, or where the week was drawn already or is too
    small, nothing is drawn.

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
        told = []
        for one, sample in _to_draw(unit.connection, own, wanted, moment):
            kept.add_sample(unit.connection, own.id, one, sample, seen_by=moment, drawn_at=moment, by=actor.person)
            share = {"drawn": len(sample.case_id), "eligible": sample.eligible, "fraction": sample.fraction}
            told.append({"week": one, "seed": sample.seed, **share})
        if not told:
            raise NotFound(f"Every study of {week} that the AI left unflagged stood in an earlier draw already.")
        unit.record({"deployment": own.id, "samples": told})
    if told[-1]["week"] != week:
        return f"Weeks before {week} are drawn. {_too_few(own, week)}"
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
        return _passed(week, earlier)
    studies = _studies(connection, own, EVER)
    if week.number in told_weeks(studies):
        return f"The log of {week.label} says itself which studies were selected for audit, so none is drawn here."
    here = frame(studies, start=_begin(week, own), end=micros(week.end(own.zone)))
    if not here:
        return f"No study of {week.label} that the AI left unflagged is here yet. Load the log of the week first."
    if enough(plan.truth.audit_fraction_unflagged, len(here)) or _to_draw(connection, own, week, EVER):
        return ""
    return _too_few(own, week.label)


def _passed(week: Week, earlier: Sequence[SampleRecord]) -> str:
    """Return why a week before the last draw has no sample of its own."""
    if week < week_named(earlier[0].week):
        return (
            f"{week.label} is not drawn: the sample of {earlier[-1].week} is drawn already, and no draw goes back"
            " before another."
        )
    later = next(one.week for one in earlier if week < week_named(one.week))
    return f"{week.label} had too few studies for a draw of its own; they were drawn with those of {later}."


def _too_few(own: DeploymentRecord, week: str) -> str:
    return (
        f"Too few studies of {own.title} were left unflagged up to {week} for a draw: the plan's share of them is less"
        " than one study. They are drawn with those of later weeks, and the flagged ones wait for that list."
    )


def _to_draw(connection: Connection, own: DeploymentRecord, week: Week, seen_by: int) -> list[tuple[str, Drawn]]:
    """Return the draws up to a week that were not made yet, in order, each by the plan of its week.

    A week whose studies are too few for the plan's share to be one study is passed over: nothing stands in the way of
    drawing them with the next.
    """
    earlier = kept.samples(connection, own.id, EVER)
    studies = _studies(connection, own, seen_by)
    first = week_named(earlier[-1].week).number + 1 if earlier else week.number
    start = _begin(week_named(earlier[0].week), own) if earlier else _far_enough(connection, own, week, studies)
    offered, found = _offered(connection, own, earlier, studies, start), []
    for one in (Week(number) for number in range(first, week.number + 1)):
        plan = plan_in_week(connection, own, one)
        fraction = plan.truth.audit_fraction_unflagged
        eligible = frame(studies, start=start, end=micros(one.end(own.zone)), offered=offered)
        if fraction < 1 and enough(fraction, len(eligible)):
            seed = seed_of(plan.plan, plan.version, f"{own.model} {own.version} at {own.site}", one.label)
            found.append((one.label, draw(seed, eligible, fraction)))
            offered.update(eligible)
    return found


def _far_enough(connection: Connection, own: DeploymentRecord, week: Week, studies: Studies) -> int:
    """Return where the first draw of all begins: with its week, or so far before that it can be one study."""
    fraction = plan_in_week(connection, own, week).truth.audit_fraction_unflagged
    end, oldest = micros(week.end(own.zone)), int(studies.week.min(initial=week.number))
    starts = (_begin(Week(number), own) for number in range(week.number, oldest - 1, -1))
    begin = _begin(week, own)
    return next((at for at in starts if enough(fraction, len(frame(studies, start=at, end=end)))), begin)


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


def _begin(week: Week, own: DeploymentRecord) -> int:
    return micros(Week(week.number - 1).end(own.zone))


def _studies(connection: Connection, own: DeploymentRecord, seen_by: int) -> Studies:
    return kept.studies_of(read_cases(connection, own.id, seen_by, READ, as_filed=True), own.zone)

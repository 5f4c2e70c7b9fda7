"""The weekly evaluation: which weeks are due, judging them, and keeping what they say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.errors import SurveillanceError
from surveillance.services.due_weeks import Brought, Due, due_weeks
from surveillance.services.guard import guarded
from surveillance.services.judging import Judged, judge_all
from surveillance.services.signals import keep_signals
from surveillance.services.store_clock import Seen, moment_seen, refuse_overtaken, seen_now
from surveillance.storage import register
from surveillance.storage.evaluations import add_evaluations
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """What one run of the weekly evaluation did; `not_judged` names deployments that could not be, with the reason."""

    deployments: int
    weeks: int
    alarms: int
    recommendations: int
    restated_from: tuple[str, ...]
    without_plan: tuple[str, ...]
    not_judged: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return what was done, for the page and the command line."""
        text = "Nothing is due: every week is evaluated and no new data touch it."
        if self.not_judged:
            text = ""
        if self.weeks:
            text = (
                f"{counted(self.weeks, 'week')} of {counted(self.deployments, 'deployment')} evaluated. New:"
                f" {counted(self.alarms, 'alarm')}, {counted(self.recommendations, 'stop-use recommendation')}."
            )
        if self.restated_from:
            text += f" Restated after late or corrected data: {', '.join(self.restated_from)}."
        if self.without_plan:
            text += f" Without a surveillance plan, so not judged: {', '.join(self.without_plan)}."
        if self.not_judged:
            text += f" Could not be judged, so nothing of it is new: {'; '.join(self.not_judged)}."
        return text.strip()


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "week"), counted(2, "week")
    ('1 week', '2 weeks')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _silent(_title: str, _done: int, _of: int) -> None:
    """Report progress to nobody."""


@guarded(Action.RUN_EVALUATION)
def run_all(
    actor: Actor,
    store: Store,
    *,
    at: datetime,
    as_of: datetime | None = None,
    progress: Progress = _silent,
    workers: int | None = None,
) -> EvaluationRun:
    """Judge every week that is due for every deployment, and keep points, charts, alarms and recommendations.

    A week is due when it is over and was not judged, or when new data touch it. One transaction keeps a
    deployment's weeks, its alarms and the audit entry together. A deployment that cannot be judged is named with the
    reason and stays due; the others are kept all the same.

    Parameters
    ----------
    at : now, by which the store has seen what it has seen
    as_of : judge only weeks over by then; default now, or the end of the data in a store that is not live
    progress : told the deployment's title, how many are done and of how many
    workers : processes to judge in; default by the number of deployments and processors

    Raises
    ------
    StoreUnusable
        If a file was loaded, or another evaluation kept, while weeks were judged: what was not kept before is not.
    """
    with store.read() as connection:
        seen, seen_by = seen_now(connection), moment_seen(connection, at)
        known = register.deployments(connection)
        brought: Brought = {}
        dues = [due_weeks(connection, store.kind, one, seen_by, now=at, as_of=as_of, brought=brought) for one in known]
    work = [due for due in dues if due.weeks and due.plan is not None]
    alarms = recommendations = weeks = 0
    not_judged: list[str] = []
    unforeseen: list[Exception] = []
    for done, (due, judged) in enumerate(judge_all(store.url, work, seen_by, workers), start=1):
        if isinstance(judged, SurveillanceError):
            not_judged.append(f"{due.deployment.title} ({str(judged).removesuffix('.')})")
        elif isinstance(judged, Exception):
            unforeseen.append(judged)
        else:
            counts = _keep(actor, store, due, judged, seen, seen_by, at)
            weeks += len(judged.evaluations)
            alarms, recommendations = alarms + counts[0], recommendations + counts[1]
        progress(due.deployment.title, done, len(work))
    if unforeseen:  # a fault of this program: told, once the deployments it does not concern are kept
        raise unforeseen[0]
    return EvaluationRun(
        deployments=len(work) - len(not_judged),
        weeks=weeks,
        alarms=alarms,
        recommendations=recommendations,
        restated_from=tuple(f"{due.deployment.title} from {due.weeks[0].label}" for due in work if due.restates),
        without_plan=tuple(due.deployment.title for due in dues if due.plan is None),
        not_judged=tuple(not_judged),
    )


def _keep(
    actor: Actor, store: Store, due: Due, judged: Judged, seen: Seen, seen_by: int, at: datetime
) -> tuple[int, int]:
    action = Action.RUN_EVALUATION.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        refuse_overtaken(unit.connection, due.deployment.id, due.deployment.title, seen)
        add_evaluations(unit.connection, judged.evaluations)
        counts = keep_signals(unit.connection, due, judged, actor=actor.person, role=actor.role.value, at=at)
        unit.record(
            {
                "deployment": due.deployment.id,
                "from": due.weeks[0].label,
                "to": due.weeks[-1].label,
                "seen_by": from_micros(seen_by).isoformat(),
                "alarms": counts[0],
                "recommendations": counts[1],
            }
        )
    return counts

"""Everything that a list of deployments needs, read once for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from surveillance.domain.roles import Role
from surveillance.services.held_rows import Awaiting, awaiting_correction
from surveillance.storage import alarms, people, plans, recommendations, register
from surveillance.storage.alarms import AlarmRecord
from surveillance.storage.newest_evaluations import NewestEvaluation, newest_evaluations
from surveillance.storage.plans import PlanRecord
from surveillance.storage.recommendations import RecommendationRecord
from surveillance.storage.register import DeploymentRecord


@dataclass(frozen=True, slots=True)
class Member:
    """One deployment with its newest evaluation, its status, and what waits on it: alarms, decisions, held rows."""

    deployment: DeploymentRecord
    newest: NewestEvaluation | None
    plan: PlanRecord | None
    status: str
    alarms: Sequence[AlarmRecord]
    recommendations: Sequence[RecommendationRecord]
    awaiting: Awaiting | None = None

    @property
    def proposed(self) -> list[RecommendationRecord]:
        """Return the recommendations that wait for a decision, the one due first in front."""
        return sorted((r for r in self.recommendations if r.decided_at is None), key=lambda r: r.due_at)

    @property
    def waiting(self) -> list[AlarmRecord]:
        """Return the alarms that wait for a person, the one due first in front.

        One from a history loaded in one go, its chart quiet again, waits on the alarms page only.
        """
        raised = [a for a in self.alarms if a.state == "raised" and not a.alarm.detail["historical"]]
        return sorted(raised, key=lambda a: a.alarm.due_at)


def fleet(connection: Connection) -> tuple[Member, ...]:
    """Return every deployment of a store, in the order of their registration."""
    newest, statuses = newest_evaluations(connection), register.current_statuses(connection)
    kept_plans = {plan.id: plan for plan in plans.plans(connection)}
    raised: dict[int, list[AlarmRecord]] = defaultdict(list)
    proposed: dict[int, list[RecommendationRecord]] = defaultdict(list)
    awaiting = awaiting_correction(connection)
    for alarm in alarms.alarms(connection):
        raised[alarm.alarm.deployment_id].append(alarm)
    for recommendation in recommendations.recommendations(connection):
        proposed[recommendation.deployment_id].append(recommendation)
    return tuple(
        Member(
            deployment=deployment,
            newest=newest.get(deployment.id),
            plan=kept_plans.get(newest[deployment.id].plan_id) if deployment.id in newest else None,
            status=statuses[deployment.id].status if deployment.id in statuses else "",
            alarms=raised[deployment.id],
            recommendations=proposed[deployment.id],
            awaiting=awaiting.get(deployment.id),
        )
        for deployment in register.deployments(connection)
    )


def holders(connection: Connection) -> dict[Role, str]:
    """Return for each role the names of those who hold it, for the owner's line."""
    names: dict[Role, list[str]] = defaultdict(list)
    for person in people.people(connection):
        for role in people.roles_of(connection, person.id):
            names[Role(role)].append(person.name)
    return {role: ", ".join(names[role]) or role.words for role in Role}

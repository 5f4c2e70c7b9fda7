"""Surveillance plans: checked whole, kept as versions, never edited."""

from datetime import UTC, datetime, time

from surveillance.domain.plan import Plan, load_plan
from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.storage import plans
from surveillance.storage.plans import PlanRecord
from surveillance.storage.store import Store


@guarded(Action.ADD_PLAN)
def add_plan(actor: Actor, store: Store, toml: str, *, at: datetime) -> Plan:
    """Check a plan and keep it as a version; an invalid plan is refused with the field named.

    Raises
    ------
    InvalidPlan
        With every field that is wrong.
    """
    plan = load_plan(toml)
    with store.write(actor=actor.person, role=actor.role.value, action=Action.ADD_PLAN.value, at=at) as unit:
        kept = plans.add_plan(
            unit.connection,
            name=plan.plan,
            version=plan.version,
            model=plan.model,
            model_version=plan.version_of_model,
            sites=plan.sites,
            toml=toml,
            effective_from=datetime.combine(plan.effective_from, time(), UTC),
            at=at,
            by=actor.person,
            signed_by=actor.person,
        )
        unit.record({"plan": plan.plan, "version": plan.version, "sha256": kept.sha256})
    return plan


@guarded(Action.READ_SURVEILLANCE)
def plans_kept(actor: Actor, store: Store) -> tuple[PlanRecord, ...]:
    """Return every plan version that this store keeps."""
    with store.read() as connection:
        return plans.plans(connection)

"""Surveillance plans: kept version by version, found by the product, version and site they govern."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.rows import add_row, fetch
from surveillance.storage.tables.judgement import PLAN


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One version of a plan with its text; `model_version` None and no sites mean every one."""

    id: int
    name: str
    version: int
    model: str
    model_version: str | None
    sites: tuple[str, ...]
    toml: str
    sha256: str
    effective_from: datetime
    added_at: datetime
    added_by: str
    signed_by: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "sites", tuple(self.sites))

    def governs(self, deployment: DeploymentRecord) -> bool:
        """Say whether a deployment is watched under this plan."""
        return (
            self.model == deployment.model
            and self.model_version in (None, deployment.version)
            and (not self.sites or deployment.site in self.sites)
        )


def add_plan(
    connection: Connection,
    *,
    name: str,
    version: int,
    model: str,
    model_version: str | None,
    sites: tuple[str, ...],
    toml: str,
    effective_from: datetime,
    at: datetime,
    by: str,
    signed_by: str | None = None,
) -> PlanRecord:
    """Keep a version of a plan; the same version with the same text again adds nothing.

    Raises
    ------
    AlreadyDecided
        If this version of the plan is kept with another text.
    """
    sha256 = hashlib.sha256(toml.encode()).hexdigest()
    same = select(PLAN).where(PLAN.c.name == name, PLAN.c.version == version)
    kept = fetch(connection, PlanRecord, same)
    if kept and kept[0].sha256 == sha256:
        return kept[0]
    if kept:
        raise AlreadyDecided(f"Version {version} of plan {name} is kept already and differs: raise its version.")
    scope = {"model": model, "model_version": model_version, "sites": list(sites)}
    text = {"toml": toml, "sha256": sha256, "effective_from": effective_from}
    who = {"added_at": at, "added_by": by, "signed_by": signed_by}
    number = add_row(connection, PLAN, {"name": name, "version": version, **scope, **text, **who})
    return plan(connection, number)


def plan(connection: Connection, plan_id: int) -> PlanRecord:
    """Return a version of a plan by its number.

    Raises
    ------
    NotFound
        If no plan has this number.
    """
    found = fetch(connection, PlanRecord, select(PLAN).where(PLAN.c.id == plan_id))
    if not found:
        raise NotFound(f"No surveillance plan has the number {plan_id} in this store.")
    return found[0]


def plans(connection: Connection) -> tuple[PlanRecord, ...]:
    """List every version of every plan, in the order they were added."""
    return fetch(connection, PlanRecord, select(PLAN).order_by(PLAN.c.id))


def plan_for(connection: Connection, deployment: DeploymentRecord, *, at: datetime | None = None) -> PlanRecord | None:
    """Find the plan that governs a deployment: the one in force latest, at a moment if one is given.

    A plan that names the deployment's version goes before one for every version, and one that names its site
    before one for every site; among equals the latest in force, then the last added.
    """
    governing = [kept for kept in plans(connection) if kept.governs(deployment)]
    in_force = [kept for kept in governing if at is None or kept.effective_from <= at]
    return max(
        in_force,
        key=lambda kept: (kept.model_version is not None, bool(kept.sites), kept.effective_from, kept.id),
        default=None,
    )

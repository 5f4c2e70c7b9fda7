"""The register: which products are known, which versions run at which sites, and whether they are in use."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, select

from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage.rows import add_row, as_record, fetch
from surveillance.storage.tables.register import DEPLOYMENT, MODEL, USE_STATUS_EVENT, VERSION_ALIAS


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """An AI product as registered."""

    id: int
    name: str
    vendor: str
    kind: str
    intended_use: str
    finding: str
    pathway: str


@dataclass(frozen=True, slots=True)
class DeploymentRecord:
    """One version of a product at one site, with its operating threshold: the unit that is watched."""

    id: int
    model_id: int
    model: str
    vendor: str
    kind: str
    finding: str
    pathway: str
    version: str
    site: str
    threshold: float | None
    zone: str
    title: str
    cases_from: int | None
    registered_at: datetime
    registered_by: str


@dataclass(frozen=True, slots=True)
class UseStatus:
    """A use status from a moment on, who set it and why."""

    deployment_id: int
    status: str
    at: datetime
    by: str
    reason: str


def add_model(
    connection: Connection,
    *,
    name: str,
    vendor: str,
    kind: str,
    intended_use: str,
    finding: str,
    pathway: str,
) -> int:
    """Register a product and return its number.

    Raises
    ------
    AlreadyDecided
        If a product of this name is registered.
    """
    if model_named(connection, name) is not None:
        raise AlreadyDecided(f"The product {name} is registered already.")
    fields = {"name": name, "vendor": vendor, "kind": kind, "intended_use": intended_use}
    return add_row(connection, MODEL, {**fields, "finding": finding, "pathway": pathway})


def model_named(connection: Connection, name: str) -> ModelRecord | None:
    """Find a product by its name."""
    found = fetch(connection, ModelRecord, select(MODEL).where(MODEL.c.name == name))
    return found[0] if found else None


def models(connection: Connection) -> tuple[ModelRecord, ...]:
    """List the registered products by name."""
    return fetch(connection, ModelRecord, select(MODEL).order_by(MODEL.c.name))


def add_deployment(
    connection: Connection,
    *,
    model_id: int,
    version: str,
    site: str,
    threshold: float | None,
    zone: str,
    title: str,
    at: datetime,
    by: str,
    cases_from: int | None = None,
) -> int:
    """Register a version at a site and return its number; its studies leave quarantine by this alone.

    A second threshold of a version at a site needs `cases_from` (microseconds): the acquisition time from
    which studies are its own, since a log does not say under which threshold a study was read.

    Raises
    ------
    AlreadyDecided
        If this version at this site is registered with this threshold, or with another and no `cases_from`.
    """
    alike = (DEPLOYMENT.c.model_id == model_id, DEPLOYMENT.c.version == version, DEPLOYMENT.c.site == site)
    kept = connection.execute(select(DEPLOYMENT.c.threshold).where(*alike)).scalars().all()
    if threshold in kept or (kept and cases_from is None):
        raise AlreadyDecided(
            f"Version {version} at {site} is registered already. For a new threshold, say from when on."
        )
    _refuse_two_meanings(connection, model_id, site, version, VERSION_ALIAS.c.version)
    where = {"model_id": model_id, "version": version, "site": site, "threshold": threshold, "zone": zone}
    who = {"title": title, "cases_from": cases_from, "registered_at": at, "registered_by": by}
    return add_row(connection, DEPLOYMENT, {**where, **who})


def deployments(connection: Connection) -> tuple[DeploymentRecord, ...]:
    """List every registered version at a site, in order of registration."""
    return fetch(connection, DeploymentRecord, _deployments())


def deployment(connection: Connection, deployment_id: int) -> DeploymentRecord:
    """Return one registered version at a site.

    Raises
    ------
    NotFound
        If no deployment has this number.
    """
    row = connection.execute(_deployments().where(DEPLOYMENT.c.id == deployment_id)).one_or_none()
    if row is None:
        raise NotFound(f"No AI version at a site has the number {deployment_id} in this store.")
    return as_record(DeploymentRecord, row)


def add_alias(connection: Connection, *, deployment_id: int, version: str, at: datetime, by: str) -> int:
    """Say that files may write a deployment's version in another way, and return the alias's number.

    Raises
    ------
    AlreadyDecided
        If that spelling is a registered version, or another deployment's: a study would count twice.
    """
    own = deployment(connection, deployment_id)
    for column in (DEPLOYMENT.c.version, VERSION_ALIAS.c.version):
        _refuse_two_meanings(connection, own.model_id, own.site, version, column)
    return add_row(connection, VERSION_ALIAS, {"deployment_id": deployment_id, "version": version, "at": at, "by": by})


def set_status(connection: Connection, *, deployment_id: int, status: str, at: datetime, by: str, reason: str) -> int:
    """Give a deployment a use status from a moment on; the earlier ones stay on record."""
    values = {"deployment_id": deployment_id, "status": status, "at": at, "by": by, "reason": reason}
    return add_row(connection, USE_STATUS_EVENT, values)


def statuses(connection: Connection, deployment_id: int) -> tuple[UseStatus, ...]:
    """List the use statuses of a deployment, oldest first."""
    events = USE_STATUS_EVENT
    own = select(events).where(events.c.deployment_id == deployment_id).order_by(events.c.id)
    return fetch(connection, UseStatus, own)


def current_status(connection: Connection, deployment_id: int) -> UseStatus | None:
    """Return the use status that holds now, or None where none was ever set."""
    listed = statuses(connection, deployment_id)
    return listed[-1] if listed else None


def current_statuses(connection: Connection) -> dict[int, UseStatus]:
    """Return the use status that holds now for every deployment that has one."""
    listed = fetch(connection, UseStatus, select(USE_STATUS_EVENT).order_by(USE_STATUS_EVENT.c.id))
    return {status.deployment_id: status for status in listed}


def _refuse_two_meanings(
    connection: Connection, model_id: int, site: str, version: str, column: ColumnElement[str]
) -> None:
    alike = (DEPLOYMENT.c.model_id == model_id, DEPLOYMENT.c.site == site, column == version)
    known = select(DEPLOYMENT.c.id).outerjoin(VERSION_ALIAS, VERSION_ALIAS.c.deployment_id == DEPLOYMENT.c.id)
    if connection.execute(known.where(*alike)).first() is not None:
        raise AlreadyDecided(f"The spelling {version} at {site} stands for a registered version already.")


def _deployments() -> Select[tuple[object, ...]]:
    product = (MODEL.c.name.label("model"), MODEL.c.vendor, MODEL.c.kind, MODEL.c.finding, MODEL.c.pathway)
    return select(DEPLOYMENT, *product).join(MODEL).order_by(DEPLOYMENT.c.id)

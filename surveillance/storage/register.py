"""The register: which products are known, which versions run at which sites, and whether they are in use."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, select

from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage.registrations import made_anew, register_anew
from surveillance.storage.rows import add_row, as_record, fetch
from surveillance.storage.standing import name_stands, registration_stands
from surveillance.storage.tables.register import DEPLOYMENT, MODEL, VERSION_ALIAS
from surveillance.storage.times import EVER
from surveillance.storage.use_statuses import UseStatus as UseStatus
from surveillance.storage.use_statuses import current_status as current_status
from surveillance.storage.use_statuses import current_statuses as current_statuses
from surveillance.storage.use_statuses import set_status as set_status
from surveillance.storage.use_statuses import statuses as statuses
from surveillance.storage.version_names import keep_name


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
    kept = _of_version(connection, model_id, version, site)
    standing = [limit for limit, (_, stands) in kept.items() if stands]
    if threshold in standing or (standing and cases_from is None):
        raise AlreadyDecided(
            f"Version {version} at {site} is registered already. For a new threshold, say from when on."
        )
    _refuse_two_meanings(connection, model_id, site, version, VERSION_ALIAS.c.version)
    if threshold in kept:
        number = kept[threshold][0]
        return register_anew(connection, number, zone=zone, title=title, cases_from=cases_from, at=at, by=by)
    where = {"model_id": model_id, "version": version, "site": site, "threshold": threshold, "zone": zone}
    who = {"title": title, "cases_from": cases_from, "registered_at": at, "registered_by": by}
    return add_row(connection, DEPLOYMENT, {**where, **who})


def deployments(connection: Connection, seen_by: int = EVER) -> tuple[DeploymentRecord, ...]:
    """List every version at a site in order of registration, but those taken back by a moment (microseconds).

    A listing is the register's of now, its first registrations later than the moment among them.
    """
    listed = fetch(connection, DeploymentRecord, _deployments().where(registration_stands(seen_by)))
    anew = made_anew(connection, seen_by)
    return tuple(replace(one, **anew[one.id]) if one.id in anew else one for one in listed)


def deployment(connection: Connection, deployment_id: int, seen_by: int = EVER) -> DeploymentRecord:
    """Return one version at a site as registered by a moment (microseconds), one that was taken back too.

    Raises
    ------
    NotFound
        If no deployment has this number.
    """
    row = connection.execute(_deployments().where(DEPLOYMENT.c.id == deployment_id)).one_or_none()
    if row is None:
        raise NotFound(f"No AI version at a site has the number {deployment_id} in this store.")
    return replace(as_record(DeploymentRecord, row), **made_anew(connection, seen_by).get(deployment_id, {}))


def add_alias(connection: Connection, *, deployment_id: int, version: str, at: datetime, by: str) -> int:
    """Say that files may write a deployment's version in another way, and return the alias's number.

    Raises
    ------
    AlreadyDecided
        If that spelling is a registered version, or another deployment's: a study would count twice; or if the
        deployment's registration was taken back.
    """
    own = deployment(connection, deployment_id)
    if own not in deployments(connection):
        raise AlreadyDecided(f"The registration of version {own.version} at {own.site} was taken back.")
    for column in (DEPLOYMENT.c.version, VERSION_ALIAS.c.version):
        _refuse_two_meanings(connection, own.model_id, own.site, version, column)
    return keep_name(connection, deployment_id=deployment_id, version=version, at=at, by=by)


def _of_version(connection: Connection, model_id: int, version: str, site: str) -> dict[float | None, tuple[int, bool]]:
    """Return the registrations of a version at a site by threshold: their number, and whether each stands."""
    alike = DEPLOYMENT.c.model_id == model_id, DEPLOYMENT.c.version == version, DEPLOYMENT.c.site == site
    query = select(DEPLOYMENT.c.id, DEPLOYMENT.c.threshold, registration_stands(EVER).label("stands")).where(*alike)
    return {row.threshold: (int(row.id), bool(row.stands)) for row in connection.execute(query)}


def _refuse_two_meanings(
    connection: Connection, model_id: int, site: str, version: str, column: ColumnElement[str]
) -> None:
    alike = (DEPLOYMENT.c.model_id == model_id, DEPLOYMENT.c.site == site, column == version)
    known = select(DEPLOYMENT.c.id).where(registration_stands(EVER))
    if column is VERSION_ALIAS.c.version:
        known = known.join(VERSION_ALIAS, VERSION_ALIAS.c.deployment_id == DEPLOYMENT.c.id).where(name_stands(EVER))
    if connection.execute(known.where(*alike)).first() is not None:
        raise AlreadyDecided(f"The spelling {version} at {site} stands for a registered version already.")


def _deployments() -> Select[tuple[object, ...]]:
    product = (MODEL.c.name.label("model"), MODEL.c.vendor, MODEL.c.kind, MODEL.c.finding, MODEL.c.pathway)
    return select(DEPLOYMENT, *product).join(MODEL).order_by(DEPLOYMENT.c.id)

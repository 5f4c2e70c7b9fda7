"""Versions that nobody registered: what their studies look like without any truth, and who must say what they are."""

from datetime import datetime
from functools import lru_cache

import numpy as np
from sqlalchemy import Connection, func, select

from surveillance.domain.alarm import due
from surveillance.domain.label_free import Finding, Unlabelled, compare_shares, failures, flags, scores_apart
from surveillance.domain.plan import load_plan
from surveillance.domain.roles import MAY, Action, Actor, Role
from surveillance.domain.score_faults import score_faults
from surveillance.errors import NotEstimable
from surveillance.services.fleet import holders
from surveillance.services.guard import guarded
from surveillance.services.nearest_version import (
    NearestVersion,
    local_day,
    nearest_version,
    registered_beside,
    unlabelled,
)
from surveillance.services.page_models import Quarantined
from surveillance.storage import people, plans, register
from surveillance.storage import quarantine as kept
from surveillance.storage.quarantine_summary import Summary, summarised
from surveillance.storage.standing import RETURNS, WITHDRAWALS
from surveillance.storage.store import Store
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL
from surveillance.storage.tables.judgement import PLAN
from surveillance.storage.tables.register import DEPLOYMENT, VERSION_ALIAS
from surveillance.storage.times import EVER, from_micros

CONDITION = "version never seen"
HOURS = 24.0  # to say what an unknown version is, where no plan of the product says otherwise
OWN_CLOCK = "Europe/London"
SEED = 5
OWNERS = (Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR)
STATE = (BATCH, BATCH_WITHDRAWAL, DEPLOYMENT, VERSION_ALIAS, PLAN, *WITHDRAWALS, *RETURNS)


@guarded(Action.READ_SURVEILLANCE)
def quarantined(actor: Actor, store: Store, *, at: datetime) -> tuple[Quarantined, ...]:
    """Return each version that is not registered, the one due first in front; an evaluation need not have run.

    It is an alarm from the moment its first file is loaded, and stays one until the version is registered, is said
    to be another spelling, or its files are withdrawn: that it is unknown cannot be acknowledged away.
    """
    with store.read() as connection:
        state = tuple(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in STATE)
        owner = _owner(connection)
    rows = _rows(store, state)
    return tuple(sorted((row.owned_by(owner, at) for row in rows), key=lambda row: (row.due_at, row.model)))


@lru_cache(maxsize=16)
def _rows(store: Store, _state: tuple[int, ...]) -> tuple[Quarantined, ...]:
    """Return the rows as the files, the register and the plans stand: read once for each state of these."""
    with store.read() as connection:
        return tuple(_row(connection, apart) for apart in kept.quarantine(connection))


def _row(connection: Connection, apart: kept.Quarantined) -> Quarantined:
    beside = registered_beside(connection, apart)
    studies = _unlabelled(summarised(connection, apart.model, apart.version, apart.site, EVER))
    nearest = nearest_version(connection, apart, EVER)
    zone = beside[-1].zone if beside else OWN_CLOCK
    return Quarantined(
        model=apart.model,
        version=apart.version,
        site=apart.site,
        studies=apart.cases,
        first=local_day(apart.first_at, zone),
        last=local_day(apart.last_at, zone),
        due_at=due(from_micros(apart.received_at), _hours(connection, apart.model)),
        zone=zone,
        product_known=register.model_named(connection, apart.model) is not None,
        registered=tuple((one.id, one.version, one.threshold) for one in beside),
        title=beside[-1].title if beside else "",
        checks=_checks(studies, nearest),
        beside="" if nearest is None else nearest.words,
    )


def _unlabelled(summary: Summary) -> Unlabelled:
    """Turn studies into what is compared; only of the newest does their order matter."""
    counted, newest = unlabelled(summary.groups), unlabelled(summary.studies)
    many = summary.count
    return Unlabelled(
        status=np.concatenate([np.repeat(counted.status, many), newest.status]),
        called=np.concatenate([np.repeat(counted.called, many), newest.called]),
        score=np.concatenate([np.repeat(counted.score, many), newest.score]),
    )


def _checks(studies: Unlabelled, nearest: NearestVersion | None) -> tuple[Finding, ...]:
    """Return the label-free checks: flags, failures, where scores lie, and scores that no working product gives."""
    rng = np.random.default_rng(SEED)
    before = None if nearest is None else nearest.studies
    whose = "" if nearest is None else f"version {nearest.deployment.version}"
    found = []
    for name, verb, share in (("Flag rate", "flagged", flags), ("Not processed", "not processed", failures)):
        try:
            now = share(studies)
        except NotEstimable as error:
            found.append(Finding(name, False, f"{error}."))
            continue
        try:
            reference = None if before is None else share(before)
        except NotEstimable:
            reference = None
        found.append(compare_shares(name, verb, now, reference, whose))
    if before is not None:
        found += scores_apart(studies, before, whose, rng)
    if len(studies.scores):
        found += score_faults(studies.scores, None if before is None else before.scores, rng)
    return tuple(found)


def _hours(connection: Connection, model: str) -> float:
    """Return how long a person has by the strictest plan of the product, a day where none says."""
    texts = [plan.toml for plan in plans.plans(connection) if plan.model == model]
    stated = [t.answer_within_hours for toml in texts for t in load_plan(toml).trigger if t.when == CONDITION]
    return min(stated, default=HOURS)


def _owner(connection: Connection) -> str:
    """Return the names of those who keep the register, by the first role that anybody holds."""
    held = {role for person in people.people(connection) for role in people.roles_of(connection, person.id)}
    owners = [role for role in OWNERS if role in MAY[Action.REGISTER_PRODUCT] and role.value in held]
    names = holders(connection)
    return names[owners[0]] if owners else Role.ADMINISTRATOR.words

"""What a name of a version brought to its weeks: the studies under it, and the alarms that rest on them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from surveillance.domain.weeks import Week, last_complete_week, span_words
from surveillance.services.alarm_weeks import UNKNOWN_VERSION, weeks_of
from surveillance.services.deployments import day_words
from surveillance.storage import alarms as kept_alarms
from surveillance.storage import people, version_names
from surveillance.storage.alarms import AlarmRecord
from surveillance.storage.quarantine import read_quarantined
from surveillance.storage.register import DeploymentRecord, deployment
from surveillance.storage.tables.judgement import EVALUATION
from surveillance.storage.times import EVER, from_micros, to_micros
from surveillance.storage.version_names import NameWithdrawal, VersionName


def studies_under(connection: Connection, own: DeploymentRecord, version: str) -> NDArray[np.int64]:
    """Return when the studies that files hold under a name were acquired (microseconds), ascending."""
    found = read_quarantined(connection, own.model, version, own.site, EVER)
    return found["acquired_at"].to_numpy(dtype=np.int64)


def weeks_words(moments: NDArray[np.int64], zone: str) -> str:
    """Return in words which weeks some studies are of."""
    first, last = (
        Week(last_complete_week(from_micros(int(moment)), zone).number + 1) for moment in (moments[0], moments[-1])
    )
    return span_words(first, last, last)


def alarms_behind(connection: Connection, own: DeploymentRecord, name: VersionName) -> tuple[AlarmRecord, ...]:
    """Return the alarms that rest on a name as it stands: raised while it counted, from weeks with studies under it."""
    moments = studies_under(connection, own, name.version)
    return tuple(
        record
        for record in kept_alarms.alarms(connection)
        if record.alarm.deployment_id == own.id and _rests(connection, record, own, name, moments, EVER)
    )


def rests_on_withdrawn_names(connection: Connection, records: Iterable[AlarmRecord]) -> dict[int, tuple[str, ...]]:
    """Return for each alarm that rests on a name that was taken back, by its number, a sentence for each name.

    A name that was signed anew counts again, and what rests on it is no longer marked.
    """
    standing = {one.id for one in version_names.names(connection)}
    listed = list(records)
    found: dict[int, list[str]] = {}
    for name in version_names.every_name(connection) if listed else ():
        if name.id in standing:
            continue
        own, gone = deployment(connection, name.deployment_id), version_names.name_withdrawals(connection, name.id)[-1]
        moments = studies_under(connection, own, name.version)
        for record in listed:
            same = record.alarm.deployment_id == own.id
            if same and _rests(connection, record, own, name, moments, gone.at):
                found.setdefault(record.id, []).append(_sentence(connection, own, name, gone))
    return {number: tuple(sentences) for number, sentences in found.items()}


def _rests(
    connection: Connection,
    record: AlarmRecord,
    own: DeploymentRecord,
    name: VersionName,
    moments: NDArray[np.int64],
    until: int,
) -> bool:
    """Say whether an alarm was judged while a name counted, from weeks in which studies stand under it."""
    if record.alarm.kind == UNKNOWN_VERSION:
        return False
    seen = connection.execute(
        select(func.min(EVALUATION.c.seen_by)).where(
            EVALUATION.c.deployment_id == own.id, EVALUATION.c.seen_by >= to_micros(record.alarm.raised_at)
        )
    ).scalar_one_or_none()
    if seen is None or not to_micros(name.at) <= seen < until:
        return False
    first, last, _ = weeks_of(record, own.zone)
    return bool(((moments >= first) & (moments < last)).any())


def _sentence(connection: Connection, own: DeploymentRecord, name: VersionName, gone: NameWithdrawal) -> str:
    who = people.person(connection, gone.by).name
    return (
        f"Rests on withdrawn data: that {name.version} is version {own.version} was taken back on"
        f" {day_words(from_micros(gone.at))} by {who}: {gone.reason.rstrip('.')}."
    )

"""Which alarms rest on the rows of a file: those judged while it counted, from rows that no other file holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from surveillance.domain.weeks import Week, micros
from surveillance.services.deployments import day_words
from surveillance.services.signals import week_of_label
from surveillance.storage import alarms as kept_alarms
from surveillance.storage import people
from surveillance.storage.alarms import AlarmRecord
from surveillance.storage.batch_reach import Reach, reach, rows_in_it_alone, sites_of
from surveillance.storage.batch_records import BatchRecord
from surveillance.storage.batches import batches
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.tables.judgement import EVALUATION
from surveillance.storage.times import from_micros, to_micros

UNKNOWN_VERSION = "version never seen"


@dataclass(frozen=True, slots=True)
class Resting:
    """An alarm and how many of a file's rows lie in the weeks that it was raised from."""

    record: AlarmRecord
    rows: int


class FileEvidence:
    """What one file gave to alarms: its rows by deployment, read once for all of them."""

    def __init__(self, connection: Connection, batch: BatchRecord) -> None:
        self._connection, self._batch = connection, batch
        self._reach: dict[int, Reach] = {one.deployment.id: one for one in reach(connection, batch.id)}
        self._named = set(sites_of(connection, batch.id))

    def rows_behind(self, record: AlarmRecord, deployment: DeploymentRecord) -> int:
        """Count the rows of the file in the weeks from which an alarm was raised while the file counted.

        A chart's signal is raised from the weeks since its likely onset, a plain fact from its own week. A row that
        another file holds word for word goes on counting, so nothing rests on it.
        """
        if not self._named or not self._counted_when_raised(record):
            return 0
        alarm = record.alarm
        if alarm.kind == UNKNOWN_VERSION:
            version = alarm.signal_key.removeprefix(f"{UNKNOWN_VERSION}/")
            return int((deployment.model, version, deployment.site) in self._named)
        own = self._reach.get(deployment.id)
        first, last, until = weeks_of(record, deployment.zone)
        if own is None or own.first_at >= until or own.last_at < first:
            return 0
        return rows_in_it_alone(self._connection, self._batch.id, deployment, first, until, studies_until=last)

    def _counted_when_raised(self, record: AlarmRecord) -> bool:
        alarm = record.alarm
        seen = self._connection.execute(
            select(func.min(EVALUATION.c.seen_by)).where(
                EVALUATION.c.deployment_id == alarm.deployment_id, EVALUATION.c.seen_by >= to_micros(alarm.raised_at)
            )
        ).scalar_one_or_none()
        gone = self._batch.withdrawn_at
        return seen is not None and self._batch.received_at <= seen and (gone is None or gone > seen)


def weeks_of(record: AlarmRecord, zone: str) -> tuple[int, int, int]:
    """Return the time from which an alarm was raised (microseconds): its first study, the end of its last week, and
    the moment by which its truths were recorded, which is later where it waited for them.
    """
    first = week_of_label(record.alarm.onset_low or record.alarm.onset or record.alarm.week)
    last = week_of_label(record.alarm.week)
    return micros(Week(first.number - 1).end(zone)), micros(last.end(zone)), to_micros(record.alarm.as_of)


def resting_on(
    connection: Connection, batch: BatchRecord, deployments: dict[int, DeploymentRecord]
) -> tuple[Resting, ...]:
    """Return the alarms that rest on a file."""
    evidence = FileEvidence(connection, batch)
    found = [
        Resting(record, evidence.rows_behind(record, deployments[record.alarm.deployment_id]))
        for record in kept_alarms.alarms(connection)
    ]
    return tuple(one for one in found if one.rows)


def rests_on_withdrawn(
    connection: Connection, records: Iterable[AlarmRecord], deployments: dict[int, DeploymentRecord]
) -> dict[int, tuple[str, ...]]:
    """Return for each alarm that rests on withdrawn data, by its number, a sentence for each file.

    It is read anew each time: a file that is loaded again counts again, and what rests on it is no longer marked.
    """
    gone = [batch for batch in batches(connection) if batch.withdrawn_at is not None and batch.rows_accepted]
    listed = list(records)
    if not gone or not listed:
        return {}
    names = {person.id: person.name for person in people.people(connection)}
    found: dict[int, list[str]] = {}
    for batch in gone:
        evidence = FileEvidence(connection, batch)
        for record in listed:
            rows = evidence.rows_behind(record, deployments[record.alarm.deployment_id])
            if rows:
                found.setdefault(record.id, []).append(_sentence(batch, rows, record, names))
    return {number: tuple(sentences) for number, sentences in found.items()}


def _sentence(batch: BatchRecord, rows: int, record: AlarmRecord, names: dict[str, str]) -> str:
    assert batch.withdrawn_at is not None
    counted = "" if record.alarm.kind == UNKNOWN_VERSION else f" {rows:,} of its rows lie in the weeks of this alarm."
    who = names.get(batch.withdrawn_by or "", batch.withdrawn_by)
    why = (batch.withdrawal_reason or "").rstrip(".")
    return (
        f"Rests on withdrawn data: batch {batch.id} ({batch.file_name}) was withdrawn on"
        f" {day_words(from_micros(batch.withdrawn_at))} by {who}: {why}.{counted}"
    )

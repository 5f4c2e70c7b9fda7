"""Which alarms rest on the rows of a file: those judged while it counted, from rows that it held."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from surveillance.domain.withdrawn_mark import IN_WEEKS, OF_VERSION, RESTS, WithdrawnRows, withdrawn_mark
from surveillance.services.alarm_weeks import UNKNOWN_VERSION, weeks_of
from surveillance.services.deployments import day_words
from surveillance.services.withdrawn_names import rests_on_withdrawn_names
from surveillance.storage import alarms as kept_alarms
from surveillance.storage import people
from surveillance.storage.alarms import AlarmRecord
from surveillance.storage.batch_reach import Reach, reach, rows_by_fate, sites_of, version_rows_by_fate
from surveillance.storage.batch_records import BatchRecord
from surveillance.storage.batches import batches
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.tables.judgement import EVALUATION
from surveillance.storage.times import EVER, from_micros, to_micros


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

    def rows_behind(self, record: AlarmRecord, deployment: DeploymentRecord) -> WithdrawnRows:
        """Count the rows of the file in the weeks from which an alarm was raised while the file counted.

        A chart's signal is raised from the weeks since its likely onset, a plain fact from its own week, and that an
        unknown version was seen from every study of it. A row that another file holds word for word goes on counting.
        """
        if not self._named or not self._counted_when_raised(record):
            return WithdrawnRows()
        alarm, gone = record.alarm, EVER if self._batch.withdrawn_at is None else self._batch.withdrawn_at
        if alarm.kind == UNKNOWN_VERSION:
            stream = (deployment.model, alarm.signal_key.removeprefix(f"{UNKNOWN_VERSION}/"), deployment.site)
            found = stream in self._named
            return version_rows_by_fate(self._connection, self._batch.id, stream, gone) if found else WithdrawnRows()
        own = self._reach.get(deployment.id)
        first, last, until = weeks_of(record, deployment.zone)
        if own is None or own.first_at >= until or own.last_at < first:
            return WithdrawnRows()
        return rows_by_fate(
            self._connection, self._batch.id, deployment, first, until, studies_until=last, withdrawn_at=gone
        )

    def _counted_when_raised(self, record: AlarmRecord) -> bool:
        alarm = record.alarm
        seen = self._connection.execute(
            select(func.min(EVALUATION.c.seen_by)).where(
                EVALUATION.c.deployment_id == alarm.deployment_id, EVALUATION.c.seen_by >= to_micros(alarm.raised_at)
            )
        ).scalar_one_or_none()
        gone = self._batch.withdrawn_at
        return seen is not None and self._batch.received_at <= seen and (gone is None or gone > seen)


def resting_on(
    connection: Connection, batch: BatchRecord, deployments: dict[int, DeploymentRecord]
) -> tuple[Resting, ...]:
    """Return the alarms that rest on rows which only this file holds."""
    evidence = FileEvidence(connection, batch)
    found = [
        Resting(record, evidence.rows_behind(record, deployments[record.alarm.deployment_id]).gone)
        for record in kept_alarms.alarms(connection)
    ]
    return tuple(one for one in found if one.rows)


def rests_on_withdrawn(
    connection: Connection, records: Iterable[AlarmRecord], deployments: dict[int, DeploymentRecord]
) -> dict[int, tuple[str, ...]]:
    """Return for each alarm that rests on withdrawn data, by its number, a sentence for each file and each name.

    A file that was loaded again counts again, and the mark stays and says so: the points are those of before, an
    alarm is history. Where another file held every row all along, the sentence says that it does not rest on withdrawn
    data alone.
    """
    gone = [batch for batch in batches(connection) if batch.withdrawn_at is not None and batch.rows_accepted]
    listed = list(records)
    if not listed:
        return {}
    found = {number: list(told) for number, told in rests_on_withdrawn_names(connection, listed).items()}
    names = {person.id: person.name for person in people.people(connection)} if gone else {}
    for batch in gone:
        evidence = FileEvidence(connection, batch)
        for record in listed:
            rows = evidence.rows_behind(record, deployments[record.alarm.deployment_id])
            about = OF_VERSION if record.alarm.kind == UNKNOWN_VERSION else IN_WEEKS
            if mark := withdrawn_mark(rows, _told(batch, names), about):
                found.setdefault(record.id, []).append(mark)
    return {number: tuple(sorted(said, key=lambda one: not one.startswith(RESTS))) for number, said in found.items()}


def _told(batch: BatchRecord, names: dict[str, str]) -> str:
    assert batch.withdrawn_at is not None
    who = names.get(batch.withdrawn_by or "", batch.withdrawn_by)
    why = (batch.withdrawal_reason or "").rstrip(".")
    day = day_words(from_micros(batch.withdrawn_at))
    return f"batch {batch.id} ({batch.file_name}) was withdrawn on {day} by {who}: {why}."

"""The weeks from which an alarm was raised."""

from surveillance.domain.weeks import Week, micros
from surveillance.services.signals import week_of_label
from surveillance.storage.alarms import AlarmRecord
from surveillance.storage.times import to_micros

UNKNOWN_VERSION = "version never seen"


def weeks_of(record: AlarmRecord, zone: str) -> tuple[int, int, int]:
    """Return the time from which an alarm was raised (microseconds): its first study, the end of its last week, and
    the moment by which its truths were recorded, which is later where it waited for them.
    """
    first = week_of_label(record.alarm.onset_low or record.alarm.onset or record.alarm.week)
    last = week_of_label(record.alarm.week)
    return micros(Week(first.number - 1).end(zone)), micros(last.end(zone)), to_micros(record.alarm.as_of)

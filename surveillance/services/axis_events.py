"""What is drawn on a deployment's time axes: its plan, its baseline, and the known events that concern it."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from surveillance.domain.known_event import KnownEvent
from surveillance.domain.weeks import Week
from surveillance.services.page_models import AxisEvent
from surveillance.services.series_page import kept_end
from surveillance.services.stored_series import StoredSeries
from surveillance.storage import people
from surveillance.storage.known_events import known_events
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store


def axis_events(store: Store, kept: StoredSeries) -> tuple[AxisEvent, ...]:
    """Return the events of a deployment's axis as the page stands now; whoever asks has passed the guard."""
    with store.read() as connection:
        return events_known(connection, kept)


def events_known(connection: Connection, kept: StoredSeries, by: datetime | None = None) -> tuple[AxisEvent, ...]:
    """Return the events of a deployment's axis, as known now or at a moment, by day.

    An event logged afterwards stands on the weeks it concerns, and says when it was logged. A picture as known at a
    moment shows what had been logged, and not withdrawn, by then.
    """
    first, last = Week(kept.points.first_week).monday, kept_end(kept)
    found = [*_of_the_plan(kept), *events_logged(connection, kept.deployment, first, last, by)]
    return _within(found, first, last)


def events_logged(
    connection: Connection, own: DeploymentRecord, first: date, last: date, by: datetime | None = None
) -> tuple[AxisEvent, ...]:
    """Return the known events that concern a deployment between two days, as known now or at a moment."""
    logged = [one for one in known_events(connection, by=by) if one.concerns(site=own.site, model=own.model)]
    standing = [one for one in logged if by is not None or one.withdrawn is None]
    names = {person.id: person.name for person in people.people(connection)}
    return _within((_axis_event(one, names, own.zone) for one in standing), first, last)


def _of_the_plan(kept: StoredSeries) -> tuple[AxisEvent, ...]:
    plan = kept.plan
    took_effect = f"plan {plan.version} took effect"
    return (
        AxisEvent(plan.baseline.end, "baseline ends", f"{_day(plan.baseline.end)}: the baseline ends"),
        AxisEvent(plan.effective_from, f"plan {plan.version}", f"{_day(plan.effective_from)}: {took_effect}"),
    )


def _axis_event(event: KnownEvent, names: dict[str, str], zone: str) -> AxisEvent:
    logged = event.logged_at.astimezone(ZoneInfo(zone))
    told = (
        f"{_day(event.on)}: {event.kind.words}, {event.words} ({event.scope}); logged {_day(logged)}"
        f" {logged:%H:%M} by {names.get(event.logged_by, event.logged_by)}"
    )
    return AxisEvent(event.on, event.words, told, logged=True)


def _within(events: Iterable[AxisEvent], first: date, last: date) -> tuple[AxisEvent, ...]:
    return tuple(sorted((one for one in events if first <= one.on <= last), key=lambda one: (one.on, one.words)))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"

"""What stands in the register of versions: registrations, and the other names signed for them."""

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.services.page_models.taking_back import OnRecord as OnRecord
from surveillance.storage import people, register, version_names
from surveillance.storage.store import Store


@guarded(Action.READ_SURVEILLANCE)
def on_record(actor: Actor, store: Store) -> tuple[OnRecord, ...]:
    """Return every registration that stands, each followed by its other names, the newest registration first."""
    with store.read() as connection:
        known = register.deployments(connection)
        names = version_names.names(connection)
        who = {person.id: person.name for person in people.people(connection)}
    found = []
    for own in sorted(known, key=lambda one: (one.registered_at, one.id), reverse=True):
        limit = "" if own.threshold is None else f", threshold {own.threshold:g}"
        by = who.get(own.registered_by, own.registered_by)
        what = f"{own.model} {own.version} at {own.site}{limit}"
        found.append(OnRecord(own.id, None, what, by, own.registered_at))
        found += [
            OnRecord(own.id, one.id, f"{one.version} is {own.version} at {own.site}", who.get(one.by, one.by), one.at)
            for one in names
            if one.deployment_id == own.id
        ]
    return tuple(found)

"""Another name of a registered version, signed by a person: the studies under it join those of that version."""

from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.errors import NotAllowed, NotFound
from surveillance.services.free_text import name_without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.store_clock import moment_received
from surveillance.storage import register
from surveillance.storage.quarantine import quarantine
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros


@guarded(Action.SIGN_ALIAS)
def sign_alias(actor: Actor, store: Store, deployment_id: int, version: str, *, at: datetime) -> str:
    """Sign that an unknown version is one that is registered at the site; return what was done, in words.

    Its studies count in their own weeks from now on, and these weeks fall due; what was known before stays as it was.
    The name counts from after every evaluation that was kept, whatever this computer's clock says.

    Raises
    ------
    NotFound
        If no studies wait under that name for the product at the site.
    NotAllowed
        Without a name, or with one that seems to be a patient's.
    AlreadyDecided
        If the name is a registered version, or another one's spelling.
    """
    if not version.strip():
        raise NotAllowed("Name the version as its files write it.")
    name_without_identifiers(version, "This name")
    action = Action.SIGN_ALIAS.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        own = register.deployment(unit.connection, deployment_id)
        waiting = [
            one
            for one in quarantine(unit.connection)
            if (one.model, one.version, one.site) == (own.model, version, own.site)
        ]
        moment = from_micros(moment_received(unit.connection, at))
        register.add_alias(unit.connection, deployment_id=own.id, version=version, at=moment, by=actor.person)
        if not waiting:  # asked last, so that a name that means a registered version is told to do so
            raise NotFound(f"No studies wait under version {version} of {own.model} at {own.site}.")
        studies = waiting[0].cases
        unit.record(
            {"deployment": own.id, "version": own.version, "alias": version, "studies": studies, "name": actor.name}
        )
    counted = "1 study joins" if studies == 1 else f"{studies:,} studies join"
    return (
        f"Signed by {actor.name}: {version} is version {own.version} at {own.site}. {counted} their own weeks, which"
        f" the next evaluation judges anew. Record {unit.receipt.seq:,} in the trail."
    )

"""Other spellings of registered versions, signed by the person who keeps a profile."""

from datetime import datetime

from sqlalchemy import Connection

from surveillance.services.store_clock import moment_received
from surveillance.storage import register, version_names
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.times import from_micros


def sign_spellings(connection: Connection, profile: Profile, *, at: datetime, by: str) -> tuple[str, ...]:
    """Record a profile's version spellings for every registered version that they stand for; return which, in words.

    The profile itself turns a spelling into its version; the record in the register makes files that come by another
    way agree with it, from after every evaluation that was kept, whatever this computer's clock says. A version that
    is not registered yet gets its spelling from the profile alone.

    Raises
    ------
    AlreadyDecided
        If a spelling stands for another registered version at that site already.
    """
    spellings = profile.aliases.get("version", {})
    models = {part.constants.get("model", "") for part in profile.parts}
    models |= {name for part in profile.parts for name in part.values.get("model", {}).values()}
    known = {(one.deployment_id, one.version) for one in version_names.names(connection)}
    moment = from_micros(moment_received(connection, at))
    signed = []
    for deployment in register.deployments(connection):
        for spelling, version in spellings.items():
            if deployment.model not in models or deployment.version != version:
                continue
            if (deployment.id, spelling) not in known:
                register.add_alias(connection, deployment_id=deployment.id, version=spelling, at=moment, by=by)
                known.add((deployment.id, spelling))
            signed.append(f"{deployment.title}: {spelling} = {version}")
    return tuple(signed)

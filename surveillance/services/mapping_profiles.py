"""Mapping profiles: how each department's exports are read, checked and kept as versions."""

from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.storage import profiles
from surveillance.storage.outcome_log.profile import Profile, load_profile
from surveillance.storage.outcome_log.ready_profiles import ready_profile, ready_profile_names
from surveillance.storage.store import Store


def profile_named(store: Store, name: str) -> Profile:
    """Return a mapping profile: the store's newest of that name, else the ready-made one."""
    with store.read() as connection:
        kept = {record.name: record for record in profiles.profiles(connection)}
    return load_profile(kept[name].toml if name in kept else ready_profile(name))


@guarded(Action.LOAD_LOG)
def profile_names(actor: Actor, store: Store) -> tuple[str, ...]:
    """Return the mapping profiles that a file can be read through: this store's own first."""
    with store.read() as connection:
        own = tuple(dict.fromkeys(record.name for record in profiles.profiles(connection)))
    return own + tuple(name for name in ready_profile_names() if name not in own)


@guarded(Action.KEEP_PROFILES)
def save_profile(actor: Actor, store: Store, toml: str, *, at: datetime) -> Profile:
    """Check a mapping profile and keep it as a new version.

    Raises
    ------
    InvalidProfile
        With the key that is wrong.
    """
    profile = load_profile(toml)
    with store.write(actor=actor.person, role=actor.role.value, action=Action.KEEP_PROFILES.value, at=at) as unit:
        kept = profiles.save_profile(unit.connection, name=profile.profile, toml=toml, at=at, by=actor.person)
        unit.record({"profile": kept.name, "version": kept.version, "sha256": kept.sha256})
    return profile

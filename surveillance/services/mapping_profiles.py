"""Mapping profiles: how each department's exports are read, checked and kept as versions."""

from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.errors import InvalidProfile
from surveillance.services.free_text import name_without_identifiers
from surveillance.services.guard import guarded
from surveillance.storage import profiles
from surveillance.storage.outcome_log.profile import Profile, load_profile
from surveillance.storage.outcome_log.ready_profiles import ready_profile, ready_profile_names
from surveillance.storage.readings import PROFILE as WORKLIST
from surveillance.storage.store import Store


def reserved_names() -> tuple[str, ...]:
    """Return the names that the software uses itself: its ready-made profiles, and where settled truths come from.

    Examples
    --------
    >>> reserved_names()
    ('canonical', 'canonical-orders', 'canonical-outcomes', 'cardiac-surgery', 'truth-worklist')
    """
    return (*ready_profile_names(), WORKLIST)


def refuse_unfit(profile: Profile) -> None:
    """Refuse a profile under a name that the software uses itself, however spelt, or with words that name a patient.

    What the name stands for must not change; the words of a profile are kept for good.

    Raises
    ------
    InvalidProfile
        With the names that are taken.
    NotAllowed
        If its name, a constant, a value or a spelling of a version seems to hold an identifier; the value is masked.
    """
    name = profile.profile
    if " ".join(name.split()).casefold() in reserved_names():
        raise InvalidProfile(
            f"profile: the software itself uses the name '{name}' (as it does {', '.join(reserved_names())}), and what"
            " it stands for must not change. Choose another; nothing was saved."
        )
    words = [name, *profile.constants.values(), *profile.aliases.get("version", {})]
    for part in profile.parts:
        words += [word for table in part.values.values() for word in table]
    for word in words:
        name_without_identifiers(word, "This profile")


def profile_named(store: Store, name: str) -> Profile:
    """Return a mapping profile: the store's newest of that name, else the ready-made one.

    Raises
    ------
    InvalidProfile
        If the name is that of the truth worklist: a file loaded under it would pass for truths that were handed in.
    """
    if name == WORKLIST:
        raise InvalidProfile(f"No file is loaded through a profile '{name}': the truth worklist hands in under it.")
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
        With the key that is wrong, or the name if the software uses it itself.
    """
    profile = load_profile(toml)
    refuse_unfit(profile)
    with store.write(actor=actor.person, role=actor.role.value, action=Action.KEEP_PROFILES.value, at=at) as unit:
        kept = profiles.save_profile(unit.connection, name=profile.profile, toml=toml, at=at, by=actor.person)
        unit.record({"profile": kept.name, "version": kept.version, "sha256": kept.sha256})
    return profile

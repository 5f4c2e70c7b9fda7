"""Taking back a signed name of a version: what it will touch is said first; from then on its studies wait again."""

import tomllib
from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor
from surveillance.errors import NotAllowed
from surveillance.services.free_text import without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.page_models.taking_back import TakingBack as TakingBack
from surveillance.services.store_clock import moment_withdrawn
from surveillance.services.withdrawals import FEWEST_WORDS
from surveillance.services.withdrawn_names import alarms_behind, studies_under, weeks_words
from surveillance.storage import profiles, register, version_names
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store
from surveillance.storage.version_names import VersionName

BEFORE_STANDS = "What was known on any earlier day stays as it was."


@guarded(Action.WITHDRAW_NAME)
def preview_name_withdrawal(actor: Actor, store: Store, alias_id: int) -> TakingBack:
    """Say what taking back a name will touch, before anybody decides: studies, weeks, alarms, profiles.

    Raises
    ------
    NotFound
        If no name has this number.
    AlreadyDecided
        If it was taken back before.
    """
    with store.read() as connection:
        name = version_names.standing_name(connection, alias_id)
        own = register.deployment(connection, name.deployment_id)
        studies = studies_under(connection, own, name.version)
        alarms = alarms_behind(connection, own, name)
        told = [_studies_words(own, name, len(studies))]
        if len(studies):
            told.append(
                f"They are of {weeks_words(studies, own.zone)}; these weeks are judged again at the next evaluation."
            )
        if alarms:
            number = "1 alarm stays" if len(alarms) == 1 else f"{len(alarms)} alarms stay"
            told.append(f"{number} and will read “rests on withdrawn data”.")
        told += _profile_words(connection, own, name)
    return TakingBack(f"{name.version} for version {own.version} at {own.site}", (*told, BEFORE_STANDS))


@guarded(Action.WITHDRAW_NAME)
def withdraw_name(actor: Actor, store: Store, alias_id: int, reason: str, *, at: datetime) -> str:
    """Take back a signed name with a reason: event and audit entry together; return what was done.

    Its studies go back to quarantine from now on, and the weeks that they counted in fall due. Alarms raised from
    them stay and are marked. Everything as of an earlier moment is unchanged, and the name may be signed anew.

    Raises
    ------
    NotAllowed
        Without a reason of a few words, or with one that seems to name a patient.
    NotFound
        If no name has this number.
    AlreadyDecided
        If it was taken back before.
    """
    said = " ".join(reason.split())
    if len(said.split()) < FEWEST_WORDS:
        raise NotAllowed("Say in a sentence why this name is taken back; it is kept beside the name for good.")
    without_identifiers(said, "This reason")
    with store.write(actor=actor.person, role=actor.role.value, action=Action.WITHDRAW_NAME.value, at=at) as unit:
        name = version_names.standing_name(unit.connection, alias_id)
        own = register.deployment(unit.connection, name.deployment_id)
        studies = len(studies_under(unit.connection, own, name.version))
        alarms = [record.id for record in alarms_behind(unit.connection, own, name)]
        moment = moment_withdrawn(unit.connection, at)
        version_names.withdraw_name(unit.connection, name.id, at=moment, by=actor.person, reason=said)
        unit.record(
            {"deployment": own.id, "version": own.version, "alias": name.version, "studies": studies,
             "alarms": alarms, "reason": said, "name": actor.name}
        )  # fmt: skip
    return (
        f"Taken back by {actor.name}: {name.version} is no longer version {own.version} at {own.site}."
        f" {_counted(studies)} again until somebody says what it is. Record {unit.receipt.seq:,} in the trail."
    )


def _counted(studies: int) -> str:
    return "1 study waits" if studies == 1 else f"{studies:,} studies wait"


def _studies_words(own: DeploymentRecord, name: VersionName, studies: int) -> str:
    if not studies:
        return f"No study stands under {name.version} in this store; a later file that says so waits for a person."
    goes = "1 study goes" if studies == 1 else f"{studies:,} studies go"
    return f"{goes} back to the unknown versions and no longer count for version {own.version}."


def _profile_words(connection: Connection, own: DeploymentRecord, name: VersionName) -> list[str]:
    """Say which profiles turn the name into the version by themselves: their files hold it no more."""
    newest = {one.name: one.toml for one in profiles.profiles(connection)}
    told = [
        profile for profile, toml in newest.items()
        if tomllib.loads(toml).get("aliases", {}).get("version", {}).get(name.version) == own.version
    ]  # fmt: skip
    return [
        f"Profile {profile} itself reads {name.version} as {own.version}. Files loaded through it stay counted: set"
        " it up again without this spelling, withdraw those files, and load them again."
        for profile in told
    ]

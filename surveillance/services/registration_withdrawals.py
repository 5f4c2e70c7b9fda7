"""Taking back a registration that nothing rests on; one that was judged or signed under stays, and is told why."""

from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services.free_text import without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.name_withdrawals import BEFORE_STANDS
from surveillance.services.page_models.taking_back import TakingBack as TakingBack
from surveillance.services.store_clock import moment_withdrawn
from surveillance.services.withdrawals import FEWEST_WORDS
from surveillance.services.withdrawn_names import studies_under
from surveillance.storage import plans, register, registrations, version_names
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store
from surveillance.storage.version_names import VersionName

# What may rest on a registration, the weightiest first; a table that is not named here refuses all the same.
RESTS = {
    "stop_use_notice": ("signed stop-use notice", "signed stop-use notices"),
    "weekly_review": ("signed weekly review", "signed weekly reviews"),
    "evaluation": ("evaluation", "evaluations"),
    "alarm": ("alarm", "alarms"),
    "recommendation": ("stop-use recommendation", "stop-use recommendations"),
    "audit_sample": ("sample drawn for the audit", "samples drawn for the audit"),
    "reading": ("answer of a reader", "answers of readers"),
}
INSTEAD = (
    "To mend what was wrong: for another operating threshold, register it with the day from which it holds. Where files"
    " name a wrong version, withdraw them and load them again through a profile that reads the right one; the weeks are"
    " judged again and the alarms marked."
)


@guarded(Action.WITHDRAW_REGISTRATION)
def preview_registration_withdrawal(actor: Actor, store: Store, deployment_id: int) -> TakingBack:
    """Say what taking back a registration will do, or why it may not be taken back and what to do instead.

    Raises
    ------
    NotFound
        If no registration has this number.
    AlreadyDecided
        If it was taken back before.
    """
    with store.read() as connection:
        own = _standing(connection, deployment_id)
        what = f"Version {own.version} of {own.model} at {own.site}"
        if refused := _refusal(connection, own):
            return TakingBack(what, (), refused)
        names = _names_of(connection, own)
        studies = sum(len(studies_under(connection, own, one)) for one in (own.version, *(n.version for n in names)))
        told = ["Nothing was judged or signed under it yet."]
        if studies:
            told.append(f"{_counted(studies, 'goes', 'go')} back to the unknown versions until somebody registers it.")
        if names:
            listed = ", ".join(one.version for one in names)
            told.append(f"What was signed to be the same version is taken back with it: {listed}.")
        governing = [plan for plan in plans.plans(connection) if plan.governs(own)]
        told += [
            f"Plan {name} stays on record as it is, and governs the version again once it is registered again."
            for name in dict.fromkeys(plan.name for plan in governing)
        ]
    return TakingBack(what, (*told, BEFORE_STANDS, "The version may be registered again, said right."))


@guarded(Action.WITHDRAW_REGISTRATION)
def withdraw_registration(actor: Actor, store: Store, deployment_id: int, reason: str, *, at: datetime) -> str:
    """Take back a registration with a reason, and the names signed for it; return what was done.

    Raises
    ------
    NotAllowed
        Without a reason of a few words, or with one that seems to name a patient.
    NotFound
        If no registration has this number.
    AlreadyDecided
        If it was taken back before, or was judged, drawn from or signed under: nothing of that is ever lost.
    """
    said = " ".join(reason.split())
    if len(said.split()) < FEWEST_WORDS:
        raise NotAllowed("Say in a sentence why this registration is taken back; it is kept beside it for good.")
    without_identifiers(said, "This reason")
    action = Action.WITHDRAW_REGISTRATION.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        own = _standing(unit.connection, deployment_id)
        if refused := _refusal(unit.connection, own):
            raise AlreadyDecided(refused)
        names = _names_of(unit.connection, own)
        moment = moment_withdrawn(unit.connection, at)
        for name in names:
            version_names.withdraw_name(unit.connection, name.id, at=moment, by=actor.person, reason=said)
        registrations.withdraw_registration(unit.connection, own.id, at=moment, by=actor.person, reason=said)
        unit.record(
            {"deployment": own.id, "model": own.model, "version": own.version, "site": own.site,
             "names": [one.version for one in names], "reason": said, "name": actor.name}
        )  # fmt: skip
    return (
        f"The registration of version {own.version} of {own.model} at {own.site} is taken back by {actor.name}; its"
        f" studies wait among the unknown versions. Record {unit.receipt.seq:,} in the trail."
    )


def _standing(connection: Connection, deployment_id: int) -> DeploymentRecord:
    own = register.deployment(connection, deployment_id)
    if own not in register.deployments(connection):
        raise AlreadyDecided(
            f"The registration of version {own.version} at {own.site} was taken back already; nothing was changed."
        )
    return own


def _names_of(connection: Connection, own: DeploymentRecord) -> tuple[VersionName, ...]:
    return tuple(one for one in version_names.names(connection) if one.deployment_id == own.id)


def _refusal(connection: Connection, own: DeploymentRecord) -> str:
    """Return why a registration stays, and what to do instead; "" where nothing rests on it."""
    found = registrations.resting_on(connection, own.id)
    told = [f"{number:,} {RESTS[kind][number != 1]}" for kind in RESTS if (number := found.get(kind))]
    if not told and found:
        told = [f"{sum(found.values()):,} records"]
    if not told:
        return ""
    listed = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
    verb = "rests" if len(told) == 1 and told[0].startswith("1 ") else "rest"
    return f"{listed} {verb} on version {own.version} at {own.site}, so its registration stays. {INSTEAD}"


def _counted(studies: int, one: str, several: str) -> str:
    return f"1 study {one}" if studies == 1 else f"{studies:,} studies {several}"

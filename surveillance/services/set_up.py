"""Set up from my file: a department's export is guessed, confirmed by a person, tried out and kept as a profile."""

from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.errors import FileRefused, InvalidProfile
from surveillance.services.guard import guarded
from surveillance.services.intake import preview_through
from surveillance.services.page_models.set_up import SavedProfile as SavedProfile
from surveillance.services.page_models.set_up import TriedRow as TriedRow
from surveillance.services.page_models.set_up import TryOut as TryOut
from surveillance.services.tried_rows import tried_rows
from surveillance.services.version_spellings import sign_spellings
from surveillance.storage import profile_headers, profiles, register
from surveillance.storage.outcome_log.guessing.draft import Known
from surveillance.storage.outcome_log.guessing.proposal import TOPICS as TOPICS
from surveillance.storage.outcome_log.guessing.proposal import Answers as Answers
from surveillance.storage.outcome_log.guessing.proposal import Proposal as Proposal
from surveillance.storage.outcome_log.guessing.proposal import Question as Question
from surveillance.storage.outcome_log.guessing.propose import propose_profile, same_but_version, with_version
from surveillance.storage.outcome_log.profile import load_profile
from surveillance.storage.outcome_log.ready_profiles import ready_profile_names
from surveillance.storage.store import Store

NO_ANSWERS = Answers()
NAMED_WAITING = 5


@guarded(Action.KEEP_PROFILES)
def propose(
    actor: Actor, store: Store, data: bytes, file_name: str, answers: Answers = NO_ANSWERS, *, at: datetime
) -> Proposal:
    """Guess how a file is written; every guess is a question with its evidence, answered or waiting.

    Call it again after each answer: what is asked next depends on what was answered (the words of a column are
    asked once the column is chosen). `Answers.confirm(proposal.of(topic))` takes a topic's proposals as they stand;
    a question with `must_choose` has none and keeps waiting. Nothing is stored.

    Raises
    ------
    FileRefused
        If the file as a whole cannot be read, or seems to hold patients' identifiers.
    """
    return propose_profile(data, file_name, answers, _known(store))[0]


@guarded(Action.KEEP_PROFILES)
def try_out(actor: Actor, store: Store, data: bytes, file_name: str, answers: Answers, *, at: datetime) -> TryOut:
    """Read the file as it is set up now, the first 20 rows cell beside cell; nothing is stored.

    What a person has not answered yet is taken as proposed, so that the page can show it from the first moment.

    Raises
    ------
    FileRefused
        As `propose` does; a file that the unfinished profile refuses is told in `TryOut.refused`.
    """
    proposal, toml = propose_profile(data, file_name, answers, _known(store))
    if proposal.to_choose:
        return TryOut(tried_rows(proposal, None, None), None, proposal.to_choose)
    try:
        profile = load_profile(toml)
        preview = preview_through(store, data, file_name, profile, at)
    except (InvalidProfile, FileRefused) as refusal:
        return TryOut(tried_rows(proposal, None, None), None, (), str(refusal))
    return TryOut(tried_rows(proposal, preview, profile), preview, ())


@guarded(Action.KEEP_PROFILES)
def save(actor: Actor, store: Store, data: bytes, file_name: str, answers: Answers, *, at: datetime) -> SavedProfile:
    """Keep the profile as its next version with the header it is known by, and sign its version spellings.

    Raises
    ------
    InvalidProfile
        If a question waits: nobody has confirmed that part, so nothing is kept.
    FileRefused
        If the profile cannot read the very file that it was made from, or that holds patients' identifiers.
    AlreadyDecided
        If a spelling that was signed here stands for another registered version already.
    """
    proposal, toml = propose_profile(data, file_name, answers, _known(store))
    if not proposal.can_be_saved:
        waiting = "; ".join(question.asks for question in proposal.waiting[:NAMED_WAITING])
        raise InvalidProfile(
            f"Nothing was saved: {len(proposal.waiting)} of {len(proposal.questions)} questions are not answered yet. "
            f"{waiting}"
        )
    profile = load_profile(toml)
    preview_through(store, data, file_name, profile, at)  # refuses what it could not read, and patients' identifiers
    action = Action.KEEP_PROFILES.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        newest = next(
            (one for one in reversed(profiles.profiles(unit.connection)) if one.name == profile.profile), None
        )
        if newest is not None and same_but_version(newest.toml, toml):
            toml = newest.toml
        else:
            toml = with_version(toml, 1 if newest is None else newest.version + 1)
        kept = profiles.save_profile(unit.connection, name=profile.profile, toml=toml, at=at, by=actor.person)
        profile_headers.add_header(unit.connection, profile_id=kept.id, header=proposal.header, at=at, by=actor.person)
        signed = sign_spellings(unit.connection, profile, at=at, by=actor.person)
        unit.record(
            {"profile": kept.name, "version": kept.version, "sha256": kept.sha256, "header": list(proposal.header),
             "spellings": dict(profile.aliases.get("version", {})), "signed_for": list(signed)}
        )  # fmt: skip
    receipt = unit.receipt
    spelled = tuple(f"{word} = {version}" for word, version in profile.aliases.get("version", {}).items())
    told = f" Signed: {', '.join(spelled)}." if spelled else ""
    return SavedProfile(
        kept.name, kept.version, kept.toml, spelled, receipt.seq, receipt.head,
        f"Kept as profile {kept.name}, version {kept.version}; files with this header are recognised from now on."
        f"{told}",
    )  # fmt: skip


def _known(store: Store) -> Known:
    """Return what this store knows that helps to guess."""
    with store.read() as connection:
        deployments = register.deployments(connection)
        newest = {one.name: one.version for one in profiles.profiles(connection)}
    return Known(
        deployments=tuple((one.model, one.version, one.site) for one in deployments),
        profiles=tuple(newest.items()),
        ready_profiles=ready_profile_names(),
        thresholds=tuple((one.model, one.version, one.threshold) for one in deployments if one.threshold is not None),
    )

"""Set up from my file: a department's export is guessed, confirmed by a person, tried out and kept as a profile."""

from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.errors import FileRefused, InvalidProfile
from surveillance.services.guard import guarded
from surveillance.services.intake import preview_through
from surveillance.services.known_answers import what_is_known
from surveillance.services.mapping_profiles import refuse_unfit
from surveillance.services.page_models.set_up import SavedProfile as SavedProfile
from surveillance.services.page_models.set_up import TriedRow as TriedRow
from surveillance.services.page_models.set_up import TryOut as TryOut
from surveillance.services.tried_rows import tried_rows
from surveillance.services.version_spellings import sign_spellings
from surveillance.storage import profile_headers, profiles
from surveillance.storage.outcome_log.guessing.proposal import TOPICS as TOPICS
from surveillance.storage.outcome_log.guessing.proposal import Answers as Answers
from surveillance.storage.outcome_log.guessing.proposal import Proposal as Proposal
from surveillance.storage.outcome_log.guessing.proposal import Question as Question
from surveillance.storage.outcome_log.guessing.propose import (
    head_of_file,
    propose_profile,
    same_but_version,
    with_version,
)
from surveillance.storage.outcome_log.guessing.read_once import ReadOnce as ReadOnce
from surveillance.storage.outcome_log.profile import load_profile
from surveillance.storage.store import Store

NO_ANSWERS = Answers()
NAMED_WAITING = 5
SIGNED_LAST = ("versions", "name")  # what is asked where the profile is signed and saved


@guarded(Action.KEEP_PROFILES)
def propose(
    actor: Actor,
    store: Store,
    data: bytes,
    file_name: str,
    answers: Answers = NO_ANSWERS,
    *,
    at: datetime,
    read: ReadOnce | None = None,
) -> Proposal:
    """Guess how a file is written; every guess is a question with its evidence, answered or waiting.

    Call it again after each answer: what is asked next depends on what was answered (the words of a column are
    asked once the column is chosen). `Answers.confirm(proposal.of(topic))` takes a topic's proposals as they stand;
    a question with `must_choose` has none and keeps waiting. Nothing is stored. `read` is kept beside the file by
    whoever asks again, so that no answer reads the file anew.

    Raises
    ------
    FileRefused
        If the file as a whole cannot be read, or seems to hold patients' identifiers.
    """
    return propose_profile(data, file_name, answers, what_is_known(store), read)[0]


@guarded(Action.KEEP_PROFILES)
def try_out(
    actor: Actor,
    store: Store,
    data: bytes,
    file_name: str,
    answers: Answers,
    *,
    at: datetime,
    read: ReadOnce | None = None,
) -> TryOut:
    """Read the file as it is set up now, the first 20 rows cell beside cell; nothing is stored.

    What a person has not answered yet is taken as proposed, so that the page can show it from the first moment. With
    `read`, a large text file is read by its first rows while a question waits, and whole once none does.

    Raises
    ------
    FileRefused
        As `propose` does; a file that the unfinished profile refuses is told in `TryOut.refused`.
    """
    proposal, toml = propose_profile(data, file_name, answers, what_is_known(store), read)
    if proposal.to_choose:
        return TryOut(tried_rows(proposal, None, None), None, proposal.to_choose)
    waiting = any(one.topic not in SIGNED_LAST for one in proposal.waiting)
    head = head_of_file(data, file_name, answers, read) if read is not None and waiting else None
    try:
        profile = load_profile(toml)
        if head is None:
            preview = preview_through(store, data, file_name, profile, at)
        else:
            preview = preview_through(store, head, file_name, profile.model_copy(update={"encoding": None}), at)
    except (InvalidProfile, FileRefused) as refusal:
        return TryOut(tried_rows(proposal, None, None), None, (), str(refusal))
    return TryOut(tried_rows(proposal, preview, profile), preview, (), first_rows_only=head is not None)


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
    proposal, toml = propose_profile(data, file_name, answers, what_is_known(store))
    if not proposal.can_be_saved:
        waiting = " ".join(question.asks for question in proposal.waiting[:NAMED_WAITING])
        raise InvalidProfile(
            f"Nothing was saved: {len(proposal.waiting)} of {len(proposal.questions)} questions are not answered yet. "
            f"{waiting}"
        )
    profile = load_profile(toml)
    refuse_unfit(profile)
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
        profile_headers.add_header(
            unit.connection,
            profile_id=kept.id,
            header=proposal.header,
            answers=_asked(proposal),
            at=at,
            by=actor.person,
        )
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


def _asked(proposal: Proposal) -> dict[str, str]:
    """Return the answers that were asked for, so that nothing that no longer holds is kept with a profile."""
    return {one.key: one.answer for one in proposal.questions if one.answer is not None}

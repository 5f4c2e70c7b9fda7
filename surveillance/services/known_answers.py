"""Set-up begun from a profile that is kept: its answers, where they still fit a file whose header differs a little."""

from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.services.mapping_profiles import reserved_names
from surveillance.storage import profile_headers, profiles, register
from surveillance.storage.outcome_log.guessing.draft import Known
from surveillance.storage.outcome_log.guessing.proposal import Answers, Proposal
from surveillance.storage.outcome_log.guessing.propose import propose_profile
from surveillance.storage.outcome_log.guessing.read_once import ReadOnce
from surveillance.storage.store import Store

ROUNDS = 20


@guarded(Action.KEEP_PROFILES)
def answers_of(
    actor: Actor,
    store: Store,
    data: bytes,
    file_name: str,
    profile: str,
    *,
    at: datetime,
    read: ReadOnce | None = None,
) -> Answers:
    """Return the answers that a profile was saved with, but for those that this file no longer bears out.

    An answer that the file does not offer any more is asked again: its column is gone, its dates read another way.
    So is "there is no such column" where a column that is new in the header looks like it.

    Raises
    ------
    FileRefused
        If the file cannot be read.
    """
    with store.read() as connection:
        kept = [one for one in profile_headers.known_headers(connection) if one.profile == profile and one.answers]
    if not kept:
        return Answers()
    before, answers = kept[-1], Answers(kept[-1].answers or {})
    known = what_is_known(store)
    for _ in range(ROUNDS):  # an answer withdrawn may bring up others
        proposal = propose_profile(data, file_name, answers, known, read)[0]
        again = _to_ask_again(proposal, frozenset(before.header))
        if not again:
            break
        answers = Answers({key: value for key, value in answers.given.items() if key not in again})
    return answers


def what_is_known(store: Store) -> Known:
    """Return what a store knows that helps to guess; for services that are guarded themselves."""
    with store.read() as connection:
        deployments = register.deployments(connection)
        newest = {one.name: one.version for one in profiles.profiles(connection)}
    return Known(
        deployments=tuple((one.model, one.version, one.site) for one in deployments),
        profiles=tuple(newest.items()),
        ready_profiles=reserved_names(),
        thresholds=tuple((one.model, one.version, one.threshold) for one in deployments if one.threshold is not None),
    )


def _to_ask_again(proposal: Proposal, before: frozenset[str]) -> frozenset[str]:
    """Return which answers do not fit, and which overlook a column that is new."""
    new = frozenset(proposal.header) - before
    return frozenset(
        one.key
        for one in proposal.questions
        if one.answer is not None
        and (one.fault or (one.key.startswith("column.") and one.proposed in new and one.answer != one.proposed))
    )

"""Which profile a file is for, proposed from its header; a person sees it with the preview, or is asked."""

from dataclasses import dataclass

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.services.header_change import HeaderChange
from surveillance.services.recognition import Recognition, recognise
from surveillance.storage.outcome_log.guessing.sample import open_file
from surveillance.storage.outcome_log.identifiers import screen_headers
from surveillance.storage.outcome_log.profile import load_profile
from surveillance.storage.outcome_log.ready_profiles import ready_profile, ready_profile_names
from surveillance.storage.outcome_log.unsourced import unsourced
from surveillance.storage.store import Store

OURS = "canonical"  # the ready-made profiles whose columns are those of the log itself


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to read a file through.

    Attributes
    ----------
    profile : what is proposed, or None where a person has to choose
    waits : whether a person looks first: the header has changed, or several profiles have it
    set_up : whether no profile is known by such a header, so that it is to be set up
    """

    profile: str | None
    waits: bool
    set_up: bool
    change: HeaderChange | None
    sentence: str


@guarded(Action.LOAD_LOG)
def propose_profile(actor: Actor, store: Store, data: bytes, file_name: str) -> Proposal:
    """Say which profile a file is for.

    A header that a profile was set up with names it; a changed one shows the difference and waits. A file whose
    columns bear the names of the log itself is read by the ready-made profile that asks for the most of them.

    Raises
    ------
    FileRefused
        If the file as a whole cannot be read, or a column is named like a patient's identifier.
    """
    found: Recognition = recognise(actor, store, data, file_name)
    if found.state == "known":
        return Proposal(found.profile, False, False, None, found.sentence)
    guess = open_file(data, file_name).guesses[0]
    screen_headers(guess.header, guess.last_row)  # before a profile is asked for: the file may not be loaded at all
    header = frozenset(guess.header)
    ready = {name: load_profile(ready_profile(name)) for name in ready_profile_names() if name.startswith(OURS)}
    # A truth without a source is asked for it at set-up: no ready-made profile can know it.
    fitting = [name for name, one in ready.items() if one.needs <= header and not unsourced(one, header)]
    if fitting:
        name = max(fitting, key=lambda one: len(ready[one].needs))
        return Proposal(name, False, False, None, f"Its columns bear the names of the log itself: profile {name}.")
    if found.state == "unknown":
        return Proposal(None, False, True, None, found.sentence)
    return Proposal(found.profile, True, False, found.change, found.sentence)

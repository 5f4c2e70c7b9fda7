"""What a person has done so far on "Set up from my file": it outlives every rerun, a change of page and a wrong file.

Widgets hold nothing of their own: each shows what stands in the answers, and a change writes a new value there.
"""

import hashlib
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import session
from surveillance.services import intake, set_up
from surveillance.services.known_answers import answers_of
from surveillance.services.recognition import Recognition, recognise

UNDER_WAY, ANSWERED, READ, RAN = "set-up", "set-up-answered", "set-up-read", "set-up-ran"
OPENED = "set-up-opened"  # what was worked out of the file under way, by its content


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A file that is being set up.

    Attributes
    ----------
    header : its column names; another file with the same ones takes the answers over
    found : whether a profile is known by this header or one like it
    saved : the profile as kept, made of `saved_answers`
    receipt : proof that the file is loaded; `loaded_already` says so where it was before
    """

    file_name: str
    data: bytes
    header: tuple[str, ...]
    answers: set_up.Answers
    found: Recognition
    saved: set_up.SavedProfile | None = None
    saved_answers: set_up.Answers | None = None
    receipt: intake.Receipt | None = None
    loaded_already: str = ""

    @property
    def changed_since_saved(self) -> bool:
        """Return whether an answer was changed after the profile was kept."""
        return self.saved_answers is not None and dict(self.saved_answers.given) != dict(self.answers.given)


def under_way() -> UnderWay | None:
    """Return the file that is being set up, or None before there is one."""
    found: UnderWay | None = st.session_state.get(UNDER_WAY)
    return found


def keep(work: UnderWay) -> None:
    """Remember the work, and its answers for the next file with this header."""
    st.session_state[UNDER_WAY] = work
    st.session_state.setdefault(ANSWERED, {})[frozenset(work.header)] = work.answers


def begin(file_name: str, data: bytes) -> None:
    """Take a file up; answers given for a file with the same header stand, else those of a profile like it.

    Raises
    ------
    FileRefused
        If it cannot be read; what was under way stays as it is.
    """
    who, store, at, read = session.actor(), session.store(), session.now(), _opened(data)
    fresh = set_up.propose(who, store, data, file_name, at=at, read=read)
    found = recognise(who, store, data, file_name)
    answers = st.session_state.get(ANSWERED, {}).get(frozenset(fresh.header))
    if answers is None and found.profile is not None:
        answers = answers_of(who, store, data, file_name, found.profile, at=at, read=read)
    keep(UnderWay(file_name, data, fresh.header, answers or set_up.NO_ANSWERS, found))


def content_of(data: bytes) -> str:
    """Return what a file is known by: its content, never its name."""
    return hashlib.sha256(data).hexdigest()


def _opened(data: bytes) -> set_up.ReadOnce:
    """Return what was worked out of a file; of one file at a time."""
    content = content_of(data)
    kept: tuple[str, set_up.ReadOnce] | None = st.session_state.get(OPENED)
    if kept is None or kept[0] != content:
        kept = st.session_state[OPENED] = (content, set_up.ReadOnce())
    return kept[1]


def answered(answers: set_up.Answers) -> None:
    """Take what a person answered, changed, confirmed or withdrew."""
    work = under_way()
    if work is not None:
        keep(replace(work, answers=answers))


def reading(work: UnderWay) -> tuple[set_up.Proposal, set_up.TryOut]:
    """Return the guesses and the file as it is set up now; read again only when an answer changed."""
    of = (work.file_name, content_of(work.data), tuple(sorted(work.answers.given.items())))
    kept = st.session_state.get(READ)
    if kept is None or kept[0] != of:
        who, store, at, read = session.actor(), session.store(), session.now(), _opened(work.data)
        proposal = set_up.propose(who, store, work.data, work.file_name, work.answers, at=at, read=read)
        tried = set_up.try_out(who, store, work.data, work.file_name, work.answers, at=at, read=read)
        kept = st.session_state[READ] = (of, proposal, tried)
    return kept[1], kept[2]

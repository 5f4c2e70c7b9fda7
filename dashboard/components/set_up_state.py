"""What a person has done so far on "Set up from my file": it outlives every rerun, a change of page and a wrong file.

Widgets hold nothing of their own: each shows what stands in the answers, and a change writes a new value there.
"""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard import session
from surveillance.services import intake, set_up

UNDER_WAY, ANSWERED, READ, RAN = "set-up", "set-up-answered", "set-up-read", "set-up-ran"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A file that is being set up.

    Attributes
    ----------
    header : its column names; another file with the same ones takes the answers over
    saved : the profile as kept, made of `saved_answers`
    receipt : proof that the file is loaded; `loaded_already` says so where it was before
    """

    file_name: str
    data: bytes
    header: tuple[str, ...]
    answers: set_up.Answers
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
    """Take a file up; answers given for a file with the same header stand.

    Raises
    ------
    FileRefused
        If it cannot be read; what was under way stays as it is.
    """
    fresh = set_up.propose(session.actor(), session.store(), data, file_name, at=session.now())
    answers = st.session_state.get(ANSWERED, {}).get(frozenset(fresh.header), set_up.NO_ANSWERS)
    keep(UnderWay(file_name, data, fresh.header, answers))


def answered(answers: set_up.Answers) -> None:
    """Take what a person answered, changed, confirmed or withdrew."""
    work = under_way()
    if work is not None:
        keep(replace(work, answers=answers))


def reading(work: UnderWay) -> tuple[set_up.Proposal, set_up.TryOut]:
    """Return the guesses and the file as it is set up now; read again only when an answer changed."""
    of = (work.file_name, id(work.data), tuple(sorted(work.answers.given.items())))
    kept = st.session_state.get(READ)
    if kept is None or kept[0] != of:
        who, store, at = session.actor(), session.store(), session.now()
        proposal = set_up.propose(who, store, work.data, work.file_name, work.answers, at=at)
        tried = set_up.try_out(who, store, work.data, work.file_name, work.answers, at=at)
        kept = st.session_state[READ] = (of, proposal, tried)
    return kept[1], kept[2]

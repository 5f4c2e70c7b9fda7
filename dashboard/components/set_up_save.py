"""Spellings of versions, signed by name, and the profile that is kept for every later file of this kind."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from dashboard.components.set_up_question import question_box
from dashboard.components.set_up_state import UnderWay, answered, keep, under_way
from dashboard.components.words import plain
from surveillance.services import set_up


def spellings(proposal: set_up.Proposal) -> None:
    """Ask which spellings of a version are one and the same, and for a name under it."""
    asked = proposal.of("versions")
    if not asked:
        return
    st.header("Spellings of versions", anchor=False)
    with st.container(border=True):
        for one in asked:
            question_box(one)
        who = session.actor()
        said = "; ".join(_said(one) for one in asked)
        st.session_state["set-up-sign"] = all(one.settled for one in asked) and _signed(asked)
        st.checkbox(
            f"I am {plain(who.name)}, {who.role.words}. {said}.", key="set-up-sign", on_change=_sign, args=(asked,)
        )
    st.markdown(":small[:gray[Each version is watched by itself, so a real update is never another spelling.]]")


def _said(question: set_up.Question) -> str:
    written = question.key.removeprefix("version.")
    same = question.stands not in (None, "(none)")
    return f"'{plain(written)}' is " + (
        f"the same version as '{plain(question.stands or '')}'" if same else "another version"
    )


def _sign(asked: Sequence[set_up.Question]) -> None:
    """Take every spelling as it stands for this person's own word, or take the signature back."""
    work = under_way()
    if work is None:
        return
    if st.session_state["set-up-sign"]:
        answered(work.answers.confirm(asked))
        st.session_state["set-up-signed"] = (session.actor(), {one.key: one.stands for one in asked})
    else:
        st.session_state.pop("set-up-signed", None)


def _signed(asked: Sequence[set_up.Question]) -> bool:
    """Say whether the person at the page has signed these spellings just as they stand."""
    signature = (session.actor(), {one.key: one.stands for one in asked})
    return st.session_state.get("set-up-signed") == signature


def profile_saved(work: UnderWay, proposal: set_up.Proposal) -> set_up.SavedProfile | None:
    """Name and save the profile; return it where it is kept as it stands now."""
    st.header("Save", anchor=False)
    if work.saved is not None and not work.changed_since_saved:
        states.done(work.saved.sentence)
        return work.saved
    if work.saved is not None:
        st.markdown(f"You changed an answer since version {work.saved.version} was kept: save it as the next version.")
    with st.container(border=True):
        for one in proposal.of("name"):
            question_box(one, evidence=False)
        asked = proposal.of("versions")
        signed = not asked or _signed(asked)
        waiting = [one for one in proposal.waiting if one.topic not in ("name", "versions")]
        if not signed:
            st.markdown(":small[:gray[The spellings of versions are not signed yet.]]")
        if waiting:
            number = len(waiting)
            words = f"{number} answer{'s are' if number > 1 else ' is'} not confirmed yet:"
            shown = " ".join(plain(one.asks) for one in waiting[:3]) + (
                f" And {number - 3} more." if number > 3 else ""
            )
            st.markdown(f":small[:gray[{words} {shown}]]")
        ready = not waiting and signed and all(one.stands for one in proposal.of("name"))
        if primary_button("Save this profile", key="set-up-save", icon="save", disabled=not ready):
            answers = work.answers.confirm(proposal.of("name"))
            saved = set_up.save(session.actor(), session.store(), work.data, work.file_name, answers, at=session.now())
            keep(replace(work, answers=answers, saved=saved, saved_answers=answers))
            st.rerun()
    return None

"""What a page shows when it has nothing, may not, is broken, or is done: always with what to do next."""

import streamlit as st

from dashboard import session
from dashboard.components.words import moment, plain, said
from surveillance.domain.roles import Action, refusal
from surveillance.errors import AlreadyDecided, FileRefused, NotAllowed, NotFound, SurveillanceError

KINDS: dict[type[SurveillanceError], str] = {
    NotAllowed: "Not yours to do",
    FileRefused: "File not taken",
    AlreadyDecided: "Decided already",
    NotFound: "Not in this store",
}


def empty(what: str, then: str, *, file: str = "", label: str = "", icon: str = "note_add", key: str = "empty") -> None:
    """Say what would be here and what brings it, with one button where this person has that page."""
    with st.container(border=True):
        st.markdown(f"**{what}**  \n{then}")
        if file and session.lists(file) and st.button(label, key=key, icon=f":material/{icon}:"):
            st.switch_page(f"views/{file}")


def unknown(what: str, number: str) -> None:
    """Say that the address names something that is not in this store, and show nothing else in its place."""
    empty(
        f"There is no such {what}.",
        f"The address asks for number {plain(number)}, which this store does not have.",
        file="this_week.py",
        label="This week",
        icon="calendar_view_week",
        key=f"unknown-{what}",
    )


def refused(error: SurveillanceError) -> None:
    """Say why something was not done, in the words of the service that refused, and where to go on."""
    kind = next((words for refusing, words in KINDS.items() if isinstance(error, refusing)), "Not possible now")
    with st.container(border=True):
        st.markdown(f":small[:gray[{kind}]]")
        st.markdown(f"**{plain(str(error))}**  \nNothing was changed. The pages at the left are yours to use.")
        st.button("Back to this page", key="refused-again")


def not_yours(action: Action) -> None:
    """Say who may do what this page is for, before anybody fills in a form in vain."""
    with st.container(border=True):
        st.markdown(":small[:gray[Not yours to do]]")
        st.markdown(f"**{refusal(session.actor().role, action)}**")


def broken(fault: str) -> None:
    """Say that the fault is ours, what was not harmed, and whom to tell, with an id and no trace."""
    with st.container(border=True):
        st.markdown(":small[:gray[Ours to mend]]")
        st.markdown(
            "**This page could not be drawn.** Nothing was lost and nothing was changed. "
            f"Tell the administrator: fault {fault}, {moment(session.now())}."
        )
        st.button("Try again", key="broken-again")


def done(sentence: str) -> None:
    """Say who did what and when, in the words of the service that did it."""
    with st.container(border=True):
        st.markdown(":small[:gray[Done]]")
        st.markdown(f"**{said(sentence)}**")

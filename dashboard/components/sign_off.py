"""Sign-off: a person says who they are and what they sign before anything is kept.

The dialog only asks. The signature itself is made by the page in the full run that follows, so that a refusal
or a fault comes to the app's one door; the open flag lives in the session, since a dialog is run again by itself.
"""

import streamlit as st

from dashboard.components.primary_button import primary_button
from surveillance.domain.roles import Actor


def sign_off(key: str, who: Actor, *, pressed: bool, title: str, statement: str, label: str) -> bool:
    """Return True in the one run in which the person has signed; `pressed` opens the question."""
    if st.session_state.pop(f"{key}-signed", False):
        st.session_state.pop(f"{key}-open", None)
        return True
    if pressed:
        st.session_state[f"{key}-open"] = True
    if st.session_state.get(f"{key}-open"):
        _ask(key, who, title, statement, label)
    return False


def _ask(key: str, who: Actor, title: str, statement: str, label: str) -> None:
    def close() -> None:
        st.session_state.pop(f"{key}-open", None)

    @st.dialog(title, on_dismiss=close)
    def body() -> None:
        st.markdown(statement)
        sure = st.checkbox(f"I am {who.name}, {who.role.words}, and I have read this page.", key=f"{key}-sure")
        if primary_button(label, key=f"{key}-sign", icon="draw", disabled=not sure):
            st.session_state[f"{key}-signed"] = True
            st.rerun()

    body()

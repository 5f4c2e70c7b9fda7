"""Withdrawing a file: the consequence first, then the reason; kept by the page in the full run that follows.

The dialog only asks, so that a refusal or a fault comes to the app's one door.
"""

import streamlit as st

from dashboard import session
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain, said
from surveillance.services.withdrawals import FEWEST_WORDS, WithdrawalPreview, preview_withdrawal, withdraw

WHICH, SIGNED, DONE = "withdraw-which", "withdraw-signed", "withdraw-done"
MOST_ALARMS = 5


def withdraw_file() -> None:
    """Ask about the file that was chosen, and withdraw it once a person has given the reason."""
    reason = st.session_state.pop(SIGNED, "")
    number = st.session_state.get(WHICH)
    if number is None:
        return
    if reason:
        st.session_state.pop(WHICH)
        st.session_state[DONE] = withdraw(session.actor(), session.store(), number, reason, at=session.now())
        st.rerun()
    _ask(preview_withdrawal(session.actor(), session.store(), number))


def _ask(preview: WithdrawalPreview) -> None:
    def close() -> None:
        st.session_state.pop(WHICH, None)

    @st.dialog(f"Withdraw batch {preview.batch_id}", on_dismiss=close)
    def body() -> None:
        st.markdown("\n".join(f"- {said(plain(sentence))}" for sentence in preview.sentences))
        if preview.alarms:
            listed = "\n".join(f"- alarm {number}: {said(words)}" for number, words in preview.alarms[:MOST_ALARMS])
            more = len(preview.alarms) - MOST_ALARMS
            st.markdown(
                f":small[:gray[Alarms that rest on it]]\n{listed}" + (f"\n- and {more} more" if more > 0 else "")
            )
        reason = st.text_area("Why is it withdrawn? (kept with your name)", key="withdraw-reason", height=90)
        pressed = primary_button("Withdraw this file", key="withdraw-sign", icon="undo")
        if pressed and len(reason.split()) < FEWEST_WORDS:
            st.markdown(":orange[A sentence is needed, so that the next reader knows why.]")
        elif pressed:
            st.session_state[SIGNED] = reason
            st.rerun()

    body()

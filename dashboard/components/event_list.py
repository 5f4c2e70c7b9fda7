"""The list of known events, and how one is withdrawn with a reason."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.wide_table import wide_table
from dashboard.components.words import day, moment, plain
from surveillance.domain.roles import Action
from surveillance.services.known_events import withdraw_event
from surveillance.services.page_models import EventRow

DONE = "event-withdrawn"


def event_list(events: Sequence[EventRow]) -> None:
    """Show every event, the newest day first; those that stand may be withdrawn."""
    wide_table(
        [
            {
                "What": one.words,
                "Day": day(one.on),
                "Kind": one.kind,
                "Concerns": one.scope,
                "Logged": f"{moment(one.logged_at)} by {one.logged_by}",
                "Now": one.withdrawn or "drawn",
            }
            for one in events
        ]
    )
    if DONE in st.session_state:
        states.done(st.session_state.pop(DONE))
    standing = {f"{one.event_id}: {one.words}, {day(one.on)}": one.event_id for one in events if not one.withdrawn}
    if standing and session.is_for_me(Action.LOG_EVENT):
        _withdraw(standing)


def _withdraw(standing: dict[str, int]) -> None:
    with st.expander("Withdraw an event"):
        chosen = st.selectbox("Which one?", list(standing), index=None, placeholder="Choose", key="event-which")
        reason = st.text_input("Why does it not hold?", key="event-reason")
        st.markdown(
            f":small[:gray[It is drawn no more, and stays on record with your name, {plain(session.actor().name)}.]]"
        )
        if st.button("Withdraw it", key="event-withdraw", disabled=chosen is None or not reason.strip()):
            number = standing[str(chosen)]
            said = withdraw_event(session.actor(), session.store(), number, reason=reason, at=session.now())
            st.session_state[DONE] = said
            for key in ("event-which", "event-reason"):
                st.session_state.pop(key, None)
            st.rerun()

"""Known events: a change in the department logged by four fields, and every event that was, with who logged it."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.event_form import event_form
from dashboard.components.event_list import event_list
from dashboard.components.page_head import page_head
from surveillance.domain.roles import Action
from surveillance.services.known_events import known_events

page_head(
    "Known events",
    "A new scanner, kernel, protocol, route, report template or rota moves figures that the AI has nothing to do with."
    " Logged here, the day stands on every time axis that it concerns.",
)
if session.is_for_me(Action.LOG_EVENT):
    event_form()
else:
    states.not_yours(Action.LOG_EVENT)
st.header("Logged", anchor=False)
events = known_events(session.actor(), session.store(), at=session.now())
if events:
    event_list(events)
else:
    st.markdown(":gray[No event is logged yet. The first one that you log stands here and on the charts.]")

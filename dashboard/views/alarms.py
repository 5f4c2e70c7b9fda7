"""Alarms: each with its clock and its history; a named person acknowledges with a reason."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.alarm_card import alarm_card
from dashboard.components.page_head import page_head
from surveillance.services.alarms import acknowledge, alarms

CHOICES = {"Open": True, "Open and closed": False}


at = session.now()
page_head("Alarms", "A designed chart or a plain fact that a named person must answer by a due time")
shown = st.segmented_control(
    "Which alarms", list(CHOICES), default="Open", required=True, key="which", label_visibility="collapsed"
)
cards = alarms(session.actor(), session.store(), at=at, open_only=CHOICES[shown or "Open"])
if not cards:
    states.empty(
        "No alarm waits for an answer." if CHOICES[shown or "Open"] else "No alarm has been raised in this store.",
        "Charts raise one when their limit is passed; This week says how every AI version does.",
        file="this_week.py",
        label="This week",
        icon="calendar_view_week",
    )
named = st.query_params.get("alarm", "")
for card in sorted(cards, key=lambda one: str(one.alarm_id) != named):
    reason = alarm_card(card, at, asked=str(card.alarm_id) == named)
    if reason:
        kept = acknowledge(session.actor(), session.store(), card.alarm_id, reason=reason, at=session.now())
        st.session_state["alarm-kept"] = f"{kept.headline}: acknowledged by {session.actor().name}, with the reason."
        st.rerun()
if sentence := st.session_state.pop("alarm-kept", ""):
    st.toast(sentence)

"""Alarms: each with its clock and its history; a named person acknowledges with a reason."""

from collections.abc import Callable

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.alarm_card import WAITING, alarm_card
from dashboard.components.page_head import page_head
from surveillance.services.alarms import acknowledge, alarms
from surveillance.services.page_models import AlarmCard

MOST = 20
CHOICES: dict[str, Callable[[AlarmCard], bool]] = {
    "Waiting": lambda card: card.state == WAITING and not card.historical,
    "Being looked into": lambda card: card.state not in (WAITING, "closed"),
    "From the loaded history": lambda card: card.historical,
    "All": lambda _card: True,
}

at = session.now()
page_head("Alarms", "A designed chart or a plain fact that a named person must answer by a due time")
if sentence := st.session_state.pop("alarm-kept", ""):
    states.done(sentence)
everything = alarms(session.actor(), session.store(), at=at, open_only=False)
counts = {name: sum(map(fits, everything)) for name, fits in CHOICES.items()}
named = st.query_params.get("alarm", "")
asked = [card for card in everything if named in map(str, (card.alarm_id, *card.alarm_ids))]
shown = st.segmented_control(
    "Which alarms",
    list(CHOICES),
    default="Waiting",
    required=True,
    format_func=lambda name: f"{name} {counts[name]}",
    key="which",
    label_visibility="collapsed",
)
if named and not asked:
    states.unknown("alarm", named)
cards = asked + [card for card in everything if CHOICES[shown or "Waiting"](card) and card not in asked]
if not cards:
    states.empty(
        "No alarm waits for an answer." if shown == "Waiting" else "No such alarm stands in this store.",
        "Charts raise one when their limit is passed; This week says how every AI version does.",
        file="this_week.py",
        label="This week",
        icon="calendar_view_week",
    )
every = len(cards) <= MOST or st.session_state.get("every-alarm", False)
for card in cards if every else cards[:MOST]:
    if reason := alarm_card(card, at, asked=card in asked):
        acknowledge(session.actor(), session.store(), card.alarm_id, reason=reason, at=session.now())
        st.session_state["alarm-kept"] = f"Alarm {card.alarm_id} acknowledged by {session.actor().name}."
        st.query_params.pop("alarm", None)  # answered: it leaves the top, and Waiting with it
        st.rerun()
if not every and st.button(f"Show all {len(cards)}", key="show-all"):
    st.session_state["every-alarm"] = True
    st.rerun()

"""The form that logs a known event: what kind, when, where, and what it was in a few words."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from surveillance.domain.known_event import EventKind
from surveillance.services.known_events import LONGEST, EventDraft, log_event, scopes

DONE = "event-logged"


def event_form() -> None:
    """Ask for the four fields and log the event; the scanner is asked only where one site is chosen."""
    if DONE in st.session_state:
        states.done(st.session_state.pop(DONE))
    with st.container(border=True):
        left, middle, right = st.columns([1, 1, 1.6])
        kind = left.selectbox(
            "What changed?", list(EventKind), format_func=lambda one: one.words.capitalize(), key="event-kind",
            index=None, placeholder="Choose",
        )  # fmt: skip
        on = middle.date_input(
            "From which day?", value=None, format="DD/MM/YYYY", key="event-on", min_value="2000-01-01"
        )
        offered = scopes(session.actor(), session.store())
        site, model = right.selectbox("Whom does it concern?", offered, format_func=_scope, key="event-scope")
        words = st.text_input(
            "What was it, in a few words?", key="event-words", max_chars=LONGEST, placeholder="CT2 replaced",
        )  # fmt: skip
        scanner = ""
        if site:
            scanner = st.text_input("Only one scanner? As the log names it; else leave empty.", key="event-scanner")
        pressed = primary_button(
            "Log the event",
            key="event-log",
            icon="event_note",
            disabled=kind is None or on is None or not words.strip(),
        )
    if pressed and kind is not None and on is not None:
        draft = EventDraft(kind, on, words, site=site, model=model, scanner=scanner)
        st.session_state[DONE] = log_event(session.actor(), session.store(), draft, at=session.now())
        for key in ("event-kind", "event-on", "event-words", "event-scanner"):
            st.session_state.pop(key, None)
        st.rerun()


def _scope(pair: tuple[str, str]) -> str:
    site, model = pair
    if not site and not model:
        return "Everything, at every site"
    if not model:
        return f"Everything at {site}"
    return f"{model} at {site}" if site else f"{model} at every site"

"""One alarm in a card: how much it asks for, its clock, its owner, its history, and the answer."""

from datetime import datetime

import streamlit as st

from dashboard import session
from dashboard.components.badge import level_badge
from dashboard.components.primary_button import primary_button
from dashboard.components.words import left, moment, plain, said
from surveillance.domain.roles import Action, refusal
from surveillance.domain.withdrawn_mark import RESTS
from surveillance.services.page_models import AlarmCard

WAITING = "raised"
FEWEST_WORDS = 3


def alarm_card(card: AlarmCard, at: datetime, *, asked: bool) -> str:
    """Show an alarm and return the reason in the run in which a person acknowledges it, else ""."""
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            level_badge(card.level)
            st.markdown(_clock(card, at), width="content")
        st.markdown(f"**{plain(card.title)}** :gray[{plain(card.product)}]  \n{said(card.headline)}")
        for mark in card.rests_on:
            st.markdown(_marked(mark))
        onset = f"onset {card.onset}" if card.onset and "onset" not in card.onset else card.onset
        facts = [f"alarm {card.alarm_id}", card.kind, card.week, onset, f"raised {moment(card.raised_at)}", _more(card)]
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f":small[:gray[{' · '.join(fact for fact in facts if fact)}]]", width="content")
            st.page_link(
                "views/deployment.py",
                label="Open evidence",
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params={"deployment": str(card.deployment_id), "tab": "Charts"},
            )
        title = "Answer, and history" if card.state == WAITING else "History"
        with st.expander(title, icon=":material/edit_note:", expanded=asked):
            reason = _answer(card) if card.state == WAITING else ""
            _history(card)
            return reason


def _marked(mark: str) -> str:
    """Return a mark as a badge and what is behind it; gray where the alarm does not rest on withdrawn data alone."""
    label, _, rest = mark.partition(": ")
    colour, icon = ("violet", "visibility") if label == RESTS else ("gray", "file_copy")
    return f":{colour}-badge[:material/{icon}: {label}] {plain(rest[:1].upper() + rest[1:])}"


def _more(card: AlarmCard) -> str:
    count = len(card.signals)
    return f"and {count} more signal{'' if count == 1 else 's'}" if count else ""


def _clock(card: AlarmCard, at: datetime) -> str:
    owner = f" · {plain(card.owner)}" if card.owner else ""
    if card.state != WAITING:
        return f":gray[{card.state}{owner}]"
    if card.historical:
        return f":gray[from the loaded history, no clock{owner}]"
    return f"**{left(card.due_at, at)}** :gray[to acknowledge{owner}]"


def _history(card: AlarmCard) -> None:
    for when, name, role, event, reason in card.history:
        who = plain(f"{name}, {role}" if role else name)
        st.markdown(f"**{moment(when)}** {event} :small[:gray[{who}]]  \n{plain(reason)}")


def _answer(card: AlarmCard) -> str:
    if not session.is_for_me(Action.ANSWER_ALARM):
        st.markdown(f":small[:gray[{refusal(session.actor().role, Action.ANSWER_ALARM)}]]")
        return ""
    reason = st.text_area(
        "What did you check, and what will you do? (kept with your name)", key=f"reason-{card.alarm_id}", height=90
    )
    pressed = primary_button("Acknowledge", key=f"acknowledge-{card.alarm_id}", icon="done")
    if pressed and len(reason.split()) < FEWEST_WORDS:
        st.markdown(":orange[A reason of a few words is needed, so that the next reader knows what was done.]")
        return ""
    return reason.strip() if pressed else ""

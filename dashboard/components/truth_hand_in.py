"""How far the list is, handing in what is settled, and how the two readers agreed."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.figure_card import fact_cards
from dashboard.components.primary_button import primary_button
from dashboard.components.truth_reading import page_now
from dashboard.components.words import plain, reading_time, said
from surveillance.services.page_models import WorklistPage
from surveillance.services.truth_hand_in import hand_in

DONE = "truths-handed-in"


def _open(page: WorklistPage) -> str:
    left, minutes = page.listed - page.settled, page.minutes_each()
    return f"{left:,} open, about {reading_time(minutes)} a reader" if left else "none open"


def truth_hand_in(deployment: int, week: str) -> None:
    """Show the counts of the list, and hand in the settled truths when asked."""
    page = page_now(deployment, week)
    if DONE in st.session_state:
        states.done(st.session_state.pop(DONE))
    fact_cards(
        (
            ("On this list", f"{page.listed:,}", _open(page)),
            (
                "Settled",
                f"{page.settled:,}",
                f"{page.waiting:,} {'waits' if page.waiting == 1 else 'wait'} for another reader",
            ),
            ("To hand in", f"{page.to_hand_in:,}", f"{page.handed_in:,} handed in so far"),
        )
    )
    with st.container(border=True):
        st.markdown(
            "**Hand in what is settled.**  \nEach truth then counts in the figures, from the moment its last answer was"
            " given."
        )
        if page.brought:
            st.markdown(f":small[:gray[{plain(page.brought)}]]")
        with st.container(horizontal=True):
            label = f"Hand in {page.to_hand_in:,} truths" if page.to_hand_in else "Hand in"
            pressed = primary_button(label, key="hand-in", icon="inventory", disabled=not page.to_hand_in)
            counted = st.button("Count again", key="count-again", type="tertiary")
        if pressed:
            done = hand_in(session.actor(), session.store(), deployment, at=session.now())
            st.session_state[DONE] = done.sentence
        if pressed or counted:
            page_now(deployment, week, anew=True)
            st.rerun()
    if page.agreement is not None:
        st.header("How the two readers agreed", anchor=False)
        st.markdown(said(f"In {page.agreement.percent}.  \nKappa, agreement beyond chance: {page.agreement.kappa}."))

"""The answer to a recommendation: a signed stop-use notice, or a declining with its reason; both are kept."""

from datetime import timedelta

import streamlit as st

from dashboard import session
from dashboard.components.primary_button import primary_button
from dashboard.components.sign_off import sign_off
from surveillance.services.page_models import StopUsePage
from surveillance.services.stop_use import FALLBACKS, decline, sign_notice

STOP, DECLINE = "Stop at this site", "Decline"
DAYS_TO_REVIEW = 7


def answer(page: StopUsePage) -> None:
    """Ask for the answer and keep it once it is signed."""
    number = page.recommendation_id
    st.header("Your answer", anchor=False)
    choice = st.segmented_control(
        "Your answer",
        (STOP, DECLINE),
        default=STOP,
        required=True,
        key=f"answer-{number}",
        label_visibility="collapsed",
    )
    if choice == STOP:
        _stop(page, number)
    else:
        _decline(page, number)
    st.markdown(
        f":small[:gray[You will be asked who you are. What you sign is what stands here: {page.content_sha256[:8]}.]]"
    )


def _stop(page: StopUsePage, number: int) -> None:
    reason = st.text_area("Reason, in plain English (printed on the notice)", key=f"stop-reason-{number}", height=90)
    first, second = st.columns([2, 1])
    with first:
        fallback = st.selectbox("Until then", FALLBACKS, key=f"fallback-{number}", accept_new_options=True)
    with second:
        today = session.now().date()
        review_on = st.date_input(
            "Review on",
            today + timedelta(days=DAYS_TO_REVIEW),
            min_value=today,
            format="DD/MM/YYYY",
            key=f"review-{number}",
        )
    pressed = primary_button("Sign the stop-use notice", key=f"sign-{number}", icon="draw")
    if _ready(pressed, reason, number) and sign_off(
        f"stop-{number}",
        session.actor(),
        pressed=pressed,
        title="Sign the stop-use notice",
        statement=f"**{page.head.title}, {page.head.product}**: stop using this AI at this site. The notice and its "
        f"record in the trail are saved together. What is signed: {page.content_sha256[:8]}.",
        label="Sign the notice",
    ):
        st.session_state["stop-use-kept"] = sign_notice(
            session.actor(),
            session.store(),
            number,
            reason=reason.strip(),
            fallback=fallback or FALLBACKS[0],
            review_on=review_on,
            at=session.now(),
        )
        st.query_params["recommendation"] = str(number)
        st.rerun()


def _decline(page: StopUsePage, number: int) -> None:
    reason = st.text_area("Why not (kept with your name)", key=f"decline-reason-{number}", height=90)
    pressed = st.button("Decline the recommendation", key=f"decline-{number}", icon=":material/draw:")
    if _ready(pressed, reason, number) and sign_off(
        f"declined-{number}",
        session.actor(),
        pressed=pressed,
        title="Decline the recommendation",
        statement=f"**{page.head.title}, {page.head.product}** stays in use. {page.if_declined}",
        label="Decline",
    ):
        st.session_state["stop-use-kept"] = decline(
            session.actor(), session.store(), number, reason=reason.strip(), at=session.now()
        )
        st.query_params["recommendation"] = str(number)
        st.rerun()


def _ready(pressed: bool, reason: str, number: int) -> bool:
    if pressed and not reason.strip():
        st.markdown(":orange[A reason is needed before you can sign.]")
        st.session_state.pop(f"stop-{number}-open", None)
        return False
    return True

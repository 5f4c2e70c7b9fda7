"""One study at a time, one key an answer; the list is asked for once and then walked, so that a key is quick."""

from datetime import datetime, timedelta

import streamlit as st

from dashboard import session
from dashboard.components.primary_button import primary_button
from dashboard.components.words import day, plain, reading_time
from surveillance.domain.truth_worklist import Answer
from surveillance.errors import AlreadyDecided, SurveillanceError
from surveillance.services.page_models import StudyToRead, WorklistPage
from surveillance.services.truth_reading import answer
from surveillance.services.truth_worklist import worklist

FRESH = timedelta(minutes=10)
QUICKEST = timedelta(seconds=1)  # a key held down, or pressed twice, must not answer the next study unseen
LABELS = {Answer.PRESENT: "Present", Answer.ABSENT: "Absent", Answer.CANNOT_TELL: "Cannot tell"}


def page_now(deployment: int, week: str, *, anew: bool = False) -> WorklistPage:
    """Return the list that this person walks through; it is asked for again after ten minutes, or once it is done."""
    asked = (deployment, week, session.actor().person, session.actor().role)
    kept = st.session_state.get("truth-list")
    if anew or kept is None or kept[0] != asked or session.now() - kept[1] > FRESH:
        page = worklist(session.actor(), session.store(), deployment, week, at=session.now())
        st.session_state["truth-list"] = (asked, session.now(), page)
        st.session_state["truth-done"] = 0
        if kept is not None and kept[0] != asked:
            st.session_state.pop("truth-said", None)
        _show_next()
    page = st.session_state["truth-list"][2]
    assert isinstance(page, WorklistPage)
    return page


@st.fragment
def truth_reading(deployment: int, week: str) -> None:
    """Show the study to read now with its three answers, and how many are left."""
    page, done = page_now(deployment, week), int(st.session_state["truth-done"])
    if done and done >= len(page.studies):
        page_now(deployment, week, anew=True)
        st.rerun()
    with st.container(border=True):
        if not page.studies:
            _nothing(page)
            return
        if st.session_state.get("truth-begun") != (deployment, week, session.actor().person):
            _ready(page, deployment, week)
            return
        study = page.studies[done]
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f":gray[{done + 1} of {len(page.studies)}]", width="content")
            st.markdown(f":gray[about {reading_time(page.minutes(done))} left, {page.pace}]", width="content")
        _study(study)
        st.markdown(f"Finding asked for: **{plain(page.finding)}**")
        with st.container(horizontal=True):
            for said, label in LABELS.items():
                given = (deployment, study.case_id, said)
                key = f"truth-{said.name.lower()}"
                st.button(label, key=key, shortcut=said.key, width=170, on_click=_answered, args=given)
        if "truth-said" in st.session_state:
            st.markdown(f":small[{plain(st.session_state['truth-said'])}]")
        st.markdown(f":small[:gray[{plain(page.slip)}]]")


def _ready(page: WorklistPage, deployment: int, week: str) -> None:
    """Offer to begin: a key that is pressed while the box of weeks has the focus would be typed into it."""
    many, time = len(page.studies), reading_time(page.minutes())
    st.markdown(
        f"**{many:,} {'study waits' if many == 1 else 'studies wait'} for you, about {time}.**  \n"
        f":gray[Reckoned {plain(page.pace)}. One key an answer: 1 present, 2 absent, 3 cannot tell.]"
    )
    if primary_button("Begin reading", key="begin-reading", icon="play_arrow"):
        st.session_state["truth-begun"] = (deployment, week, session.actor().person)
        _show_next()
        st.rerun()


def _study(study: StudyToRead) -> None:
    at = study.acquired_at
    where = " · ".join(part for part in (f"{day(at.date())} {at:%H:%M}", study.site, study.scanner) if part)
    st.code(study.case_id, language=None)
    st.markdown(f":gray[Acquired {plain(where)}]")


def _nothing(page: WorklistPage) -> None:
    st.markdown("**Nothing is left for you on this list.**")
    waiting = f"{page.waiting} {'study waits' if page.waiting == 1 else 'studies wait'} for another reader."
    st.markdown(waiting if page.waiting else "Every study on it is settled, handed in, or has its truth already.")


def _answered(deployment: int, case_id: str, said: Answer) -> None:
    """Keep the answer to the study that was on screen, before the next one is drawn."""
    shown: datetime = st.session_state["truth-shown"]
    if session.now() - shown < QUICKEST:
        st.session_state["truth-said"] = "Nothing was kept: that key came as soon as the study did. Press it again."
        return
    try:
        kept = answer(session.actor(), session.store(), deployment, case_id, said, at=session.now())
    except AlreadyDecided as refused:
        kept = str(refused)  # another reader was quicker; the next study comes
    except SurveillanceError as refused:
        st.session_state["truth-said"] = str(refused)
        return
    st.session_state["truth-said"] = kept
    st.session_state["truth-done"] += 1
    _show_next()


def _show_next() -> None:
    st.session_state["truth-shown"] = session.now()

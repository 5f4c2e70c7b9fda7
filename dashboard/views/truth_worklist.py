"""Truth worklist: a week's studies read by two people who see neither the AI's answer nor each other's."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.deployment_picker import deployment_picker
from dashboard.components.page_head import page_head
from dashboard.components.primary_button import primary_button
from dashboard.components.truth_exchange import truth_exchange
from dashboard.components.truth_hand_in import truth_hand_in
from dashboard.components.truth_reading import page_now, truth_reading
from dashboard.components.words import plain
from surveillance.domain.roles import Action
from surveillance.services.audit_samples import draw_sample
from surveillance.services.deployments import choices
from surveillance.services.truth_worklist import weeks

DRAWN = "sample-drawn"

page_head(
    "Truth worklist",
    "Studies read again by two people who see neither the AI's answer nor each other's. Where they differ a third"
    " decides. What they settle is the truth that the AI is measured against.",
)
offered = choices(session.actor(), session.store())
if not offered:
    states.empty(
        "No AI version is registered yet.", "Load a log, and register its version.", file="load_log.py",
        label="Load a log",
    )  # fmt: skip
    st.stop()
deployment = deployment_picker(offered)
open_weeks = weeks(session.actor(), session.store(), deployment, at=session.now())
if not open_weeks:
    states.empty(
        "No whole week of studies is here yet.", "Once a week is over and its log is loaded, its list stands here.",
        file="load_log.py", label="Load a log",
    )  # fmt: skip
    st.stop()
names = dict(open_weeks)
week = st.selectbox(
    "Week", list(names), format_func=lambda one: names[one].capitalize(), key=f"truth-week-{deployment}", width=260
)
page = page_now(deployment, week)
if DRAWN in st.session_state:
    states.done(st.session_state.pop(DRAWN))
if page.draw:
    with st.container(border=True):
        st.markdown(
            f"**The sample of {page.week_words} is not drawn yet.**  \nA share of the studies that the AI did not flag,"
            " drawn at random by the plan, shows what it overlooks. It is drawn once, and reading begins after it:"
            " before, a reader would know that the AI flagged every study on the list."
        )
        if primary_button("Draw the sample", key="draw-sample", icon="shuffle"):
            said = draw_sample(session.actor(), session.store(), deployment, week, at=session.now())
            st.session_state[DRAWN] = said
            page_now(deployment, week, anew=True)
            st.rerun()
if page.note:
    st.markdown(f":gray[{plain(page.note)}]")
if session.is_for_me(Action.READ_FOR_TRUTH) and not page.draw:
    truth_reading(deployment, week)
if not page.draw:  # the count of a list without its sample would be that of the flagged
    truth_hand_in(deployment, week)
truth_exchange(deployment, week, page)

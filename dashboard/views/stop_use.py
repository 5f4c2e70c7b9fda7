"""Stop-use: what the software recommends, on what evidence, and the radiologist's signed answer."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.page_head import page_head
from dashboard.components.stop_use_answer import answer
from dashboard.components.stop_use_evidence import context, evidence
from dashboard.components.words import left, moment, plain
from surveillance.domain.roles import Action
from surveillance.services.stop_use import stop_use, stop_uses

at = session.now()
found = stop_uses(session.actor(), session.store(), at=at)
if not found:
    page_head("Stop-use")
    states.empty(
        "Nothing is recommended to be stopped.",
        "A recommendation comes when a chart that may ask for it passes its stop-use limit.",
        file="this_week.py",
        label="This week",
        icon="calendar_view_week",
    )
    st.stop()
numbers = {str(one.recommendation_id): f"{one.head.title} · {one.head.product} · {one.state}" for one in found}
asked = st.query_params.get("recommendation", "")
if asked and asked not in numbers:
    page_head("Stop-use")
    states.unknown("recommendation", asked)
    st.stop()
chosen = asked if asked in numbers else next(iter(numbers))
page = stop_use(session.actor(), session.store(), int(chosen), at=at)
clock = (
    f"{plain(page.owner)} answers by **{moment(page.due_at)}, {left(page.due_at, at)}**"
    if not page.answered
    else page.state
)
page_head(
    "Stop-use",
    f"{plain(page.head.title)}, {plain(page.head.product)} · recommended {moment(page.raised_at)} · {clock}",
    state=page.head.state,
)
if len(numbers) > 1:
    picked = st.selectbox(
        "Recommendation",
        list(numbers),
        index=list(numbers).index(chosen),
        format_func=lambda number: numbers[number],
        key=f"which-{chosen}-{page.state}",  # a box with the old key would go on saying the old state
    )
    if picked is not None and picked != chosen:
        st.query_params["recommendation"] = picked
        st.rerun()
main, side = st.columns([1.75, 1], gap="large")
with main:
    evidence(page)
    if sentence := st.session_state.pop("stop-use-kept", "") or page.answered:
        states.done(sentence)
    if not page.answered and session.is_for_me(Action.SIGN_STOP_USE):
        answer(page)
    elif not page.answered:
        states.not_yours(Action.SIGN_STOP_USE)
with side:
    context(page)

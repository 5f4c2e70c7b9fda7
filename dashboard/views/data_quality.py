"""Data quality: orders against results against truths, by week; what contradicts, waits or is seen first."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.deployment_picker import deployment_picker
from dashboard.components.page_head import page_head
from dashboard.components.process_charts import BARE
from dashboard.components.quality_tables import (
    conflicts_table,
    files_table,
    first_seen_table,
    fleet_table,
    weeks_table,
)
from dashboard.components.unmatched_table import unmatched_table
from dashboard.components.words import plain, said
from dashboard.figures.data_quality import quality_alt, quality_figure
from dashboard.figures.palette import palette
from surveillance.domain.roles import Action
from surveillance.services import deployments
from surveillance.services.data_quality import LAST_WEEKS, conflicting_rows, data_quality
from surveillance.services.quality_fleet import all_deployments
from surveillance.services.unmatched_truths import unmatched_truths

FACTS = "What the department ordered, what the AI read of it and what is known of the truth, each against the others."
VIEWS = ("One version", "All")

page_head("Data quality", FACTS)
choices = deployments.choices(session.actor(), session.store())
if not choices:
    states.empty(
        "No AI version is registered yet.",
        "Once a product is registered and its files are loaded, this page shows what is missing of them.",
        file="load_log.py",
        label="Load a log",
    )
    st.stop()
view = st.segmented_control("Show", VIEWS, default=VIEWS[0], required=True, key="quality-view")
if view == VIEWS[1]:
    fleet_table(all_deployments(session.actor(), session.store(), at=session.now()))
    st.stop()
if st.query_params.get("deployment", "") not in {"", *(str(one.deployment_id) for one in choices)}:
    states.unknown("deployment", st.query_params["deployment"])
    st.stop()
chosen = deployment_picker(choices)
last_weeks = st.segmented_control("Weeks", LAST_WEEKS, default=13, required=True, key="quality-weeks")
page = data_quality(session.actor(), session.store(), chosen, last_weeks=last_weeks, at=session.now())
if not page.weeks:
    states.empty(
        "No result of this version's product is loaded yet.",
        "Orders and truths that came before it wait; once its log is loaded, this page sets them against each other.",
        file="load_log.py",
        label="Load a log",
    )
if page.sentences:
    st.markdown("\n".join(f"- {said(plain(sentence))}" for sentence in page.sentences))
if session.is_for_me(Action.READ_CASES):
    unmatched_table(unmatched_truths(session.actor(), session.store(), chosen, at=session.now()))
if not page.weeks:
    st.stop()
colours, narrow = palette(session.theme()), session.narrow()
st.plotly_chart(
    session.drawn(
        "quality", (page.weeks, page.events), lambda: quality_figure(page.weeks, page.events, colours, narrow=narrow)
    ),
    theme=None,
    config=BARE,
    key="quality",
    alt=quality_alt(page.weeks),
)
if page.conflicting:
    st.header("Lines that contradict each other", anchor=False)
    if session.is_for_me(Action.READ_CASES):
        conflicts_table(
            conflicting_rows(session.actor(), session.store(), chosen, last_weeks=last_weeks, at=session.now())
        )
    else:
        states.not_yours(Action.READ_CASES)
st.header("Newest files", anchor=False)
files_table(page)
st.header("Seen for the first time", anchor=False)
first_seen_table(page)
st.header("Week by week", anchor=False)
weeks_table(page)

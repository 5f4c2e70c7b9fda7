"""False alarms: what all charts together cost a department with nothing wrong, and each deployment's arithmetic."""

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.deployment_picker import deployment_picker
from dashboard.components.figure_card import fact_cards
from dashboard.components.page_head import page_head
from dashboard.components.words import said
from surveillance.services import deployments
from surveillance.services.false_alarm_arithmetic import arithmetic
from surveillance.services.false_alarms import false_alarms

NAMES = {
    "title": "AI version at a site",
    "charts": "Charts",
    "alarms_per_year": "False alarms a year",
    "alarm_chance": "One in two years",
    "recommendations_per_year": "False stop-use a year",
    "recommendation_chance": "Stop-use in two years",
    "true_share": "True stop-use",
    "note": "Note",
}
SHARES = ("alarm_chance", "recommendation_chance", "true_share")
LINES = {
    "chart": "Chart",
    "tier": "Limit",
    "share": "Share of the budget",
    "asked": "Asked: one in",
    "asked_studies": "Asked, in studies",
    "achieved": "Achieved, in studies",
    "per_year": "False ones a year",
    "chance": "One within two years",
    "basis": "How it is known",
}

page_head("False alarms", "What the charts cost when nothing is wrong, over every AI version in use")
page = false_alarms(session.actor(), session.store())
if not page.rows:
    states.empty(
        "No AI version is in use yet.",
        "Once a product is registered with its plan and its log is loaded, this page says what its charts cost.",
        file="load_log.py",
        label="Load a log",
    )
    st.stop()
st.markdown(said(page.sentence))
fact_cards(page.facts)
columns = {NAMES[name]: [getattr(row, name) for row in page.rows] for name in NAMES}
table = pd.DataFrame(columns)
table[[NAMES[name] for name in SHARES]] = table[[NAMES[name] for name in SHARES]].astype(float).round(3)
percents = {
    NAMES[name]: st.column_config.NumberColumn(format="percent", help="With nothing wrong") for name in SHARES[:2]
}
percents[NAMES["true_share"]] = st.column_config.NumberColumn(format="percent")
rates = {
    NAMES[name]: st.column_config.NumberColumn(format="%.3f")
    for name in ("alarms_per_year", "recommendations_per_year")
}
st.dataframe(
    table,
    hide_index=True,
    column_config={**percents, **rates},
    alt="One row for each AI version in use: its expected false alarms and recommendations",
    key="fleet",
)
if page.left_out:
    st.markdown(f":gray[{page.left_out}]")
st.header("One AI version: the arithmetic", anchor=False)
shown = {row.deployment_id for row in page.rows}
choices = [one for one in deployments.choices(session.actor(), session.store()) if one.deployment_id in shown]
found = arithmetic(session.actor(), session.store(), deployment_picker(choices))
if found.lines:
    st.dataframe(
        pd.DataFrame({LINES[name]: [getattr(line, name) for line in found.lines] for name in LINES}),
        hide_index=True,
        alt=f"The budget of {found.title}, a line for each chart and limit",
        key="arithmetic",
    )
    for words in found.sums:
        st.markdown(said(words))
else:
    st.markdown(":gray[Not estimable: no week has been evaluated yet.]")
with st.expander("Show the working", icon=":material/function:"):
    for note in page.notes:
        st.markdown(said(note))

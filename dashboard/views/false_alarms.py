"""False alarms: what all charts together cost a department with nothing wrong, and each deployment's arithmetic."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.deployment_picker import deployment_picker
from dashboard.components.figure_card import fact_cards
from dashboard.components.fleet_table import arithmetic_table, fleet_table
from dashboard.components.page_head import page_head
from dashboard.components.words import said
from surveillance.services import deployments
from surveillance.services.false_alarm_arithmetic import arithmetic
from surveillance.services.false_alarms import false_alarms

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
fleet_table(page.rows)
if page.left_out:
    st.markdown(f":gray[{page.left_out}]")
st.header("One AI version: the arithmetic", anchor=False)
shown = {row.deployment_id for row in page.rows}
choices = [one for one in deployments.choices(session.actor(), session.store()) if one.deployment_id in shown]
found = arithmetic(session.actor(), session.store(), deployment_picker(choices))
if found.lines:
    arithmetic_table(found.lines)
    for words in found.sums:
        st.markdown(said(words))
else:
    st.markdown(":gray[Not estimable: no week has been evaluated yet.]")
with st.expander("Show the working", icon=":material/function:"):
    for note in page.notes:
        st.markdown(said(note))

"""Add a plan: versions whose log is here and that nobody judges yet, each with a plan filled in from its log."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.page_head import page_head
from dashboard.components.set_up_plan import first_charts
from dashboard.components.set_up_state import RAN
from surveillance.services.plan_needs import waiting_for_plan

page_head("Add a plan", "A version of a product is judged once it has a surveillance plan that a person signed.")
if not waiting_for_plan(session.actor(), session.store(), at=session.now()) and RAN not in st.session_state:
    states.empty(
        "Every version whose log is here has its plan.",
        "A new one waits here as soon as it is registered and its first file is loaded.",
        file="this_week.py",
        label="This week",
        icon="calendar_view_week",
    )
    st.stop()
first_charts()

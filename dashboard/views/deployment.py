"""One AI version at one site: performance, charts, calibration and throughput, a tab each in the address."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.deployment_picker import deployment_picker
from dashboard.components.deployment_tabs import calibration_tab, charts_tab, performance_tab, throughput_tab
from dashboard.components.page_head import page_head
from surveillance.services import deployments

TABS = {
    "Performance": performance_tab,
    "Charts": charts_tab,
    "Calibration": calibration_tab,
    "Throughput": throughput_tab,
}

choices = deployments.choices(session.actor(), session.store())
if not choices:
    page_head("Deployment")
    states.empty(
        "No AI version is registered yet.",
        "Once a product is registered with its plan and its log is loaded, this page shows how it does.",
        file="load_log.py",
        label="Load a log",
    )
    st.stop()
named = st.query_params.get("deployment", "")
if named and named not in {str(one.deployment_id) for one in choices}:
    page_head("Deployment")
    states.unknown("deployment", named)
    st.stop()
chosen = deployment_picker(choices)
head = deployments.head(session.actor(), session.store(), chosen, at=session.now())
page_head(head.title, head.facts, state=head.state)
if head.provisional:
    st.markdown(f":violet-badge[:material/visibility: {head.provisional[:1].upper()}{head.provisional[1:]}]")
for words in head.awaiting:
    st.markdown(f":violet-badge[:material/visibility: Not complete] {words}")
if head.awaiting and session.lists("files.py"):
    st.page_link("views/files.py", label="Files with held rows", icon=":material/arrow_forward:", icon_position="right")
tabs = st.tabs(list(TABS), key="tab", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, TABS.values(), strict=True):
    if tab.open:
        with tab:
            show(chosen)

"""Load a log: a file is read, what was understood is shown, and nothing is kept until a person says so."""

import streamlit as st

from dashboard import session
from dashboard.components.load_preview import choice, understood
from dashboard.components.load_receipt import receipt
from dashboard.components.page_head import page_head
from surveillance.services import intake
from surveillance.services.mapping_profiles import profile_names

page_head(
    "Load a log", "The file is read and checked first. Nothing is stored until you have seen what was understood."
)
if "receipt" in st.session_state:
    receipt(st.session_state["receipt"], st.session_state.get("preview"))
    st.stop()
profiles = profile_names(session.actor(), session.store())
first, second = st.columns([1, 2], gap="large")
with first:
    profile = st.selectbox("How this file is written (mapping profile)", profiles, key="profile")
with second:
    taken = st.session_state.get("files-taken", 0)  # under a new key the uploader is empty again
    file = st.file_uploader("Case outcome log, as CSV", type=["csv", "txt", "tsv"], key=f"log-file-{taken}")
if file is None or profile is None:
    st.markdown(
        ":gray[A profile says which column is which, how dates are written and which version the rows belong to. "
        "Rows that cannot be understood are held with their line and the reason; none is guessed.]"
    )
    st.stop()
read = (file.file_id, profile)
if st.session_state.get("preview-of") != read:
    st.session_state["preview"] = intake.preview(
        session.actor(), session.store(), file.getvalue(), file.name, profile, at=session.now()
    )
    st.session_state["preview-of"] = read
preview: intake.Preview = st.session_state["preview"]
understood(preview)
wanted = choice(preview)
if wanted is not None:
    st.session_state["receipt"] = intake.commit(
        session.actor(), session.store(), preview, choice=wanted, at=session.now()
    )
    st.session_state.pop("preview-of")
    st.rerun()

"""Files: everything that was loaded, newest first, whether it counts, and what of it awaits correction."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.file_card import file_card
from dashboard.components.page_head import page_head
from dashboard.components.withdraw_file import DONE, withdraw_file
from surveillance.services.loaded_files import loaded_files

MOST = 25

files = loaded_files(session.actor(), session.store())
waiting = sum(one.waiting for one in files)
page_head(
    "Files", "Every file that was loaded. Nothing is deleted: a withdrawn file stays on record and does not count."
)
if DONE in st.session_state:
    states.done(st.session_state.pop(DONE))
if not files:
    states.empty(
        "No file has been loaded yet.",
        "Each file that is loaded stands here with its receipt.",
        file="load_log.py",
        label="Load a log",
    )
    st.stop()
CHOICES = {
    "All": files,
    "Await correction": tuple(one for one in files if one.waiting),
    "Withdrawn": tuple(one for one in files if not one.counts),
}
chosen = st.segmented_control(
    "Which files",
    list(CHOICES),
    default="All",
    required=True,
    format_func=lambda name: f"{name} {len(CHOICES[name])}",
    key="which-files",
    label_visibility="collapsed",
)
if waiting:
    rows = "1 row awaits" if waiting == 1 else f"{waiting:,} rows await"
    st.markdown(f"**{rows} correction.** Download them, correct them in place, and give that file back on Load a log.")
shown = CHOICES[chosen or "All"]
if not shown:
    st.markdown(":gray[No such file.]")
every = len(shown) <= MOST or st.session_state.get("every-file", False)
for row in shown if every else shown[:MOST]:
    if file_card(row):
        st.session_state["withdraw-which"] = row.batch_id
if not every and st.button(f"Show all {len(shown)}", key="show-all-files"):
    st.session_state["every-file"] = True
    st.rerun()
withdraw_file()

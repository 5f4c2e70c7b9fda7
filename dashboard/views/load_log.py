"""Load a log: files are read, what was understood is shown, and nothing is kept until a person says so."""

import streamlit as st

from dashboard.components.load_file import DECIDED, forget_files, load_file
from dashboard.components.load_receipt import what_next
from dashboard.components.page_head import page_head

TYPES = ["csv", "txt", "tsv", "xlsx", "xlsm", "parquet", "gz"]

page_head(
    "Load a log", "Each file is read and checked first. Nothing is stored until you have seen what was understood."
)
taken = st.session_state.get("files-taken", 0)  # under a new key the uploader is empty again
files = st.file_uploader(
    "Orders, AI results, outcomes or corrected rows, in any order: CSV, Excel or Parquet, also in gzip",
    type=TYPES,
    accept_multiple_files=True,
    key=f"log-file-{taken}",
)
if not files:
    st.markdown(
        ":gray[A weekly file is recognised by its header. Rows that cannot be understood are held with their line and "
        "the reason; none is guessed. Held rows that you have corrected go in here too.]"
    )
    st.stop()
loading = [load_file(file, number) for number, file in enumerate(files)]
if st.session_state.pop(DECIDED, False):
    st.rerun()  # what was asked is answered: each file shows how far it has come
if any(one.settled for one in loading):
    st.divider()
    if what_next(sum(not one.settled and not one.refused for one in loading)):
        forget_files()
        st.session_state["files-taken"] = taken + 1
        st.rerun()

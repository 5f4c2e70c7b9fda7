"""The list as a file, to be read elsewhere, and the file that comes back."""

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.truth_reading import page_now
from dashboard.components.words import plain
from surveillance.services.page_models import WorklistPage
from surveillance.services.truth_import import Imported, import_answers
from surveillance.services.truth_worklist import export_csv

MOST_HELD = 200


def truth_exchange(deployment: int, week: str, page: WorklistPage) -> None:
    """Offer the list as CSV, and take it back with its answers."""
    kept = st.session_state.get("truth-file")
    begun = (
        kept is not None and kept[:3] == (deployment, week, session.actor())
    ) or "truth-imported" in st.session_state
    with st.expander("Read elsewhere: take the list as a file and bring it back", expanded=begun):
        left, right = st.columns(2, gap="large")
        with left:
            _take(deployment, week, page)
        with right:
            _bring(deployment, week)
        done = st.session_state.get("truth-imported")
        if done is not None:
            _imported(done)


def _take(deployment: int, week: str, page: WorklistPage) -> None:
    drawn = " The week's sample is drawn first." if page.draw else ""
    st.markdown(
        f"One file for each reader. They write their name as `reader`, and present, absent or cannot tell.{drawn}"
    )
    name = f"worklist-{week}.csv"
    if st.button("Make the file", key="make-worklist", icon=":material/note_add:"):
        data = export_csv(session.actor(), session.store(), deployment, week, at=session.now())
        st.session_state["truth-file"] = (deployment, week, session.actor(), data)
        page_now(deployment, week, anew=True)
    kept = st.session_state.get("truth-file")
    if kept is not None and kept[:3] == (deployment, week, session.actor()):
        st.download_button(
            f"Download {name}", kept[3], file_name=name, mime="text/csv", key="download-worklist",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _bring(deployment: int, week: str) -> None:
    taken = st.session_state.get("truth-files-taken", 0)  # under a new key the uploader is empty again
    file = st.file_uploader(
        "The list with its answers, as CSV or XLSX", type=["csv", "txt", "xlsx"], key=f"truth-upload-{taken}"
    )
    if st.button("Take the answers", key="take-answers", disabled=file is None) and file is not None:
        st.session_state["truth-imported"] = import_answers(
            session.actor(), session.store(), deployment, week, file.getvalue(), file.name, at=session.now()
        )
        st.session_state["truth-files-taken"] = taken + 1
        page_now(deployment, week, anew=True)
        st.rerun()


def _imported(done: Imported) -> None:
    states.done(done.sentence)
    if not done.held:
        return
    rows = [
        {"Line": row.line, "Column": row.column, "Rule": row.rule, "Value": row.value, "Fix": row.fix}
        for row in done.held[:MOST_HELD]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Lines that were not taken, each with its fix")
    st.download_button(
        "Download the held lines", done.held_file, file_name="held-worklist.csv", mime="text/csv",
        key="download-held-answers", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    st.markdown(
        f":small[:gray[{plain('Put them right and bring the file back: what was taken already is not added twice.')}]]"
    )

"""What was understood of a file: how it is written, its first rows, what is held and why; and the choice."""

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard.components.figure_card import fact_cards
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain
from surveillance.services import intake

Choice = Literal["keep", "hold"]
MOST_HELD = 200


def understood(preview: intake.Preview) -> None:
    """Show the counts, what was found or declared, the first five rows as they will be kept, and the held rows."""
    if preview.already_stored:
        st.markdown(f":blue-badge[:material/change_history: Already here] {preview.already_stored}")
    held = len(preview.held)
    fact_cards(
        (
            ("Rows in the file", f"{preview.rows:,}", preview.kind),
            ("Understood", f"{preview.accepted:,}", f"{preview.new:,} new, {preview.identical:,} here already"),
            ("Held", f"{held:,}", "with line, column, rule and fix" if held else "every row was understood"),
            ("Conflicting", f"{preview.conflicting:,}", f"{preview.quarantined:,} of a version not registered"),
        )
    )
    left, right = st.columns([1, 1.6], gap="large")
    with left:
        st.header("How it was read", anchor=False)
        st.table(
            pd.DataFrame(preview.understood, columns=["What", "How"]),
            border="horizontal",
            hide_index=True,
            hide_header=True,
        )
    with right:
        st.header("The first rows, as they will be kept", anchor=False)
        st.dataframe(preview.first_rows, hide_index=True, alt="The first five rows in the canonical columns")
        if preview.dropped:
            st.markdown(f":small[:gray[Not kept: {plain(', '.join(preview.dropped))}]]")
    for note in preview.notes:
        st.markdown(f":small[:gray[{plain(note)}]]")
    if held:
        _held(preview)


def _held(preview: intake.Preview) -> None:
    st.header("Held rows", anchor=False)
    rows = [
        {"Line": row.line, "Column": row.column, "Rule": row.rule, "Value": row.value, "Fix": row.fix}
        for row in preview.held[:MOST_HELD]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Rows that were not understood, each with its fix")
    if len(preview.held) > MOST_HELD:
        st.markdown(f":small[:gray[The first {MOST_HELD} of {len(preview.held):,}; the file has them all.]]")
    download(preview, "download-held")


def download(preview: intake.Preview, key: str) -> None:
    """Offer the held rows as a file, each with its reason, to mend and load again."""
    st.download_button(
        "Download the held rows",
        intake.held_file(preview),
        file_name=f"held-{preview.file_name}",
        mime="text/csv",
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


def choice(preview: intake.Preview) -> Choice | None:
    """Return what the person decided in this run: keep the good rows, hold the whole file, or nothing yet."""
    if preview.already_stored:
        return None
    with st.container(border=True):
        st.markdown("**Keep what was understood?** Held rows wait with their reason until a mended file comes.")
        with st.container(horizontal=True):
            decided: Choice | None = None
            good = f"Keep {preview.accepted:,} good rows"
            if preview.default_choice == "keep":
                if primary_button(good, key="keep", icon="done", disabled=not preview.accepted):
                    decided = "keep"
                if preview.held and st.button("Hold the whole file", key="hold"):
                    decided = "hold"
            else:
                if st.button(good, key="keep", disabled=not preview.accepted):
                    decided = "keep"
                if primary_button("Hold the whole file", key="hold", icon="pan_tool"):
                    decided = "hold"
            if st.button("Cancel", key="cancel", type="tertiary"):
                start_again()
    return decided


def start_again() -> None:
    """Forget the file at hand, so that the page asks for one as if newly opened."""
    for name in ("receipt", "preview", "preview-of"):
        st.session_state.pop(name, None)
    st.session_state["files-taken"] = st.session_state.get("files-taken", 0) + 1
    st.rerun()

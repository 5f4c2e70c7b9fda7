"""What was understood of a file: how it is written, its first rows, what is held and why; and the choice."""

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard.components.figure_card import fact_cards
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain, said
from surveillance.domain.numbers import percent
from surveillance.services import intake

Choice = Literal["keep", "hold", "cancel"]
MOST_HELD = 200


def understood(preview: intake.Preview, number: int) -> None:
    """Show the counts, what was found or declared, the first five rows as they will be kept, and the held rows."""
    if preview.already_stored:
        st.markdown(f":blue-badge[:material/change_history: Already here] {preview.already_stored}")
    held = len(preview.held)
    fact_cards(
        (
            ("Rows in the file", f"{preview.rows:,}", preview.kind),
            ("Understood", f"{preview.accepted:,}", f"{preview.new:,} new, {preview.identical:,} here already"),
            (
                "Held",
                f"{preview.parsed.rows_held:,}",
                "with line, column, rule and fix" if held else "every row was understood",
            ),
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
    for doubt in (*preview.parsed.doubts, *preview.unmatched):
        st.markdown(f":blue-badge[:material/change_history: Check first] {plain(doubt)}")
    for note in preview.notes:
        if note not in preview.parsed.doubts:
            st.markdown(f":small[:gray[{plain(note)}]]")
    if held:
        _held(preview, number)


def _held(preview: intake.Preview, number: int) -> None:
    st.header("Held rows", anchor=False)
    rows = [
        {"Line": row.line, "Column": row.column, "Rule": row.rule, "Value": row.value, "Fix": row.fix}
        for row in preview.held[:MOST_HELD]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Rows that were not understood, each with its fix")
    if len(preview.held) > MOST_HELD:
        st.markdown(f":small[:gray[The first {MOST_HELD} of {len(preview.held):,}; the file has them all.]]")
    download(preview, keyed("download-held", number))


def download(preview: intake.Preview, key: str) -> None:
    """Offer the held rows as a file, each with its reason, to mend and load again."""
    name, media_type = intake.held_file_is(preview)
    st.download_button(
        "Download the held rows",
        intake.held_file(preview),
        file_name=name,
        mime=media_type,
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )


def choice(preview: intake.Preview, number: int) -> Choice | None:
    """Return what the person decided in this run: keep the good rows, hold every row, cancel, or nothing yet.

    Where more rows are held than the profile accepts beside good ones, holding them all is the main button.
    """
    if preview.already_stored:
        return None
    with st.container(border=True):
        st.markdown("**Keep what was understood?** Held rows wait with their reason until a mended file comes.")
        mostly = preview.default_choice == "hold"
        if mostly:
            share, most = preview.parsed.held_share, preview.parsed.whole_file_above
            st.markdown(
                said(f"{percent(share)} of the rows are held; this profile accepts {percent(most)} beside good ones.")
                + " So it is proposed to hold them all."
            )
        with st.container(horizontal=True):
            good = f"Keep {preview.accepted:,} good rows"
            if _main_or_not(good, "keep", number, main=not mostly, off=not preview.accepted):
                return "keep"
            if preview.held and _main_or_not("Hold the whole file", "hold", number, main=mostly):
                return "hold"
            if st.button("Cancel", key=keyed("cancel", number), type="tertiary"):
                return "cancel"
    return None


def _main_or_not(label: str, key: str, number: int, *, main: bool, off: bool = False) -> bool:
    name = keyed(key, number)
    if main:
        return primary_button(label, key=name, icon="done" if key == "keep" else "pan_tool", disabled=off)
    return st.button(label, key=name, disabled=off)


def keyed(key: str, number: int) -> str:
    """Return the key of a widget of one of several files."""
    return f"{key}-{number}" if number else key

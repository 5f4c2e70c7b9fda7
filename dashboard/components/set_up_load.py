"""Load the file that was set up, through the profile that was just saved."""

from dataclasses import replace

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from dashboard.components.set_up_state import RAN, UnderWay, content_of, keep
from dashboard.components.words import plain
from surveillance.services import intake

PREVIEW = "set-up-preview"


def loaded(work: UnderWay) -> bool:
    """Keep the file's good rows, or hold it whole, as the person chooses; say whether the file is in the store."""
    st.header("Load this file", anchor=False)
    if work.receipt is not None:
        states.done(work.receipt.sentence)
        return True
    if work.loaded_already:
        states.done(work.loaded_already)
        return True
    assert work.saved is not None
    preview = _preview(work, work.saved.name, work.saved.version)
    if preview.already_stored:
        keep(replace(work, loaded_already=preview.already_stored))
        st.rerun()
    held = preview.parsed.rows_held
    with st.container(border=True):
        st.markdown(
            f"**{preview.accepted:,} rows of {plain(work.file_name)} would count, {held:,} would be held.** "
            "Held rows wait with their reason until a mended file comes."
        )
        with st.container(horizontal=True):
            choice = _chosen(preview, held)
    if choice:
        receipt = intake.commit(session.actor(), session.store(), preview, choice=choice, at=session.now())
        keep(replace(work, receipt=receipt))
        st.session_state.pop(PREVIEW, None)
        st.session_state.pop(RAN, None)  # what was evaluated before knew nothing of these rows
        st.rerun()
    return False


def _preview(work: UnderWay, profile: str, version: int) -> intake.Preview:
    """Return the file as its profile reads it, read once for each version of the profile."""
    of = (content_of(work.data), profile, version)
    kept: tuple[object, intake.Preview] | None = st.session_state.get(PREVIEW)
    if kept is None or kept[0] != of:
        who, store, at = session.actor(), session.store(), session.now()
        kept = st.session_state[PREVIEW] = (of, intake.preview(who, store, work.data, work.file_name, profile, at=at))
    return kept[1]


def _chosen(preview: intake.Preview, held: int) -> str:
    """Return what was pressed; the likelier of the two is the main button."""
    good = f"Keep {preview.accepted:,} good rows" if held else f"Load {preview.accepted:,} rows"
    if preview.default_choice == "keep":
        if primary_button(good, key="set-up-load", icon="done", disabled=not preview.accepted):
            return "keep"
        return "hold" if held and st.button("Hold the whole file", key="set-up-hold") else ""
    if primary_button("Hold the whole file", key="set-up-hold", icon="pan_tool"):
        return "hold"
    return "keep" if st.button(good, key="set-up-load", disabled=not preview.accepted) else ""

"""One loaded file: what it is, whether it counts, its receipt, its held rows to mend, and the way to withdraw it."""

from datetime import datetime
from typing import Literal

import streamlit as st

from dashboard import session
from dashboard.components.words import day, local, plain
from surveillance.domain.roles import Action
from surveillance.services.loaded_files import FileRow, held_download


def file_card(row: FileRow) -> bool:
    """Show a file; return True in the run in which a person wants to withdraw it."""
    with (
        st.container(border=True),
        st.container(
            horizontal=not session.narrow(),
            horizontal_alignment="distribute",
            vertical_alignment="center",
            gap="medium",
        ),
    ):
        st.markdown(f"**{plain(row.file_name)}** :gray[batch {row.batch_id}]  \n{_facts(row)}")
        side: Literal["left", "right"] = "left" if session.narrow() else "right"
        with st.container(horizontal=True, horizontal_alignment=side, vertical_alignment="center", width="content"):
            _state(row)
            if row.waiting and session.is_for_me(Action.READ_CASES):
                _download(row)
            with st.popover("Receipt", icon=":material/receipt_long:"):
                st.markdown(f"Batch {row.batch_id}: {_rows(row)}.  \nsha256 of the file:")
                st.code(row.sha256, language=None, wrap_lines=True)
            if row.counts and session.is_for_me(Action.WITHDRAW_BATCH):
                return st.button("Withdraw", key=f"withdraw-{row.batch_id}", icon=":material/undo:", type="tertiary")
    return False


def _facts(row: FileRow) -> str:
    """Return what the file brought, when and by whom, and why it was withdrawn."""
    brought = f"corrected rows of batch {row.corrects}" if row.corrects else row.kind
    whole = "held whole: load it again to keep its good rows" if row.held and not row.kept and row.counts else ""
    loaded = f"{moment_with_year(row.received_at)} by {plain(row.received_by)}"
    facts = " · ".join(one for one in (_rows(row), brought, f"profile {plain(row.profile)}", loaded, whole) if one)
    said = f":small[:gray[{facts}]]"
    if row.withdrawn_at is not None:
        gone = f"{moment_with_year(row.withdrawn_at)} by {plain(row.withdrawn_by)}"
        said += f"  \nWithdrawn {gone}: {plain(row.reason)}"
    return said


def _rows(row: FileRow) -> str:
    return f"{row.kept:,} rows kept" + (f", {row.held:,} held" if row.held else "")


def moment_with_year(at: datetime) -> str:
    """Return a moment with its year, in the department's own time."""
    here = local(at)
    return f"{day(here.date())} {here:%H:%M}"


def _state(row: FileRow) -> None:
    if not row.counts:
        words = ":gray-badge[:material/undo: Withdrawn]"
    elif row.waiting:
        rows = "1 row awaits" if row.waiting == 1 else f"{row.waiting:,} rows await"
        words = f":violet-badge[:material/visibility: {rows} correction]"
    else:
        words = ":gray-badge[:material/circle: Counts]"
    st.markdown(words, width="content")


def _download(row: FileRow) -> None:
    """Offer the held rows that wait, as the kind of file they came in."""
    held = held_download(session.actor(), session.store(), row.batch_id)
    if held is None:
        return
    st.download_button(
        "Held rows to correct",
        held.data,
        file_name=held.name,
        mime=held.media_type,
        key=f"held-{row.batch_id}",
        icon=":material/download:",
        on_click="ignore",
    )

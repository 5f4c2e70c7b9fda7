"""One file on Load a log: its profile, what was understood, the choice, its receipt; a wrong one stops no other."""

from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import session
from dashboard.components.load_corrected import corrected_choice
from dashboard.components.load_preview import Choice, choice, download, understood
from dashboard.components.load_profile import profile_of
from dashboard.components.load_receipt import receipt
from dashboard.components.words import plain
from surveillance.errors import FileRefused
from surveillance.services import corrected_files, intake
from surveillance.services.proposed_profile import Proposal, propose_profile

STATE, DECIDED = "load-files", "load-decided"


@dataclass(frozen=True, slots=True)
class Loading:
    """How far one file has come; `refused` says why it cannot be taken, `profile` what `preview` was read through."""

    proposal: Proposal | None = None
    corrected: corrected_files.Corrected | None = None
    profile: str | None = None
    preview: intake.Preview | None = None
    receipt: intake.Receipt | None = None
    refused: str = ""
    cancelled: bool = False

    @property
    def settled(self) -> bool:
        """Say whether nothing more is asked about it."""
        return self.receipt is not None or self.cancelled


def load_file(file: UploadedFile, number: int) -> Loading:
    """Show one file as far as it has come, and take it further as a person decides."""
    held: dict[str, Loading] = st.session_state.setdefault(STATE, {})
    came = held.get(file.file_id)
    if came is None:
        came = _looked_at(file)
    shown = _shown(file, came, number)
    held[file.file_id] = shown
    if shown.settled and not came.settled:
        st.session_state[DECIDED] = True
    return shown


def forget_files() -> None:
    """Forget every file at hand."""
    st.session_state.pop(STATE, None)


def _looked_at(file: UploadedFile) -> Loading:
    """Tell held rows that came back from a log, and propose the profile of a log."""
    actor, store, data = session.actor(), session.store(), file.getvalue()
    try:
        corrected = corrected_files.preview_corrected(actor, store, data, file.name, at=session.now())
        if corrected is not None:
            return Loading(corrected=corrected, preview=corrected.preview)
        return Loading(proposal=propose_profile(actor, store, data, file.name))
    except FileRefused as refused:
        return Loading(refused=str(refused))


def _shown(file: UploadedFile, came: Loading, number: int) -> Loading:
    st.header(plain(file.name), anchor=False)
    if came.receipt is not None:
        receipt(came.receipt, came.preview, number)
        return came
    if came.cancelled:
        st.markdown(":gray[Cancelled. Nothing of this file was stored.]")
        return came
    if came.corrected is not None:
        return _corrected(came, came.corrected, number)
    if came.proposal is not None:
        came = _read(file, came, came.proposal, number)
    if came.refused:
        st.markdown(f":orange-badge[:material/block: Not taken] **{plain(came.refused)}**")
    if came.preview is None:
        return came
    understood(came.preview, number)
    return _decided(came, choice(came.preview, number))


def _read(file: UploadedFile, came: Loading, proposal: Proposal, number: int) -> Loading:
    """Read the file through the profile that is proposed or chosen; again only when another is chosen."""
    chosen = profile_of(proposal, number)
    if chosen == came.profile:
        return came
    if chosen is None:
        return replace(came, profile=None, preview=None, refused="")
    try:
        preview = intake.preview(session.actor(), session.store(), file.getvalue(), file.name, chosen, at=session.now())
    except FileRefused as refused:
        return replace(came, profile=chosen, preview=None, refused=str(refused))
    return replace(came, profile=chosen, preview=preview, refused="")


def _decided(came: Loading, wanted: Choice | None) -> Loading:
    if wanted is None or came.preview is None:
        return came
    if wanted == "cancel":
        return replace(came, cancelled=True)
    kept = intake.commit(session.actor(), session.store(), came.preview, choice=wanted, at=session.now())
    return replace(came, receipt=kept)


def _corrected(came: Loading, corrected: corrected_files.Corrected, number: int) -> Loading:
    wanted = corrected_choice(corrected, number)
    if corrected.preview.held:
        download(corrected.preview, f"download-held-{number}")
    if wanted == "keep":
        kept = corrected_files.commit_corrected(session.actor(), session.store(), corrected, at=session.now())
        return replace(came, receipt=kept)
    return replace(came, cancelled=wanted == "cancel")

"""The profile of a file on Load a log: proposed from its header; a changed header shows the difference and waits."""

import streamlit as st

from dashboard import session
from dashboard.components.load_preview import keyed
from dashboard.components.words import plain
from surveillance.services.header_change import HeaderChange
from surveillance.services.mapping_profiles import profile_names
from surveillance.services.proposed_profile import Proposal


def profile_of(proposal: Proposal, number: int) -> str | None:
    """Show what the header says, and return the profile to read the file through; None while a person has to choose."""
    names = profile_names(session.actor(), session.store())
    index = None if proposal.waits or proposal.profile not in names else names.index(proposal.profile)
    left, right = st.columns([1, 2], gap="large", vertical_alignment="bottom")
    with left:
        chosen = st.selectbox(
            "How this file is written (mapping profile)",
            names,
            index=index,
            placeholder="Choose a profile",
            key=keyed("profile", number),
        )
    with right:
        if proposal.waits:
            st.markdown(f":violet-badge[:material/visibility: Look first] {plain(proposal.sentence)}")
        else:
            st.markdown(f":gray[{plain(proposal.sentence)}]")
        if proposal.set_up and session.lists("set_up.py"):
            st.page_link("views/set_up.py", label="Set up from my file", icon=":material/tune:")
        elif proposal.set_up:
            st.markdown(":gray[A data manager sets it up once, on the page Set up from my file.]")
    if proposal.change is not None and chosen is None:
        _difference(proposal.change, proposal.profile or "")
    return chosen


def _difference(change: HeaderChange, profile: str) -> None:
    """Show which columns are gone, new or likely renamed, and what that means for the profile."""
    with st.container(border=True):
        renamed = {one.before: one for one in change.renamed}
        for name in change.gone:
            like = renamed.get(name)
            now = f", likely **{plain(like.now)}** now ({plain(like.evidence)})" if like else ""
            need = " It is read by the profile." if name in change.needed else " No profile column needs it."
            st.markdown(f"Gone: **{plain(name)}**{now}.{need}")
        taken = {one.now for one in change.renamed}
        for name in change.new:
            if name not in taken:
                st.markdown(f"New: **{plain(name)}**. It would not be kept.")
        if change.needed:
            st.markdown(f"**Profile {plain(profile)} cannot read this file as it is.** Set it up anew from this one.")
            if session.lists("set_up.py"):
                st.page_link("views/set_up.py", label="Set up from my file", icon=":material/tune:")
        else:
            st.markdown(f"Profile {plain(profile)} can read it all the same. Choose it above once you have looked.")

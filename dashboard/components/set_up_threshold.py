"""A new operating threshold of a version that is registered: from which day on its studies are the new one's."""

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.primary_button import primary_button
from surveillance.services import products
from surveillance.services.versions_seen import VersionSeen

DONE = "threshold-done"


def another_threshold(seen: Sequence[VersionSeen]) -> None:
    """Offer to register a second threshold of a registered version; a log never says which one a study was read at."""
    known = {f"{one.model} {one.version} at {one.site}": one for one in seen if one.registered}
    if DONE in st.session_state:
        states.done(st.session_state.pop(DONE))
    if not known:
        return
    with st.expander("The operating threshold of a registered version has changed", icon=":material/tune:"):
        which = st.selectbox("Version at a site", list(known), key="threshold-which")
        left, right = st.columns(2)
        limit = left.number_input(
            "New threshold on the 0 to 1 score", 0.0, 1.0, None, format="%.4f", key="threshold-new"
        )
        begin = right.date_input(
            "First day whose studies were read at it", None, format="DD/MM/YYYY", key="threshold-day"
        )
        if primary_button(
            "Register the new threshold", key="threshold-go", icon="tune", disabled=limit is None or begin is None
        ):
            one = known[which]
            given = products.Registration(
                model=one.model, version=one.version, site=one.site, threshold=limit, zone=one.zone, cases_from=begin
            )
            products.register_deployment(session.actor(), session.store(), given, at=session.now())
            st.session_state[DONE] = (
                f"{which}: studies from {begin:%d %B %Y} on are watched under threshold {limit:g}, the earlier ones"
                " under the one before."
            )
            st.session_state.pop("set-up-read", None)
            st.rerun()

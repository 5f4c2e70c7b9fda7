"""The top of every page: title left, state right, one grey line of facts."""

import streamlit as st

from dashboard.components.badge import state_badge
from surveillance.domain.row_state import RowState


def page_head(title: str, facts: str = "", *, state: RowState | None = None, right: str = "") -> None:
    """Show the title with a deployment's state, or with words, at its right; then the facts."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="medium"):
        st.title(title, anchor=False, width="content")
        if state is not None:
            state_badge(state)
        if right:
            st.markdown(f":gray[{right}]", width="content")
    if facts:
        st.markdown(f":gray[{facts}]")

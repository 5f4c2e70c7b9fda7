"""The one main thing to press in a card, with ink that can be read in light and in dark.

Streamlit writes white on the primary colour in both themes, which on the dark theme's pale blue cannot be
read. Yellow is used nowhere else, so the theme's yellow text is the ink, and the label is written in it.
"""

import streamlit as st


def primary_button(label: str, *, key: str, icon: str = "", stretch: bool = False, disabled: bool = False) -> bool:
    """Show a primary button and say whether it was pressed; at most one a card."""
    if disabled:  # the ink would be as pale as the greyed button
        return st.button(label, key=key, disabled=True, width="stretch" if stretch else "content")
    sign = f":material/{icon}: " if icon else ""
    return st.button(
        f":yellow[{sign}{label}]",
        key=key,
        type="primary",
        width="stretch" if stretch else "content",
    )

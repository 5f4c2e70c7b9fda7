"""Held rows that came back: what of them would count, what stays held, and the choice."""

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard.components.figure_card import fact_cards
from dashboard.components.load_preview import keyed
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain
from surveillance.services.corrected_files import Corrected


def corrected_choice(corrected: Corrected, number: int) -> Literal["keep", "cancel"] | None:
    """Show the rows that came back and return what the person decided in this run."""
    preview = corrected.preview
    st.markdown(f":blue-badge[:material/assignment_return: Corrected rows] {plain(corrected.sentence)}")
    if preview.already_stored:
        st.markdown(plain(preview.already_stored))
        return None
    fact_cards(
        (
            ("Rows right now", f"{len(corrected.right):,}", f"{preview.new:,} new, {preview.identical:,} here already"),
            ("Still wrong", f"{len(corrected.wrong):,}", "they stay held where they are"),
            ("Came back before", f"{len(corrected.before):,}", "left as they are"),
            ("Conflicting", f"{preview.conflicting:,}", f"{preview.quarantined:,} of a version not registered"),
        )
    )
    if preview.held:
        rows = [
            {"Line": row.line, "Column": row.column, "Rule": row.rule, "Value": row.value, "Fix": row.fix}
            for row in preview.held[:200]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Rows that are still wrong, each with its fix")
    with st.container(border=True):
        st.markdown(f"**Let the corrected rows count?** They return to batch {corrected.batch_id}.")
        with st.container(horizontal=True):
            label = f"Keep {len(corrected.right):,} corrected rows"
            if primary_button(label, key=keyed("keep", number), icon="done", disabled=not corrected.right):
                return "keep"
            if st.button("Cancel", key=keyed("cancel", number), type="tertiary"):
                return "cancel"
    return None

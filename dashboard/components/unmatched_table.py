"""Truths that name no study that is here: how many, their first pseudonyms, and what may be wrong."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components.wide_table import wide_table
from surveillance.services.unmatched_truths import Unmatched
from surveillance.services.unmatched_words import hint_words, source_words


def unmatched_table(found: Sequence[Unmatched]) -> None:
    """Show the truths that wait for their studies, by product and site; nothing where none does."""
    if not found:
        return
    st.header("Truths that name no study", anchor=False)
    wide_table(
        [
            {
                "Product": one.model,
                "Site": one.site,
                "Truths": f"{one.unmatched:,} of {one.truths:,}",
                "By source": source_words(one),
                "The first": ", ".join(one.first) + (" and others" if one.more else ""),
                "What may be wrong": hint_words(one) or "nothing like them is here",
            }
            for one in found
        ]
    )

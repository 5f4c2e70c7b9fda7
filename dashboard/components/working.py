"""Show the working: for every number on the page its range, counts, verdict and method, closed by default."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components.badge import VERDICTS
from surveillance.services.page_models import Figure


def show_the_working(figures: Sequence[Figure], notes: Sequence[str] = ()) -> None:
    """Show how the numbers of this page were made; a table that a screen reader can read."""
    with st.expander("Show the working", icon=":material/function:"):
        if figures:
            st.table(
                pd.DataFrame(
                    [
                        {
                            "Figure": figure.title,
                            "Value": figure.value or "–",
                            "95 % range": figure.range or "–",
                            "Counts and plan": figure.counts,
                            "Verdict": VERDICTS.get(figure.verdict, ("no threshold",))[0],
                            "Method, or why there is none": figure.why or figure.method,
                        }
                        for figure in figures
                    ]
                ),
                border="horizontal",
                hide_index=True,
            )
        for note in notes:
            st.markdown(note)

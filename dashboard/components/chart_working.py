"""Show the working of the charts: for each its limits, what they cost and how that is known; closed by default."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components.words import said
from surveillance.services.page_models import ChartLine


def show_the_chart_working(lines: Sequence[ChartLine], notes: Sequence[str]) -> None:
    """Show one table a chart with a column for each limit, then what holds for all charts."""
    with st.expander("Show the working", icon=":material/function:"):
        for line in lines:
            st.markdown(f"**{line.title}**" + (f"  \n:gray[{line.waiting}]" if line.waiting else ""))
            if line.costs:
                st.table(
                    pd.DataFrame(
                        [[said(cell) for cell in row] for row in line.costs],
                        columns=["", "Alarm limit", "Stop-use limit"],
                    ),
                    border="horizontal",
                    hide_index=True,
                )
            if line.design_words:
                st.markdown(said(line.design_words))
        for note in notes:
            st.markdown(said(note))

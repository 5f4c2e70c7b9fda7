"""XmR charts in the grammar of NHS Making Data Count, with their legend, the chance of a mark, and a file."""

import streamlit as st

from dashboard import session
from dashboard.components.words import said
from dashboard.figures.palette import palette
from dashboard.figures.process import process_alt, process_figure
from surveillance.services.page_models import ThroughputPage
from surveillance.services.process_file import process_file

PROCESS_KEY = (
    "● common cause · ◆ concern · ■ improvement · ▲ high and ▼ low: special cause where neither side is better · "
    "○ not judged · line: mean · dashed: process limits · bar at the foot: the weeks that fix the limits"
)
PROCESS_METHODS = (("XmR charts", "xmr_reading"), ("Marks by chance", "xmr_false_alarm_rate"))
BARE = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


def process_charts(page: ThroughputPage) -> None:
    """Show turnaround, volume and flag rate against their process limits."""
    colours, narrow = palette(session.theme()), session.narrow()
    st.markdown(f":small[:gray[{PROCESS_KEY}]]")
    st.plotly_chart(
        session.drawn("process", page, lambda: process_figure(page.process, page.events, colours, narrow=narrow)),
        theme=None,
        config=BARE,
        key="process",
        alt=process_alt(page.process),
    )
    if page.chance:
        st.markdown(f":small[{said(page.chance)}]")
    st.download_button(
        "Download these weeks",
        process_file(page.process),
        file_name="process-limits.csv",
        mime="text/csv",
        key="download-process",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )

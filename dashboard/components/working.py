"""Show the working: for every number on the page its range, counts, verdict and method, closed by default."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.components.badge import VERDICTS
from dashboard.components.wide_table import wide_table
from dashboard.components.words import said
from surveillance.services.method_links import method_links
from surveillance.services.page_models import Figure, SourceRow

APART = "Outside the plan's composition: in no figure, chart or verdict of this page."


def show_the_working(
    figures: Sequence[Figure],
    notes: Sequence[str] = (),
    *,
    sources: Sequence[SourceRow] = (),
    window: str = "",
    charts: Sequence[tuple[str, str]] = (),
) -> None:
    """Show how the numbers of this page were made; a table that a screen reader can read.

    `charts` are title and entry of what else the page draws and the Methods page explains.
    """
    with st.expander("Show the working", icon=":material/function:"):
        if figures:
            _figures(figures)
        _methods((*method_links((figure.metric, figure.title) for figure in figures), *charts))
        for note in notes:
            st.markdown(note)
        _by_source([row for row in sources if not row.outside], f"**By source of the truth**, {window}")
        _by_source([row for row in sources if row.outside], f"**{APART}**")


def _figures(figures: Sequence[Figure]) -> None:
    """Show one row a figure; on a phone one below the other, since a table of six columns is cut off there."""
    rows = [
        {
            "Figure": figure.title,
            "Value": figure.value or "–",
            "95 % range": figure.range or "–",
            "Counts and plan": figure.counts,
            "Verdict": VERDICTS.get(figure.verdict, (_unjudged(figure),))[0],
            "Method, or why there is none": figure.why or figure.method,
        }
        for figure in figures
    ]
    if session.narrow():
        for row in rows:
            title, value, interval, counts, verdict, method = row.values()
            facts = " · ".join(fact for fact in (interval, counts, verdict) if fact not in ("", "–", method))
            st.markdown(f"**{title}** {value}  \n:small[:gray[{said(facts)}]]  \n:small[:gray[{said(method)}]]")
        return
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def _unjudged(figure: Figure) -> str:
    if figure.metric.endswith("_naive"):
        return "never judged"
    return "not on this window" if " over " in figure.counts.partition(" · plan ")[2] else "no threshold"


def _methods(links: Sequence[tuple[str, str]]) -> None:
    """Link each figure to the entry that explains it, for those whose navigation lists the Methods page."""
    if not links or not session.lists("methods.py"):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(":small[:gray[How it is made:]]", width="content")
        for title, entry in links:
            st.page_link("views/methods.py", label=f":blue[{title}]", query_params={"method": entry}, width="content")


def _by_source(rows: Sequence[SourceRow], heading: str) -> None:
    """Show what each reference standard says by itself."""
    if not rows:
        return
    st.markdown(heading)
    wide_table(
        [
            {
                "Source": row.source,
                "The plan takes it for": row.counts_for,
                "Looked at": row.seen,
                "Found": row.counts,
                "Decided": row.deciding,
                "Sensitivity by it alone": row.sensitivity,
                "Specificity by it alone": row.specificity,
            }
            for row in rows
        ]
    )

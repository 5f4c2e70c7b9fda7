"""The file as it would be kept: how many rows count, the first of them, and the held ones with their reason."""

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard.components.figure_card import fact_cards
from dashboard.components.set_up_words import shown, title_of
from dashboard.components.words import plain
from surveillance.services import set_up
from surveillance.services.log_preview import HeldRow

MOST_HELD = 200


def rows_as_kept(tried: set_up.TryOut) -> None:
    """Show what would become of the file; nothing is stored by it."""
    st.header("As it will be kept", anchor=False)
    if tried.preview is None:
        with st.container(border=True):
            waits = ":violet-badge[:material/help: Not readable yet] \u2002" if tried.refused else ""
            st.markdown(f"{waits}{plain(tried.sentence)}")
        return
    preview = tried.preview
    held = preview.parsed.rows_held
    fact_cards(
        (
            (
                "First rows looked at" if tried.first_rows_only else "Rows in the file",
                f"{preview.rows:,}",
                "the whole file is read once all is answered"
                if tried.first_rows_only
                else f"{preview.new:,} new to this store",
            ),
            ("Would count", f"{preview.accepted:,}", "the others are held" if held else "every row was understood"),
            ("Would be held", f"{held:,}", "with line, rule and fix below" if held else "nothing is in doubt"),
            (
                "Not registered",
                f"{preview.quarantined:,}",
                "studies of versions to register below" if preview.quarantined else "every version is registered",
            ),
        )
    )
    if tried.rows:
        st.dataframe(
            _kept(tried),
            hide_index=True,
            height=290,
            alt="The first 20 rows as they will be kept, or why they are held",
        )
    for note in preview.notes:
        st.markdown(f":small[:gray[{plain(note)}]]")
    if preview.held:
        _held(preview.held)


def _kept(tried: set_up.TryOut) -> pd.DataFrame:
    """Return the first rows under the screen's names of the log's columns; a held one says why instead."""
    names = dict.fromkeys(name for row in tried.rows for one in row.ours for name in one)
    rows = []
    for row in tried.rows:
        why = "; ".join(dict.fromkeys(fault.rule for fault in row.held))
        for one in row.ours or ({},):
            told = {title_of(name): shown(name, one.get(name, "")) for name in names}
            rows.append({"Line": row.line, "Counts": f"held: {why}" if why else "yes" if one else "no study"} | told)
    return pd.DataFrame(rows)


def _held(faults: tuple[HeldRow, ...]) -> None:
    """Show which rules are broken how often, then each held line with its fix."""
    often = Counter((fault.column, fault.rule) for fault in faults).most_common(5)
    told = "; ".join(
        f"{count:,} by **{plain(column or 'the whole line')}** ({plain(rule)})" for (column, rule), count in often
    )
    with st.expander(f"**{len({fault.line for fault in faults}):,} rows would be held**", icon=":material/visibility:"):
        st.markdown(told)
        rows = [
            {"Line": one.line, "Column": one.column, "Rule": one.rule, "Value": one.value, "Fix": one.fix}
            for one in faults[:MOST_HELD]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Held rows, each with its fix")
        if len(faults) > MOST_HELD:
            st.markdown(f":small[:gray[The first {MOST_HELD} of {len(faults):,}.]]")

"""Whether the file's header is known already: where to load it then, or how it differs from the one that is."""

import streamlit as st

from dashboard import session
from dashboard.components.words import plain
from surveillance.services.recognition import HeaderChange, Recognition

LOAD = "load_log.py"


def known_already(found: Recognition) -> None:
    """Say what the header tells before any question; nothing where no profile is like it."""
    if found.state == "unknown":
        return
    with st.container(border=True):
        if found.state == "known":
            st.markdown(
                f":green-badge[:material/check_circle: Known] \u2002**This header is that of profile"
                f" {plain(found.profile or '')}.**  \nA file like this needs no set-up: load it as every week. The"
                " answers below are those of that profile; one that you change makes its next version."
            )
            _to_load()
        elif found.state == "several":
            st.markdown(
                f":green-badge[:material/check_circle: Known] \u2002**{plain(found.sentence)}**  \nIt needs no set-up:"
                " choose the profile where the file is loaded."
            )
            _to_load()
        elif found.change is not None:
            st.markdown(
                f":violet-badge[:material/difference: Changed] \u2002**This header is like that of profile"
                f" {plain(found.profile or '')}, but not the same.**  \nThe answers of that profile are taken over"
                " where they still fit. What the change touches waits for you below."
            )
            with st.expander("Show the difference", icon=":material/difference:", key="set-up-difference"):
                _difference(found.change)


def _to_load() -> None:
    if session.lists(LOAD):
        st.page_link(f"views/{LOAD}", label="Load it on Load a log", icon=":material/upload_file:")


def _difference(change: HeaderChange) -> None:
    """Say of each column that is gone, renamed or new what became of it, and whether the profile reads it."""
    renamed = {one.before: one for one in change.renamed}
    told = []
    for name in change.gone:
        reads = "The profile reads it." if name in change.needed else "The profile does not read it."
        likely = renamed.get(name)
        what = (
            f"**{plain(name)}** is likely **{plain(likely.now)}** now: {plain(likely.evidence)}."
            if likely
            else f"**{plain(name)}** is gone."
        )
        told.append(f"{what} {reads}")
    taken = {one.now for one in change.renamed}
    told += [f"**{plain(name)}** is new." for name in change.new if name not in taken]
    st.markdown("\n".join(f"- {one}" for one in told))

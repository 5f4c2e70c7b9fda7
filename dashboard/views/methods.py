"""Methods: what every number on these pages is, from the words that stand beside its code."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard import session
from dashboard.components.docstring_text import prose
from dashboard.components.method_entry import ask_for, departures_table, method_entry
from dashboard.components.page_head import page_head
from dashboard.components.words import plain
from surveillance.domain.roles import Role
from surveillance.services.methods import MethodEntry, methods


def asked_for(entries: Sequence[MethodEntry], name: str) -> None:
    """Show the entry that the address names, open and before all others."""
    found = [entry for entry in entries if entry.name == name]
    if not found:
        st.markdown(f"There is no method “{plain(name)}”. Search for it below.")
    for entry in found:
        with st.container(border=True):
            st.header(prose(entry.title), anchor=False)
            st.markdown(f":gray[{prose(entry.said.sentence)}]")
            method_entry(entry, asked=True)
    st.button("All methods", icon=":material/arrow_back:", key="all-methods", on_click=ask_for, args=("",))


def every_method(entries: Sequence[MethodEntry]) -> None:
    """Show the entries that speak of what is looked for, by topic; an entry is written out when it is opened."""
    wanted = st.text_input("Search the methods", key="wanted", placeholder="sensitivity, CUSUM, Wilson")
    found = [entry for entry in entries if entry.speaks_of(wanted)]
    if not found:
        st.markdown(f"No method speaks of “{plain(wanted)}”. A shorter word finds more.")
    for (topic, question), group in groupby(found, key=lambda entry: (entry.topic, entry.question)):
        with st.container(gap="xxsmall"):
            st.header(topic, anchor=False)
            st.markdown(f":gray[{prose(question)}]")
        for entry in group:
            label = f"**{prose(entry.title)}** :gray[{prose(entry.said.sentence)}]"
            opened = st.expander(label, key=f"method-{entry.name}", on_change="rerun")
            if opened.open:
                with opened:
                    method_entry(entry)


page_head("Methods", "What each number is, when it holds, how it did when measured, and where it comes from")
if session.actor().role in (Role.TRAINEE, Role.FACULTY):
    st.markdown("**Exercises are not in this version yet.** What every number means can be read here.")
everything = methods(session.actor(), session.store())
if asked := st.query_params.get("method", ""):
    asked_for(everything, asked)
listed, departing = st.tabs(["Every method", "Departures from published rules"], key="part", on_change="rerun")
if listed.open:
    with listed:
        every_method(everything)
if departing.open:
    with departing:
        st.markdown(
            "Every method that is not in this table follows its published rule, or is a definition of this product."
        )
        departures_table([entry.departure for entry in everything if entry.departure])

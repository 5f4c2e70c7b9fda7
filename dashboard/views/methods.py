"""Methods: what every number on these pages is, from the words that stand beside its code."""

from itertools import groupby

import streamlit as st

from dashboard import session
from dashboard.components.page_head import page_head
from dashboard.components.words import plain
from surveillance.domain.roles import Role
from surveillance.services.methods import methods

page_head("Methods", "What each number is, how it is computed, and where it comes from")
if session.actor().role in (Role.TRAINEE, Role.FACULTY):
    st.markdown("**Exercises are not in this version yet.** What every number means can be read here.")
wanted = st.text_input("Search the methods", key="wanted", placeholder="sensitivity, CUSUM, Wilson").casefold()
entries = [
    entry
    for entry in methods(session.actor(), session.store())
    if wanted in f"{entry.title} {entry.name} {entry.sentence} {entry.definition}".casefold()
]
if not entries:
    st.markdown(f"No method speaks of “{wanted}”. A shorter word finds more.")
for kind, group in groupby(entries, key=lambda entry: entry.kind):
    st.header(kind.replace("_", " ").capitalize(), anchor=False)
    for entry in group:
        with st.expander(f"**{entry.title}** :gray[{plain(entry.sentence)}]"):
            st.markdown("\n\n".join(plain(part) for part in entry.definition.split("\n\n")))
            if entry.references:
                st.markdown(f":small[:gray[{plain(entry.references)}]]")

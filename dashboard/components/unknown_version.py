"""An unknown version on This week: how many studies since when, what they look like, and who says what it is."""

from datetime import datetime

import streamlit as st

from dashboard import session
from dashboard.components.primary_button import primary_button
from dashboard.components.unknown_version_answer import Asked, ask
from dashboard.components.words import left, plain, said
from surveillance.domain.label_free import Finding
from surveillance.domain.roles import Action
from surveillance.services.page_models import Quarantined

WHO, ANSWER = 165, 220  # pixels
CHANCE_WORDS = (
    "Marked is what chance alone would give in fewer than 1 of 100 unchanged versions. It says nothing of truth."
)


def unknown_version(row: Quarantined, at: datetime) -> Asked | None:
    """Show the row in a card; return what a person signed in this run."""
    with st.container(border=True):
        beside = not session.narrow()
        line = st.container(horizontal=beside, gap="medium", vertical_alignment="top")
        with line.container(width=WHO if beside else "stretch"):
            st.badge("Unknown version", icon=":material/help:", color="orange")
            st.markdown(f"**{plain(row.title or row.site)}**  \n:small[:gray[{plain(f'{row.model} {row.version}')}]]")
        with line.container():
            st.markdown(f"**{plain(row.sentence)}**")
            _checks(row)
        with line.container(width=ANSWER if beside else "stretch"):
            st.markdown(f"**{left(row.due_at, at)}** to say what it is  \n:small[:gray[{plain(row.owner)}]]")
            return _answer(row)


def _checks(row: Quarantined) -> None:
    st.markdown("  \n".join(_line(one) for one in sorted(row.checks, key=lambda one: not one.differs)))
    compared = f"Beside {row.beside}." if row.beside else "No version of this product with studies is registered here."
    st.markdown(f":small[:gray[{said(plain(compared))} {CHANCE_WORDS}]]")


def _line(one: Finding) -> str:
    if one.differs:
        return f":violet-badge[:material/visibility: {one.name}] :small[{said(plain(one.words))}]"
    return f":small[:gray[**{one.name}:** {said(plain(one.words))}]]"


def _answer(row: Quarantined) -> Asked | None:
    """Offer the two answers to those who may give them."""
    key = f"unknown-{row.model}-{row.version}-{row.site}"
    if not session.is_for_me(Action.REGISTER_PRODUCT) and not session.is_for_me(Action.SIGN_ALIAS):
        st.markdown(":small[:gray[A data manager, a radiologist (RC-AI) or an administrator says what it is.]]")
        return None
    register = alias = False
    if session.is_for_me(Action.REGISTER_PRODUCT):
        register = primary_button("Register this version", key=f"{key}-register", stretch=True)
    if row.registered and session.is_for_me(Action.SIGN_ALIAS):
        only = row.registered[0][1] if len(row.registered) == 1 else ""
        label = f"It is the same as {plain(only)}" if only else "It is the same as …"
        alias = st.button(label, key=f"{key}-alias", width="stretch")
    return ask(key, row, register=register, alias=alias)

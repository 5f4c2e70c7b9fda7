"""The recommendation and its evidence in a card, and what stands beside it."""

import streamlit as st

from dashboard.components.words import plain, said
from surveillance.services.page_models import StopUsePage


def evidence(page: StopUsePage) -> None:
    """Show what is recommended and why, and always what speaks against it."""
    with st.container(border=True):
        st.header("Recommendation: stop using this AI at this site", anchor=False)
        st.markdown(f"{said(page.reason)} **The software recommends, you decide.**")
        for label, words in (*page.evidence, ("Against it", page.against)):
            _row(label, words)
        for mark in page.rests_on:
            _row("Data", f"**{mark.partition(':')[0]}**: {mark.partition(':')[2].strip()}")
        st.page_link(
            "views/deployment.py",
            label="Open the charts",
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params={"deployment": str(page.head.deployment_id), "tab": "Charts"},
        )


def context(page: StopUsePage) -> None:
    """Show what follows from signing and what else reads here; while it is open, who could sign or decline."""
    if page.what_follows:
        st.header("What follows", anchor=False)
        st.markdown("\n".join(f"{place}. {step}" for place, step in enumerate(page.what_follows, start=1)))
    if page.also_on_pathway:
        st.header("Also on this pathway", anchor=False)
        st.markdown("  \n".join(page.also_on_pathway))
    if page.could_sign and not page.answered:
        st.header("Who could sign today", anchor=False)
        st.markdown("  \n".join(plain(name) for name in page.could_sign))
    if page.if_declined and not page.answered:
        st.header("If you decline", anchor=False)
        st.markdown(page.if_declined)


def _row(label: str, words: str) -> None:
    name, value = st.columns([1, 3.2], gap="small", wrap=False)
    with name:
        st.markdown(f":gray[{label}]")
    with value:
        st.markdown(said(words))

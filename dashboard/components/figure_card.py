"""One figure in a card: value with its range, counts, plan and verdict; or the reason there is none."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import session
from dashboard.components.badge import verdict_badge
from dashboard.components.words import said
from surveillance.services.page_models import Figure

CARD = 240  # pixels: four to a row in a wide window, fewer in a smaller one, and room for a value with its range


def figure_cards(figures: Sequence[Figure]) -> None:
    """Show figures in rows of equal cards, as many to a row as the window has room for."""
    with st.container(horizontal=not session.narrow()):
        for figure in figures:
            figure_card(figure)


def _card() -> DeltaGenerator:
    """Return an empty card: of one width, since a narrower one would cut its value off; on a phone the whole width."""
    return st.container(border=True, height="stretch", gap="xsmall", width="stretch" if session.narrow() else CARD)


def figure_card(figure: Figure) -> None:
    """Show one figure; without a value it says what is missing."""
    with _card():
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
            st.markdown(f":gray[{figure.title}]", width="content")
            verdict_badge(figure.verdict)
        if figure.value not in ("", "–"):
            value_with_range(figure.title, figure.value, figure.range)
            notes = " · ".join(dict.fromkeys(part for part in (figure.counts, figure.why) if part))
        else:
            notes = figure.why or "Not estimable."
        st.markdown(f":small[:gray[{said(notes)}]]")


def value_with_range(title: str, value: str, interval: str) -> None:
    """Show a value in large type with its range in small grey type beside it."""
    shown = f"{value} :small[:gray[{interval}]]" if interval else value
    st.metric(title, shown, label_visibility="collapsed")


def fact_cards(cards: Sequence[tuple[str, str, str]]) -> None:
    """Show plain facts (title, value, note) in equal cards."""
    with st.container(horizontal=not session.narrow()):
        for title, value, note in cards:
            with _card():
                st.markdown(f":gray[{title}]")
                st.metric(title, value, label_visibility="collapsed")
                st.markdown(f":small[:gray[{said(note)}]]")

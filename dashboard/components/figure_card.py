"""One figure in a card: value with its range, counts, plan and verdict; or the reason there is none."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components.badge import verdict_badge
from dashboard.components.words import said
from surveillance.services.page_models import Figure


def figure_cards(figures: Sequence[Figure], columns: int = 4) -> None:
    """Show figures in rows of equal columns."""
    for start in range(0, len(figures), columns):
        for cell, figure in zip(st.columns(columns), figures[start : start + columns], strict=False):
            with cell:
                figure_card(figure)


def figure_card(figure: Figure) -> None:
    """Show one figure; without a value it says what is missing."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
            st.markdown(f":gray[{figure.title}]", width="content")
            verdict_badge(figure.verdict)
        if figure.value not in ("", "–"):
            value_with_range(figure.title, figure.value, figure.range)
            notes = " · ".join(dict.fromkeys(part for part in (figure.counts, figure.why) if part))
        else:
            notes = figure.why or "Too few to say."
        st.markdown(f":small[:gray[{said(notes)}]]")


def value_with_range(title: str, value: str, interval: str) -> None:
    """Show a value in large type with its range in small grey type beside it."""
    shown = f"{value} :small[:gray[{interval}]]" if interval else value
    st.metric(title, shown, label_visibility="collapsed")


def fact_cards(cards: Sequence[tuple[str, str, str]]) -> None:
    """Show plain facts (title, value, note) in one row of equal columns."""
    for start in range(0, len(cards), 4):
        for cell, (title, value, note) in zip(st.columns(4), cards[start : start + 4], strict=False):
            with cell, st.container(border=True, height="stretch", gap="xsmall"):
                st.markdown(f":gray[{title}]")
                st.metric(title, value, label_visibility="collapsed")
                st.markdown(f":small[:gray[{said(note)}]]")

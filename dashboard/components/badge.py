"""State badges: colour AND word AND icon, so that none of them carries the meaning alone."""

from typing import Literal

import streamlit as st

from surveillance.domain.row_state import RowState

Colour = Literal["red", "orange", "violet", "blue", "gray"]

STATES: dict[RowState, tuple[str, Colour]] = {
    RowState.STOP_USE: ("front_hand", "red"),
    RowState.STOPPED: ("front_hand", "red"),
    RowState.CONCERN: ("stat_0", "orange"),
    RowState.BREACH: ("stat_0", "orange"),
    RowState.WATCH: ("visibility", "violet"),
    RowState.INCOMPLETE: ("visibility", "violet"),
    RowState.TOO_FEW: ("pending", "gray"),
    RowState.EMPTY: ("pending", "gray"),
    RowState.QUIET: ("circle", "gray"),
}
VERDICTS: dict[str, tuple[str, str, Colour]] = {
    "within": ("Within", "circle", "gray"),
    "watch": ("Watch", "visibility", "violet"),
    "breach": ("Breach", "stat_0", "orange"),
    "improvement": ("Improvement", "change_history", "blue"),
    "not_estimable": ("Too few to say", "pending", "gray"),
    "absent": ("Not estimable", "block", "gray"),
}
LEVELS: dict[str, tuple[str, str, Colour]] = {
    "action": ("Stop-use recommended", "front_hand", "red"),
    "alarm": ("Concern", "stat_0", "orange"),
    "watch": ("Watch", "visibility", "violet"),
}


def state_badge(state: RowState) -> None:
    """Show the one state of a deployment."""
    icon, colour = STATES[state]
    st.badge(state.words, icon=f":material/{icon}:", color=colour)


def verdict_badge(verdict: str) -> None:
    """Show the verdict of one figure; a figure without a threshold has none and gets no badge."""
    if verdict in VERDICTS:
        _show(VERDICTS[verdict])


def level_badge(level: str) -> None:
    """Show how much an alarm asks for."""
    _show(LEVELS.get(level, (level.capitalize() or "Alarm", "stat_0", "orange")))


def _show(badge: tuple[str, str, Colour]) -> None:
    word, icon, colour = badge
    st.badge(word, icon=f":material/{icon}:", color=colour)

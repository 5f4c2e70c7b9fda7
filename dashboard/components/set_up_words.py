"""What the columns of the log are called on screen, and the state of a question in word and sign."""

from collections.abc import Sequence

import streamlit as st

from surveillance.services.set_up import Proposal, Question

TITLES = {
    "case_id": "Study",
    "model": "Product",
    "version": "Version",
    "site": "Site",
    "acquired_at": "Time of the study",
    "pathway": "Pathway",
    "status": "What became of it at the AI",
    "score": "Score",
    "called": "AI flagged",
    "result_at": "Time of the AI's result",
    "scanner": "Scanner",
    "kernel": "Kernel or sequence",
    "setting": "Setting",
    "age_band": "Age band",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "patient": "Patient",
    "truth": "Confirmed finding",
    "truth_recorded_at": "Time of the finding",
    "recorded_at": "Time of the finding",
    "truth_source": "How it was found",
    "subtype": "Kind of finding",
    "audit_selected": "Drawn for the audit",
    "sampling_fraction": "Share drawn for the audit",
    "reader_finding": "Reader's finding",
    "reader_agrees": "Reader agrees",
    "heatmap_reviewed": "Overlay looked at",
    "seen_before_report": "Seen before the report",
}
FINDINGS = {"1": "confirmed", "0": "confirmed absent", "indeterminate": "in doubt"}
CONFIRMED = ("check_circle", "Confirmed")
PROPOSED = ("pending", "Proposed")
WAITS = ("help", "Needs your answer")


def title_of(ours: str) -> str:
    """Return what a column of the log is called on screen.

    >>> title_of("acquired_at")
    'Time of the study'
    """
    return TITLES.get(ours, ours.replace("_", " "))


def shown(ours: str, value: str) -> str:
    """Return a value of the log as the screen says it.

    >>> shown("truth", "0"), shown("score", "0")
    ('confirmed absent', '0')
    """
    return FINDINGS.get(value, value) if ours == "truth" else value


def state_of(questions: Sequence[Question]) -> tuple[str, str]:
    """Return the sign and the word for some questions taken together: the one that most needs a person."""
    if any(one.must_choose or one.fault for one in questions):
        return WAITS
    return CONFIRMED if all(one.settled for one in questions) else PROPOSED


def progress(proposal: Proposal) -> None:
    """Say in one line how far the set-up is; the name of the profile is asked where it is saved."""
    asked = [one for one in proposal.questions if one.topic != "name"]
    waiting = [one for one in asked if not one.settled]
    if not waiting:
        st.markdown(f"**All {len(asked)} answers are confirmed.** Look at the rows below, then save.")
        return
    needed = sum(one.must_choose or bool(one.fault) for one in waiting)
    to_sign = sum(one.topic == "versions" for one in waiting)
    proposed = len(waiting) - needed - to_sign
    done = len(asked) - len(waiting)
    parts = (
        _counted(needed, "needs your answer", "need your answer"),
        _counted(proposed, "is proposed", "are proposed"),
        _counted(to_sign, "spelling of a version is to be signed", "spellings of versions are to be signed"),
        f"{done} of {len(asked)} are confirmed" if done else "none is confirmed yet",
    )
    first, *others = [part for part in parts if part]
    st.markdown(f"**{first}**, {', '.join(others)}.")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""

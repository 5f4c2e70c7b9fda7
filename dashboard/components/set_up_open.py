"""The questions that the file itself cannot answer, first on the page; each keeps its place once it is answered."""

import pandas as pd
import streamlit as st

from dashboard.components.set_up_question import question_box
from dashboard.components.set_up_words import state_of, title_of
from dashboard.components.words import plain
from surveillance.services import set_up

APART = ("versions", "name")  # asked where they are signed and saved


def open_questions(proposal: set_up.Proposal) -> None:
    """Show the questions for which nothing is proposed, each with what stands in the file."""
    asked = [one for one in proposal.questions if one.proposed is None and one.topic not in APART]
    if not asked:
        return
    left = sum(1 for one in asked if not one.settled)
    st.header("Only you can say" if left else "You said", anchor=False)
    if left:
        st.markdown("The file reads both ways, or does not say. Nothing is assumed.")
    for one in asked:
        with st.container(border=True):
            _one(one)


def _one(question: set_up.Question) -> None:
    icon, word = state_of([question])
    colour = "gray" if question.settled else "violet"
    about = f" \u2002:small[:gray[{plain(title_of(question.ours))}]]" if question.ours else ""
    st.markdown(f":{colour}-badge[:material/{icon}: {word}]{about}")
    if not question.examples:
        question_box(question)
        return
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        question_box(question)
    with right:
        cells = pd.DataFrame({question.theirs or "In the file": list(question.examples)})
        st.dataframe(cells, hide_index=True, height=180, alt=f"Cells of {question.theirs or 'the file'}")

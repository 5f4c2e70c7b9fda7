"""One question about a file: what speaks for each answer, and a box or a list that shows what stands."""

import streamlit as st

from dashboard.components.set_up_state import answered, under_way
from dashboard.components.words import plain
from surveillance.services.set_up import Question

FEW = 6  # so many answers stand open; more are a list to search


def question_box(question: Question, *, label: str = "", evidence: bool = True) -> None:
    """Show one question with its answers; choosing one is confirming it."""
    asks = label or plain(question.asks)
    key = f"set-up-{question.key}"
    if question.free and not question.choices:
        _show(key, question.stands or "")
        st.text_input(asks, key=key, on_change=_changed, args=(question.key, key))
    elif question.free or _long(question) or (question.stands is not None and not _wordy(question)):
        _list(question, asks, key)
    else:
        _show(key, question.stands)
        values = [choice.value for choice in question.choices]
        told = {choice.value: _told(choice.words, choice.evidence) for choice in question.choices}
        st.radio(asks, values, index=None, format_func=lambda one: told[one], key=key, on_change=_changed,
                 args=(question.key, key))  # fmt: skip
    if question.fault:
        st.markdown(f":violet-badge[:material/help: Not usable] {plain(question.fault)}")
    elif evidence and question.evidence:
        st.markdown(f":small[:gray[{plain(question.evidence[:1].upper() + question.evidence[1:])}.]]")


def word_box(question: Question) -> None:
    """Show what one word of the file means: their word, how often it stands there, and ours to choose."""
    often = f" :small[:gray[{plain(question.evidence)}]]" if question.evidence else ""
    _list(question, f"**{plain(word_of(question))}**{often}", f"set-up-{question.key}")
    if question.fault:
        st.markdown(f":violet-badge[:material/help: Not usable] {plain(question.fault)}")


def word_of(question: Question) -> str:
    """Return the word of the file that a question about words is about: its key ends with it."""
    return question.key.split(f".{question.theirs}.", 1)[-1]


def _list(question: Question, asks: str, key: str) -> None:
    words = {choice.value: choice.words for choice in question.choices}
    values = list(words)
    if question.stands is not None and question.stands not in words:
        values.append(question.stands)
    _show(key, question.stands)
    st.selectbox(
        asks,
        values,
        index=None if question.stands is None else 0,
        format_func=lambda one: words.get(one, one),
        key=key,
        accept_new_options=question.free,
        placeholder="Choose, or write another" if question.free else "Choose",
        on_change=_changed,
        args=(question.key, key),
    )


def _long(question: Question) -> bool:
    """Say whether the answers are a list: a column is looked for among all of the file's."""
    return len(question.choices) > FEW or question.key.startswith("column.")


def _wordy(question: Question) -> bool:
    """Say whether the answers need their evidence beside them to be told apart."""
    return any(choice.evidence for choice in question.choices) or any(len(one.words) > 40 for one in question.choices)


def _told(words: str, evidence: str) -> str:
    return plain(words) + (f"  :gray[{plain(evidence)}]" if evidence else "")


def _show(key: str, stands: str | None) -> None:
    """Make a widget show what stands: its own memory would go on showing an older proposal."""
    st.session_state[key] = stands


def _changed(name: str, key: str) -> None:
    work = under_way()
    if work is None:
        return
    value = st.session_state[key]
    answered(work.answers.answer(name, value) if value else work.answers.withdraw(name))

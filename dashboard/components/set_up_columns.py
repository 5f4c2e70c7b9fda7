"""Every guess beside the first rows of the file: their cell, what it becomes, and a box to change it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components.primary_button import primary_button
from dashboard.components.set_up_file import how_it_was_read
from dashboard.components.set_up_open import APART
from dashboard.components.set_up_question import question_box, word_box
from dashboard.components.set_up_state import answered, under_way
from dashboard.components.set_up_words import TITLES, shown, state_of, title_of
from dashboard.components.words import plain
from surveillance.services import set_up

HEIGHT = 250  # pixels: six rows in sight, the others by scrolling
NOTHING = "(none)"


def guesses(proposal: set_up.Proposal, tried: set_up.TryOut) -> None:
    """Show the guesses, one fold a column of the log, and confirm in one click those that the file settles."""
    asked = [one for one in proposal.questions if one.topic not in APART and one.proposed is not None]
    certain = [one for one in asked if not one.settled and not one.fault]
    st.header("What the file itself says", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        if certain and primary_button(
            f"Confirm all {len(certain)} that the file settles", key="set-up-certain", icon="done_all"
        ):
            _confirm(certain)
            st.rerun()
        words = "Open any to see its rows or to change it; a change counts as your answer."
        st.markdown(f":small[:gray[{words}]]", width="content")
    with st.container(gap="xsmall"):
        _fold("The file", [one for one in asked if one.topic == "file"], proposal, tried)
        about = [one for one in asked if one.topic != "file"]
        for ours in [*TITLES, *dict.fromkeys(one.ours for one in about if one.ours and one.ours not in TITLES)]:
            own = [one for one in about if one.ours == ours]
            if own and not _absent(own, proposal):
                _fold(title_of(ours), own, proposal, tried)
        for topic, title in set_up.TOPICS.items():
            _fold(title, [one for one in about if one.topic == topic and not one.ours], proposal, tried)
        _not_there([one for one in about if one.ours and _absent([o for o in about if o.ours == one.ours], proposal)])


def _absent(questions: Sequence[set_up.Question], proposal: set_up.Proposal) -> bool:
    """Say whether nothing gives a column of the log: no column of the file, and no word for the whole file."""
    elsewhere = any(one.ours == questions[0].ours and one.proposed is None for one in proposal.questions)
    return not elsewhere and all(one.key.startswith("column.") and one.stands == NOTHING for one in questions)


def _fold(title: str, questions: Sequence[set_up.Question], proposal: set_up.Proposal, tried: set_up.TryOut) -> None:
    if not questions:
        return
    icon, word = state_of(questions)
    ours = questions[0].ours
    theirs = [one.stands for one in questions if one.topic == "columns" and one.stands not in (None, NOTHING)]
    cells = _cells(ours, [one for one in theirs if one], proposal, tried)
    apart = not theirs and any(one.topic == "columns" and one.stands == NOTHING for one in questions)
    label = (
        _label(title, "no column of its own, " + word.lower() if apart else word, theirs, cells)
        if ours or title != "The file"
        else _of_file(word, proposal)
    )
    with st.expander(label, icon=f":material/{icon}:"):
        left, right = st.columns([1, 1.2], gap="large")
        with left:
            _asked(questions)
        with right:
            if questions[0].topic == "file":
                how_it_was_read(proposal)
            elif len(cells):
                st.dataframe(cells, hide_index=True, height=HEIGHT, alt=f"The first rows of {title}, theirs and ours")


def _label(title: str, word: str, theirs: Sequence[str | None], cells: pd.DataFrame) -> str:
    """Return a fold's name: the column, where it comes from, the first row as it would be kept, and its state."""
    parts = [f"**{plain(title)}**"]
    if theirs:
        parts.append(f"from {plain(', '.join(str(one) for one in theirs))}")
    if len(cells) and "Becomes" in cells:
        was = f"{plain(str(cells.iloc[0, 1])[:40])} → " if theirs else ""
        parts.append(f":gray[{was}{plain(str(cells['Becomes'].iloc[0])[:40])}]")
    return " · ".join([*parts, f":gray[{word.lower()}]"])


def _of_file(word: str, proposal: set_up.Proposal) -> str:
    facts = f"{proposal.rows:,} rows, {len(proposal.header)} columns, their names in line {proposal.header_row}"
    return f"**The file** · {facts} · :gray[{word.lower()}]"


def _asked(questions: Sequence[set_up.Question]) -> None:
    """Show the questions of a fold: the words of a map side by side, the others below each other."""
    for one in questions:
        if one.topic == "columns" and one.key.startswith("column."):
            product = one.key.removeprefix(f"column.{one.ours}").removeprefix(".")
            question_box(one, label=f"Column in your file{' for ' + plain(product) if product else ''}")
        elif one.key.startswith("value."):
            word_box(one)
        else:
            question_box(one)
    open_ones = [one for one in questions if not one.settled and one.proposed is not None]
    given = [one for one in questions if one.answer is not None]
    key = questions[0].key
    with st.container(horizontal=True):
        if open_ones:
            st.button("Confirm", key=f"set-up-yes-{key}", on_click=_confirm, args=(open_ones,), icon=":material/done:")
        if given:
            st.button("Undo", key=f"set-up-undo-{key}", on_click=_undo, args=(given,), type="tertiary")


def _cells(ours: str, theirs: Sequence[str], proposal: set_up.Proposal, tried: set_up.TryOut) -> pd.DataFrame:
    """Return the first rows: the line, their cell, and what it would become."""
    if not ours or (not theirs and tried.preview is None):
        return pd.DataFrame()
    if not tried.rows:
        return pd.DataFrame({name: [_cell(row, name) for row in proposal.first_rows] for name in dict.fromkeys(theirs)})
    cells: dict[str, list[str]] = {"Line": [str(row.line) for row in tried.rows]}
    for name in dict.fromkeys(theirs):
        cells[name] = [_cell(row.theirs, name) for row in tried.rows]
    if tried.preview is not None:
        cells["Becomes"] = [_becomes(row, ours, theirs) for row in tried.rows]
    return pd.DataFrame(cells)


def _cell(row: dict[str, str], name: str) -> str:
    """Return a cell as it stands; of a joined column the cells of its parts."""
    return row[name] if name in row else " ".join(row[part] for part in name.split(" + ") if part in row)


def _becomes(row: set_up.TriedRow, ours: str, theirs: Sequence[str]) -> str:
    parts = {part for name in theirs for part in (name, *name.split(" + "))}
    faults = [fault.rule for fault in row.held if fault.column in parts or not fault.column]
    if faults:
        return f"held: {faults[0]}"
    if row.held:
        return "held for another column"
    return " / ".join(dict.fromkeys(shown(ours, one.get(ours, "")) or "not given" for one in row.ours)) or "no study"


def _not_there(questions: Sequence[set_up.Question]) -> None:
    if not questions:
        return
    icon, word = state_of(questions)
    names = [title_of(one.ours) for one in questions]
    some = ", ".join(name[:1].lower() + name[1:] for name in names[:4]) + (" and others" if len(names) > 4 else "")
    number = f"{len(names)} columns" if len(names) > 1 else "1 column"
    label = f"**{number} this file does not have** · :gray[{plain(some)} · {word.lower()}]"
    with st.expander(label, icon=f":material/{icon}:"):
        st.markdown("They may stay away. If one is there under another name, choose it.")
        columns = st.columns(2, gap="large")
        for place, one in enumerate(questions):
            with columns[place % 2]:
                question_box(one, label=title_of(one.ours), evidence=False)


def _confirm(questions: Sequence[set_up.Question]) -> None:
    work = under_way()
    if work is not None:
        answered(work.answers.confirm(questions))


def _undo(questions: Sequence[set_up.Question]) -> None:
    work = under_way()
    if work is not None:
        answers = work.answers
        for one in questions:
            answers = answers.withdraw(one.key)
        answered(answers)

"""One method: its definition, where it holds, where it does not, how it did when measured, and its source."""

import re
from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.components.docstring_text import blocks, prose
from dashboard.components.wide_table import wide_table
from surveillance.services.method_docstring import Term
from surveillance.services.methods import Departure, MethodEntry

NO_ANSWER = "NotEstimable"


def ask_for(name: str) -> None:
    """Put a method into the address, or with an empty name take it out: a page cannot link to itself."""
    if name:
        st.query_params["method"] = name
    else:
        st.query_params.pop("method", None)


def method_entry(entry: MethodEntry, *, asked: bool = False) -> None:
    """Show all of one method; one that the address asked for stands apart from the same one in the list."""
    for kind, text in blocks(entry.said.definition):
        if kind == "formula":
            st.code(text, language=None, wrap_lines=True)
        else:
            st.markdown(text)
    st.markdown("\n\n".join(_notes(entry)))
    _measured(entry)
    st.markdown("  \n".join(f":small[:gray[{prose(reference)}]]" for reference in entry.said.references))
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.toggle("Inputs and example", key=f"code-{'asked-' * asked}{entry.name}")
        if not asked:
            st.button(
                "Address of this entry",
                icon=":material/link:",
                type="tertiary",
                key=f"address-{entry.name}",
                on_click=ask_for,
                args=(entry.name,),
            )
    if wanted:
        _inputs(entry.said.inputs)
        st.code(entry.said.example, language="python", wrap_lines=True)


def departures_table(departures: Sequence[Departure]) -> None:
    """Show where this product does otherwise than a published rule; on a phone one below the other."""
    if session.narrow():
        for one in departures:
            st.markdown(
                f"**{prose(one.title)}** :small[:gray[{prose(one.published)}]]  \n{prose(one.done)}.  \n"
                f":gray[Why] {prose(one.why)}"
            )
        return
    wide_table(
        [
            {
                "Method": one.title,
                "Published rule": one.published,
                "What is done here": one.done,
                "Why": one.why,
            }
            for one in departures
        ],
        prose,
    )


def _notes(entry: MethodEntry) -> list[str]:
    text = entry.said
    none = " ".join(term.text for term in text.raises if term.name == NO_ANSWER)
    refused = " ".join(term.text for term in text.raises if term.name != NO_ANSWER)
    notes = {
        "Assumes": text.assumes,
        "Not for": text.not_for,
        "Departs from the published rule": text.departs,
        "No answer": none,
        "Refused": refused,
    }
    return [f"**{head}**: {prose(re.sub('^If ', 'if ', note))}" for head, note in notes.items() if note]


def _measured(entry: MethodEntry) -> None:
    if entry.not_measured:
        st.markdown(f":gray[{entry.not_measured}]")
    for table in entry.measured:
        st.markdown(f"**{table.heading}**")
        for sentence in table.sentences:
            st.markdown(f":orange[:material/warning:] {prose(sentence)}")
        if table.caption:
            st.markdown(f":small[:gray[{prose(table.caption)}]]")
        wide_table([dict(zip(table.columns, row, strict=True)) for row in table.rows], prose)


def _inputs(inputs: Sequence[Term]) -> None:
    st.markdown("\n".join(f"- `{term.name}` {prose(term.kind)}  \n  {prose(term.text)}".rstrip() for term in inputs))
